/** What an editor hears from the language server, held as conversations over a pipe. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  CancellationTokenSource,
  type Diagnostic,
  LSPErrorCodes,
  MarkupContent,
  type ResponseError,
} from "vscode-languageserver/node";
import { COMMAND_LINE, Editor, EVERYTHING, PLAIN, SERVER, utf8, withServer } from "./harness-lsp.ts";

const MAIN = "app/main.py";
const HELPERS = "app/helpers.py";

const HELPERS_TEXT = `import requests


def load_rates() -> dict:
    return requests.get("https://rates.example/latest", timeout=5).json()
`;

const MAIN_TEXT = `import time

from app import helpers


async def rates() -> dict:
    return helpers.load_rates()


async def slow() -> None:
    time.sleep(1)
`;

const CALLER = "app/jobs.py";
const CALLER_TEXT = `from app.helpers import load_rates


async def count() -> int:
    return len(load_rates())
`;
const TO_ASYNC = "Make load_rates async and await all 2 calls of it in 2 files";

const BACKEND = { "pyproject.toml": "", "app/__init__.py": "", [HELPERS]: HELPERS_TEXT, [MAIN]: MAIN_TEXT };
const BLOCKING = "async/blocking-call";
const DIRECT = "time.sleep";
const THROUGH_HELPER = "helpers.load_rates";

describe("the language server", () => {
  describe("finds", () => {
    it("what blocks, when asked", () =>
      withServer(BACKEND, async (editor) => {
        await editor.open(MAIN, MAIN_TEXT);
        const diagnostics = await editor.pullUntil(MAIN, ({ length }) => length === 2);
        assert.deepEqual(
          diagnostics.map((each) => [each.source, each.code, editor.marked(MAIN, each)]),
          [
            ["holdfast", BLOCKING, THROUGH_HELPER],
            ["holdfast", BLOCKING, DIRECT],
          ],
        );
        assert.ok(
          diagnostics.every(({ data }) => typeof data === "string"),
          "each carries its fingerprint",
        );
      }));

    it("what blocks, unasked, for a client that cannot ask", () =>
      withServer(
        BACKEND,
        async (editor) => {
          assert.equal(editor.greeting.capabilities.diagnosticProvider, undefined);
          await editor.open(MAIN, MAIN_TEXT);
          const diagnostics = await editor.publishedUntil(MAIN, (last) => last.diagnostics.length === 2);
          assert.deepEqual(
            diagnostics.map((each) => editor.marked(MAIN, each)),
            [THROUGH_HELPER, DIRECT],
          );
          assert.ok(
            diagnostics.every(({ data }) => data === undefined),
            "no data for a client that would lose it",
          );

          await editor.replace(MAIN, "    time.sleep(1)", "    pass");
          await editor.publishedUntil(MAIN, (last) => last.version === 2 && last.diagnostics.length === 1);
          await editor.close(MAIN);
          await editor.publishedUntil(MAIN, (last) => last.diagnostics.length === 0);
        },
        { capabilities: PLAIN },
      ));

    it("the path that makes it true, as related places", () =>
      withServer(BACKEND, async (editor) => {
        await editor.open(MAIN, MAIN_TEXT);
        const diagnostics = await editor.pullUntil(MAIN, ({ length }) => length === 2);
        const last = at(editor, diagnostics, THROUGH_HELPER).relatedInformation?.at(-1);
        assert.equal(last?.location.uri, editor.uri(HELPERS));
        assert.equal(last?.location.range.start.line, 4);
        assert.match(last?.message ?? "", /requests\.get/);
      }));

    it("the same as the command line", () =>
      withServer(BACKEND, async (editor) => {
        const run = spawnSync(process.execPath, [COMMAND_LINE, "check", "--output-format", "json"], {
          cwd: editor.folder,
          encoding: "utf8",
        });
        const { diagnostics } = JSON.parse(run.stdout) as {
          diagnostics: { rule: string; file: string; message: string; fingerprint: string }[];
        };
        const expected = diagnostics.filter(({ file }) => file === MAIN);
        assert.equal(expected.length, 2);
        await editor.open(MAIN, MAIN_TEXT);
        const found = await editor.pullUntil(MAIN, ({ length }) => length === 2);
        assert.deepEqual(
          found.map(({ code, message, data }) => [code, message, data]),
          expected.map(({ rule, message, fingerprint }) => [rule, message, fingerprint]),
        );
      }));

    it("nothing new the second time, and says so by name", () =>
      withServer(BACKEND, async (editor) => {
        await editor.open(MAIN, MAIN_TEXT);
        await editor.pullUntil(MAIN, ({ length }) => length === 2);
        const first = await editor.report(MAIN);
        assert.ok(first.resultId);
        assert.deepEqual(await editor.report(MAIN, first.resultId), { kind: "unchanged", resultId: first.resultId });

        await editor.replace(MAIN, "time.sleep(1)", "pass");
        assert.equal((await editor.report(MAIN, first.resultId)).kind, "full");
      }));

    it("something in a document that is not saved anywhere", () =>
      withServer({}, async (editor) => {
        const untitled = "untitled:Untitled-1";
        await editor.open(untitled, "import time\n\nasync def wait():\n    time.sleep(1)\n");
        const [found] = await editor.pullUntil(untitled, ({ length }) => length === 1);
        assert.equal(editor.marked(untitled, found!), DIRECT);
      }));

    it("something in a file where no folder is open", () =>
      withServer(
        BACKEND,
        async (editor) => {
          await editor.open(MAIN, MAIN_TEXT);
          await editor.pullUntil(MAIN, ({ length }) => length === 2);
        },
        { folders: [] },
      ));

    it("nothing in a file outside of all folders, and in installed packages", () => {
      const installed = ["workspace/lib/site-packages/acme/main.py", "lib/python3/dist-packages/acme/main.py"];
      return withServer(
        {
          ...BACKEND,
          "workspace/main.py": MAIN_TEXT,
          ...Object.fromEntries(installed.map((file) => [file, MAIN_TEXT])),
        },
        async (editor) => {
          for (const file of [MAIN, ...installed, "workspace/main.py"]) await editor.open(file, MAIN_TEXT);
          await editor.pullUntil("workspace/main.py", ({ length }) => length > 0);
          for (const file of [MAIN, ...installed]) assert.deepEqual(await editor.pull(file), [], file);
        },
        { folders: ["workspace"] },
      );
    });

    it("nothing in documents that are not Python, and in addresses of other kinds", () =>
      withServer(BACKEND, async (editor) => {
        await editor.open("notes.txt", MAIN_TEXT, "plaintext");
        await editor.open("git:/app/main.py?ref=HEAD", MAIN_TEXT);
        await editor.open("nonsense", MAIN_TEXT);
        await editor.open("untitled:notes", MAIN_TEXT, "plaintext");
        assert.deepEqual(await editor.pull("notes.txt"), []);
        assert.deepEqual(await editor.pull("git:/app/main.py?ref=HEAD"), []);
        assert.deepEqual(await editor.pull("nonsense"), []);
        assert.deepEqual(await editor.pull("untitled:notes"), []);
        assert.deepEqual(await editor.pull("untitled:never-opened"), []);
        assert.deepEqual(await editor.pull("no/such/file.py"), []);
      }));

    it("nothing in files that Git ignores", () =>
      withServer({ ...BACKEND, ".gitignore": "generated/\n", "generated/x.py": MAIN_TEXT }, async (editor) => {
        await editor.open("generated/x.py", MAIN_TEXT);
        await editor.ready();
        assert.deepEqual(await editor.pull("generated/x.py"), []);
      }));

    it("what stands behind files in other encodings, and behind what cannot be read", () => {
      const latin1 = Buffer.from(`# -*- coding: latin-1 -*-\n# Z\u00fcrich\n${HELPERS_TEXT}`, "latin1");
      return withServer(
        { ...BACKEND, [HELPERS]: latin1, "app/binary.py": Buffer.from([0, 1, 2, 255]), "app/empty.py": "" },
        async (editor) => {
          mkdirSync(join(editor.folder, "app/folder.py"));
          symlinkSync(editor.folder, join(editor.folder, "app/loop"));
          symlinkSync("nowhere.py", join(editor.folder, "app/dangling.py"));
          await editor.onDisk("app/binary.py", "");
          await editor.onDisk("pyproject.toml", "# touched\n");
          await editor.open(MAIN, MAIN_TEXT);
          const diagnostics = await editor.pullUntil(MAIN, ({ length }) => length === 2);
          const step = at(editor, diagnostics, THROUGH_HELPER).relatedInformation?.at(-1);
          assert.equal(step?.location.range.start.line, 6);
          assert.deepEqual(editor.messages, []);
        },
      );
    });

    it("a great deal in a long file, and stays there", () => {
      const long = `${MAIN_TEXT}${"\n\nasync def wait():\n    time.sleep(1)\n".repeat(500)}`;
      return withServer(BACKEND, async (editor) => {
        await editor.open(MAIN, long);
        await editor.pullUntil(MAIN, ({ length }) => length === 502);
        await editor.replace(MAIN, "    time.sleep(1)", "    pass");
        await editor.pullUntil(MAIN, ({ length }) => length === 501);
      });
    });

    it("what is whole in Python that is not", () =>
      withServer(BACKEND, async (editor) => {
        const broken = `${MAIN_TEXT}\n\ndef half(:\n    return ((\n`;
        await editor.open(MAIN, broken);
        const diagnostics = await editor.pullUntil(MAIN, ({ length }) => length >= 2);
        assert.ok(at(editor, diagnostics, DIRECT));
        for (const text of ["", "\ufeff", "\0\0", "((((((((", '"""', "\ud800", "def\r\rclass\r\n"]) {
          await editor.open(`untitled:${text.length}-${text.charCodeAt(0)}`, text);
          assert.ok(Array.isArray(await editor.pull(`untitled:${text.length}-${text.charCodeAt(0)}`)));
        }
      }));
  });

  describe("follows", () => {
    it("an edit of a helper, in the file that calls it", () =>
      withServer(BACKEND, async (editor) => {
        await editor.open(MAIN, MAIN_TEXT);
        await editor.open(HELPERS, HELPERS_TEXT);
        await editor.pullUntil(MAIN, ({ length }) => length === 2);
        const cured = 'requests.get("https://rates.example/latest", timeout=5).json()';
        await editor.replace(HELPERS, cured, "{}");
        const left = await editor.pullUntil(MAIN, ({ length }) => length === 1);
        assert.equal(editor.marked(MAIN, left[0]!), DIRECT);
        await editor.replace(HELPERS, "{}", cured);
        await editor.pullUntil(MAIN, ({ length }) => length === 2);
      }));

    it("an edit of a helper, for a client that cannot ask", () =>
      withServer(
        BACKEND,
        async (editor) => {
          await editor.open(MAIN, MAIN_TEXT);
          await editor.open(HELPERS, HELPERS_TEXT);
          await editor.publishedUntil(MAIN, ({ diagnostics }) => diagnostics.length === 2);
          await editor.replace(HELPERS, "requests.get(", "print(");
          await editor.publishedUntil(MAIN, ({ diagnostics }) => diagnostics.length === 1);
        },
        { capabilities: PLAIN },
      ));

    it("typing in a file whose language the client does not name", () =>
      withServer(BACKEND, async (editor) => {
        await editor.open(MAIN, MAIN_TEXT, "");
        await editor.pullUntil(MAIN, ({ length }) => length === 2);
        await editor.replace(MAIN, "time.sleep(1)", "pass");
        await editor.pullUntil(MAIN, ({ length }) => length === 1);
      }));

    it("an unsaved edit that is thrown away", () =>
      withServer(BACKEND, async (editor) => {
        await editor.open(MAIN, MAIN_TEXT);
        await editor.open(HELPERS, HELPERS_TEXT);
        await editor.replace(HELPERS, "requests.get(", "print(");
        await editor.pullUntil(MAIN, ({ length }) => length === 1);
        await editor.close(HELPERS);
        await editor.pullUntil(MAIN, ({ length }) => length === 2);
      }));

    it("a document that is closed and opened again with another text", () =>
      withServer(BACKEND, async (editor) => {
        await editor.open(MAIN, MAIN_TEXT);
        await editor.pullUntil(MAIN, ({ length }) => length === 2);
        await editor.close(MAIN);
        await editor.open(MAIN, MAIN_TEXT.replace("time.sleep(1)", "pass"));
        assert.equal((await editor.pull(MAIN)).length, 1);
        await editor.close(MAIN);
        await editor.open(MAIN, MAIN_TEXT);
        assert.equal((await editor.pull(MAIN)).length, 2);
      }));

    it("files that appear, change and go on disk", () =>
      withServer(BACKEND, async (editor) => {
        await editor.open(MAIN, MAIN_TEXT);
        await editor.pullUntil(MAIN, ({ length }) => length === 2);
        await editor.onDisk(HELPERS, "def load_rates() -> dict:\n    return {}\n");
        await editor.pullUntil(MAIN, ({ length }) => length === 1);
        await editor.onDisk(HELPERS, HELPERS_TEXT);
        await editor.pullUntil(MAIN, ({ length }) => length === 2);
        await editor.onDisk(HELPERS, null);
        await editor.pullUntil(MAIN, ({ length }) => length === 1);
      }));

    it("a folder that goes, which is announced alone", () =>
      withServer(
        {
          ...BACKEND,
          [MAIN]: "",
          "main.py": MAIN_TEXT,
        },
        async (editor) => {
          await editor.open("main.py", MAIN_TEXT);
          await editor.pullUntil("main.py", ({ length }) => length === 2);
          await editor.onDisk("app", null);
          await editor.pullUntil("main.py", ({ length }) => length === 1);
        },
      ));

    for (const [encoding, measure] of [
      ["utf-16", (text: string) => text.length],
      ["utf-8", utf8],
    ] as const) {
      it(`typing beside characters of every width, counted in ${encoding}`, () =>
        withServer(
          BACKEND,
          async (editor) => {
            assert.equal(editor.greeting.capabilities.positionEncoding, encoding);
            const text = 'import time\n\n\nasync def wait():\n    "ä漢😀"; 😀 = "é"; time.sleep(1)  # 😀\n';
            await editor.open(MAIN, text);
            const place = (diagnostics: Diagnostic[]) => diagnostics.map(({ range }) => range);
            const first = await editor.pullUntil(MAIN, ({ length }) => length === 1);
            assert.deepEqual(place(first), [editor.rangeOf(MAIN, DIRECT, measure)]);

            await editor.replace(MAIN, "😀 = ", "x = '𝄞ß'", measure);
            await editor.replace(MAIN, "ß'", "ß😀', ", measure);
            const second = await editor.pullUntil(MAIN, ({ length }) => length === 1);
            assert.deepEqual(place(second), [editor.rangeOf(MAIN, DIRECT, measure)]);

            await editor.replace(MAIN, "time.sleep(1)", "pass", measure);
            assert.deepEqual(await editor.pull(MAIN), []);
          },
          { capabilities: { ...EVERYTHING, general: { positionEncodings: [encoding] } } },
        ));
    }

    it("what the editor has set", () =>
      withServer(BACKEND, async (editor) => {
        await editor.open(MAIN, MAIN_TEXT);
        await editor.pullUntil(MAIN, ({ length }) => length === 2);
        for (const settings of [{ ignore: ["async"] }, { enable: false }]) {
          editor.settings = settings;
          await editor.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
          await editor.pullUntil(MAIN, ({ length }) => length === 0);
          editor.settings = {};
          await editor.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
          await editor.pullUntil(MAIN, ({ length }) => length === 2);
        }
      }));

    it("the settings file, and names file and line of a mistake", () =>
      withServer(BACKEND, async (editor) => {
        await editor.open(MAIN, MAIN_TEXT);
        await editor.pullUntil(MAIN, ({ length }) => length === 2);
        await editor.onDisk("pyproject.toml", '[tool.holdfast]\nignore = ["async"]\n');
        await editor.pullUntil(MAIN, ({ length }) => length === 0);
        assert.deepEqual(editor.messages, []);
        await editor.onDisk("pyproject.toml", '[tool.holdfast]\nselect = ["async/blocking-cal"]\n');
        await editor.until(() => editor.messages.length > 0);
        assert.equal(editor.messages.length, 1);
        assert.match(editor.messages[0]!, /pyproject\.toml:2: .*blocking-cal.*did you mean "async\/blocking-call"/);
        await editor.onDisk("pyproject.toml", "");
        await editor.pullUntil(MAIN, ({ length }) => length === 2);
      }));

    it("what the settings and the stubs of the project teach by now", () => {
      const text = "from acme import Client, fetch\n\n\nasync def main():\n    Client().call()\n    fetch()\n";
      const stub = (verb: string) =>
        `from verbs import blocks\n\n\nclass Client:\n    ${verb}\n    def call(self): ...\n`;
      const TEACHES = '[tool.holdfast]\nstubs = ["stubs"]\n';
      const files = { "pyproject.toml": TEACHES, "stubs/acme.pyi": stub('@blocks("the clock")'), "app.py": text };
      return withServer(files, async (editor) => {
        await editor.open("app.py", text);
        const marked = async (...expected: readonly string[]) => {
          const found = await editor.pullUntil("app.py", ({ length }) => length === expected.length);
          assert.deepEqual(
            found.map((each) => editor.marked("app.py", each)),
            expected,
          );
        };
        await marked("Client().call");
        await editor.onDisk("stubs/acme.pyi", stub("@property"));
        await marked();
        await editor.onDisk("pyproject.toml", `${TEACHES}blocking = ["acme.fetch"]\n`);
        await editor.onDisk("stubs/acme.pyi", null);
        await marked("fetch");
        assert.deepEqual(editor.messages, []);

        await editor.onDisk("stubs/acme.pyi", stub("@block('the clock')"));
        await editor.until(() => editor.messages.length === 1);
        assert.match(editor.messages[0]!, /acme\.pyi:5: block is neither a verb .*did you mean blocks\?/);
        await marked("fetch");
        await editor.onDisk("stubs/acme.pyi", stub("@blocks('the clock')"));
        await marked("Client().call", "fetch");

        await editor.onDisk("pyproject.toml", `${TEACHES}ignore-calls = ["acme.Client.call", "app.mian"]\n`);
        await marked();
        await editor.until(() => editor.messages.length === 2);
        assert.match(editor.messages[1]!, /pyproject\.toml:3: .*called "app\.mian".*did you mean "app\.main"\?/);
      });
    });

    it("what Git ignores by now, and what it no longer does", () =>
      withServer(BACKEND, async (editor) => {
        await editor.open(MAIN, MAIN_TEXT);
        await editor.pullUntil(MAIN, ({ length }) => length === 2);
        await editor.onDisk(".gitignore", "helpers.py\n");
        await editor.pullUntil(MAIN, ({ length }) => length === 1);
        await editor.onDisk(".gitignore", "app/main.py\n");
        await editor.pullUntil(MAIN, ({ length }) => length === 0);
        await editor.onDisk(".gitignore", null);
        await editor.pullUntil(MAIN, ({ length }) => length === 2);
      }));

    it("the editor's settings, and names a mistake in them once", () =>
      withServer(
        BACKEND,
        async (editor) => {
          await editor.open(MAIN, MAIN_TEXT);
          await editor.pullUntil(MAIN, ({ length }) => length === 2);
          assert.equal(editor.messages.length, 1);
          assert.match(editor.messages[0]!, /ignore: .*"asink"/);
        },
        { settings: { ignore: ["asink"] } },
      ));

    it("folders that come and go, each a project of its own", () => {
      const project = (name: string) => ({
        [`${name}/pyproject.toml`]: "",
        [`${name}/app/__init__.py`]: "",
        [`${name}/app/main.py`]: MAIN_TEXT,
      });
      const blocking = { "one/app/helpers.py": HELPERS_TEXT, "two/app/helpers.py": "def load_rates(): ...\n" };
      return withServer(
        { ...project("one"), ...project("two"), ...blocking },
        async (editor) => {
          await editor.open("one/app/main.py", MAIN_TEXT);
          await editor.open("two/app/main.py", MAIN_TEXT);
          await editor.pullUntil("one/app/main.py", ({ length }) => length === 2);
          await editor.ready();
          assert.equal((await editor.pull("two/app/main.py")).length, 1, "its helper of the same name does not block");
          await editor.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
            event: { added: [], removed: [{ uri: editor.uri("two"), name: "two" }] },
          });
          await editor.pullUntil("two/app/main.py", ({ length }) => length === 0);
          await editor.pullUntil("one/app/main.py", ({ length }) => length === 2);
        },
        { folders: ["one", "two"] },
      );
    });
  });

  describe("offers", () => {
    it("a fix whose edits cure the finding", () =>
      withServer(BACKEND, async (editor) => {
        await editor.open(MAIN, MAIN_TEXT);
        for (const text of [DIRECT, THROUGH_HELPER]) {
          const count = text === DIRECT ? 2 : 1;
          const diagnostics = await editor.pullUntil(MAIN, ({ length }) => length === count);
          const finding = at(editor, diagnostics, text);
          const [fix] = await editor.actions(MAIN, finding.range, [finding]);
          assert.equal(fix?.kind, "quickfix");
          assert.equal(
            fix?.isPreferred,
            text === DIRECT ? true : undefined,
            "only what keeps the behaviour is preferred",
          );
          assert.equal(fix?.edit, undefined, "the edit waits until it is chosen");
          assert.deepEqual(
            fix?.diagnostics?.map(({ data }) => data),
            [finding.data],
          );
          const { edit } = await editor.resolve(fix!);
          assert.deepEqual(await editor.apply(edit!), [MAIN]);
          await editor.pullUntil(MAIN, ({ length }) => length === count - 1);
        }
        assert.match(editor.textOf(MAIN), /^ {4}await asyncio\.sleep\(1\)$/m);
        assert.match(editor.textOf(MAIN), /^ {4}return await asyncio\.to_thread\(helpers\.load_rates\)$/m);
        assert.equal(editor.textOf(MAIN).match(/^import asyncio$/gm)?.length, 1);
      }));

    it("a fix of the helper for all who call it, in one edit of several files", () =>
      withServer({ ...BACKEND, [CALLER]: CALLER_TEXT }, async (editor) => {
        await editor.open(MAIN, MAIN_TEXT);
        await editor.open(HELPERS, HELPERS_TEXT);
        await editor.open(CALLER, CALLER_TEXT);
        const diagnostics = await editor.pullUntil(MAIN, ({ length }) => length === 2);
        await editor.pullUntil(CALLER, ({ length }) => length === 1);
        const offered = await editor.actions(MAIN, at(editor, diagnostics, THROUGH_HELPER).range);
        const fix = offered.find(({ title }) => title === TO_ASYNC);
        assert.ok(fix, offered.map(({ title }) => title).join("\n"));
        const { edit } = await editor.resolve(fix);
        const versions = edit?.documentChanges?.map((change) =>
          "textDocument" in change
            ? [change.textDocument.uri, (change.textDocument as { version: number }).version]
            : [],
        );
        assert.deepEqual(
          versions,
          [HELPERS, CALLER, MAIN].map((file) => [editor.uri(file), 1]),
        );
        assert.deepEqual([...(await editor.apply(edit!))].sort(), [HELPERS, CALLER, MAIN]);
        await editor.pullUntil(MAIN, ({ length }) => length === 1);
        await editor.pullUntil(CALLER, ({ length }) => length === 0);
        assert.deepEqual(await editor.pull(HELPERS), []);
        assert.match(editor.textOf(HELPERS), /^async def load_rates/m);
        assert.match(editor.textOf(HELPERS), /return \(await asyncio\.to_thread\(requests\.get, .*\)\)\.json\(\)$/m);
        assert.match(editor.textOf(MAIN), /return await helpers\.load_rates\(\)$/m);
        assert.match(editor.textOf(CALLER), /return len\(await load_rates\(\)\)$/m);
      }));

    it("that fix where the helper stands, too, whether its callers are open or not", () =>
      withServer({ ...BACKEND, [CALLER]: CALLER_TEXT }, async (editor) => {
        await editor.open(HELPERS, HELPERS_TEXT);
        await editor.ready();
        assert.deepEqual(await editor.pull(HELPERS), [], "the helper itself is innocent");
        const titles = async (text: string) =>
          (await editor.actions(HELPERS, editor.rangeOf(HELPERS, text))).map(({ title }) => title);
        assert.deepEqual(await titles("load_rates"), [TO_ASYNC]);
        assert.deepEqual(await titles("requests.get"), [TO_ASYNC]);
        assert.deepEqual(await titles("import requests"), []);
        const [action] = await editor.actions(HELPERS, editor.rangeOf(HELPERS, "def "));
        assert.equal(action?.diagnostics, undefined);
        const { edit } = await editor.resolve(action!);
        const changed = edit?.documentChanges?.map((change) => ("textDocument" in change ? change.textDocument : null));
        assert.deepEqual(
          changed?.map((document) => [document?.uri, document?.version]),
          [
            [editor.uri(HELPERS), 1],
            [editor.uri(CALLER), null],
            [editor.uri(MAIN), null],
          ],
        );
        // Somebody now calls it where nothing can be awaited.
        await editor.replace(HELPERS, "import requests\n", "import requests\n\nRATES = lambda: load_rates()\n");
        assert.deepEqual(await titles("def load_rates"), []);
      }));

    it("the edits at once where they cannot be asked for", () => {
      const { resolveSupport: _, dataSupport: __, ...codeAction } = EVERYTHING.textDocument!.codeAction!;
      const textDocument = { ...EVERYTHING.textDocument, codeAction };
      const { workspaceEdit: ___, ...workspace } = EVERYTHING.workspace!;
      return withServer(
        BACKEND,
        async (editor) => {
          await editor.open(MAIN, MAIN_TEXT);
          const diagnostics = await editor.pullUntil(MAIN, ({ length }) => length === 2);
          const actions = await editor.actions(MAIN, at(editor, diagnostics, DIRECT).range);
          assert.ok(actions.every(({ edit, data }) => edit?.changes !== undefined && data === undefined));
          await editor.apply(actions[0]!.edit!);
          await editor.pullUntil(MAIN, ({ length }) => length === 1);
        },
        { capabilities: { ...EVERYTHING, workspace, textDocument } },
      );
    });

    it("a comment that silences the finding, wherever it may stand", () => {
      const place = (line: string) => `import time\n\n\nasync def wait():\n${line}`;
      const comment = "# holdfast: ignore[async/blocking-call]";
      const cases: readonly (readonly [string, string])[] = [
        ["    time.sleep(1)\n", `    time.sleep(1)  ${comment}\n`],
        ["    time.sleep(1)", `    time.sleep(1)  ${comment}`],
        ["    time.sleep(1)  # noqa\n", `    time.sleep(1)  # noqa  ${comment}\n`],
        [
          '    x = """\n{}""", time.sleep(\n        1\n    )\n',
          `    x = """\n{}""", time.sleep(  ${comment}\n        1\n    )\n`,
        ],
        [
          "    time.sleep(1)  # holdfast: ignore[db]\n",
          "    time.sleep(1)  # holdfast: ignore[db, async/blocking-call]\n",
        ],
        [
          "    x = 1 + \\\n        time.sleep(1) + \\\n        1\n",
          `    ${comment}\n    x = 1 + \\\n        time.sleep(1) + \\\n        1\n`,
        ],
      ];
      return withServer(BACKEND, async (editor) => {
        for (const [i, [before, after]] of cases.entries()) {
          const file = `untitled:case-${i}`;
          await editor.open(file, place(before));
          const diagnostics = await editor.pullUntil(file, (all) => all.some(({ code }) => code === BLOCKING));
          const finding = at(editor, diagnostics, DIRECT);
          const action = (await editor.actions(file, finding.range)).find(({ title }) => /comment/i.test(title));
          assert.ok(action, before);
          assert.notEqual(action.isPreferred, true);
          const { edit } = await editor.resolve(action);
          assert.ok(edit, before);
          await editor.apply(edit);
          assert.equal(editor.textOf(file), place(after));
          const left = await editor.pull(file);
          assert.deepEqual(
            left.filter(({ code }) => code === BLOCKING),
            [],
          );
        }
      });
    });

    it("nothing where nothing was found, and nothing of another kind", () =>
      withServer(BACKEND, async (editor) => {
        await editor.open(MAIN, MAIN_TEXT);
        const diagnostics = await editor.pullUntil(MAIN, ({ length }) => length === 2);
        assert.deepEqual(await editor.actions(MAIN, editor.rangeOf(MAIN, "import time")), []);
        const { range } = at(editor, diagnostics, DIRECT);
        assert.deepEqual(await editor.actions(MAIN, range, [], ["refactor"]), []);
        assert.notDeepEqual(await editor.actions(MAIN, range, [], ["quickfix"]), []);
      }));
  });

  describe("explains", () => {
    it("why, what instead, and each step, in a hover", () =>
      withServer(BACKEND, async (editor) => {
        await editor.open(MAIN, MAIN_TEXT);
        await editor.pullUntil(MAIN, ({ length }) => length === 2);
        const hover = await editor.hover(MAIN, THROUGH_HELPER);
        const text = MarkupContent.is(hover?.contents) ? hover.contents.value : "";
        assert.match(text, /event loop/i);
        assert.match(text, /Why/);
        assert.match(text, /Instead/);
        assert.match(text, /requests\.get/);
        assert.ok(text.includes(`[app/helpers.py:5](${editor.uri(HELPERS)}#L5)`), text);
        assert.deepEqual(hover?.range, editor.rangeOf(MAIN, THROUGH_HELPER));
        assert.equal(await editor.hover(MAIN, "import time"), null);
      }));

    it("in plain text where there is no Markdown", () =>
      withServer(
        BACKEND,
        async (editor) => {
          await editor.open(MAIN, MAIN_TEXT);
          await editor.publishedUntil(MAIN, ({ diagnostics }) => diagnostics.length === 2);
          const hover = await editor.hover(MAIN, DIRECT);
          assert.ok(MarkupContent.is(hover?.contents));
          assert.equal(hover.contents.kind, "plaintext");
          assert.doesNotMatch(hover.contents.value, /\*\*/);
        },
        { capabilities: PLAIN },
      ));

    it("what it is doing", () =>
      withServer(BACKEND, async (editor) => {
        await editor.open(MAIN, MAIN_TEXT);
        await editor.until(() => editor.status.state === "ready" && editor.status.findings === 2);
        assert.equal(editor.status.files, 3);
      }));
  });

  describe("lives and ends", () => {
    it("the same through `holdfast server`", () =>
      withServer(
        BACKEND,
        async (editor) => {
          await editor.open(MAIN, MAIN_TEXT);
          await editor.pullUntil(MAIN, ({ length }) => length === 2);
        },
        { program: [COMMAND_LINE, "server"] },
      ));

    // The native parser is not there on every machine.
    for (const parser of hasNativeParser() ? ["wasm", "native"] : ["wasm"]) {
      it(`the same with the ${parser} parser`, () =>
        withServer(
          BACKEND,
          async (editor) => {
            await editor.open(MAIN, MAIN_TEXT);
            await editor.pullUntil(MAIN, ({ length }) => length === 2);
          },
          { initializationOptions: { parser } },
        ));
    }

    it("watching the files it needs", () =>
      withServer(BACKEND, async (editor) => {
        await editor.until(() => editor.watched.length >= 2);
        const text = JSON.stringify(editor.watched);
        for (const name of [".py", ".pyi", "pyproject.toml", "holdfast.toml", ".gitignore"])
          assert.ok(text.includes(name), name);
      }));

    it("on, with a message, where its own files are missing", () => {
      const folder = mkdtempSync(join(tmpdir(), "holdfast-broken-"));
      const program = join(folder, "server.js");
      for (const name of ["server.js", "server.program.js"])
        copyFileSync(join(dirname(SERVER), name), join(folder, name));
      return withServer(
        BACKEND,
        async (editor) => {
          await editor.open(MAIN, MAIN_TEXT);
          assert.deepEqual(await editor.pull(MAIN), []);
          await editor.until(() => editor.messages.length > 0);
          assert.match(editor.messages[0]!, /cannot start: .*(knowledge\.json|tree-sitter\S*\.wasm) is missing/);
          assert.equal(editor.status.state, "error");
          await editor.replace(MAIN, "time.sleep(1)", "pass");
          assert.deepEqual(await editor.pull(MAIN), []);
        },
        { program: [program, "--stdio"] },
      ).finally(() => rmSync(folder, { recursive: true, force: true }));
    });

    it("with a farewell: exit code 0", () => withServer(BACKEND, async () => {}));

    it("without one: exit code 1", () =>
      withServer(BACKEND, async (editor) => {
        const other = await another(editor);
        assert.equal(await other.leave(), 1);
      }));

    it("when the editor hangs up", () =>
      withServer(BACKEND, async (editor) => {
        const other = await another(editor);
        assert.equal(await other.hangUp(), 1);
      }));

    it("through requests that make no sense", () =>
      withServer(BACKEND, async (editor) => {
        await editor.open(MAIN, MAIN_TEXT);
        await editor.connection.sendNotification("textDocument/didChange", {
          textDocument: { uri: editor.uri("never-opened.py"), version: 7 },
          contentChanges: [{ text: "x" }],
        });
        await editor.connection.sendNotification("textDocument/didClose", {
          textDocument: { uri: editor.uri("never-opened.py") },
        });
        const wild = { start: { line: 900, character: 900 }, end: { line: 901, character: 0 } };
        assert.deepEqual(await editor.actions(MAIN, wild), []);
        const stale = { title: "x", data: { uri: editor.uri(MAIN), fingerprint: "gone", cure: 0 } };
        assert.deepEqual(await editor.resolve(stale), stale);
        assert.deepEqual(await editor.resolve({ title: "y" }), { title: "y" });
        await assert.rejects(editor.connection.sendRequest("textDocument/teleport", {}));
        await editor.pullUntil(MAIN, ({ length }) => length === 2);
      }));

    it("when a client gives up waiting", () =>
      withServer(BACKEND, async (editor) => {
        await editor.open(MAIN, MAIN_TEXT);
        await editor.ready();
        const source = new CancellationTokenSource();
        const answer = editor.connection.sendRequest(
          "textDocument/diagnostic",
          { textDocument: { uri: editor.uri(MAIN) } },
          source.token,
        );
        source.cancel();
        // Whether the answer or the change of mind is faster is open; either way there is one reply.
        const reply = await answer.then(
          () => "answered",
          (error: ResponseError<unknown>) => error.code,
        );
        assert.ok(reply === "answered" || reply === LSPErrorCodes.RequestCancelled, String(reply));
        assert.equal((await editor.pull(MAIN)).length, 2);
      }));
  });
});

/** The finding that marks `text` in any of the open files. */
function at(editor: Editor, diagnostics: readonly Diagnostic[], text: string): Diagnostic {
  const found = diagnostics.find((each) => editor.openFiles.some((file) => editor.marked(file, each) === text));
  assert.ok(found, `a finding at ${text}`);
  return found;
}

function hasNativeParser(): boolean {
  try {
    require("tree-sitter");
    return true;
  } catch {
    return false;
  }
}

/** A second server on the same folder, for a conversation that ends badly. */
async function another({ folder }: Editor): Promise<Editor> {
  const other = new Editor(folder, {});
  await other.greet();
  return other;
}
