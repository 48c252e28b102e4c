/**
 * A conversation with the built server over a pipe, as an editor holds it: the server is a process of its own, the project is a folder on disk.
 *
 * Waiting is always for something the server says, never for time to pass. `HOLDFAST_SERVER` names another build to talk to.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type ClientCapabilities,
  type CodeAction,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  FileChangeType,
  type Hover,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";

export const SERVER = process.env.HOLDFAST_SERVER ?? join(__dirname, "..", "dist", "server.js");

/** The command line, which starts the server too. */
export const COMMAND_LINE = join(dirname(SERVER), "cli.js");

/** Below the limit of a test, so that what the server said is told instead of the limit. */
const PATIENCE_MS = 20_000;

/** What today's editors can do. */
export const EVERYTHING: ClientCapabilities = {
  general: { positionEncodings: ["utf-16"] },
  window: { workDoneProgress: true },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    diagnostics: { refreshSupport: true },
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true },
  },
  textDocument: {
    diagnostic: { relatedDocumentSupport: false, relatedInformation: true, dataSupport: true },
    publishDiagnostics: { relatedInformation: true, versionSupport: true },
    hover: { contentFormat: ["markdown"] },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } },
      isPreferredSupport: true,
      dataSupport: true,
      resolveSupport: { properties: ["edit"] },
    },
  },
};

/** What every editor has been able to do for ten years. */
export const PLAIN: ClientCapabilities = {
  textDocument: { publishDiagnostics: { relatedInformation: true, versionSupport: true } },
};

export interface Options {
  readonly capabilities?: ClientCapabilities;
  /** Folders of the project, relative, that the editor has open; "" is all of it. */
  readonly folders?: readonly string[];
  /** What the editor has set below `holdfast`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly initializationOptions?: unknown;
  /** Program and arguments in place of the server's own. */
  readonly program?: readonly string[];
}

interface Status {
  readonly state: string;
  readonly files?: number;
  readonly findings?: number;
  readonly message?: string;
}

