/**
 * What a check costs, counted instead of timed: texts parsed, nodes visited, functions read, answers worked out (bodies read for their
 * types and functions summed up among them), files checked, units of them asked about, and files opened. Exactly what
 * `counts.json` says, for first checks, for edits of every kind, and for runs that take up what an earlier one left.
 *
 * A change that makes Holdfast do less, or more, shows here and nowhere else in the tests. `HOLDFAST_WRITE_COUNTS=1 npm test -- counts` writes the table anew; read
 * the difference before you commit it, and say in the commit why a number grew. What must never depend on the size of a project is no number in the table but a test of its own.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FileChange } from "../analysis/index.ts";
import { corpusOf, type File, writeCorpus } from "../bench/corpus/index.ts";
import { editBody, headerIn, WAITS } from "../bench/edits.ts";
import { type Subject, subjectOf } from "../bench/subject.ts";
import { findingsIn, projectOf, rememberedCheck } from "./harness/checking.ts";
import { CountingParser } from "./harness/counting.ts";
import { FIXTURES, projectIn, ROOT } from "./harness/fixture.ts";
import { Opened, workOf } from "./harness/opened.ts";
import { nativeParser } from "./harness/parsers.ts";

const TABLE = join(__dirname, "counts.json");
const WRITE = process.env.HOLDFAST_WRITE_COUNTS === "1";
const GENERATED_LINES = 9000;
/** Of two backends that must cost the same. */
const SMALLER_LINES = 4000;
const LARGER_LINES = 12_000;

/** Edits after which the next run does what it does after another of the list: it reads whole files. */
const LIKE_ANOTHER = new Set([
  "a comment more in a body",
  "a statement more in a widely used helper",
  "the same text once more",
]);

type Row = Readonly<Record<string, number>>;
type Table = Record<string, Row>;

const expected = JSON.parse(readFileSync(TABLE, "utf8")) as Table;
const seen: Table = {};

const SUBJECTS: Readonly<Record<string, readonly File[]>> = {
  sample: projectIn(join(FIXTURES, "sample")).map(({ path, text }) => ({ path, text })),
  [`generated backend of ${GENERATED_LINES} lines`]: generated(GENERATED_LINES),
};

for (const [name, files] of Object.entries(SUBJECTS)) {
  describe(`what it costs in the ${name}`, () => {
    const subject = subjectOf("", files);

    it("to check all of it for the first time", () => {
      const parser = new CountingParser(nativeParser);
      const project = projectOf(files, parser);
      findingsIn(project);
      holds(`${name}: first check`, { ...parser.take(), ...workOf(project) });
    });

    const edits = editsOf(subject);
    let opened: Opened;
    before(() => {
      opened = new Opened(files);
    });
    for (const [what, change] of Object.entries(edits))
      it(`to check it after ${what}`, () => holds(`${name}: ${what}`, { ...opened.costOf(change) }));

    it("to check it again with nothing changed since the last run, and with one change", () => {
      const parser = new CountingParser(nativeParser);
      const { memory } = rememberedCheck(files, null, parser);
      parser.take();
      const again = (changes: readonly FileChange[]): Row => {
        const { checked, units, project } = rememberedCheck(changed(files, changes), memory, parser);
        return { ...parser.take(), ...workOf(project), checked, units };
      };
      holds(`${name}: next run, nothing changed`, again([]));
      for (const [what, change] of Object.entries(edits))
        if (!LIKE_ANOTHER.has(what)) holds(`${name}: next run, ${what}`, again([change]));
    });
  });
}

describe("what it costs, whatever the size of the project,", () => {
  // A small backend is the beginning of a larger one, so the same file is in both.
  const edits = editsOf(subjectOf("", generated(SMALLER_LINES)));
  let sizes: readonly Opened[];
  before(() => {
    sizes = [SMALLER_LINES, LARGER_LINES].map((lines) => new Opened(generated(lines)));
  });
  for (const what of [
    "a statement more in a body",
    "a comment above everything",
    "a parameter more where nobody calls",
    "the same text once more",
  ])
    it(`to check a file after ${what}`, () => {
      const [small, large] = sizes.map((opened) => opened.costOf(edits[what]!));
      assert.deepEqual(large, small);
    });
});

