/** What the server offers to do about findings, held as conversations over a pipe. */
import assert from "node:assert/strict";
import type { CodeAction } from "vscode-languageserver/node";
import { type Editor, EVERYTHING, type Options, withServer } from "./harness-lsp.ts";

const FILE = "app/main.py";
const COMMANDS = ["holdfast.explainRule", "holdfast.addReason", "holdfast.saveSettings"];
const OPTIONS: Options = { initializationOptions: { commands: COMMANDS } };
const RULE = "async/blocking-call";
const SLEEPS = "import time\n\n\nasync def one():\n    time.sleep(1)\n    time.sleep(2)\n";

/** Opens `text`, waits for its findings, and asks what is offered where `at` first stands. */
async function offeredAt(editor: Editor, text: string, at = "time.sleep(1)", file = FILE): Promise<CodeAction[]> {
  await editor.open(file, text);
  await editor.pullUntil(file, ({ length }) => length > 0);
  await editor.ready();
  return editor.actions(file, editor.rangeOf(file, at));
}

async function choose(editor: Editor, actions: readonly CodeAction[], title: RegExp): Promise<CodeAction> {
  const chosen = actions.find((each) => title.test(each.title));
  assert.ok(chosen, `${title} among: ${actions.map((each) => each.title).join("; ")}`);
  const resolved = await editor.resolve(chosen);
  assert.ok(resolved.edit, `${chosen.title} has an edit`);
  return resolved;
}

const project = (text: string, more: Readonly<Record<string, string>> = {}) => ({
  "pyproject.toml": "",
  "app/__init__.py": "",
  [FILE]: text,
  ...more,
});

