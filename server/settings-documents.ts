/** `pyproject.toml` and `holdfast.toml` as documents: what is wrong in them as diagnostics, and a word that was meant as a fix. */
import { basename } from "node:path";
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  type Range,
} from "vscode-languageserver";
import { SETTINGS_FILES } from "../host/settings.ts";
import { complaintsAbout } from "../host/settings-text.ts";
import { rules } from "../rules/index.ts";
import type { ClientAbilities } from "./capabilities.ts";
import type { OpenDocument } from "./documents.ts";
import { nameOfUri, toRange, toSpan } from "./lsp.ts";
import type { Workspace } from "./workspace.ts";

/** The settings file that is open under this address; undefined where it is something else. */
export function settingsDocument(uri: string, workspace: Workspace): OpenDocument | undefined {
  return SETTINGS_FILES.includes(nameOfUri(uri)) ? workspace.document(uri) : undefined;
}

export function settingsDiagnostics(document: OpenDocument, client: ClientAbilities): Diagnostic[] {
  return complaintsAbout(document.text, nameOfUri(document.uri), rules).map(({ span, message, remedy }) => ({
    range: toRange(document, span, client.encoding),
    severity: DiagnosticSeverity.Error,
    source: "holdfast",
    code: "settings",
    message: `${message}; ${remedy}`,
  }));
}

/** For each mistake at `range` whose remedy names one word to write instead, the edit that writes it. */
export function settingsActions(document: OpenDocument, range: Range, client: ClientAbilities): CodeAction[] {
  const wanted = toSpan(document, range, client.encoding);
  return complaintsAbout(document.text, basename(nameOfUri(document.uri)), rules).flatMap((complaint): CodeAction[] => {
    const { span, remedy } = complaint;
    const meant = /^did you mean ("[^"]+")\?/.exec(remedy)?.[1];
    const written = document.text.slice(span.start, span.end);
    if (meant === undefined || span.end < wanted.start || wanted.end < span.start) return [];
    // Keys may stand without quotes, and then so does what replaces them.
    const bare = /^[\w-]+$/.test(written);
    if (!bare && !/^(["']).*\1$/.test(written)) return [];
    const newText = bare && /^"[\w-]+"$/.test(meant) ? meant.slice(1, -1) : meant;
    const change = { range: toRange(document, span, client.encoding), newText };
    const { uri, version } = document;
    const edit = client.documentChanges
      ? { documentChanges: [{ textDocument: { uri, version }, edits: [change] }] }
      : { changes: { [uri]: [change] } };
    return [{ title: `Write ${newText}`, kind: CodeActionKind.QuickFix, isPreferred: true, edit }];
  });
}
