-- What somebody does in Neovim: open a file, read what is found, take the first fix of a finding, look again. Prints one JSON object.
-- Arguments, as environment: HOLDFAST_SERVER (a Node program), HOLDFAST_NODE, HOLDFAST_FOLDER.
local folder = vim.env.HOLDFAST_FOLDER
local PATIENCE_MS = 30000

local function said()
  local lines = {}
  for _, it in ipairs(vim.diagnostic.get(0)) do
    table.insert(lines, string.format("%d:%d %s", it.lnum, it.col, it.code))
  end
  table.sort(lines)
  return lines
end

local function run()
  local result = {}
  vim.cmd("edit " .. vim.fn.fnameescape(folder .. "/app/main.py"))
  local client = vim.lsp.start_client({
    name = "holdfast",
    cmd = { vim.env.HOLDFAST_NODE, vim.env.HOLDFAST_SERVER, "--stdio" },
    root_dir = folder,
    workspace_folders = { { uri = vim.uri_from_fname(folder), name = "backend" } },
  })
  vim.lsp.buf_attach_client(0, client)
  vim.wait(PATIENCE_MS, function() return #said() == 2 end, 50)
  result.found = said()

  vim.fn.search("time.sleep")
  local params = vim.lsp.util.make_range_params()
  params.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(0) }
  local answers = vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, PATIENCE_MS) or {}
  local actions = (answers[client] or {}).result or {}
  result.actions = vim.tbl_map(function(it) return it.title end, actions)
  local action = actions[1]
  if action and not action.edit then
    action = vim.lsp.buf_request_sync(0, "codeAction/resolve", action, PATIENCE_MS)[client].result
  end
  if action and action.edit then
    vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(client).offset_encoding)
  end
  vim.wait(PATIENCE_MS, function() return #said() == 1 end, 50)
  result.after = said()
  result.text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
  vim.lsp.stop_client(client)
  return result
end

local fine, result = pcall(run)
io.stdout:write(vim.fn.json_encode(fine and result or { error = tostring(result) }) .. "\n")
vim.cmd("qall!")
