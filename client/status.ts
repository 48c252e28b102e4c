/** The status item beside the language mode: what Holdfast is doing, and how much it has found. */
import {
  type Command,
  type Disposable,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  l10n,
  languages,
} from "vscode";
import { checkedDocuments } from "./selector.ts";

/** What the server sends as `holdfast/status`. Counts are of the whole workspace: Python files known, findings in open documents. */
export interface StatusParams {
  readonly state: "starting" | "indexing" | "ready" | "error";
  readonly files?: number;
  readonly findings?: number;
  readonly message?: string;
}

export class StatusItem implements Disposable {
  private readonly item: LanguageStatusItem;

  /** `schemes`: of the addresses of files that are checked. */
  constructor(schemes: readonly string[]) {
    this.item = languages.createLanguageStatusItem("holdfast.status", checkedDocuments(schemes));
    this.item.name = "Holdfast";
    this.show({ state: "starting" });
  }

  show(status: StatusParams): void {
    this.item.text = textOf(status);
    this.item.detail = detailOf(status);
    this.item.busy = status.state === "starting" || status.state === "indexing";
    this.item.severity = status.state === "error" ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    this.item.command = status.state === "error" ? RESTART : SHOW_OUTPUT;
    this.item.accessibilityInformation = { label: `Holdfast: ${textOf(status)}, ${detailOf(status)}` };
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
      if (findings === 0) return l10n.t("$(check) Holdfast: nothing found");
      return findings === 1
        ? l10n.t("$(warning) Holdfast: 1 finding")
        : l10n.t("$(warning) Holdfast: {0} findings", findings);
  }
}

function detailOf({ state, files = 0, message }: StatusParams): string {
  if (message !== undefined && message !== "") return message;
  if (state === "starting") return "";
  return files === 1
    ? l10n.t("in open files; 1 Python file known")
    : l10n.t("in open files; {0} Python files known", files);
}
