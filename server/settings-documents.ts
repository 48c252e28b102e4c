/** `pyproject.toml` and `holdfast.toml` as documents: what is wrong in them as diagnostics, and a word that was meant as a fix. */
import { basename, dirname, sep } from "node:path";
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  type Range,
} from "vscode-languageserver";
import type { Span } from "../analysis/index.ts";
import { saidInVain } from "../host/nested-settings.ts";
import { nestedSettings, SETTINGS_FILES } from "../host/settings.ts";
import { complaintsAbout } from "../host/settings-text.ts";
import { rules } from "../rules/index.ts";
import type { ClientAbilities } from "./capabilities.ts";
import type { OpenDocument } from "./documents.ts";
import { nameOfUri, pathOfUri, toRange, toSpan } from "./lsp.ts";
import type { Workspace } from "./workspace.ts";

/** The settings file that is open under this address; undefined where it is something else. */
export function settingsDocument(uri: string, workspace: Workspace): OpenDocument | undefined {
  return SETTINGS_FILES.includes(nameOfUri(uri)) ? workspace.document(uri) : undefined;
}

/** Mistakes in the file, and, where a project around it is open, what it says in vain. */
export function settingsDiagnostics(
  document: OpenDocument,
  workspace: Workspace,
  client: ClientAbilities,
): Diagnostic[] {
  const about = (span: Span, severity: DiagnosticSeverity, message: string): Diagnostic => ({
    range: toRange(document, span, client.encoding),
    severity,
    source: "holdfast",
    code: "settings",
    message,
  });
  const mistakes = complaintsAbout(document.text, nameOfUri(document.uri), rules).map(({ span, message, remedy }) =>
    about(span, DiagnosticSeverity.Error, `${message}; ${remedy}`),
  );
  const vain = inVain(document, workspace).map(({ span, message }) => about(span, DiagnosticSeverity.Warning, message));
  return [...mistakes, ...vain];
}

/** As the file was saved; where the text has moved since, nothing is said. */
function inVain(document: OpenDocument, workspace: Workspace): { readonly span: Span; readonly message: string }[] {
  const path = pathOfUri(document.uri);
  if (path === null) return [];
  return workspace.projects.flatMap(({ root, settings }) => {
    if (root === null || !dirname(path).startsWith(`${root}${sep}`)) return [];
    return saidInVain(root, settings, nestedSettings(settings, [path])).flatMap((remark) => {
      const { line, key, message, remedy } = remark;
      if (remark.path !== path || line === null) return [];
      const name = key.slice(key.lastIndexOf(".") + 1);
      const from = document.lineStarts[line - 1] ?? document.text.length;
      const column = document.text.slice(from, document.lineStarts[line]).search(new RegExp(`\\b${name}\\b`));
      if (column < 0) return [];
      const start = from + column;
      return [{ span: { start, end: start + name.length }, message: `${message}; ${remedy}` }];
    });
  });
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
