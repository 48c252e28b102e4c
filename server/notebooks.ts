/**
 * Notebooks: the Python cells of one, in their order, are one module for the rest of the server, and what is said about that module is told of the cells.
 *
 * The translation stands between the connection and everything else, so that no request knows of cells. Only lines move, hence it holds in every position
 * encoding. Lines that are no Python (`%magic`, `!command`, `help?`, cells in another language) are read as comments of the same length. An edit that would reach
 * across cells is not offered.
 */
import type {
  Connection,
  DidChangeNotebookDocumentParams,
  DidCloseNotebookDocumentParams,
  DidOpenNotebookDocumentParams,
  NotebookCell,
  Position,
  PublishDiagnosticsParams,
  Range,
  TextDocumentItem,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import type { OpenDocument } from "./documents.ts";
import { applyChanges, openDocument } from "./documents.ts";
import { following } from "./handlers.ts";
import type { Encoding } from "./lsp.ts";
import { nameOfUri } from "./lsp.ts";

/** What the module of a notebook is called: its address is no file, but says in which project it lies and that it is Python. */
const SUFFIX = ".py";

interface Notebook {
  readonly uri: string;
  readonly cells: readonly NotebookCell[];
  /** Texts of those cells that are Python. */
  readonly texts: ReadonlyMap<string, OpenDocument>;
  readonly version: number;
}

/** Where a cell stands in the module: 0-based lines. */
interface Placed {
  readonly module: string;
  readonly uri: string;
  readonly version: number;
  /** 1-based, among the Python cells. */
  readonly number: number;
  readonly start: number;
  readonly lines: number;
  /** Length of its last line, in units of the client's encoding where that is ASCII. */
  readonly lastLength: number;
}

/** What is done with the modules. */
export interface ModuleKeeper {
  open(document: OpenDocument): Promise<void>;
  change(document: OpenDocument): void;
  close(uri: string): Promise<void>;
}

export class Notebooks {
  private readonly encoding: Encoding;
  private readonly notebooks = new Map<string, Notebook>();
  /** By the address of the cell, and by that of the module in order. */
  private readonly placed = new Map<string, Placed>();
  private readonly modules = new Map<string, readonly Placed[]>();

  constructor(encoding: Encoding) {
    this.encoding = encoding;
  }

  /** The connection as the rest of the server is to see it. */
  through(connection: Connection): Connection {
    // biome-ignore lint/suspicious/noExplicitAny: handlers of every kind pass here, and are given back as they came.
    type Handler = (params: any, ...rest: any[]) => any;
    const wrapped =
      (handler: Handler): Handler =>
      async (params, ...rest) => {
        const cell = this.cellOf(params);
        const answer = await handler(cell === null ? params : this.toModule(params, cell), ...rest);
        const module = cell?.module ?? (params as { data?: { uri?: string } } | null)?.data?.uri;
        return module !== undefined && this.modules.has(module) ? this.toCells(answer, module, cell) : answer;
      };
    const replaced = (names: readonly string[], from: object): object =>
      Object.fromEntries(
        names.map((name) => [name, (handler: Handler) => (from as Record<string, Handler>)[name]!(wrapped(handler))]),
      );
    const { languages } = connection;
    const requests = ["onHover", "onCodeAction", "onCodeActionResolve", "onCodeLens", "onCompletion"];
    const own = {
      ...replaced(requests, connection),
      onRequest: (name: string, handler: Handler) => connection.onRequest(name, wrapped(handler)),
      sendDiagnostics: (params: PublishDiagnosticsParams) => this.publish(params, connection),
      languages: overlay(languages, {
        diagnostics: overlay(languages.diagnostics, replaced(["on"], languages.diagnostics)),
      }),
    };
    return overlay(connection, own);
  }

  /** Follows the notebooks that the client has open. */
  install(connection: Connection, modules: ModuleKeeper): void {
    const put = async (notebook: Notebook, isNew: boolean): Promise<void> => {
      this.notebooks.set(notebook.uri, notebook);
      const document = this.moduleOf(notebook);
      if (isNew) await modules.open(document);
      else modules.change(document);
    };
    connection.onNotification(
      "notebookDocument/didOpen",
      following<DidOpenNotebookDocumentParams>(connection, "opening a notebook", async (params) => {
        const { uri, version, cells } = params.notebookDocument;
        await put({ uri, version, cells, texts: textsOf(params.cellTextDocuments) }, true);
      }),
    );
    connection.onNotification(
      "notebookDocument/didChange",
      following<DidChangeNotebookDocumentParams>(connection, "changing a notebook", async (params) => {
        const before = this.notebooks.get(params.notebookDocument.uri);
        if (before !== undefined) await put(changed(before, params, this.encoding), false);
      }),
    );
    connection.onNotification(
      "notebookDocument/didClose",
      following<DidCloseNotebookDocumentParams>(connection, "closing a notebook", async ({ notebookDocument }) => {
        const module = notebookDocument.uri + SUFFIX;
        this.notebooks.delete(notebookDocument.uri);
        // Before they are forgotten, as the last word about the module is told of its cells.
        await modules.close(module);
        for (const { uri } of this.modules.get(module) ?? []) this.placed.delete(uri);
        this.modules.delete(module);
      }),
    );
  }

  private moduleOf({ uri, version, cells, texts }: Notebook): OpenDocument {
    const module = uri + SUFFIX;
    for (const cell of this.modules.get(module) ?? []) this.placed.delete(cell.uri);
    const places: Placed[] = [];
    let text = "";
    let start = 0;
    for (const cell of cells) {
      const own = texts.get(cell.document);
      if (own === undefined) continue;
      const lines = own.text.split(/\r\n|\r|\n/);
      const place: Placed = {
        module,
        uri: cell.document,
        version: own.version,
        number: places.length + 1,
        start,
        lines: lines.length,
        lastLength: lines.at(-1)!.length,
      };
      places.push(place);
      this.placed.set(place.uri, place);
      text += `${asPython(own.text)}\n`;
      start += lines.length;
    }
    this.modules.set(module, places);
    return openDocument({ uri: module, languageId: "python", version, text });
  }

  private cellOf(params: unknown): Placed | null {
    const uri = (params as { readonly textDocument?: { readonly uri?: string } } | null)?.textDocument?.uri;
    return (uri !== undefined && this.placed.get(uri)) || null;
  }

  private toModule(
    params: { readonly textDocument: object; readonly previousResultId?: string },
    cell: Placed,
  ): object {
    const { textDocument, previousResultId, ...rest } = params;
    const known = previousResultId?.endsWith(layoutOf(cell)) && previousResultId.slice(0, -layoutOf(cell).length);
    return {
      ...(shifted(rest, cell.start) as object),
      textDocument: { ...textDocument, uri: cell.module },
      ...(known && { previousResultId: known }),
    };
  }

  /** An answer about a module as one about its cells: of `asked`, where it says no other place. Gives undefined for what lies in other cells. */
  private toCells(value: unknown, module: string, asked: Placed | null): unknown {
    const told = (each: unknown): unknown => this.toCells(each, module, asked);
    if (typeof value === "string") return this.spoken(value, module);
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) {
      // What a command is given: an address, and a place there.
      if (value.length === 2 && value[0] === module && isPosition(value[1])) {
        const cell = this.cellAt(module, value[1].line);
        return cell === null ? value : [cell.uri, shifted(value[1], -cell.start)];
      }
      return value.map(told).filter((each) => each !== undefined);
    }
    if (isPosition(value)) return asked === null ? value : shifted(value, -asked.start);
    const { uri, range, edit, resultId, data, ...rest } = value as Record<string, unknown>;
    const others = Object.fromEntries(Object.entries(rest).map(([key, each]) => [key, told(each)]));
    // What comes back to us stays as it is.
    if (data !== undefined) others.data = data;
    if (typeof resultId === "string") others.resultId = asked === null ? resultId : resultId + layoutOf(asked);
    if (edit !== undefined) {
      const own = this.edit(edit as WorkspaceEdit, module);
      if (own !== null) others.edit = own;
    }
    if (isRange(range)) {
      const elsewhere = typeof uri === "string" && uri !== module;
      const cell = elsewhere ? null : this.cellAt(module, range.start.line);
      if (uri === undefined && asked !== null && cell !== asked) return undefined;
      others.range = cell === null ? range : shifted(range, -cell.start);
      if (uri !== undefined) others.uri = cell?.uri ?? uri;
    } else if (uri !== undefined) others.uri = uri;
    return others;
  }

  /** The edit with those of the module given to its cells; null where one reaches across two. */
  private edit(edit: WorkspaceEdit, module: string): WorkspaceEdit | null {
    const byCell = (edits: readonly TextEdit[]): Map<Placed, TextEdit[]> | null => {
      const found = new Map<Placed, TextEdit[]>();
      for (const each of edits) {
        const cell = this.cellAt(module, each.range.start.line);
        const own = cell === null ? null : within(each, cell);
        if (cell === null || own === null) return null;
        found.set(cell, [...(found.get(cell) ?? []), own]);
      }
      return found;
    };
    const changes: Record<string, TextEdit[]> = {};
    for (const [uri, edits] of Object.entries(edit.changes ?? {})) {
      const cells = uri === module ? byCell(edits) : null;
      if (uri !== module) changes[uri] = edits;
      else if (cells === null) return null;
      else for (const [cell, own] of cells) changes[cell.uri] = own;
    }
    const documentChanges: NonNullable<WorkspaceEdit["documentChanges"]> = [];
    for (const change of edit.documentChanges ?? []) {
      if (!("textDocument" in change) || change.textDocument.uri !== module) documentChanges.push(change);
      else {
        const cells = byCell(change.edits as TextEdit[]);
        if (cells === null) return null;
        for (const [{ uri, version }, edits] of cells) documentChanges.push({ textDocument: { uri, version }, edits });
      }
    }
    return { ...(edit.changes && { changes }), ...(edit.documentChanges && { documentChanges }) };
  }

  private publish(params: PublishDiagnosticsParams, connection: Connection): Promise<void> {
    const cells = this.modules.get(params.uri);
    if (cells === undefined) return connection.sendDiagnostics(params);
    const sent = cells.map((cell) => {
      const diagnostics = this.toCells(params.diagnostics, params.uri, cell) as PublishDiagnosticsParams["diagnostics"];
      return connection.sendDiagnostics({ uri: cell.uri, version: cell.version, diagnostics });
    });
    return Promise.all(sent).then(() => {});
  }

  /** A text for people, in which places of the module are named. */
  private spoken(text: string, module: string): string {
    const name = nameOfUri(module);
    if (!text.includes(name)) return text;
    const cellOfLine = (line: string): Placed | null => this.cellAt(module, Number(line) - 1);
    return text
      .replaceAll(new RegExp(`\\(${escaped(module)}#L(\\d+)\\)`, "g"), (all, line) => {
        const cell = cellOfLine(line);
        return cell === null ? all : `(${cell.uri})`;
      })
      .replaceAll(new RegExp(`${escaped(name)}(?:\\\\)?:(\\d+)`, "g"), (all, line) => {
        const cell = cellOfLine(line);
        if (cell === null) return all;
        return `${name.slice(0, -SUFFIX.length)}, cell ${cell.number}, line ${Number(line) - cell.start}`;
      });
  }

  private cellAt(module: string, line: number): Placed | null {
    return this.modules.get(module)?.find(({ start, lines }) => start <= line && line < start + lines) ?? null;
  }
}

