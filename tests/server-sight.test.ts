/** What the server shows besides findings in open files: the whole workspace, where functions run, what is known of a line. Conversations over a pipe. */
import assert from "node:assert/strict";
import type {
  CodeLens,
  Diagnostic,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver/node";
import { CancellationTokenSource, WorkspaceDiagnosticRequest } from "vscode-languageserver/node";
import { type Editor, EVERYTHING, type Options, withServer } from "./harness-lsp.ts";

const MAIN = "app/main.py";
const HELPERS = "app/helpers.py";
const MAIN_TEXT =
  "import time\n\nfrom app import helpers\n\n\nasync def rates():\n    return helpers.load()\n\n\nasync def slow():\n    time.sleep(1)\n\n\nasync def fine():\n    pass\n";
const HELPERS_TEXT =
  'import requests\n\n\ndef load():\n    return requests.get("https://rates.example", timeout=5).json()\n';
const PROJECT = { "pyproject.toml": "", "app/__init__.py": "", [MAIN]: MAIN_TEXT, [HELPERS]: HELPERS_TEXT };
const SEEING: Options = {
  capabilities: { ...EVERYTHING, textDocument: { ...EVERYTHING.textDocument, codeLens: {} } },
  initializationOptions: { commands: ["holdfast.showPath"] },
};

describe("the workspace", () => {
  const WORKSPACE: Options = { settings: { diagnosticsScope: "workspace" } };
  type Known = Map<string, { resultId: string; items: Diagnostic[] }>;

  /** Asks once, and takes what is told into `known`; the server answers when there is something new. */
  async function ask(editor: Editor, known: Known): Promise<readonly WorkspaceDocumentDiagnosticReport[]> {
    const before = editor.progress.length;
    const previousResultIds = [...known].map(([uri, { resultId }]) => ({ uri, value: resultId }));
    const { items } = await editor.connection.sendRequest(WorkspaceDiagnosticRequest.type, {
      previousResultIds,
      partialResultToken: "part",
    });
    const parts = (editor.progress.slice(before) as readonly Partial<WorkspaceDiagnosticReport>[]).flatMap(
      (part) => part.items ?? [],
    );
    for (const report of [...parts, ...items]) {
      if (report.kind === "full") known.set(report.uri, { resultId: report.resultId ?? "", items: report.items });
    }
    return [...parts, ...items];
  }

  it("is checked where that is asked for, files that are not open included, and followed", () =>
    withServer(
      PROJECT,
      async (editor) => {
        const known: Known = new Map();
        const first = await ask(editor, known);
        assert.deepEqual(
          first.map(({ uri, version }) => [uri, version]),
          [[editor.uri(MAIN), null]],
        );
        assert.equal(known.get(editor.uri(MAIN))?.items.length, 2);

        const next = ask(editor, known);
        await editor.onDisk(HELPERS, "def load():\n    return {}\n");
        await next;
        assert.equal(known.get(editor.uri(MAIN))?.items.length, 1);

        const gone = ask(editor, known);
        await editor.onDisk(MAIN, null);
        await gone;
        assert.equal(known.get(editor.uri(MAIN))?.items.length, 0);
      },
      WORKSPACE,
    ));

  it("is checked once a person asks for it, whatever is set", () =>
    withServer(PROJECT, async (editor) => {
      const known: Known = new Map();
      const next = ask(editor, known);
      await editor.connection.sendRequest("holdfast/checkWorkspace");
      await next;
      assert.equal(known.get(editor.uri(MAIN))?.items.length, 2);
      await editor.open(MAIN, MAIN_TEXT);
      const about = await editor.connection.sendRequest<string>("holdfast/debug", { uri: editor.uri(MAIN) });
      assert.match(about, /Python files: 3;/);
      assert.match(about, /Settings file: none/);
      assert.match(about, /async\/blocking-call \(warning\)/);
    }));

  it("is let go when the setting is taken back", () =>
    withServer(
      PROJECT,
      async (editor) => {
        const known: Known = new Map();
        await ask(editor, known);
        assert.equal((await editor.pull(MAIN)).length, 2);
        const next = ask(editor, known);
        editor.settings = {};
        await editor.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
        await next;
        assert.equal(known.get(editor.uri(MAIN))?.items.length, 0);
        assert.deepEqual(await editor.pull(MAIN), [], "it is not open");
      },
      WORKSPACE,
    ));

  it("is not checked unasked, and not where it is very large, which is said", async () => {
    const silent = async (options: Options): Promise<readonly string[]> => {
      let said: readonly string[] = [];
      const talk = async (editor: Editor): Promise<void> => {
        const source = new CancellationTokenSource();
        const params = { previousResultIds: [] };
        const answer = editor.connection.sendRequest(WorkspaceDiagnosticRequest.type, params, source.token);
        await editor.open(MAIN, MAIN_TEXT);
        await editor.pullUntil(MAIN, ({ length }) => length === 2);
        await editor.until(() => editor.status.state === "ready" && editor.status.findings === 2);
        if (options.initializationOptions) await editor.until(() => editor.messages.length > 0);
        source.cancel();
        await assert.rejects(answer);
        said = editor.messages;
      };
      await withServer(PROJECT, talk, options);
      return said;
    };
    assert.deepEqual(await silent({}), []);
    const [note, ...others] = await silent({ ...WORKSPACE, initializationOptions: { workspaceFileLimit: 2 } });
    assert.match(note ?? "", /3 Python files, more than 2: only open files/);
    assert.deepEqual(others, []);
  });
});

describe("typing", () => {
  it("holds back what a single letter makes", () =>
    withServer({ ...PROJECT, [MAIN]: "" }, async (editor) => {
      await editor.open(MAIN, "import time\n\n\nasync def f():\n    time.slep(2)\n");
      assert.deepEqual(await editor.pull(MAIN), []);
      await editor.ready();
      const { start } = editor.rangeOf(MAIN, "p(2)");
      await editor.insert(MAIN, start, "e");
      assert.deepEqual(await editor.pull(MAIN), [], "not while it is typed");
      await editor.pullUntil(MAIN, ({ length }) => length === 1);

      await editor.insert(MAIN, start, "x");
      assert.deepEqual(await editor.pull(MAIN), [], "what is cured goes at once");
      await editor.insert(MAIN, editor.rangeOf(MAIN, "async def").start, "import os\n");
      await editor.replace(MAIN, "slexep", "sleep");
      assert.equal((await editor.pull(MAIN)).length, 1, "what is pasted or completed is told at once");
    }));
});

describe("where functions run", () => {
  const lenses = async (editor: Editor): Promise<readonly (readonly [number, string])[]> => {
    const found: CodeLens[] | null = await editor.connection.sendRequest("textDocument/codeLens", {
      textDocument: { uri: editor.uri(MAIN) },
    });
    return (found ?? []).map(({ range, command }) => [range.start.line, command?.title ?? ""] as const);
  };

  it("stands above those that hold the event loop; above all, or none, where that is set", () =>
    withServer(
      PROJECT,
      async (editor) => {
        await editor.open(MAIN, MAIN_TEXT);
        await editor.pullUntil(MAIN, ({ length }) => length === 2);
        const some = await lenses(editor);
        assert.deepEqual(
          some.map(([line]) => line),
          [5, 9],
        );
        assert.match(some[0]![1], /^Runs on the event loop: .+ and holds it for a network reply$/);
        assert.match(some[1]![1], /the clock/);
        editor.settings = { whereItRuns: "all" };
        assert.deepEqual(
          (await lenses(editor)).map(([line]) => line),
          [5, 9, 13],
        );
        editor.settings = { whereItRuns: "off" };
        assert.deepEqual(await lenses(editor), []);
      },
      SEEING,
    ));

  it("leads to each way of what they wait for, step by step", () =>
    withServer(
      PROJECT,
      async (editor) => {
        await editor.open(MAIN, MAIN_TEXT);
        await editor.pullUntil(MAIN, ({ length }) => length === 2);
        const steps = await editor.connection.sendRequest<
          { depth: number; place: string; uri: string; text: string }[]
        >("holdfast/paths", { textDocument: { uri: editor.uri(MAIN) }, position: editor.rangeOf(MAIN, "rates").start });
        assert.deepEqual(
          steps.map(({ depth, place, uri }) => [depth, place, uri]),
          [
            [0, "app/main.py:7", editor.uri(MAIN)],
            [1, "app/helpers.py:5", editor.uri(HELPERS)],
          ],
        );
        assert.match(steps[0]!.text, /helpers\.load waits for a network reply/);
      },
      SEEING,
    ));
});

describe("what is known of a line", () => {
  const known = async (editor: Editor, file: string, at: string): Promise<string> =>
    editor.connection.sendRequest("holdfast/knows", {
      textDocument: { uri: editor.uri(file) },
      position: editor.rangeOf(file, at).start,
    });

  it("is found, called, run, and silenced", () => {
    const text = `${MAIN_TEXT}\n\nasync def kept(x):\n    time.sleep(2)  # holdfast: ignore[async]\n    x.run()\n`;
    return withServer(PROJECT, async (editor) => {
      await editor.open(MAIN, text);
      await editor.open(HELPERS, HELPERS_TEXT);
      await editor.pullUntil(MAIN, ({ length }) => length === 2);
      const call = await known(editor, MAIN, "helpers.load");
      assert.match(call, /^# Line 7 of app\/main\.py$/m);
      assert.match(call, /`async\/blocking-call` \(certain\)/);
      assert.match(call, /`rates`, an `async def`; it runs on the event loop/);
      assert.match(call, /`app\.helpers\.load`; waits for a network reply .* app\/helpers\.py:5/);
      assert.match(call, /## Rules that ran on this file\n\n- .*`db\/leaked-session` \(warning\)/);
      assert.match(call, /switched off for this file: .*`http\/client-per-request`/);
      assert.match(await known(editor, MAIN, "time.sleep(2)"), /a comment silences here: .*`async\/blocking-call`/);
      assert.match(await known(editor, MAIN, "x.run"), /nobody knows what this calls/);
      assert.match(await known(editor, HELPERS, "requests.get"), /who calls it from there is told/);
      assert.match(await known(editor, MAIN, "import time"), /runs when the module is imported/);
      await editor.open("notes.txt", "x", "plaintext");
      assert.match(await known(editor, "notes.txt", "x"), /does not check this document/);
    });
  });
});
