/** The sample backend as the scenarios handle it: open a file, wait for what Holdfast says, point at text, put everything back. */
import * as vscode from "vscode";

export const MAIN = "app/main.py";
export const HELPERS = "app/helpers.py";

/** Opens a file of the workspace in the visible editor. */
export async function openFile(file: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uriOf(file));
  await vscode.window.showTextDocument(document);
  return document;
}

export function uriOf(file: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error("the editor has no folder open");
  return vscode.Uri.joinPath(folder.uri, file);
}

/** What Holdfast says about a file, in the order of the text. */
export function findingsIn(file: string): readonly vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uriOf(file))
    .filter((it) => it.source === "holdfast")
    .sort((a, b) => a.range.start.compareTo(b.range.start));
}

/** The findings that stand inside `text`. */
export function findingsAt(document: vscode.TextDocument, text: string): readonly vscode.Diagnostic[] {
  const place = rangeOf(document, text);
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter((it) => it.source === "holdfast" && place.contains(it.range));
}

/** Where `text` first stands. */
export function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const start = document.getText().indexOf(text);
  if (start < 0)
    throw new Error(`${vscode.workspace.asRelativePath(document.uri)} does not contain ${JSON.stringify(text)}`);
  return new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
}

/** A rule's id as a diagnostic carries it, with or without a link to its page. */
export function ruleOf(finding: vscode.Diagnostic): string {
  return String(typeof finding.code === "object" ? finding.code.value : finding.code);
}

/**
 * Waits until `settled` holds for what the editor shows; asks again whenever findings change. Without an end of its own: the case's
 * limit is the limit, and `saying` is then in its message.
 */
export function until(saying: string, settled: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      subscription.dispose();
      clearTimeout(timer);
    };
    const ask = (): void => {
      if (!settled()) return;
      stop();
      resolve();
    };
    const subscription = vscode.languages.onDidChangeDiagnostics(ask);
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`waited in vain until ${saying}; Holdfast says: ${everythingSaid()}`));
    }, PATIENCE_MS);
    ask();
  });
}

/** Below the limit of a case, so that the reason is told instead of the limit. */
const PATIENCE_MS = 45_000;

/** Replaces the first occurrence of `text` as typing would: the file on disk stays as it is. */
export async function replaceText(document: vscode.TextDocument, text: string, by: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, text), by);
  if (!(await vscode.workspace.applyEdit(edit)))
    throw new Error(`the editor refused to replace ${JSON.stringify(text)}`);
}

/** Takes back every unsaved edit and closes all files. */
export async function putEverythingBack(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter((it) => it.isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

/** The quick fixes offered for a finding. */
export async function fixesFor(
  document: vscode.TextDocument,
  finding: vscode.Diagnostic,
): Promise<readonly vscode.CodeAction[]> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    finding.range,
    vscode.CodeActionKind.QuickFix.value,
    RESOLVE_UP_TO,
  );
  return actions.filter((it) => it.edit !== undefined);
}

/** Edits are computed when an action is resolved; this many of them are. */
const RESOLVE_UP_TO = 20;

/** The text of everything hovering at a place shows. */
export async function hoverAt(document: vscode.TextDocument, place: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    place,
  );
  return hovers.flatMap((it) => it.contents.map((part) => (typeof part === "string" ? part : part.value))).join("\n");
}

function everythingSaid(): string {
  const said = vscode.languages
    .getDiagnostics()
    .flatMap(([uri, all]) =>
      all
        .filter((it) => it.source === "holdfast")
        .map((it) => `${vscode.workspace.asRelativePath(uri)}:${it.range.start.line + 1} ${ruleOf(it)} ${it.message}`),
    );
  return said.length > 0 ? said.join("; ") : "nothing";
}
