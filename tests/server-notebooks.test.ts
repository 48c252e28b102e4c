/** Notebooks, as an editor tells the server of them: cells in order, each a document of its own. */
import assert from "node:assert/strict";
import type { ClientCapabilities, CodeAction, Diagnostic, TextDocumentEdit } from "vscode-languageserver";
import { type Editor, EVERYTHING, PLAIN, withServer } from "./harness-lsp.ts";

const WITH_NOTEBOOKS = { notebookDocument: { synchronization: {} } };
const PULLING: ClientCapabilities = { ...EVERYTHING, ...WITH_NOTEBOOKS };
const HELPER = "import requests\n\n\ndef load():\n    return requests.get('https://a.example')\n";
const BOOK = "analysis/rates.ipynb";

describe("a notebook", () => {
  it("is one module: what a cell does is seen in the cells below, where they stand", async () => {
    await withServer(
      { "app/__init__.py": "", "app/rates.py": HELPER },
      async (editor) => {
        const book = await open(editor, [
          "%matplotlib inline\nimport time\nfrom app.rates import load\n",
          "def pause():\n    time.sleep(1)",
          "# a heading\n\nasync def handler():\n    pause()\n    return load()",
        ]);
        await editor.ready();
        assert.deepEqual(await book.said(0), []);
        assert.deepEqual(await book.said(1), []);
        assert.deepEqual(await book.said(2), ["3:4 async/blocking-call", "4:11 async/blocking-call"]);
        const related = (await book.pull(2))[0]!.relatedInformation!;
        assert.deepEqual(
          related.map(({ location }) => `${location.uri} ${location.range.start.line}`),
          [`${book.cell(1)} 1`],
        );
      },
      { capabilities: PULLING },
    );
  });

  it("follows edits of cells, and cells that are added, moved and taken away", async () => {
    await withServer(
      {},
      async (editor) => {
        const book = await open(editor, ["import time", "async def handler():\n    time.sleep(1)"]);
        await editor.ready();
        assert.deepEqual(await book.said(1), ["1:4 async/blocking-call"]);
        await book.type(1, "async def handler():\n\n\n    time.sleep(1)");
        assert.deepEqual(await book.said(1), ["3:4 async/blocking-call"]);
        const before = await book.report(1);
        assert.equal((await book.report(1, before.resultId)).kind, "unchanged");
        await book.insert(0, "\n\n# three lines");
        assert.deepEqual(await book.said(2), ["3:4 async/blocking-call"], "the cell has moved, its finding with it");
        await book.remove(1);
        assert.deepEqual(await book.said(1), [], "nobody imports time any longer");
      },
      { capabilities: PULLING },
    );
  });

  it("does not stumble over magics, commands, help and cells in other languages", async () => {
    await withServer(
      {},
      async (editor) => {
        const book = await open(editor, [
          "!pip install httpx\n%load_ext autoreload\nimport time\nfiles = !ls\ntime?",
          "%%bash\nfor f in *; do echo $f; done",
          "%%time\nasync def handler():\n    time.sleep(1)",
        ]);
        await editor.ready();
        assert.deepEqual(await book.said(0), []);
        assert.deepEqual(await book.said(1), []);
        assert.deepEqual(await book.said(2), ["2:4 async/blocking-call"]);
      },
      { capabilities: PULLING },
    );
  });

  it("is mended across its cells", async () => {
    await withServer(
      {},
      async (editor) => {
        const book = await open(editor, ["import time", "async def handler():\n    time.sleep(1)"]);
        await editor.ready();
        const [finding] = await book.pull(1);
        const actions = await editor.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
          textDocument: { uri: book.cell(1) },
          range: finding!.range,
          context: { diagnostics: [finding] },
        });
        assert.deepEqual(actions[0]!.diagnostics, [finding]);
        const { edit } = await editor.resolve(actions[0]!);
        const edits = (edit!.documentChanges as TextDocumentEdit[]).map(({ textDocument, edits: own }) => ({
          uri: textDocument.uri,
          lines: own.map(({ range }) => range.start.line),
        }));
        assert.deepEqual(edits.map(({ uri }) => uri).sort(), [book.cell(0), book.cell(1)]);
        assert.deepEqual(
          edits.find(({ uri }) => uri === book.cell(1))!.lines.every((line) => line === 1),
          true,
        );
        const silencing = actions.find(({ title }) => / here with a comment/.test(title))!;
        const { edit: comment } = await editor.resolve(silencing);
        const [only, ...others] = comment!.documentChanges as TextDocumentEdit[];
        assert.deepEqual([only!.textDocument.uri, others.length], [book.cell(1), 0]);
      },
      { capabilities: PULLING },
    );
  });

  it("explains itself by cells", async () => {
    await withServer(
      {},
      async (editor) => {
        const book = await open(editor, [
          "import time\n\ndef pause():\n    time.sleep(1)",
          "async def handler():\n    pause()",
        ]);
        await editor.ready();
        const hover = await editor.connection.sendRequest<{
          contents: { value: string };
          range: { start: { line: number } };
        }>("textDocument/hover", { textDocument: { uri: book.cell(1) }, position: { line: 1, character: 5 } });
        assert.equal(hover.range.start.line, 1);
        assert.match(hover.contents.value, /rates\.ipynb, cell 1, line 4/);
        assert.ok(hover.contents.value.includes(`(${book.cell(0)})`), hover.contents.value);
        assert.doesNotMatch(hover.contents.value, /ipynb\.py/);
      },
      { capabilities: PULLING },
    );
  });

  it("is told of its findings where the client does not ask, and loses them when it is closed", async () => {
    await withServer(
      {},
      async (editor) => {
        const book = await open(editor, ["import time", "async def handler():\n    time.sleep(1)"]);
        const found = await editor.publishedUntil(book.cell(1), ({ diagnostics }) => diagnostics.length > 0);
        assert.deepEqual(found.map(placed), ["1:4 async/blocking-call"]);
        await book.close();
        await editor.publishedUntil(book.cell(1), ({ diagnostics }) => diagnostics.length === 0);
      },
      { capabilities: { ...PLAIN, ...WITH_NOTEBOOKS } },
    );
  });
});

