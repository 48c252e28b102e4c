/**
 * `textDocument/codeAction` and its resolve: the cures of the findings under the cursor, and of those whose cause stands there, and a comment for
 * findings a person has decided to keep.
 *
 * A cure that turns out not to apply is not offered. Where the client can ask for the edit later, it is computed then, against the text of then.
 */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type TextEdit as LspTextEdit,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { Finding, Fix, TextEdit } from "../lint/finding.ts";
import type { ClientAbilities } from "./capabilities.ts";
import { toDiagnostic } from "./diagnostic.ts";
import { answering, logError, nextTurn } from "./handlers.ts";
import { ignoringComment } from "./ignoring-comment.ts";
import { toRange, toSpan } from "./lsp.ts";
import { type RootCause, rootCausesAt } from "./root-causes.ts";
import type { Session } from "./session.ts";
import type { CheckedFile } from "./workspace.ts";

export function installCodeActions(session: Session): void {
  const { connection, client, workspace } = session;
  if (!client.codeActionLiterals) return;
  connection.onCodeAction(
    answering<CodeActionParams, CodeAction[]>(connection, "code actions", [], async (params, token) => {
      const { textDocument, range, context } = params;
      if (context.only !== undefined && !context.only.some(wantsQuickFixes)) return [];
      await nextTurn(token);
      const checked = await workspace.check(textDocument.uri);
      if (checked === null) return [];
      const wanted = toSpan(checked.file, range, client.encoding);
      const touched = checked.findings.filter(({ span }) => span.start <= wanted.end && wanted.start <= span.end);
      const causes = await rootCausesAt(wanted, checked, workspace, touched);
      return [
        ...touched.flatMap((finding) => actionsFor(finding, checked, context.diagnostics, session)),
        ...causes.flatMap((cause) => actionAtRoot(cause, session)),
      ];
    }),
  );
  if (!client.resolvesEdits) return;
  connection.onCodeActionResolve(async (action, token) => {
    const resolve = answering<CodeAction, CodeAction>(connection, "resolving a code action", action, async () => {
      await nextTurn(token);
      const target = readTarget(action.data);
      const checked = target && (await workspace.check(target.uri));
      const finding = checked?.findings.find(({ fingerprint }) => fingerprint === target?.fingerprint);
      if (!target || !checked || !finding) return action;
      const edits = editsOf(target.cure, finding, checked);
      return edits === null ? action : { ...action, edit: toWorkspaceEdit(edits, checked, client) };
    });
    return (await resolve(action, token)) as CodeAction;
  });
}

/** Which fix of a finding, by its index, or the comment that silences it. */
type Cure = number | "ignore";

/** What an action carries until it is resolved. */
interface Target {
  readonly uri: string;
  readonly fingerprint: string;
  readonly cure: Cure;
}

function wantsQuickFixes(kind: string): boolean {
  return kind === "" || CodeActionKind.QuickFix === kind || CodeActionKind.QuickFix.startsWith(`${kind}.`);
}

function actionsFor(
  finding: Finding,
  checked: CheckedFile,
  known: readonly Diagnostic[],
  { client, connection }: Session,
): CodeAction[] {
  const own = toDiagnostic(finding, checked, client);
  const diagnostic = known.find((each) => sameFinding(each, own)) ?? own;
  const offered = finding.fixes.flatMap((fix, cure) => {
    const edits = attempt(fix, (error) => logError(connection, `fix "${fix.title}" of ${finding.rule}`, error));
    return edits === null || edits.length === 0
      ? []
      : [{ title: fix.title, safe: fix.safe, cure: cure as Cure, edits }];
  });
  const preferred = offered.find(({ safe }) => safe);
  // Finding a place for the comment takes an analysis; where that can wait until the action is chosen, it waits.
  const comment = client.resolvesEdits ? [] : ignoringComment(finding, checked.file, checked.project);
  const all = [
    ...offered,
    ...(comment && !finding.rule.startsWith("holdfast/")
      ? [{ title: ignoreTitle(finding), safe: false, cure: "ignore" as Cure, edits: comment }]
      : []),
  ];
  return all.map((each) => ({
    title: each.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    ...(client.preferredActions && each === preferred && { isPreferred: true }),
    ...(client.resolvesEdits
      ? { data: { uri: checked.uri, fingerprint: finding.fingerprint, cure: each.cure } satisfies Target }
      : { edit: toWorkspaceEdit(each.edits, checked, client) }),
  }));
}

/** The fix of a finding elsewhere, offered where its cause stands: without the diagnostic, which the document does not show. */
function actionAtRoot({ finding, checked, fix: cure }: RootCause, { client, connection }: Session): CodeAction[] {
  const fix = finding.fixes[cure]!;
  const edits = attempt(fix, (error) => logError(connection, `fix "${fix.title}" of ${finding.rule}`, error));
  if (edits === null || edits.length === 0) return [];
  const later = { data: { uri: checked.uri, fingerprint: finding.fingerprint, cure } satisfies Target };
  const edit = client.resolvesEdits ? later : { edit: toWorkspaceEdit(edits, checked, client) };
  return [{ title: fix.title, kind: CodeActionKind.QuickFix, ...edit }];
}

/** A fix that throws is one that does not apply. */
function attempt(fix: Fix, failed: (error: unknown) => void): readonly TextEdit[] | null {
  try {
    return fix.edits();
  } catch (error) {
    failed(error);
    return null;
  }
}

function ignoreTitle({ rule }: Finding): string {
  return `Ignore this finding with a comment (${rule})`;
}

function sameFinding(a: Diagnostic, b: Diagnostic): boolean {
  if (a.source !== b.source || a.code !== b.code) return false;
  if (a.data !== undefined && b.data !== undefined) return a.data === b.data;
  return JSON.stringify(a.range) === JSON.stringify(b.range);
}

function editsOf(cure: Cure, finding: Finding, checked: CheckedFile): readonly TextEdit[] | null {
  if (cure === "ignore") return ignoringComment(finding, checked.file, checked.project);
  return finding.fixes[cure]?.edits() ?? null;
}

/** Per document, with the version the edits were computed for where the client can check it. Edits to files that have gone are left out. */
function toWorkspaceEdit(edits: readonly TextEdit[], checked: CheckedFile, client: ClientAbilities): WorkspaceEdit {
  const byFile = new Map<string, LspTextEdit[]>();
  for (const edit of edits) {
    const file = checked.project.file(edit.file);
    if (file === undefined) continue;
    const list = byFile.get(edit.file) ?? [];
    list.push({ range: toRange(file, edit.span, client.encoding), newText: edit.text });
    byFile.set(edit.file, list);
  }
  if (!client.documentChanges) {
    return { changes: Object.fromEntries([...byFile].map(([file, list]) => [checked.uriOf(file), list])) };
  }
  const documentChanges = [...byFile].map(
    ([file, list]): TextDocumentEdit => ({
      textDocument: { uri: checked.uriOf(file), version: checked.versionOf(file) },
      edits: list,
    }),
  );
  return { documentChanges };
}

function readTarget(data: unknown): Target | null {
  if (typeof data !== "object" || data === null) return null;
  const { uri, fingerprint, cure } = data as Record<string, unknown>;
  if (typeof uri !== "string" || typeof fingerprint !== "string") return null;
  return typeof cure === "number" || cure === "ignore" ? { uri, fingerprint, cure } : null;
}
