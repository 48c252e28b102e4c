/** Settings files as documents, and the names of rules wherever they are written, held as conversations with the server. */
import assert from "node:assert/strict";
import { type CompletionItem, MarkupContent } from "vscode-languageserver/node";
import { type Editor, EVERYTHING, type Options, PLAIN, withServer } from "./harness-lsp.ts";

const FILE = "app/main.py";
const TOML = "pyproject.toml";
const COMPLETING: Options = {
  capabilities: { ...EVERYTHING, textDocument: { ...EVERYTHING.textDocument, completion: {} } },
  initializationOptions: { commands: ["holdfast.explainRule"] },
};

/** Opens `text` without its `|`, and asks what may stand there. */
async function completed(editor: Editor, file: string, text: string): Promise<CompletionItem[]> {
  const at = text.indexOf("|");
  await editor.open(file, text.replace("|", ""), file.endsWith(".toml") ? "toml" : "python");
  const lines = text.slice(0, at).split("\n");
  const items = await editor.connection.sendRequest("textDocument/completion", {
    textDocument: { uri: editor.uri(file) },
    position: { line: lines.length - 1, character: lines.at(-1)!.length },
  });
  await editor.close(file);
  return (items as CompletionItem[]).sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
}

const labels = (items: readonly CompletionItem[]): string[] => items.map(({ label }) => label);

async function hovered(editor: Editor, file: string, text: string): Promise<string> {
  const hover = await editor.hover(file, text);
  return MarkupContent.is(hover?.contents) ? hover.contents.value : "";
}

describe("settings files", () => {
  const wrong = [
    "[tool.holdfast]",
    'selct = ["async"]',
    'ignore = ["db", "async/blocking-cal"]',
    "src = 3",
    '[tool.holdfast.rules."async/blocking-call"]',
    'severity = "eror"',
    "",
  ].join("\n");

  it("show what is wrong where it stands, and follow what is typed", () =>
    withServer({ [FILE]: "", [TOML]: "" }, async (editor) => {
      await editor.open(TOML, wrong, "toml");
      const found = await editor.pull(TOML);
      assert.deepEqual(found.map((each) => editor.marked(TOML, each)).sort(), [
        '"async/blocking-cal"',
        '"eror"',
        "selct",
        "src",
      ]);
      const about = (text: string) => String(found.find((each) => editor.marked(TOML, each) === text)?.message);
      assert.match(about('"async/blocking-cal"'), /did you mean "async\/blocking-call"/);
      assert.match(about("src"), /list of strings/);
      await editor.replace(TOML, "src = 3", 'src = ["lib"]');
      assert.equal((await editor.pull(TOML)).length, 3);
      await editor.replace(TOML, "[tool.holdfast]", "[tool.holdfast");
      const [broken, ...others] = await editor.pull(TOML);
      assert.match(String(broken?.message), /not valid TOML/);
      assert.deepEqual(others, []);
    }));

  it("show what a folder further down says in vain", () =>
    withServer(
      {
        [FILE]: "",
        [TOML]: "",
        "legacy/holdfast.toml": 'ignore = ["db"]\nfail-on = "error"\n',
        "legacy/old.py": "",
      },
      async (editor) => {
        await editor.open("legacy/old.py", "");
        await editor.pull("legacy/old.py");
        const text = 'ignore = ["db"]\nfail-on = "error"\n';
        await editor.open("legacy/holdfast.toml", text, "toml");
        const [remark, ...others] = await editor.pull("legacy/holdfast.toml");
        assert.deepEqual(others, []);
        assert.match(
          String(remark?.message),
          /counts for whole projects only.*; set it in a holdfast\.toml at the top/,
        );
        assert.deepEqual(remark?.range, { start: { line: 1, character: 0 }, end: { line: 1, character: 7 } });
        await editor.open(TOML, '[tool.holdfast]\nfail-on = "error"\n', "toml");
        assert.deepEqual(await editor.pull(TOML), [], "at the top it counts");
      },
    ));

  it("show it unasked to clients that cannot ask, and are silent about other people's tables", () =>
    withServer(
      { [FILE]: "", [TOML]: "" },
      async (editor) => {
        await editor.open(TOML, wrong, "toml");
        await editor.publishedUntil(TOML, ({ diagnostics }) => diagnostics.length === 4);
        await editor.open("other/pyproject.toml", '[tool.other]\nselct = 3\n"\n', "toml");
        await editor.publishedUntil("other/pyproject.toml", ({ diagnostics }) => diagnostics.length === 0);
      },
      { capabilities: PLAIN },
    ));

  it("offer the word that was meant", () =>
    withServer({ [FILE]: "", [TOML]: "" }, async (editor) => {
      await editor.open(TOML, wrong, "toml");
      for (const [text, left] of [
        ["selct", 3],
        ['"async/blocking-cal"', 2],
      ] as const) {
        const [action] = await editor.actions(TOML, editor.rangeOf(TOML, text));
        await editor.apply(action!.edit!);
        assert.equal((await editor.pull(TOML)).length, left);
      }
      assert.match(editor.textOf(TOML), /^select = \["async"\]\nignore = \["db", "async\/blocking-call"\]$/m);
    }));

  it("complete settings, rules and values, in tables of Holdfast only", () =>
    withServer(
      { [FILE]: "" },
      async (editor) => {
        const at = async (text: string) => completed(editor, TOML, text);
        const settings = labels(await at('[tool.holdfast]\nselect = ["db"]\n|\n'));
        assert.ok(settings.includes("ignore") && settings.includes("fail-on"), settings.join());
        assert.ok(!settings.includes("select"), "it is there already");
        const inList = await at('[tool.holdfast]\nignore = [\n  "db",\n  "asy|\n]\n');
        assert.ok(labels(inList).includes("async/blocking-call"));
        assert.equal((inList[0]!.textEdit as { newText: string }).newText, inList[0]!.label, "quotes stand already");
        const bare = (await at("[tool.holdfast]\nignore = [|]\n")).find(({ label }) => label === "db");
        assert.equal((bare!.textEdit as { newText: string }).newText, '"db"');
        assert.ok(labels(await at('[tool.holdfast]\nfail-on = "|"\n')).includes("never"));
        assert.ok(labels(await at('[tool.holdfast.rules."|"]\n')).includes("db/leaked-session"));
        const own = '[tool.holdfast.rules."async/blocking-file-io"]\n';
        assert.deepEqual(labels(await at(`${own}|\n`)), ["metadata", "severity"]);
        assert.ok(labels(await at(`${own}severity = "|"\n`)).includes("off"));
        assert.deepEqual(await at("[tool.other]\n|\n"), []);
        assert.deepEqual(await at('[project]\nname = "|"\n'), []);
      },
      COMPLETING,
    ));

  it("explain rules and settings under the cursor", () =>
    withServer(
      { [FILE]: "", [TOML]: "" },
      async (editor) => {
        await editor.open(
          TOML,
          '[project]\nname = "async"\n[tool.holdfast]\nignore = ["db/leaked-session", "http"]\n',
          "toml",
        );
        assert.match(await hovered(editor, TOML, "db/leaked-session"), /\*\*Why\*\*/);
        assert.match(await hovered(editor, TOML, "http"), /http\/leaked-client/);
        assert.match(await hovered(editor, TOML, "ignore"), /not to run/);
        assert.equal(await hovered(editor, TOML, "project"), "");
      },
      COMPLETING,
    ));
});