describe("actions", () => {
  it("stand in order: fix, all of the rule, explain, keep here, in the function, in the file, everywhere", () =>
    withServer(
      project(SLEEPS),
      async (editor) => {
        const actions = await offeredAt(editor, SLEEPS);
        assert.deepEqual(
          actions.map(({ title }) => title),
          [
            "Await asyncio.sleep instead",
            "Run time.sleep in a thread with asyncio.to_thread",
            `Fix all 2 findings of ${RULE} in this file`,
            `Explain ${RULE}`,
            `Ignore ${RULE} here with a comment`,
            `Ignore ${RULE} in one with a comment`,
            `Ignore ${RULE} in this file with a comment`,
            `Switch ${RULE} off in pyproject.toml`,
          ],
        );
        assert.deepEqual(
          actions.map(({ isPreferred }) => isPreferred === true),
          actions.map((_, i) => i === 0),
        );
        assert.ok(
          actions.every(({ edit }) => edit === undefined),
          "edits wait until they are chosen",
        );
        assert.deepEqual(actions[3]?.command?.arguments, [RULE]);
      },
      OPTIONS,
    ));

  it("name no commands to a client that has none", () =>
    withServer(project(SLEEPS), async (editor) => {
      const actions = await offeredAt(editor, SLEEPS);
      assert.ok(actions.every(({ title, command }) => !/Explain/.test(title) && command === undefined));
      const kept = await choose(editor, actions, /here with a comment/);
      assert.equal(kept.command, undefined);
    }));

  it("fix all findings of a rule, and leave the others", () => {
    const text = `${SLEEPS}\n\nasync def two():\n    asyncio.sleep(1)\n`.replace(
      "import time",
      "import asyncio\nimport time",
    );
    return withServer(project(text), async (editor) => {
      const actions = await offeredAt(editor, text);
      const { edit } = await choose(editor, actions, /Fix all 2 findings of/);
      await editor.apply(edit!);
      assert.equal(editor.textOf(FILE).match(/await asyncio\.sleep/g)?.length, 2);
      const left = await editor.pull(FILE);
      assert.deepEqual(
        left.map(({ code }) => code),
        ["async/unawaited-coroutine"],
      );
    });
  });

  it("fix everything on save, and silence nothing by that", () => {
    const text = `${SLEEPS}\n\nasync def two():\n    time.sleep(3)\n    pass  # holdfast: ignore[db]\n    open("x").read()\n`;
    return withServer(project(text), async (editor) => {
      await offeredAt(editor, text);
      const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
      const actions = await editor.actions(FILE, whole, [], ["source.fixAll"]);
      assert.deepEqual(
        actions.map(({ kind }) => kind),
        ["source.fixAll.holdfast"],
      );
      await editor.apply(actions[0]!.edit!);
      assert.equal(editor.textOf(FILE).match(/await asyncio\.sleep/g)?.length, 3);
      assert.doesNotMatch(editor.textOf(FILE), /holdfast:/);
      assert.deepEqual(await editor.actions(FILE, whole, [], ["source.organizeImports"]), []);
      assert.deepEqual(await editor.actions(FILE, whole, [], ["source.fixAll.holdfast"]), []);
    });
  });

  it("silence a rule in a function, above its decorators, and ask for the reason", () => {
    const text =
      "import time\n\n\nclass A:\n    @staticmethod\n    async def one():\n        time.sleep(1)\n        time.sleep(2)\n";
    return withServer(
      project(text),
      async (editor) => {
        const { edit, command } = await choose(editor, await offeredAt(editor, text), /in one with a comment/);
        await editor.apply(edit!);
        const comment = `    # holdfast: ignore-function[${RULE}]`;
        assert.equal(editor.textOf(FILE), text.replace("    @static", `${comment}\n    @static`));
        assert.deepEqual(await editor.pull(FILE), []);
        assert.deepEqual(command?.arguments, [editor.uri(FILE), { line: 4, character: comment.length }]);
        assert.equal(command?.command, "holdfast.addReason");
      },
      OPTIONS,
    );
  });

  it("silence a rule in a file, below what has to stand first", () => {
    const comment = `# holdfast: ignore-file[${RULE}]\n`;
    const heads: readonly (readonly [string, string])[] = [
      ["", ""],
      ["#!/usr/bin/env python\n", ""],
      ["# -*- coding: utf-8 -*-\n", ""],
      ["#!/usr/bin/env python\n# vim: set fileencoding=utf-8 :\n", "# A license\n"],
      ["", '"""About."""\nfrom __future__ import annotations\n'],
    ];
    return withServer(project(""), async (editor) => {
      for (const [i, [above, below]] of heads.entries()) {
        const file = `untitled:head-${i}`;
        const text = above + below + SLEEPS;
        const { edit } = await choose(
          editor,
          await offeredAt(editor, text, "time.sleep(1)", file),
          /in this file with a comment/,
        );
        await editor.apply(edit!);
        assert.equal(editor.textOf(file), above + comment + below + SLEEPS);
        assert.deepEqual(await editor.pull(file), []);
      }
    });
  });

  it("extend the comment that is there, and ask for no second reason", () => {
    const text = `# holdfast: ignore-file[db] legacy\n${SLEEPS}`;
    return withServer(
      project(text),
      async (editor) => {
        const { edit, command } = await choose(editor, await offeredAt(editor, text), /in this file with a comment/);
        await editor.apply(edit!);
        assert.ok(editor.textOf(FILE).startsWith(`# holdfast: ignore-file[db, ${RULE}] legacy\n`));
        assert.equal(command, undefined);
      },
      OPTIONS,
    );
  });

  it("switch a rule off for the project, and leave the settings file as it is otherwise", () => {
    const toml = '# ours\n[tool.holdfast]\nignore = [\n  "http",  # later\n]\n';
    return withServer(
      project(SLEEPS, { "pyproject.toml": toml }),
      async (editor) => {
        const actions = await offeredAt(editor, SLEEPS);
        await editor.open("pyproject.toml", toml, "toml");
        const { edit, command } = await choose(editor, actions, /Switch .* off in pyproject\.toml/);
        await editor.apply(edit!);
        const text = `# ours\n[tool.holdfast]\nignore = [\n  "http",\n  "${RULE}",  # later\n]\n`;
        assert.equal(editor.textOf("pyproject.toml"), text);
        assert.deepEqual(command?.arguments, [editor.uri("pyproject.toml")]);
        await editor.onDisk("pyproject.toml", text);
        await editor.pullUntil(FILE, ({ length }) => length === 0);
      },
      OPTIONS,
    );
  });

  it("make the settings file where there is none, for a client that can", () => {
    const { workspaceEdit: _, ...workspace } = EVERYTHING.workspace!;
    const workspaceEdit = { documentChanges: true, resourceOperations: ["create" as const] };
    return withServer(
      { [FILE]: SLEEPS },
      async (editor) => {
        const { edit } = await choose(editor, await offeredAt(editor, SLEEPS), /Switch .* off in pyproject\.toml/);
        const [create, change] = edit?.documentChanges ?? [];
        assert.deepEqual(create, {
          kind: "create",
          uri: editor.uri("pyproject.toml"),
          options: { ignoreIfExists: true },
        });
        assert.ok(change && "edits" in change);
        assert.match((change.edits[0] as { newText: string }).newText, /^\[tool\.holdfast\]\nignore = /);
      },
      { ...OPTIONS, capabilities: { ...EVERYTHING, workspace: { ...workspace, workspaceEdit } } },
    );
  });

  it("take away a comment that is no longer needed", () => {
    const text = "x = 1  # holdfast: ignore[async] it was slow\n";
    return withServer(project(text), async (editor) => {
      const { edit, isPreferred } = await choose(editor, await offeredAt(editor, text, "# holdfast"), /Remove/);
      await editor.apply(edit!);
      assert.equal(editor.textOf(FILE), "x = 1\n");
      assert.equal(isPreferred, true);
    });
  });
});
