/**
 * Measures the built language server on one project, in conversations over a pipe as an editor holds them: from a keystroke to the diagnostics of the state after it, and
 * from opening a file in a server that has only just started to the first it says. Run by `main.ts`; prints one line of JSON.
 *
 * Text is typed letter by letter, each after the answer to the one before, and taken back the same way. Nothing is written to disk. What this side of the pipe
 * costs is in the figures; `roundTrip` says how much that is.
 */
import { setTimeout } from "node:timers/promises";
import { Editor, EVERYTHING, SERVER } from "../tests/harness-lsp.ts";
import { headerIn, WAITS } from "./edits.ts";
import { cpuOf, memoryOf, metered } from "./processes.ts";
import { linesIn, type Source, subjectIn } from "./subject.ts";
import { type Latency, Typist } from "./typist.ts";

export interface ServerFigures {
  /** Milliseconds from the start of the process until every file is known, and the server's CPU time until then. */
  readonly ready: { readonly wall: number; readonly cpu: number };
  /** Milliseconds from opening a file right after the greeting to the first answer about it and, where it has findings, to the first of these; and until all files were known. */
  readonly opening: {
    /** From the start of the process to its greeting; the others count from there. */
    readonly greeted: number;
    readonly answer: number;
    readonly finding: number | null;
    /** CPU time of the server from its greeting to the first of these findings, or the first answer where there are none. */
    readonly cpu: number;
    readonly expected: number;
    readonly ready: number;
  };
  /** Of a request that does nothing. */
  readonly roundTrip: Latency;
  /** From a keystroke to diagnostics, by kind of edit. */
  readonly typing: Readonly<Record<string, Latency>>;
  readonly largeLines: number;
  readonly hub: string;
  /** Bytes the server occupies when every file is known, right after the typing, after a pause, and at most; null where the system does not tell. */
  readonly memory: Readonly<Record<"ready" | "after" | "atRest" | "peak", number | null>>;
}

const POLL_MS = 10;
/** Between keys nothing is tidied up; in a pause like this it is. */
const PAUSE_MS = 5_000;

async function measure(root: string, opened: string | undefined): Promise<ServerFigures> {
  const { files, leaf, hub, large } = subjectIn(root);
  const opening = await openCold(root, files.find(({ path }) => path === opened) ?? hub.user);
  const meter = metered();
  const started = performance.now();
  const editor = new Editor(root, { capabilities: EVERYTHING, program: [...meter.flags, SERVER, "--stdio"] });
  const pid = editor.process.pid!;
  try {
    await editor.greet();
    await editor.ready();
    const ready = { wall: performance.now() - started, cpu: cpuOf(pid) };
    const [atReady] = memoryOf(pid);
    const typing: Record<string, Latency> = {};
    const middle = headerIn(large.text)!;
    const helper = headerIn(large.text, hub.name) ?? middle;
    const typist = new Typist(editor, true, meter);
    await typist.open(leaf);
    typing["a body, in a file of ordinary length"] = await typist.type(
      leaf,
      headerIn(leaf.text)!.end,
      `${headerIn(leaf.text)!.indent}\n`,
      "bench_value = len(str(7))",
    );
    await typist.open(large);
    await typist.open(hub.user);
    const roundTrip = await typist.nothing();
    const { indent } = middle;
    typing["a body"] = await typist.type(large, middle.end, `${indent}\n`, "bench_value = len(str(7))");
    typing["a signature"] = await typist.type(
      large,
      middle.parameters,
      `${middle.separator}b=0`,
      "ench_value",
      middle.separator.length + 1,
    );
    typing["the body of the helper"] = await typist.type(large, helper.end, `${helper.indent}\n`, WAITS, undefined, [
      hub.user,
    ]);
    typing["the signature of the helper"] = await typist.type(
      large,
      helper.parameters,
      `${helper.separator}b=0`,
      "ench_value",
      helper.separator.length + 1,
      [hub.user],
    );
    const [after] = memoryOf(pid);
    await setTimeout(PAUSE_MS);
    const [atRest, peak] = memoryOf(pid);
    await editor.end();
    return {
      ready,
      opening,
      roundTrip,
      typing,
      largeLines: linesIn(large.text),
      hub: `${hub.name}, imported by ${hub.users} files`,
      memory: { ready: atReady, after, atRest, peak },
    };
  } catch (error) {
    throw editor.explain(error);
  } finally {
    editor.kill();
  }
}

/** Opens a file as soon as the server has greeted, and asks until all files are known. */
async function openCold(root: string, file: Source): Promise<ServerFigures["opening"]> {
  const started = performance.now();
  const meter = metered();
  const editor = new Editor(root, { capabilities: EVERYTHING, program: [...meter.flags, SERVER, "--stdio"] });
  try {
    await editor.greet();
    const began = performance.now();
    const greeted = began - started;
    await editor.open(file.path, file.text);
    const before = meter.cpu();
    let cpu: number | null = null;
    let cpuOfAnswer: number | null = null;
    let answer: number | null = null;
    let finding: number | null = null;
    let isReady = false;
    const settled = editor.ready().then(() => {
      isReady = true;
      return performance.now() - began;
    });
    for (;;) {
      const wasReady = isReady;
      const found = await editor.pull(file.path);
      answer ??= performance.now() - began;
      if (found.length > 0 && finding === null) {
        finding = performance.now() - began;
        cpu = meter.cpu() - before;
      }
      cpuOfAnswer ??= meter.cpu() - before;
      if (wasReady) {
        const ready = await settled;
        await editor.end();
        return { greeted, answer, finding, cpu: cpu ?? cpuOfAnswer, expected: found.length, ready };
      }
      // Editors ask again when they are told to; asking all the time would slow down what is waited for.
      await (finding === null ? setTimeout(POLL_MS) : settled);
    }
  } finally {
    editor.kill();
  }
}

void measure(process.argv[2]!, process.argv[3]).then((figures) => console.log(JSON.stringify(figures)));