/** A client may know an answer only as long as the cell stands where it stood: the same lines of the module may belong to another cell now. */
function layoutOf({ number, start, lines }: Placed): string {
  return `@${number}.${start}.${lines}`;
}

function textsOf(documents: readonly TextDocumentItem[]): Map<string, OpenDocument> {
  return new Map(documents.map((each) => [each.uri, openDocument(each)]));
}

function changed(before: Notebook, params: DidChangeNotebookDocumentParams, encoding: Encoding): Notebook {
  const { structure, textContent } = params.change.cells ?? {};
  const cells = [...before.cells];
  const texts = new Map(before.texts);
  if (structure) {
    const { start, deleteCount, cells: added = [] } = structure.array;
    cells.splice(start, deleteCount, ...added);
    for (const { uri } of structure.didClose ?? []) texts.delete(uri);
    for (const each of structure.didOpen ?? []) texts.set(each.uri, openDocument(each));
  }
  for (const { document, changes } of textContent ?? []) {
    const text = texts.get(document.uri);
    if (text) texts.set(document.uri, applyChanges(text, changes, document.version, encoding));
  }
  return { uri: before.uri, version: params.notebookDocument.version, cells, texts };
}

/** An edit of the module as one of the cell it begins in; null where it ends in another. */
function within(edit: TextEdit, { start, lines, lastLength }: Placed): TextEdit | null {
  const { range, newText } = shifted(edit, -start) as TextEdit;
  if (range.end.line < lines) return { range, newText };
  // A whole last line is taken out together with the end of the line, which the cell does not have.
  if (range.end.line > lines || range.end.character > 0) return null;
  const end = { line: lines - 1, character: lastLength };
  return { range: { start: range.start, end }, newText: newText.replace(/\r?\n$/, "") };
}

