import assert from "node:assert/strict";
import * as vscode from "vscode";
import { findingsIn, fixesFor, openFile, putEverythingBack, ruleOf, until } from "./workspace.ts";

const BOOK = "rates.ipynb";

describe("in a notebook a person sees", () => {
  afterEach(putEverythingBack);

  it("what a cell does by a helper of another cell, of the project, and itself", async () => {
    const { cells } = await opened();
    await until("the last cell has its findings", () => saidOf(cells.at(-1)!).length === 2);
    assert.deepEqual(saidOf(cells.at(-1)!), [
      "async/blocking-call @ pause",
      "async/blocking-call @ helpers.load_rates",
    ]);
    for (const cell of cells.slice(0, -1)) assert.deepEqual(saidOf(cell), []);
  });

  it("a fix that changes the cell and the imports of the first", async () => {
    const { cells } = await opened();
    const last = cells.at(-1)!;
    await until("the last cell has its findings", () => saidOf(last).length === 2);
    const [finding] = findingsIn(last.document).filter(
      (it) => last.document.getText(it.range) === "helpers.load_rates",
    );
    const [fix] = await fixesFor(last.document, finding!);
    assert.ok(fix?.edit, "a fix is offered");
    await vscode.workspace.applyEdit(fix.edit);
    await until("the finding is gone", () => saidOf(last).length === 1);
    assert.match(last.document.getText(), /await asyncio\.to_thread\(helpers\.load_rates\)/);
    assert.match(cells[0]!.document.getText(), /^import asyncio$/m);
  });
});

async function opened(): Promise<{ readonly cells: readonly vscode.NotebookCell[] }> {
  // So that the extension is there, as it is where somebody works on a backend.
  await openFile("app/main.py");
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  const notebook = await vscode.workspace.openNotebookDocument(vscode.Uri.joinPath(folder, BOOK));
  await vscode.window.showNotebookDocument(notebook);
  return { cells: notebook.getCells().filter(({ kind }) => kind === vscode.NotebookCellKind.Code) };
}

function saidOf({ document }: vscode.NotebookCell): readonly string[] {
  return findingsIn(document).map((it) => `${ruleOf(it)} @ ${document.getText(it.range)}`);
}