interface Book {
  cell(index: number): string;
  said(index: number): Promise<readonly string[]>;
  pull(index: number): Promise<Diagnostic[]>;
  report(index: number, previous?: string): Promise<{ kind: string; resultId?: string; items?: Diagnostic[] }>;
  type(index: number, text: string): Promise<void>;
  insert(index: number, text: string): Promise<void>;
  remove(index: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens a notebook with these Python cells, behind a cell of prose. Indices count the Python cells. */
async function open(editor: Editor, texts: readonly string[]): Promise<Book> {
  const uri = editor.uri(BOOK);
  let made = 0;
  let version = 1;
  const cellUri = (n: number): string => `vscode-notebook-cell:${new URL(uri).pathname}#W${n}`;
  const codeCell = (text: string) => {
    const document = cellUri(made++);
    return { cell: { kind: 2, document }, item: { uri: document, languageId: "python", version: 1, text } };
  };
  const added = texts.map(codeCell);
  const prose = { kind: 1, document: `${cellUri(0)}prose` };
  let cells = [prose, ...added.map(({ cell }) => cell)];
  await editor.connection.sendNotification("notebookDocument/didOpen", {
    notebookDocument: { uri, notebookType: "jupyter-notebook", version, cells },
    cellTextDocuments: added.map(({ item }) => item),
  });
  const change = (change: object): Promise<void> =>
    editor.connection.sendNotification("notebookDocument/didChange", {
      notebookDocument: { uri, version: ++version },
      change: { cells: change },
    });
  const book: Book = {
    cell: (index) => cells[index + 1]!.document,
    report: (index, previousResultId) =>
      editor.connection.sendRequest("textDocument/diagnostic", {
        textDocument: { uri: book.cell(index) },
        ...(previousResultId && { previousResultId }),
      }),
    pull: async (index) => (await book.report(index)).items ?? [],
    said: async (index) => (await book.pull(index)).map(placed),
    type: (index, text) =>
      change({ textContent: [{ document: { uri: book.cell(index), version: 2 }, changes: [{ text }] }] }),
    async insert(index, text) {
      const { cell, item } = codeCell(text);
      cells = [...cells.slice(0, index + 1), cell, ...cells.slice(index + 1)];
      await change({ structure: { array: { start: index + 1, deleteCount: 0, cells: [cell] }, didOpen: [item] } });
    },
    async remove(index) {
      const gone = book.cell(index);
      cells = cells.filter(({ document }) => document !== gone);
      await change({ structure: { array: { start: index + 1, deleteCount: 1 }, didClose: [{ uri: gone }] } });
    },
    close: () =>
      editor.connection.sendNotification("notebookDocument/didClose", {
        notebookDocument: { uri },
        cellTextDocuments: cells.map(({ document }) => ({ uri: document })),
      }),
  };
  return book;
}

function placed({ range, code }: Diagnostic): string {
  return `${range.start.line}:${range.start.character} ${code}`;
}