/** Cell magics behind which Python follows. */
const PYTHON_BELOW = /^%%(time|timeit|capture|prun)\b/;
/** A line that is for the notebook and not for Python. */
const LINE_MAGIC = /^(\s*)(?:%(?=[A-Za-z%])|!|\?(?=\S))/;
const HELP = /^(\s*)\S([\w.]*)\?{1,2}\s*$/;
const ASSIGNED = /^(\s*[\w., ]+=\s*)[!%](?=\S)./;

/** The text with everything that is no Python made a comment; no offset moves. Syntax: https://ipython.readthedocs.io/en/stable/interactive/magics.html */
function asPython(text: string): string {
  const first = text.trimStart();
  const foreign = first.startsWith("%%") && !PYTHON_BELOW.test(first);
  return text.replace(/[^\r\n]+/g, (line) => {
    if (foreign) return `#${line.slice(1)}`;
    if (LINE_MAGIC.test(line)) return line.replace(LINE_MAGIC, "$1#");
    if (HELP.test(line)) return line.replace(/\S/, "#");
    return line.replace(ASSIGNED, "$10#");
  });
}

/** A copy in which every position stands `by` lines further down. */
function shifted(value: unknown, by: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => shifted(each, by));
  if (isPosition(value)) return { ...value, line: Math.max(0, value.line + by) };
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shifted(each, by)]));
}

function isPosition(value: unknown): value is Position {
  const { line, character } = (value ?? {}) as Partial<Position>;
  return typeof line === "number" && typeof character === "number";
}

function isRange(value: unknown): value is Range {
  const { start, end } = (value ?? {}) as Partial<Range>;
  return isPosition(start) && isPosition(end);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** `base`, with some of its members replaced. */
function overlay<T extends object>(base: T, members: object): T {
  return Object.create(base, Object.getOwnPropertyDescriptors(members)) as T;
}
