/**
 * The editor and the command line say the same about the same files, and leave alone the same.
 *
 * Over the projects of this repository and one with everything that takes files out of a check. `HOLDFAST_PROJECTS`, folders with a colon between them, adds others.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { WorkspaceDiagnosticReport } from "vscode-languageserver";
import { ROOT } from "./harness/fixture.ts";
import { COMMAND_LINE, Editor } from "./harness-lsp.ts";

const LIMIT_MS = 600_000;
const BLOCKING = "import time\n\n\nasync def wait():\n    time.sleep(1)\n";

/** Everything here is found only where nothing takes the file out. */
const ODD: Readonly<Record<string, string>> = {
  "pyproject.toml":
    '[tool.holdfast]\nexclude = ["generated"]\n\n[[tool.holdfast.overrides]]\npaths = ["quiet/**"]\nignore = ["async"]\n',
  ".gitignore": "ignored.py\nbuild/\n",
  "app/__init__.py": "",
  "app/main.py": BLOCKING,
  "app/ignored.py": BLOCKING,
  "build/main.py": BLOCKING,
  "generated/main.py": BLOCKING,
  "quiet/main.py": BLOCKING,
  "node_modules/package/main.py": BLOCKING,
  ".venv/pyvenv.cfg": "home = /usr/bin\n",
  ".venv/lib/main.py": BLOCKING,
  "env/pyvenv.cfg": "home = /usr/bin\n",
  "env/lib/main.py": BLOCKING,
  "tests/test_main.py": BLOCKING,
  "nested/pyproject.toml": '[tool.holdfast]\nselect = ["db"]\n',
  "nested/main.py": BLOCKING,
  "broken.py": "def broken(:\n    pass\n\n\nasync def wait():\n    import time\n    time.sleep(1)\n",
  "latin.py": "# coding: latin-1\nNAME = 'caf\u00e9'\n",
};

describe("the editor and the command line", function () {
  this.timeout(LIMIT_MS);
  let folder: string;

  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "holdfast-parity-")));
    for (const [file, text] of Object.entries(ODD)) {
      mkdirSync(dirname(join(folder, "odd", file)), { recursive: true });
      writeFileSync(join(folder, "odd", file), text, "latin1");
    }
    for (const fixture of ["sample", "editor-workspace"])
      cpSync(join(ROOT, "test-fixtures", fixture), join(folder, fixture), { recursive: true });
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const name of ["sample", "editor-workspace", "odd"])
    it(`agree about ${name}`, async () => agree(join(folder, name)));
  for (const project of process.env.HOLDFAST_PROJECTS?.split(delimiter) ?? [])
    it(`agree about ${project}`, async () => agree(realpathSync(project)));
});

async function agree(project: string): Promise<void> {
  const { diagnostics } = JSON.parse(check(project, "--output-format", "json")) as {
    diagnostics: readonly { file: string; rule: string; range: { start: { line: number } }; fingerprint: string }[];
  };
  const files = check(project, "--show-files").trim().split("\n").filter(Boolean).sort();
  const editor = new Editor(project, { settings: { diagnosticsScope: "workspace" } });
  try {
    await editor.greet();
    const report = await editor.connection.sendRequest<WorkspaceDiagnosticReport>("workspace/diagnostic", {
      previousResultIds: [],
    });
    const said = report.items.flatMap((it) =>
      it.kind === "full" ? it.items.map((each) => ({ ...each, uri: it.uri })) : [],
    );
    assert.deepEqual(
      said.map(({ uri, code, range, data }) => `${uri}:${range.start.line + 1} ${code} ${data}`).sort(),
      diagnostics
        .map(
          ({ file, rule, range, fingerprint }) => `${uriIn(project, file)}:${range.start.line} ${rule} ${fingerprint}`,
        )
        .sort(),
    );
    const checked: string[] = [];
    for (const file of pythonFilesBelow(project)) {
      const status = await editor.connection.sendRequest("holdfast/file", {
        textDocument: { uri: uriIn(project, file) },
      });
      if (status !== null) checked.push(file);
    }
    assert.deepEqual(checked, files);
    assert.equal(await editor.end(), 0);
  } catch (error) {
    throw editor.explain(error);
  } finally {
    editor.kill();
  }
}

function check(project: string, ...args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [COMMAND_LINE, "check", "--no-cache", ...args], {
    cwd: project,
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  assert.ok(status === 0 || status === 1, stderr);
  return stdout;
}

function uriIn(project: string, file: string): string {
  return pathToFileURL(join(project, file)).href;
}

/** Relative, sorted. */
function pythonFilesBelow(project: string): readonly string[] {
  return readdirSync(project, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".py"))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(project.length + 1))
    .sort();
}
