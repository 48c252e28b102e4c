/** The commands of the extension: those of the palette, and those that actions, links and lenses of the server name. */
import {
  commands,
  type Disposable,
  l10n,
  Position,
  ProgressLocation,
  type Uri,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { Pages } from "./pages.ts";
import { type PathStep, PathView, type Place } from "./path-view.ts";

/** Commands that the server may name. */
export const SERVER_COMMANDS: readonly string[] = [
  "holdfast.explainRule",
  "holdfast.addReason",
  "holdfast.saveSettings",
  "holdfast.showPath",
];

export function registerCommands(client: BaseLanguageClient, pages: Pages): readonly Disposable[] {
  const toEditor = (address: string): Uri => client.protocol2CodeConverter.asUri(address);
  const paths = new PathView(toEditor);
  return [
    paths,
    commands.registerCommand("holdfast.explainRule", (rule?: unknown) => pages.explainRule(rule)),
    commands.registerCommand("holdfast.addReason", (uri: string, place: Place) => addReason(toEditor(uri), place)),
    commands.registerCommand("holdfast.saveSettings", (uri: string) => saveSettings(toEditor(uri))),
    commands.registerCommand("holdfast.showPath", (uri?: string, place?: Place) => showPath(client, paths, uri, place)),
    commands.registerCommand("holdfast.whatIsKnown", () => showKnown(client, pages)),
    commands.registerCommand("holdfast.createBaseline", () => createBaseline(client)),
    commands.registerCommand("holdfast.printDebugInformation", async () => {
      const document = window.activeTextEditor?.document;
      const uri = document ? client.code2ProtocolConverter.asUri(document.uri) : null;
      const content = await client.sendRequest<string>("holdfast/debug", { uri });
      await window.showTextDocument(await workspace.openTextDocument({ language: "markdown", content }));
    }),
  ];
}

/** Asks why a finding may stay, and writes the answer behind the comment that was just written. No answer leaves the comment as it is. */
async function addReason(uri: Uri, place: Place): Promise<void> {
  const prompt = l10n.t("Why may this stay? The reason stands behind the comment. Press Escape for none.");
  const reason = (await window.showInputBox({ prompt, ignoreFocusOut: true }))?.replace(/\s+/g, " ").trim();
  if (!reason) return;
  const document = await workspace.openTextDocument(uri);
  // Somebody may have typed on meanwhile.
  const end = document.lineAt(Math.min(place.line, document.lineCount - 1)).range.end;
  if (!document.lineAt(end.line).text.includes("holdfast:")) return;
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, new Position(end.line, Math.min(place.character, end.character)), ` ${reason}`);
  await workspace.applyEdit(edit);
}

/** Settings count when they are on disk. */
async function saveSettings(uri: Uri): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  await document.save();
}

/** Shows each way to what a function waits for. Without an address: of the function, or the call, under the cursor. */
async function showPath(client: BaseLanguageClient, paths: PathView, address?: string, place?: Place): Promise<void> {
  const editor = window.activeTextEditor;
  const uri = address ?? (editor && client.code2ProtocolConverter.asUri(editor.document.uri));
  const position = place ?? editor?.selection.active;
  if (uri === undefined || position === undefined) return;
  const { line, character } = position;
  const steps = await client.sendRequest<readonly PathStep[]>("holdfast/paths", {
    textDocument: { uri },
    position: { line, character },
  });
  if (steps.length === 0) void window.showInformationMessage(l10n.t("Nothing here waits, as far as Holdfast knows."));
  else await paths.show(steps);
}

async function showKnown(client: BaseLanguageClient, pages: Pages): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined) return;
  const { line, character } = editor.selection.active;
  const text = await client.sendRequest<string>("holdfast/knows", {
    textDocument: { uri: client.code2ProtocolConverter.asUri(editor.document.uri) },
    position: { line, character },
  });
  await pages.show("/What Holdfast knows.md", text);
}

/** As the server has it: a file to be written, or a reason why there is none. */
interface NewBaseline {
  readonly uri: string;
  readonly text?: string;
  readonly findings?: number;
  readonly refused?: string;
}

/** Writes down what is found now, so that from then on only what is new is shown. */
async function createBaseline(client: BaseLanguageClient): Promise<void> {
  const title = l10n.t("Holdfast: looking at the whole workspace");
  const files = await window.withProgress({ location: ProgressLocation.Notification, title }, () =>
    client.sendRequest<readonly NewBaseline[]>("holdfast/baseline"),
  );
  if (files.length === 0) void window.showInformationMessage(l10n.t("There is no folder to make a baseline for."));
  for (const { uri: address, text, findings = 0, refused } of files) {
    const uri = client.protocol2CodeConverter.asUri(address);
    if (text === undefined) {
      void window.showWarningMessage(l10n.t("Holdfast: {0}", refused ?? ""));
      continue;
    }
    await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    const path = workspace.asRelativePath(uri);
    const open = l10n.t("Open");
    const said = l10n.t("{0} knows {1} findings now. Commit it; only others are shown from here on.", path, findings);
    void window.showInformationMessage(said, open).then(async (chosen) => {
      if (chosen !== undefined) await window.showTextDocument(uri);
    });
  }
}
