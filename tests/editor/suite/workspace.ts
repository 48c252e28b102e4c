/** The sample backend as the scenarios handle it: open a file, wait for what Holdfast says, point at text, put everything back. */
import * as vscode from "vscode";

export const MAIN = "app/main.py";
export const HELPERS = "app/helpers.py";
export const ORDERS = "app/orders.py";

/** What must be said about each file as it stands on disk: `rule @ squiggled text`, in the order of the text. */
export const EXPECTED = {
  [MAIN]: ["async/blocking-call @ helpers.load_rates", "async/blocking-call @ time.sleep"],
  [HELPERS]: [],
  [ORDERS]: ["request/unvalidated-body @ request.json()", "db/leaked-session @ SessionLocal()"],
} as const;

/**
 * `it`, for what VS Code shows only to extensions that run where Holdfast runs: its commands in actions and links, addresses of other files. Where Holdfast runs in
 * the browser these scenarios run beside it, and such a one is no part of them.
 */
export const besideHoldfast = process.env.HOLDFAST_EDITOR_WEB === undefined ? it : (): void => {};

/** Opens a file as it stands on disk and waits until Holdfast says exactly what it must about it. */
export async function openChecked(file: keyof typeof EXPECTED): Promise<vscode.TextDocument> {
  const document = await openFile(file);
  await untilFound(document, EXPECTED[file]);
  return document;
}

/** Opens a file of a folder of the workspace in a tab of its own: in front of the others, or beside them. */
export async function openFile(
  file: string,
  column = vscode.ViewColumn.One,
  name = "backend",
): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.find((each) => each.name === name);
  if (folder === undefined) throw new Error(`the editor has no folder ${name} open`);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, file));
  await vscode.window.showTextDocument(document, { preview: false, viewColumn: column });
  return document;
}

/** What Holdfast says about a document, in the order of the text. */
export function findingsIn(document: vscode.TextDocument): readonly vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter((it) => it.source === "holdfast")
    .sort((a, b) => a.range.start.compareTo(b.range.start));
}

/** The only finding whose squiggle is `text`. */
export function findingAt(document: vscode.TextDocument, text: string): vscode.Diagnostic {
  const [finding, ...others] = findingsIn(document).filter((it) => document.getText(it.range) === text);
  if (finding === undefined || others.length > 0)
    throw new Error(`not one finding at "${text}", but: ${allFindings()}`);
  return finding;
}

/** A rule's id as a diagnostic carries it, with or without a link to its page. */
export function ruleOf(finding: vscode.Diagnostic): string {
  return String(typeof finding.code === "object" ? finding.code.value : finding.code);
}

/** Waits until these and no others are said about a document, each as `rule @ squiggled text`. */
export function untilFound(document: vscode.TextDocument, expected: readonly string[]): Promise<void> {
  const said = (): string =>
    findingsIn(document)
      .map((it) => `${ruleOf(it)} @ ${document.getText(it.range)}`)
      .join("; ");
  const wanted = expected.join("; ");
  const name = vscode.workspace.asRelativePath(document.uri);
  return until(`${name} shows [${wanted}]`, () => said() === wanted);
}

/** Waits until `settled` holds, asking again and again. When patience ends it rejects with what was waited for and what Holdfast says instead. */
export async function until(saying: string, settled: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await settled())) {
    if (Date.now() > end) throw new Error(`waited in vain until ${saying}; Holdfast says: ${allFindings()}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Below the limit of a case, so that the reason is told instead of the limit. */
const PATIENCE_MS = 30_000;
const POLL_MS = 25;

/** Replaces the first occurrence of `text` as typing would: the file on disk stays as it is. */
export async function replaceText(document: vscode.TextDocument, text: string, by: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, text), by);
  if (!(await vscode.workspace.applyEdit(edit)))
    throw new Error(`the editor refused to replace ${JSON.stringify(text)}`);
}

/** Where `text` first stands. */
export function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const start = document.getText().indexOf(text);
  if (start < 0)
    throw new Error(`${vscode.workspace.asRelativePath(document.uri)} does not contain ${JSON.stringify(text)}`);
  return new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
}

/** Takes back every unsaved edit and closes all files. */
export async function putEverythingBack(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter((it) => it.isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

/** The quick fixes offered at a finding's squiggle for that very finding, with their edits. */
export async function fixesFor(
  document: vscode.TextDocument,
  finding: vscode.Diagnostic,
): Promise<readonly vscode.CodeAction[]> {
  const actions = await actionsAt(document, finding.range);
  return actions.filter((it) => it.edit !== undefined);
}

/** What the light bulb offers at a place, with its edits; of these kinds. Right after a change VS Code gives up what it was asked: then it is asked again. */
export async function actionsAt(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind = vscode.CodeActionKind.QuickFix.value,
): Promise<readonly vscode.CodeAction[]> {
  let actions: readonly vscode.CodeAction[] | null = null;
  await until("it says what can be done", async () => {
    try {
      actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        document.uri,
        range,
        kind,
        RESOLVE_UP_TO,
      );
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "Canceled") throw error;
    }
    return actions !== null;
  });
  return actions ?? [];
}

/** Edits are computed when an action is resolved; this many of them are. */
const RESOLVE_UP_TO = 20;

/** The text of everything hovering at a place shows, apart from the diagnostics themselves; Markdown without its backslashes. */
export async function hoverAt(document: vscode.TextDocument, place: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    place,
  );
  const parts = hovers.flatMap((it) => it.contents.map((part) => (typeof part === "string" ? part : part.value)));
  return parts.join("\n").replaceAll(/\\([^\w\s])|\\(_)/g, "$1$2");
}

function allFindings(): string {
  const said = vscode.languages
    .getDiagnostics()
    .flatMap(([uri, all]) =>
      all
        .filter((it) => it.source === "holdfast")
        .map(
          (it) =>
            `${vscode.workspace.asRelativePath(uri)}:${it.range.start.line + 1}:${it.range.start.character + 1}-${it.range.end.character + 1} ${ruleOf(it)} ${it.message}`,
        ),
    );
  return said.length > 0 ? said.join("; ") : "nothing";
}