/** Lays out `files` in a fresh folder, talks to a server about them, and ends both. */
export async function withServer(
  files: Readonly<Record<string, string | Uint8Array>>,
  talk: (editor: Editor) => Promise<void>,
  options: Options = {},
): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "holdfast-server-")));
  const editor = new Editor(folder, options);
  try {
    for (const [file, text] of Object.entries(files)) editor.write(file, text);
    await editor.greet();
    await talk(editor);
    assert.equal(await editor.end(), 0, "the server ends well");
  } catch (error) {
    throw editor.explain(error);
  } finally {
    editor.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

export class Editor {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  readonly folder: string;
  /** What the server logged, and what it showed as a message. */
  readonly log: string[] = [];
  readonly messages: string[] = [];
  readonly progress: { readonly kind: string; readonly title?: string }[] = [];
  readonly watched: unknown[] = [];
  greeting!: InitializeResult;
  status: Status = { state: "none" };
  settings: Readonly<Record<string, unknown>>;
  private readonly options: Options;
  private readonly texts = new Map<string, { text: string; version: number }>();
  private readonly published = new Map<string, PublishDiagnosticsParams>();
  private readonly waiting = new Set<() => void>();
  private readonly exited: Promise<number | null>;
  private stderr = "";
  private refreshes = 0;

  constructor(folder: string, options: Options) {
    this.folder = folder;
    this.options = options;
    this.settings = options.settings ?? {};
    this.process = spawn(process.execPath, options.program ?? [SERVER, "--stdio"], { stdio: "pipe" });
    this.exited = once(this.process, "exit").then(([code]) => code as number | null);
    this.process.stderr!.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.process.stdout!),
      new StreamMessageWriter(this.process.stdin!),
      undefined,
    );
    this.listen();
  }

  async greet(): Promise<void> {
    const { capabilities = EVERYTHING, folders = [""] } = this.options;
    this.greeting = await this.connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities,
      initializationOptions: this.options.initializationOptions,
      workspaceFolders: folders.map((name) => ({ uri: this.uri(name), name })),
    });
    await this.connection.sendNotification("initialized", {});
  }

  // ------------------------------------------------------------------------------------------------ files and documents

  uri(file: string): string {
    return /^[a-z-]{2,}:/.test(file) ? file : pathToFileURL(join(this.folder, file)).href;
  }

  /** Writes to disk, and tells nobody. */
  write(file: string, text: string | Uint8Array): void {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** Changes the disk and tells the server, as a file watcher does. `text` null deletes, folders too. */
  async onDisk(file: string, text: string | null): Promise<void> {
    if (text === null) rmSync(join(this.folder, file), { recursive: true });
    else this.write(file, text);
    const type = text === null ? FileChangeType.Deleted : FileChangeType.Changed;
    await this.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: this.uri(file), type }],
    });
  }

  async open(file: string, text: string, languageId = "python"): Promise<void> {
    this.texts.set(file, { text, version: 1 });
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri: this.uri(file), languageId, version: 1, text },
    });
  }

  /** Replaces the first occurrence of `old`, sent as the change of a range. `measure` is how the agreed encoding counts. */
  async replace(file: string, old: string, by: string, measure: (text: string) => number = utf16): Promise<void> {
    const document = this.texts.get(file)!;
    const start = document.text.indexOf(old);
    assert.ok(start >= 0, `${file} contains ${old}`);
    const range = {
      start: positionOf(document.text, start, measure),
      end: positionOf(document.text, start + old.length, measure),
    };
    document.text = document.text.slice(0, start) + by + document.text.slice(start + old.length);
    document.version++;
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: this.uri(file), version: document.version },
      contentChanges: [{ range, text: by }],
    });
  }

  /** Types `text` at a position. */
  async insert(file: string, at: Position, text: string): Promise<void> {
    const document = this.texts.get(file)!;
    const offset = offsetOf(document.text, at);
    document.text = document.text.slice(0, offset) + text + document.text.slice(offset);
    document.version++;
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: this.uri(file), version: document.version },
      contentChanges: [{ range: { start: at, end: at }, text }],
    });
  }

  async close(file: string): Promise<void> {
    this.texts.delete(file);
    await this.connection.sendNotification("textDocument/didClose", { textDocument: { uri: this.uri(file) } });
  }

  get openFiles(): readonly string[] {
    return [...this.texts.keys()];
  }

  textOf(file: string): string {
    return this.texts.get(file)!.text;
  }

  // ------------------------------------------------------------------------------------------------ what the server says

  report(file: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest("textDocument/diagnostic", {
      textDocument: { uri: this.uri(file) },
      previousResultId,
    });
  }

  async pull(file: string): Promise<Diagnostic[]> {
    const report = await this.report(file);
    assert.equal(report.kind, "full");
    return report.kind === "full" ? report.items : [];
  }

  /** Asks, and asks again each time the server says that answers are out of date. */
  async pullUntil(file: string, enough: (diagnostics: Diagnostic[]) => boolean): Promise<Diagnostic[]> {
    for (;;) {
      const before = this.refreshes;
      const diagnostics = await this.pull(file);
      if (enough(diagnostics)) return diagnostics;
      await this.until(() => this.refreshes > before);
    }
  }

  /** Waits for what is sent unasked. */
  async publishedUntil(file: string, enough: (last: PublishDiagnosticsParams) => boolean): Promise<Diagnostic[]> {
    const last = (): PublishDiagnosticsParams | undefined => this.published.get(this.uri(file));
    await this.until(() => last() !== undefined && enough(last()!));
    return last()!.diagnostics;
  }

  hover(file: string, text: string): Promise<Hover | null> {
    const { start } = this.rangeOf(file, text);
    return this.connection.sendRequest("textDocument/hover", {
      textDocument: { uri: this.uri(file) },
      position: start,
    });
  }

  actions(file: string, range: Range, diagnostics: Diagnostic[] = [], only?: string[]): Promise<CodeAction[]> {
    return this.connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri: this.uri(file) },
      range,
      context: { diagnostics, ...(only && { only }) },
    });
  }

  resolve(action: CodeAction): Promise<CodeAction> {
    return this.connection.sendRequest("codeAction/resolve", action);
  }

  /** Applies an edit to the open documents, as typing would. Gives the files it changed. */
  async apply(edit: WorkspaceEdit): Promise<readonly string[]> {
    const perDocument: (readonly [string, readonly TextEdit[]])[] = edit.documentChanges
      ? edit.documentChanges.flatMap((change) =>
          "textDocument" in change ? [[change.textDocument.uri, change.edits as TextEdit[]] as const] : [],
        )
      : Object.entries(edit.changes ?? {});
    const changed: string[] = [];
    for (const [uri, edits] of perDocument) {
      const file = [...this.texts.keys()].find((each) => this.uri(each) === uri);
      assert.ok(file, `an edit of ${uri}, which is not open`);
      const document = this.texts.get(file)!;
      // From the end, so that the places of those before stay true.
      const ordered = edits
        .map((each, i) => ({ ...each, i }))
        .sort((a, b) => compare(b.range.start, a.range.start) || b.i - a.i);
      let { text } = document;
      for (const { range, newText } of ordered) {
        text = text.slice(0, offsetOf(text, range.start)) + newText + text.slice(offsetOf(text, range.end));
      }
      document.text = text;
      document.version++;
      await this.connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version: document.version },
        contentChanges: [{ text }],
      });
      changed.push(file);
    }
    return changed;
  }

  rangeOf(file: string, text: string, measure: (text: string) => number = utf16): Range {
    const whole = this.texts.get(file)!.text;
    const start = whole.indexOf(text);
    assert.ok(start >= 0, `${file} contains ${text}`);
    return { start: positionOf(whole, start, measure), end: positionOf(whole, start + text.length, measure) };
  }

  /** The text a diagnostic marks. */
  marked(file: string, { range }: Diagnostic): string {
    const { text } = this.texts.get(file)!;
    return text.slice(offsetOf(text, range.start), offsetOf(text, range.end));
  }

  async ready(): Promise<void> {
    await this.until(() => this.status.state === "ready");
  }

  /** Resolves when `settled` holds; looked at whenever the server has said something. Rejects when it has said nothing for long. */
  async until(settled: () => boolean): Promise<void> {
    while (!settled()) {
      await new Promise<void>((resolve, reject) => {
        const giveUp = setTimeout(() => reject(new Error(`waited in vain until ${settled}`)), PATIENCE_MS);
        this.waiting.add(() => {
          clearTimeout(giveUp);
          resolve();
        });
      });
    }
  }

  // ------------------------------------------------------------------------------------------------ the end

  /** Says goodbye. Gives the exit code. */
  async end(): Promise<number | null> {
    await this.connection.sendRequest("shutdown");
    return this.leave();
  }

  /** Leaves without a word. */
  async leave(): Promise<number | null> {
    await this.connection.sendNotification("exit");
    return this.exited;
  }

  /** Hangs up. */
  hangUp(): Promise<number | null> {
    this.process.stdin!.end();
    return this.exited;
  }

  kill(): void {
    this.connection.dispose();
    this.process.kill("SIGKILL");
  }

  /** Adds what the server said to an error. */
  explain(error: unknown): Error {
    const cause = error instanceof Error ? error : new Error(String(error));
    const said = [...this.log, ...this.messages, this.stderr].filter(Boolean).join("\n");
    if (said !== "") cause.stack = `${cause.stack}\n\nThe server said:\n${said}`;
    return cause;
  }

  private listen(): void {
    const { connection } = this;
    connection.onNotification("window/logMessage", ({ type, message }) =>
      this.hear(() => this.log.push(`${type} ${message}`)),
    );
    connection.onNotification("window/showMessage", ({ message }) => this.hear(() => this.messages.push(message)));
    connection.onNotification("holdfast/status", (status: Status) => this.hear(() => (this.status = status)));
    connection.onNotification("$/progress", ({ value }) => this.hear(() => this.progress.push(value)));
    connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) =>
      this.hear(() => this.published.set(params.uri, params)),
    );
    connection.onRequest("workspace/diagnostic/refresh", () => {
      this.hear(() => this.refreshes++);
      return null;
    });
    connection.onRequest("window/workDoneProgress/create", () => null);
    connection.onRequest("client/registerCapability", ({ registrations }) => {
      this.hear(() => this.watched.push(...registrations));
      return null;
    });
    connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) =>
      items.map(() => this.settings),
    );
    this.process.on("exit", () => this.hear(() => {}));
    connection.listen();
  }

  private hear(take: () => unknown): void {
    take();
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }
}

export function utf16(text: string): number {
  return text.length;
}

export function utf8(text: string): number {
  return Buffer.byteLength(text);
}

function positionOf(text: string, offset: number, measure: (text: string) => number): Position {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length - 1, character: measure(lines.at(-1)!) };
}

function offsetOf(text: string, { line, character }: Position): number {
  return (
    text
      .split("\n")
      .slice(0, line)
      .reduce((sum, each) => sum + each.length + 1, 0) + character
  );
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}
