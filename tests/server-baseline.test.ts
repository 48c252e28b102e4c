/** What a baseline file knows is not shown in the editor either, held as a conversation with the server. */
import assert from "node:assert/strict";
import { asKnown, formatBaseline } from "../lint/baseline.ts";
import { findingsIn, projectOf } from "./harness/checking.ts";
import { withServer } from "./harness-lsp.ts";

const FILE = "app/main.py";
const BASELINE = "holdfast-baseline.txt";
const OLD = "import time\n\n\nasync def old():\n    time.sleep(1)\n";
const NEW = `${OLD}\n\nasync def new():\n    time.sleep(2)\n`;

const known = formatBaseline(asKnown(findingsIn(projectOf([{ path: FILE, text: OLD }]))));

describe("a baseline in the editor", () => {
  it("hides what it knows and nothing else, and follows changes of the file", () =>
    withServer({ "pyproject.toml": "", [FILE]: OLD, [BASELINE]: known }, async (editor) => {
      await editor.open(FILE, NEW);
      await editor.ready();
      const found = await editor.pullUntil(FILE, (all) => all.length === 1);
      assert.equal(found[0]!.range.start.line, 8);
      await editor.onDisk(BASELINE, null);
      await editor.pullUntil(FILE, (all) => all.length === 2);
      await editor.onDisk(BASELINE, known);
      await editor.pullUntil(FILE, (all) => all.length === 1);
    }));

  it("does not stand in the way of fixes for what is new", () =>
    withServer({ "pyproject.toml": "", [FILE]: OLD, [BASELINE]: known }, async (editor) => {
      await editor.open(FILE, NEW);
      await editor.ready();
      const [found] = await editor.pullUntil(FILE, (all) => all.length === 1);
      const actions = await editor.actions(FILE, found!.range, [found!]);
      assert.ok(
        actions.some(({ title }) => title === "Await asyncio.sleep instead"),
        actions.map(({ title }) => title).join(),
      );
    }));

  it("that cannot be read hides nothing", () =>
    withServer({ "pyproject.toml": "", [FILE]: OLD, [BASELINE]: `<<<<<<< HEAD\n${known}` }, async (editor) => {
      await editor.open(FILE, OLD);
      await editor.ready();
      await editor.pullUntil(FILE, (all) => all.length === 1);
    }));
});