describe("what the command line opens", () => {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-counts-"));
  const files = generated(GENERATED_LINES);
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("in a first run, in the next with nothing changed, and with one file changed", () => {
    const root = join(folder, "project");
    writeCorpus(root, corpusOf(GENERATED_LINES));
    const run = (): Row => runCounted(root, join(folder, "cache"), folder);
    holds("command line: first run", run());
    holds("command line: next run, nothing changed", run());
    const { leaf } = subjectOf(root, files);
    writeFileSync(join(root, leaf.path), editBody(leaf.text)!);
    holds("command line: next run, one file changed", run());
  });
});

after(() => {
  if (WRITE) writeFileSync(TABLE, `${JSON.stringify(seen, null, 2)}\n`);
});

function holds(what: string, row: Row): void {
  seen[what] = row;
  if (WRITE) return;
  assert.deepEqual(
    row,
    expected[what],
    `${what}; if this is meant, HOLDFAST_WRITE_COUNTS=1 npm test -- counts writes the table anew`,
  );
}

/** One edit of each kind. */
function editsOf({ leaf, hub }: Subject): Readonly<Record<string, FileChange>> {
  const inHub = headerIn(hub.file.text, hub.name)!;
  const inLeaf = headerIn(leaf.text)!;
  const inserted = (text: string, at: number, by: string): string => text.slice(0, at) + by + text.slice(at);
  const file = hub.file.path;
  return {
    "a statement more in a body": { path: leaf.path, text: editBody(leaf.text)! },
    "a comment more in a body": { path: leaf.path, text: inserted(leaf.text, inLeaf.end, `${inLeaf.indent}# Why.\n`) },
    "a comment above everything": { path: leaf.path, text: `# Why.\n${leaf.text}` },
    "a parameter more where nobody calls": {
      path: leaf.path,
      text: inserted(leaf.text, inLeaf.parameters, `${inLeaf.separator}more=None`),
    },
    "a statement more in a widely used helper": { path: file, text: editBody(hub.file.text, "more = 1", hub.name)! },
    "a widely used helper that waits from now on": { path: file, text: editBody(hub.file.text, WAITS, hub.name)! },
    "a parameter more of a widely used helper": {
      path: file,
      text: inserted(hub.file.text, inHub.parameters, `${inHub.separator}more=None`),
    },
    "a new file": { path: "app/added.py", text: "import time\n\n\nasync def added():\n    time.sleep(1)\n" },
    "a file gone": { path: leaf.path, text: null },
    "the same text once more": { path: leaf.path, text: leaf.text },
  };
}

/** Runs the built command line on a folder and counts what it reads. */
function runCounted(root: string, cache: string, scratch: string): Row {
  const hook = join(scratch, "count.cjs");
  writeFileSync(hook, HOOK);
  const told = join(scratch, "told.json");
  const run = spawnSync(
    process.execPath,
    ["--require", hook, join(ROOT, "dist", "cli.js"), "check", "--output-format", "json", "--cache-dir", cache, root],
    { encoding: "utf8", env: { ...process.env, HOLDFAST_COUNTS_INTO: told }, maxBuffer: 2 ** 30 },
  );
  assert.equal(run.status, 1, run.stderr);
  return JSON.parse(readFileSync(told, "utf8")) as Row;
}

/** Counts Python files read and their bytes, from before the program starts. */
const HOOK = `
const fs = require("node:fs");
const { isMainThread } = require("node:worker_threads");
const counts = { filesRead: 0, bytesRead: 0 };
const read = fs.readFileSync;
fs.readFileSync = (path, ...rest) => {
  const content = read(path, ...rest);
  if (String(path).endsWith(".py")) {
    counts.filesRead++;
    counts.bytesRead += Buffer.byteLength(content);
  }
  return content;
};
if (isMainThread) process.on("exit", () => fs.writeFileSync(process.env.HOLDFAST_COUNTS_INTO, JSON.stringify(counts)));
`;

function generated(lines: number): readonly File[] {
  return corpusOf(lines).filter(({ path }) => path.endsWith(".py"));
}

function changed(files: readonly File[], changes: readonly FileChange[]): readonly FileChange[] {
  const by = new Map<string, string | null>([...files, ...changes].map(({ path, text }) => [path, text]));
  return [...by].flatMap(([path, text]) => (text === null ? [] : [{ path, text }]));
}
