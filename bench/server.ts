/**
 * Measures the built language server on one project, in conversations over a pipe as an editor holds them: from a keystroke to the diagnostics of the state after it, and
 * from opening a file in a server that has only just started to the first it says. Run by `main.ts`; prints one line of JSON.
 *
 * Text is typed letter by letter, each after the answer to the one before, and taken back the same way. Nothing is written to disk. What this side of the pipe
 * costs is in the figures; `roundTrip` says how much that is.
 */
import type { DocumentDiagnosticReport } from "vscode-languageserver/node";
import { Editor, EVERYTHING } from "../tests/harness-lsp.ts";
import { headerIn, WAITS } from "./edits.ts";
import { cpuOf, memoryOf } from "./processes.ts";
import { linesIn, type Source, subjectIn } from "./subject.ts";

export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  /** Milliseconds of CPU of the server per keystroke, what it does after answering included; zero where the system does not tell. */
  readonly cpu: number;
  readonly keys: number;
}

export interface ServerFigures {
  /** Milliseconds from the start of the process until every file is known, and the server's CPU time until then. */
  readonly ready: { readonly wall: number; readonly cpu: number };
  /** Milliseconds from opening a file right after the greeting to the first answer about it and, where it has findings, to the first of these; and until all files were known. */
  readonly opening: {
    readonly answer: number;
    readonly finding: number | null;
    readonly expected: number;
    readonly ready: number;
  };
  /** Of a request that does nothing. */
  readonly roundTrip: Latency;
  /** From a keystroke to diagnostics, by kind of edit. */
  readonly typing: Readonly<Record<string, Latency>>;
  readonly largeLines: number;
  readonly hub: string;
  /** Bytes the server occupies when every file is known, after the typing, and at most; null where the system does not tell. */
  readonly memory: { readonly ready: number | null; readonly after: number | null; readonly peak: number | null };
}

async function measure(root: string, opened: string | undefined): Promise<ServerFigures> {
  const { files, leaf, hub, large } = subjectIn(root);
  const opening = await openCold(root, files.find(({ path }) => path === opened) ?? hub.user);
  const started = performance.now();
  const editor = new Editor(root, { capabilities: EVERYTHING });
  const pid = editor.process.pid!;
  try {
    await editor.greet();
    await editor.ready();
    const ready = { wall: performance.now() - started, cpu: cpuOf(pid) };
    const [atReady] = memoryOf(pid);
    const typing: Record<string, Latency> = {};
    const middle = headerIn(large.text)!;
    const helper = headerIn(large.text, hub.name) ?? middle;
    const typist = new Typist(editor);
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
      "ench",
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
    const [after, peak] = memoryOf(pid);
    await editor.end();
    return {
      ready,
      opening,
      roundTrip,
      typing,
      largeLines: linesIn(large.text),
      hub: `${hub.name}, imported by ${hub.users} files`,
      memory: { ready: atReady, after, peak },
    };
  } catch (error) {
    throw editor.explain(error);
  } finally {
    editor.kill();
  }
}

/** Opens a file as soon as the server has greeted, and asks until all files are known. */
async function openCold(root: string, file: Source): Promise<ServerFigures["opening"]> {
  const editor = new Editor(root, { capabilities: EVERYTHING });
  try {
    await editor.greet();
    const began = performance.now();
    await editor.open(file.path, file.text);
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
      if (found.length > 0) finding ??= performance.now() - began;
      if (wasReady) {
        const ready = await settled;
        await editor.end();
        return { answer, finding, expected: found.length, ready };
      }
      if (finding !== null) await settled;
    }
  } finally {
    editor.kill();
  }
}

/** Types as an editor does: a change and a question per key. */
class Typist {
  private readonly editor: Editor;
  private readonly versions = new Map<string, number>();
  private readonly results = new Map<string, string>();

  constructor(editor: Editor) {
    this.editor = editor;
  }

  async open(file: Source): Promise<void> {
    await this.editor.open(file.path, file.text);
    this.versions.set(file.path, 1);
    await this.ask(file);
  }

  /** Puts `frame` at an offset, then types `text` into it (at `at`, its end without its last line break) and takes it away again. */
  async type(
    file: Source,
    offset: number,
    frame: string,
    text: string,
    at = frame.length - 1,
    others: readonly Source[] = [],
  ): Promise<Latency> {
    const lines = file.text.slice(0, offset).split("\n");
    const line = lines.length - 1;
    const column = lines[line]!.length;
    await this.change(file, line, column, column, frame);
    await this.ask(file);
    const start = column + at;
    const keys = [
      ...[...text].map((letter, i): [number, number, string] => [start + i, start + i, letter]),
      ...[...text].map((_, i): [number, number, string] => [start + text.length - i - 1, start + text.length - i, ""]),
    ];
    const latency = await this.over(keys, async ([from, to, by]) => {
      const asked = [this.change(file, line, from, to, by), ...[file, ...others].map((each) => this.ask(each))];
      await Promise.all(asked);
    });
    await this.editor.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: this.editor.uri(file.path), version: this.next(file) },
      contentChanges: [{ text: file.text }],
    });
    await this.ask(file);
    return latency;
  }

  async nothing(): Promise<Latency> {
    const none = async (): Promise<void> => {
      await this.editor.connection.sendRequest("bench/nothing").catch(() => {});
    };
    return this.over(new Array(50).fill(null), none);
  }

  private async over<K>(keys: readonly K[], press: (key: K) => Promise<void>): Promise<Latency> {
    const pid = this.editor.process.pid!;
    const before = cpuOf(pid);
    const times: number[] = [];
    for (const key of keys) {
      const began = performance.now();
      await press(key);
      times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    const at = (q: number): number => times[Math.min(times.length - 1, Math.floor(q * times.length))]!;
    return {
      p50: at(0.5),
      p95: at(0.95),
      max: times.at(-1)!,
      cpu: (cpuOf(pid) - before) / keys.length,
      keys: keys.length,
    };
  }

  private async ask(file: Source): Promise<void> {
    const report: DocumentDiagnosticReport = await this.editor.report(file.path, this.results.get(file.path));
    if (report.resultId !== undefined) this.results.set(file.path, report.resultId);
  }

  private change(file: Source, line: number, from: number, to: number, text: string): Promise<void> {
    return this.editor.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: this.editor.uri(file.path), version: this.next(file) },
      contentChanges: [{ range: { start: { line, character: from }, end: { line, character: to } }, text }],
    });
  }

  private next(file: Source): number {
    const version = this.versions.get(file.path)! + 1;
    this.versions.set(file.path, version);
    return version;
  }
}

measure(process.argv[2]!, process.argv[3]).then((figures) => console.log(JSON.stringify(figures)));
