/** The commands of the extension: those of the palette, and those that actions, links and lenses of the server name. */
import {
  commands,
  type Disposable,
  l10n,
  Position,
  type QuickPickItem,
  Range,
  type TextEditor,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { Pages } from "./pages.ts";

/** Commands that the server may name. */
export const SERVER_COMMANDS: readonly string[] = [
  "holdfast.explainRule",
  "holdfast.addReason",
  "holdfast.saveSettings",
  "holdfast.showPath",
];

/** A step of a way as the server tells it; places in the protocol's form. */
interface PathStep {
  readonly uri: string;
  readonly range: { readonly start: Place; readonly end: Place };
  readonly depth: number;
  readonly text: string;
  readonly place: string;
}

interface Place {
  readonly line: number;
  readonly character: number;
}

export function registerCommands(client: BaseLanguageClient, pages: Pages): readonly Disposable[] {
  return [
    commands.registerCommand("holdfast.explainRule", (rule?: unknown) => pages.explainRule(rule)),
    commands.registerCommand("holdfast.addReason", addReason),
    commands.registerCommand("holdfast.saveSettings", saveSettings),
    commands.registerCommand("holdfast.showPath", (uri?: string, place?: Place) => showPath(client, uri, place)),
    commands.registerCommand("holdfast.whatIsKnown", () => showKnown(client, pages)),
    commands.registerCommand("holdfast.printDebugInformation", async () => {
      const uri = window.activeTextEditor?.document.uri.toString() ?? null;
      const content = await client.sendRequest<string>("holdfast/debug", { uri });
      await window.showTextDocument(await workspace.openTextDocument({ language: "markdown", content }));
    }),
  ];
}

/** Asks why a finding may stay, and writes the answer behind the comment that was just written. No answer leaves the comment as it is. */
async function addReason(address: string, place: Place): Promise<void> {
  const prompt = l10n.t("Why may this stay? The reason stands behind the comment. Press Escape for none.");
  const reason = (await window.showInputBox({ prompt, ignoreFocusOut: true }))?.replace(/\s+/g, " ").trim();
  if (!reason) return;
  const document = await workspace.openTextDocument(Uri.parse(address));
  // Somebody may have typed on meanwhile.
  const end = document.lineAt(Math.min(place.line, document.lineCount - 1)).range.end;
  if (!document.lineAt(end.line).text.includes("holdfast:")) return;
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, new Position(end.line, Math.min(place.character, end.character)), ` ${reason}`);
  await workspace.applyEdit(edit);
}

/** Settings count when they are on disk. */
async function saveSettings(address: string): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(address));
  await document.save();
}

/** Each way to what a function waits for, as a list; moving in it shows the place. */
async function showPath(client: BaseLanguageClient, address?: string, place?: Place): Promise<void> {
  const editor = window.activeTextEditor;
  const uri = address ?? editor?.document.uri.toString();
  const position = place ?? editor?.selection.active;
  if (uri === undefined || position === undefined) return;
  const { line, character } = position;
  const steps = await client.sendRequest<readonly PathStep[]>("holdfast/paths", {
    textDocument: { uri },
    position: { line, character },
  });
  if (steps.length === 0) {
    void window.showInformationMessage(l10n.t("Nothing here waits, as far as Holdfast knows."));
    return;
  }
  const items = steps.map((step) => ({
    label: `${"    ".repeat(step.depth)}${step.text}`,
    description: step.place,
    step,
  }));
  const chosen = await window.showQuickPick<QuickPickItem & { step: PathStep }>(items, {
    title: l10n.t("What it waits for"),
    matchOnDescription: true,
    onDidSelectItem: (item) => void reveal((item as (typeof items)[number]).step, true),
  });
  if (chosen) await reveal(chosen.step, false);
  else if (editor) await window.showTextDocument(editor.document, { selection: editor.selection });
}

function reveal({ uri, range: { start, end } }: PathStep, isPreview: boolean): Thenable<TextEditor> {
  const selection = new Range(start.line, start.character, end.line, end.character);
  return window.showTextDocument(Uri.parse(uri), { selection, preview: isPreview, preserveFocus: isPreview });
}

async function showKnown(client: BaseLanguageClient, pages: Pages): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined) return;
  const { line, character } = editor.selection.active;
  const text = await client.sendRequest<string>("holdfast/knows", {
    textDocument: { uri: editor.document.uri.toString() },
    position: { line, character },
  });
  await pages.show("/What Holdfast knows.md", text);
}
