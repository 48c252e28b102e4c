/** Types into a file that a language server has open, letter by letter, and measures from each key to the diagnostics of the text after it. */
import type { DocumentDiagnosticReport } from "vscode-languageserver/node";
import type { Editor } from "../tests/harness-lsp.ts";
import { cpuOf, type Metered } from "./processes.ts";
import type { Source } from "./subject.ts";

export interface Latency extends Spread {
  readonly keys: number;
  /** CPU time the server took for it, whatever else the machine did; null for servers that do not tell. */
  readonly cpu: Spread | null;
  /** Milliseconds of CPU of the server per key on all threads, what it does after answering included; zero where the system does not tell. */
  readonly cpuInAll: number;
}

/** Milliseconds. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** Types as an editor does: a change and a question per key. */
export class Typist {
  private readonly editor: Editor;
  private readonly pulls: boolean;
  private readonly meter: Metered | null;
  private readonly versions = new Map<string, number>();
  private readonly results = new Map<string, string>();

  /** `pulls`: whether the server is asked for diagnostics; otherwise it sends them by itself. */
  constructor(editor: Editor, pulls: boolean, meter: Metered | null) {
    this.editor = editor;
    this.pulls = pulls;
    this.meter = meter;
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
    const cpus: number[] = [];
    for (const key of keys) {
      const cpu = this.meter?.cpu();
      const began = performance.now();
      await press(key);
      times.push(performance.now() - began);
      if (cpu !== undefined) cpus.push(this.meter!.cpu() - cpu);
    }
    return {
      ...spreadOf(times),
      cpu: cpus.length > 0 ? spreadOf(cpus) : null,
      cpuInAll: (cpuOf(pid) - before) / keys.length,
      keys: keys.length,
    };
  }

  private async ask(file: Source): Promise<void> {
    if (!this.pulls) {
      const version = this.versions.get(file.path)!;
      await this.editor.publishedUntil(file.path, (last) => (last.version ?? 0) >= version);
      return;
    }
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

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;
  return { p50: at(0.5), p95: at(0.95), max: sorted.at(-1)! };
}
