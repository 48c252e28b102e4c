/**
 * Pages of rules, and what Holdfast knows about a line, as documents that exist in the editor alone. Their text comes from the server, so that it is that of
 * the version that found the finding, and nothing is fetched from anywhere.
 */
import { commands, type Disposable, EventEmitter, Uri, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";

const SCHEME = "holdfast";

export class Pages implements Disposable {
  private readonly changed = new EventEmitter<Uri>();
  private readonly texts = new Map<string, string>();
  private readonly registration: Disposable;
  private readonly client: BaseLanguageClient;

  constructor(client: BaseLanguageClient) {
    this.client = client;
    this.registration = workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: this.changed.event,
      provideTextDocumentContent: async (uri) => this.texts.get(uri.path) ?? (await this.ruleText(ruleOf(uri))) ?? "",
    });
  }

  /** Opens the page of a rule beside the code; without one, lets a person choose. */
  async explainRule(rule?: unknown): Promise<void> {
    const id = typeof rule === "string" ? rule : await this.chooseRule();
    if (id === undefined) return;
    const text = await this.ruleText(id);
    if (text === null) return;
    await this.show(`/${id}.md`, text);
  }

  /** Shows Markdown under a path such as `/what-is-known.md`. */
  async show(path: string, text: string): Promise<void> {
    const uri = Uri.from({ scheme: SCHEME, path });
    this.texts.set(path, text);
    this.changed.fire(uri);
    try {
      await commands.executeCommand("markdown.showPreviewToSide", uri);
    } catch {
      // The Markdown extension can be switched off.
      await window.showTextDocument(uri, { preview: true, viewColumn: -2 });
    }
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }

  private async chooseRule(): Promise<string | undefined> {
    const rules = await this.client.sendRequest<readonly { id: string; summary: string }[]>("holdfast/rules");
    const items = rules.map(({ id, summary }) => ({ label: id, detail: summary }));
    return (await window.showQuickPick(items, { matchOnDetail: true }))?.label;
  }

  private async ruleText(rule: string): Promise<string | null> {
    return this.client.sendRequest<string | null>("holdfast/explain", { rule });
  }
}

function ruleOf({ path }: Uri): string {
  return path.replace(/^\//, "").replace(/\.md$/, "");
}
