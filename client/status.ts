/** The status item beside the language mode: what Holdfast is doing, and how much it has found. */
import {
  type Command,
  type Disposable,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  l10n,
  languages,
  type TextDocument,
  window,
} from "vscode";
import { checkedDocuments } from "./selector.ts";

/** What the server sends as `holdfast/status`. Counts are of the whole workspace: Python files known, findings in open documents. */
export interface StatusParams {
  readonly state: "starting" | "indexing" | "ready" | "error";
  readonly files?: number;
  readonly findings?: number;
  readonly message?: string;
}

/** What it says of the document in front: null where that is not checked. */
type FileStatus = { readonly findings: number; readonly milliseconds: number } | null;

export class StatusItem implements Disposable {
  private readonly item: LanguageStatusItem;
  private status: StatusParams = { state: "starting" };
  private ask: ((document: TextDocument) => Promise<FileStatus>) | null = null;

  /** `schemes`: of the addresses of files that are checked. */
  constructor(schemes: readonly string[]) {
    this.item = languages.createLanguageStatusItem("holdfast.status", checkedDocuments(schemes));
    this.item.name = "Holdfast";
    this.show({ state: "starting" });
  }

  /** Tells of the document in front, too, from now on. `ask`: how it stands with a document. */
  follow(ask: (document: TextDocument) => Promise<FileStatus>): Disposable {
    this.ask = ask;
    return window.onDidChangeActiveTextEditor(() => this.tellOfFile());
  }

  show(status: StatusParams): void {
    this.status = status;
    this.item.text = textOf(status);
    this.item.detail = detailOf(status);
    this.item.busy = status.state === "starting" || status.state === "indexing";
    this.item.severity = status.state === "error" ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    this.item.command = status.state === "error" ? RESTART : SHOW_OUTPUT;
    this.item.accessibilityInformation = { label: `Holdfast: ${textOf(status)}, ${detailOf(status)}` };
    void this.tellOfFile();
  }

  private async tellOfFile(): Promise<void> {
    const { status } = this;
    const document = window.activeTextEditor?.document;
    if (this.ask === null || status.state !== "ready" || document?.languageId !== "python") return;
    const file = await this.ask(document).catch(() => undefined);
    // Something else is in front by now, or something else has happened.
    if (file === undefined || this.status !== status || window.activeTextEditor?.document !== document) return;
    const name = document.uri.path.split("/").at(-1)!;
    this.item.severity = file === null ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
    this.item.detail =
      file === null
        ? l10n.t("{0} is not checked: excluded, ignored by Git, or off", name)
        : l10n.t("{0} in {1} ({2} ms); {3} files known", file.findings, name, file.milliseconds, status.files ?? 0);
  }

  dispose(): void {
    this.item.dispose();
  }
}

const SHOW_OUTPUT: Command = { command: "holdfast.showOutput", title: l10n.t("Show Output") };
const RESTART: Command = { command: "holdfast.restart", title: l10n.t("Restart") };

function textOf({ state, findings = 0 }: StatusParams): string {
  switch (state) {
    case "starting":
      return l10n.t("Holdfast is starting");
    case "indexing":
      return l10n.t("Holdfast is reading the project");
    case "error":
      return l10n.t("$(error) Holdfast");
    case "ready":
      return findings === 0 ? l10n.t("$(check) Holdfast: nothing found") : `$(warning) Holdfast: ${counted(findings)}`;
  }
}

function detailOf({ state, files = 0, message }: StatusParams): string {
  if (message !== undefined && message !== "") return message;
  if (state === "starting") return "";
  return files === 1
    ? l10n.t("in open files; 1 Python file known")
    : l10n.t("in open files; {0} Python files known", files);
}

function counted(findings: number): string {
  return findings === 1 ? l10n.t("1 finding") : l10n.t("{0} findings", findings);
}