describe("names of rules in comments", () => {
  it("are completed, those found there first", () =>
    withServer(
      { [FILE]: "", [TOML]: "" },
      async (editor) => {
        const line = (comment: string) => `import time\n\n\nasync def f():\n    time.sleep(1)  ${comment}\n`;
        const names = labels(await completed(editor, FILE, line("# holdfast: ignore[|]")));
        assert.equal(names[0], "async/blocking-call");
        assert.ok(names.includes("db"));
        assert.deepEqual(names, labels(await completed(editor, FILE, line("# holdfast: ignore-function[db, asy|"))));
        assert.deepEqual(labels(await completed(editor, FILE, line("# holdfast: |"))), [
          "ignore",
          "ignore-function",
          "ignore-file",
        ]);
        assert.deepEqual(await completed(editor, FILE, line("# noqa: |")), []);
        assert.deepEqual(await completed(editor, FILE, "x = [|]\n"), []);
      },
      COMPLETING,
    ));

  it("are explained under the cursor, with a link that opens inside the editor", () =>
    withServer(
      { [FILE]: "", [TOML]: "" },
      async (editor) => {
        const text =
          "import time\n\n\nasync def f():\n    time.sleep(1)  # holdfast: ignore[async/blocking-call, db]\n";
        await editor.open(FILE, text);
        const about = await hovered(editor, FILE, "async/blocking-call");
        assert.match(about, /event loop/);
        assert.ok(about.includes("(command:holdfast.explainRule?%5B%22async%2Fblocking-call%22%5D)"), about);
        assert.match(await hovered(editor, FILE, "db]"), /db\/leaked-session/);
        assert.equal(await hovered(editor, FILE, "# holdfast"), "");
      },
      COMPLETING,
    ));

  it("lead to their pages: in the editor, or as they came with the program", async () => {
    const text = "import time\n\n\nasync def f():\n    time.sleep(1)\n";
    const diagnostic = { ...EVERYTHING.textDocument?.diagnostic, codeDescriptionSupport: true };
    const capabilities = { ...EVERYTHING, textDocument: { ...EVERYTHING.textDocument, diagnostic } };
    const linkFor = async (initializationOptions: object): Promise<string> => {
      let link = "";
      const talk = async (editor: Editor): Promise<void> => {
        await editor.open(FILE, text);
        const [finding] = await editor.pullUntil(FILE, ({ length }) => length > 0);
        link = finding?.codeDescription?.href ?? "";
        const page = await editor.connection.sendRequest("holdfast/explain", { rule: finding?.code });
        assert.match(String(page), /^# async\/blocking-call\n/);
        assert.equal(await editor.connection.sendRequest("holdfast/explain", { rule: "no/such" }), null);
      };
      await withServer({ [FILE]: "", [TOML]: "" }, talk, { capabilities, initializationOptions });
      return link;
    };
    assert.match(await linkFor({ commands: ["holdfast.explainRule"] }), /^command:holdfast\.explainRule\?/);
    assert.match(await linkFor({}), /^file:.*docs\/rules\/async\/blocking-call\.md$/);
  });
});
