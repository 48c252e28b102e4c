import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  actionsAt,
  besideHoldfast,
  EXPECTED,
  findingAt,
  findingsIn,
  fixesFor,
  HELPERS,
  hoverAt,
  MAIN,
  ORDERS,
  openChecked,
  openFile,
  putEverythingBack,
  rangeOf,
  replaceText,
  ruleOf,
  until,
  untilFound,
} from "./workspace.ts";

const [THROUGH_HELPER] = EXPECTED[MAIN];
const TOML = "pyproject.toml";
const BASELINE = "holdfast-baseline.txt";

describe("besides findings a person sees", () => {
  afterEach(async () => {
    await putEverythingBack();
    const settings = vscode.workspace.getConfiguration("holdfast");
    await settings.update("whereItRuns", undefined, vscode.ConfigurationTarget.Workspace);
    await settings.update("diagnosticsScope", undefined, vscode.ConfigurationTarget.Workspace);
  });

  it("what can be done, in order: fix, explain, keep here, in the function, in the file, everywhere", async () => {
    const main = await openChecked(MAIN);
    const actions = await actionsAt(main, findingAt(main, "time.sleep").range);
    const order = [
      /asyncio\.sleep/,
      /^Explain /,
      / here with a comment/,
      / in slow with/,
      / in this file with/,
      /^Switch .* off in /,
    ];
    const places = order.map((title) => actions.findIndex((it) => title.test(it.title)));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
      actions.map((it) => it.title).join("\n"),
    );
    assert.ok(!places.includes(-1), actions.map((it) => it.title).join("\n"));
  });

  besideHoldfast("a comment for the whole function", async () => {
    const main = await openChecked(MAIN);
    let action: vscode.CodeAction | undefined;
    // Right after a change VS Code may give up resolving an action that is asked for.
    await until("the comment is offered with its edit", async () => {
      const actions = await actionsAt(main, findingAt(main, "time.sleep").range);
      action = actions.find((it) => / in slow with a comment/.test(it.title));
      return action?.edit !== undefined;
    });
    assert.ok(action?.edit);
    assert.equal(action.command?.command, "holdfast.addReason");
    await vscode.workspace.applyEdit(action.edit);
    assert.match(main.getText(), /^# holdfast: ignore-function\[async\/blocking-call\]\n(?:@.*\n)*async def slow/m);
    await untilFound(main, [THROUGH_HELPER]);
  });

  it("everything that can be fixed safely, fixed on save", async () => {
    const main = await openChecked(MAIN);
    let actions: readonly vscode.CodeAction[] = [];
    await until("it offers to fix everything, once", async () => {
      actions = await actionsAt(main, new vscode.Range(0, 0, main.lineCount, 0), "source.fixAll.holdfast");
      return actions.length === 1;
    });
    await vscode.workspace.applyEdit(actions[0]!.edit!);
    assert.match(main.getText(), /await asyncio\.sleep\(1\)/);
    assert.doesNotMatch(main.getText(), /holdfast:/);
  });

  besideHoldfast("the page of a rule behind its name, inside the editor", async () => {
    const main = await openChecked(MAIN);
    const { code } = findingAt(main, "time.sleep");
    const target = typeof code === "object" ? code.target.toString(true) : "";
    assert.match(target, /^command:holdfast\.explainRule\?/);
    await vscode.commands.executeCommand("holdfast.explainRule", ruleOf(findingAt(main, "time.sleep")));
    await until("a page about the rule is open", () => tabLabels().some((it) => /blocking-call/.test(it)));
  });

  besideHoldfast("where a function runs, above it", async () => {
    const main = await openChecked(MAIN);
    const titles = await lensesIn(main);
    assert.equal(titles.length, 2, titles.join("\n"));
    assert.ok(
      titles.every((it) => /^Runs on the event loop: .* and holds it for /.test(it)),
      titles.join("\n"),
    );
    await vscode.workspace
      .getConfiguration("holdfast")
      .update("whereItRuns", "off", vscode.ConfigurationTarget.Workspace);
    await until("no line is left", async () => (await lensesIn(main)).length === 0);
  });

  it("what is known of a line", async () => {
    const main = await openChecked(MAIN);
    const editor = await vscode.window.showTextDocument(main);
    const { start } = rangeOf(main, "time.sleep");
    editor.selection = new vscode.Selection(start, start);
    await vscode.commands.executeCommand("holdfast.whatIsKnown");
    await until("a page about the line is open", () => tabLabels().some((it) => /What Holdfast knows/.test(it)));
  });

  it("findings of files that are not open, where that is set", async () => {
    await openChecked(MAIN);
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    const orders = vscode.Uri.joinPath(folder, ORDERS);
    const said = (): number => vscode.languages.getDiagnostics(orders).filter((it) => it.source === "holdfast").length;
    await until("a file that was closed keeps no findings", () => said() === 0);
    const settings = vscode.workspace.getConfiguration("holdfast");
    await settings.update("diagnosticsScope", "workspace", vscode.ConfigurationTarget.Workspace);
    await until("the closed file has its findings", () => said() === EXPECTED[ORDERS].length);
    await settings.update("diagnosticsScope", undefined, vscode.ConfigurationTarget.Workspace);
    await until("and loses them", () => said() === 0);
  });

  besideHoldfast("the way to what waits, as a tree whose steps lead there", async () => {
    const main = await openChecked(MAIN);
    const editor = await vscode.window.showTextDocument(main);
    const { start } = rangeOf(main, "helpers.load_rates");
    editor.selection = new vscode.Selection(start, start);
    await vscode.commands.executeCommand("holdfast.showPath");
    await vscode.commands.executeCommand("list.focusLast");
    await vscode.commands.executeCommand("list.select");
    await until("the last step is shown in its file", () => {
      const shown = vscode.window.activeTextEditor;
      const isHelper = shown?.document.uri.path.endsWith(`/${HELPERS}`) === true;
      return isHelper && /requests\.get/.test(shown.document.getText(shown.selection));
    });
  });

  it("a fix on save, where the editor is told to", async () => {
    const main = await openChecked(MAIN);
    const whole = main.getText();
    const settings = vscode.workspace.getConfiguration("editor", main);
    const target = vscode.ConfigurationTarget.Workspace;
    await settings.update("codeActionsOnSave", { "source.fixAll.holdfast": "explicit" }, target);
    try {
      await replaceText(main, "time.sleep(1)", "time.sleep(2)");
      await until("the finding is there", () => findingsIn(main).length === 2);
      await main.save();
      await until("it was mended", () => /await asyncio\.sleep\(2\)/.test(main.getText()));
    } finally {
      await settings.update("codeActionsOnSave", undefined, target);
      await vscode.workspace.fs.writeFile(main.uri, new TextEncoder().encode(whole));
    }
  });

  it("a comment that silences nothing, and a fix that takes it away", async () => {
    const main = await openChecked(MAIN);
    const end = main.lineAt(rangeOf(main, "import time").start.line).range.end;
    const edit = new vscode.WorkspaceEdit();
    edit.insert(main.uri, end, "  # holdfast: ignore[async/blocking-call]");
    await vscode.workspace.applyEdit(edit);
    await until("it is told", () => findingsIn(main).some((it) => ruleOf(it) === "holdfast/unused-ignore"));
    const unused = findingsIn(main).find((it) => ruleOf(it) === "holdfast/unused-ignore")!;
    assert.deepEqual(unused.tags, [vscode.DiagnosticTag.Unnecessary]);
    const [fix] = await fixesFor(main, unused);
    await vscode.workspace.applyEdit(fix!.edit!);
    assert.match(main.lineAt(end.line).text, /^import time$/);
    await untilFound(main, EXPECTED[MAIN]);
  });

  besideHoldfast("a baseline, behind which only what is new is shown", async () => {
    const main = await openChecked(MAIN);
    const folder = vscode.workspace.getWorkspaceFolder(main.uri)!.uri;
    const files = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => vscode.Uri.joinPath(uri, BASELINE));
    try {
      await vscode.commands.executeCommand("holdfast.createBaseline");
      const written = new TextDecoder().decode(
        await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, BASELINE)),
      );
      assert.match(written, /^app\/main\.py slow async\/blocking-call /m);
      await untilFound(main, []);
      await replaceText(main, "time.sleep(1)", "time.sleep(1)\n    time.sleep(20 + 3)");
      await untilFound(main, ["async/blocking-call @ time.sleep"]);
    } finally {
      for (const file of files) await vscode.workspace.fs.delete(file);
    }
    await putEverythingBack();
    await openChecked(MAIN);
  });

  it("mistakes in the settings where they stand, and what a rule there means", async () => {
    await openChecked(MAIN);
    const toml = await openFile(TOML);
    const end = toml.lineAt(toml.lineCount - 1).range.end;
    const edit = new vscode.WorkspaceEdit();
    edit.insert(toml.uri, end, '\n[tool.holdfast]\nignore = ["db/leaked-session", "async/blocking-cal"]\n');
    await vscode.workspace.applyEdit(edit);
    await until("the mistake is shown", () => findingsIn(toml).length === 1);
    assert.equal(toml.getText(findingsIn(toml)[0]!.range), '"async/blocking-cal"');
    assert.match(await hoverAt(toml, rangeOf(toml, "db/leaked-session").start), /Why/);
    await replaceText(toml, "blocking-cal", "blocking-call");
    await until("it is cured", () => findingsIn(toml).length === 0);
  });
});

async function lensesIn(document: vscode.TextDocument): Promise<readonly string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    document.uri,
    20,
  );
  return lenses.map((it) => it.command?.title ?? "");
}

function tabLabels(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map((it) => it.label));
}
