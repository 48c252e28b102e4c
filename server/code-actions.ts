/**
 * `textDocument/codeAction` and its resolve: what can be done about the findings under the cursor, and about those whose cause stands there.
 *
 * The order is that of how good it is for the program: cure this one, cure all of its rule, cure everything; then understand it; and last, keep it, on its
 * line, in its function, in its file, everywhere. A cure that turns out not to apply is not offered. Where the client can ask for the edit later, it is
 * computed then, against the text of then.
 */

import { basename } from "node:path";
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Command,
  type Diagnostic,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { lineStartsOf } from "../analysis/index.ts";
import type { Finding, Fix, TextEdit } from "../lint/finding.ts";
import type { Scope } from "../lint/suppress.ts";
import { bulkFix, fixableIn } from "./bulk-fixes.ts";
import { FIX_ALL } from "./capabilities.ts";
import { toDiagnostic } from "./diagnostic.ts";
import { answering, logError, nextTurn } from "./handlers.ts";
import { functionAround, ignoringComment } from "./ignoring-comment.ts";
import { toPosition, toSpan } from "./lsp.ts";
import { type RootCause, rootCausesAt } from "./root-causes.ts";
import type { Session } from "./session.ts";
import { settingsActions, settingsDocument } from "./settings-documents.ts";
import type { CheckedFile } from "./workspace.ts";
import { settingsFileOf, switchedOff, toWorkspaceEdit } from "./workspace-edit.ts";

export function installCodeActions(session: Session): void {
  const { connection, client, workspace } = session;
  if (!client.codeActionLiterals) return;
  connection.onCodeAction(
    answering<CodeActionParams, CodeAction[]>(connection, "code actions", [], async (params, token) => {
      const { textDocument, range, context } = params;
      const wantsFixes =
        context.only === undefined || context.only.some((kind) => covers(kind, CodeActionKind.QuickFix));
      const wantsAll = context.only?.some((kind) => covers(kind, FIX_ALL)) ?? false;
      if (!wantsFixes && !wantsAll) return [];
      await nextTurn(token);
      const settings = settingsDocument(textDocument.uri, workspace);
      if (settings) return wantsFixes ? settingsActions(settings, range, client) : [];
      const checked = await workspace.check(textDocument.uri);
      if (checked === null) return [];
      const all = wantsAll ? fixAllAction(checked, session) : [];
      if (!wantsFixes) return all;
      const wanted = toSpan(checked.file, range, client.encoding);
      const touched = checked.findings.filter(({ span }) => span.start <= wanted.end && wanted.start <= span.end);
      const causes = await rootCausesAt(wanted, checked, workspace, touched);
      const atCauses = causes.flatMap((cause) => actionAtRoot(cause, session));
      return [...actionsFor(touched, checked, context.diagnostics, session), ...atCauses, ...all];
    }),
  );
  if (!client.resolvesEdits) return;
  connection.onCodeActionResolve(async (action, token) => {
    const resolve = answering<CodeAction, CodeAction>(connection, "resolving a code action", action, async () => {
      await nextTurn(token);
      const target = readTarget(action.data);
      const checked = target && (await workspace.check(target.uri));
      const finding = checked?.findings.find(({ fingerprint }) => fingerprint === target?.fingerprint);
      if (!target || !checked || (!finding && target.cure !== "fix-all")) return action;
      return { ...action, ...outcomeOf(target.cure, finding ?? null, checked, session) };
    });
    return (await resolve(action, token)) as CodeAction;
  });
}

/** Which fix of a finding, by its index; all fixes of its rule or of the file; a comment that silences it; or its rule switched off. */
type Cure = number | "fix-rule" | "fix-all" | `ignore-${Scope}` | "switch-off";

/** What an action carries until it is resolved. */
interface Target {
  readonly uri: string;
  /** Empty for `fix-all`. */
  readonly fingerprint: string;
  readonly cure: Cure;
}

/** What choosing an action does. The command runs after the edit. */
type Outcome = Pick<CodeAction, "edit" | "command">;

interface Offer {
  readonly title: string;
  readonly cure: Cure;
  readonly finding: Finding;
  readonly preferred?: boolean;
}

function covers(asked: string, kind: string): boolean {
  return asked === "" || asked === kind || kind.startsWith(`${asked}.`);
}

function actionsFor(
  touched: readonly Finding[],
  checked: CheckedFile,
  known: readonly Diagnostic[],
  session: Session,
): CodeAction[] {
  const { client } = session;
  // One for each rule is enough where an action is about the rule.
  const perRule = touched.filter(({ rule }, i) => touched.findIndex((each) => each.rule === rule) === i);
  const keepable = touched.filter(({ rule }) => !rule.startsWith("holdfast/"));
  const ruleOnce = perRule.filter((each) => keepable.includes(each));
  const offers: Offer[] = [...touched.flatMap((finding) => fixesOf(finding, session)), ...bulkOffers(perRule, checked)];
  const keeping: Offer[] = [
    ...keepable.map((finding) => ignoring(finding, "line", "here")),
    ...ruleOnce.flatMap((finding) => {
      const name = functionAround(finding, checked.file);
      return name === null ? [] : [ignoring(finding, "function", `in ${name}`)];
    }),
    ...ruleOnce.map((finding) => ignoring(finding, "file", "in this file")),
    ...ruleOnce.flatMap((finding) => switchingOff(finding, checked)),
  ];
  const diagnosticFor = (finding: Finding): Diagnostic => {
    const own = toDiagnostic(finding, checked, client);
    return known.find((each) => sameFinding(each, own)) ?? own;
  };
  const actionFor = (offer: Offer): CodeAction[] => {
    const { title, finding, cure } = offer;
    const outcome: Pick<CodeAction, "data"> | Outcome = client.resolvesEdits
      ? { data: { uri: checked.uri, fingerprint: finding.fingerprint, cure } satisfies Target }
      : outcomeOf(cure, finding, checked, session);
    if (!("data" in outcome) && (outcome as Outcome).edit === undefined) return [];
    const preferred = client.preferredActions && offer.preferred === true && { isPreferred: true };
    return [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnosticFor(finding)], ...preferred, ...outcome }];
  };
  const explaining = perRule.flatMap((finding): CodeAction[] => {
    if (!client.commands.has("holdfast.explainRule")) return [];
    const title = `Explain ${finding.rule}`;
    const command = { title, command: "holdfast.explainRule", arguments: [finding.rule] };
    return [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnosticFor(finding)], command }];
  });
  return [...offers.flatMap(actionFor), ...explaining, ...keeping.flatMap(actionFor)];
}

function fixesOf(finding: Finding, { connection }: Session): Offer[] {
  const offered = finding.fixes.flatMap((fix, cure) => {
    const edits = attempt(fix, (error) => logError(connection, `fix "${fix.title}" of ${finding.rule}`, error));
    return edits === null || edits.length === 0
      ? []
      : [{ title: fix.title, cure: cure as Cure, finding, safe: fix.safe }];
  });
  const preferred = offered.find(({ safe }) => safe);
  return offered.map((each) => ({ ...each, preferred: each === preferred }));
}

/** Worth a line of its own only where there is more than what the fix of the finding itself does. */
function bulkOffers(findings: readonly Finding[], checked: CheckedFile): Offer[] {
  const all = fixableIn(checked);
  const ofRules = findings.flatMap((finding): Offer[] => {
    const count = all.filter(({ rule }) => rule === finding.rule).length;
    if (count < 2 || !all.some(({ rule }) => rule === finding.rule)) return [];
    return [{ title: `Fix all ${count} findings of ${finding.rule} in this file`, cure: "fix-rule", finding }];
  });
  const several = new Set(all.map(({ rule }) => rule)).size > 1;
  const first = findings.find((finding) => all.some(({ rule }) => rule === finding.rule));
  if (!several || first === undefined) return ofRules;
  return [
    ...ofRules,
    { title: `Fix all ${all.length} findings in this file that can be fixed safely`, cure: "fix-all", finding: first },
  ];
}

function ignoring(finding: Finding, scope: Scope, where: string): Offer {
  return { title: `Ignore ${finding.rule} ${where} with a comment`, cure: `ignore-${scope}`, finding };
}

function switchingOff(finding: Finding, checked: CheckedFile): Offer[] {
  const path = settingsFileOf(checked);
  return path === null
    ? []
    : [{ title: `Switch ${finding.rule} off in ${basename(path)}`, cure: "switch-off", finding }];
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

/** `source.fixAll.holdfast`, which editors run on save: its edit is computed at once, as few of them ask for it. */
function fixAllAction(checked: CheckedFile, session: Session): CodeAction[] {
  if (fixableIn(checked).length === 0) return [];
  const outcome = outcomeOf("fix-all", null, checked, session);
  return outcome.edit === undefined ? [] : [{ title: "Fix all Holdfast findings", kind: FIX_ALL, ...outcome }];
}

function outcomeOf(cure: Cure, finding: Finding | null, checked: CheckedFile, session: Session): Outcome {
  const { client, workspace, connection } = session;
  const withEdits = (edits: readonly TextEdit[] | null): Outcome =>
    edits === null || edits.length === 0 ? {} : { edit: toWorkspaceEdit(edits, checked, client) };
  if (cure === "fix-all" || (cure === "fix-rule" && finding)) {
    const meant = fixableIn(checked).filter(({ rule }) => cure === "fix-all" || rule === finding?.rule);
    return withEdits(bulkFix(meant, (text) => connection.console.info(`${checked.uri}: ${text}`)));
  }
  if (finding === null || cure === "fix-rule") return {};
  if (typeof cure === "number") return withEdits(finding.fixes[cure]?.edits() ?? null);
  if (cure === "switch-off") {
    const change = switchedOff(finding.rule, checked, workspace, client);
    return change === null ? {} : withCommand(change.edit, "holdfast.saveSettings", [change.uri], session);
  }
  const comment = ignoringComment(finding, cure.slice("ignore-".length) as Scope, checked.file, checked.project);
  if (comment === null) return {};
  const edit = toWorkspaceEdit(comment.edits, checked, client);
  if (comment.reasonAt === null) return { edit };
  const after = { text: comment.text, lineStarts: lineStartsOf(comment.text) };
  const place = toPosition(after, comment.reasonAt, "utf-16");
  return withCommand(edit, "holdfast.addReason", [checked.uri, place], session);
}

/** With what the client is to do after the edit, where it can. */
function withCommand(edit: WorkspaceEdit, command: string, args: Command["arguments"], { client }: Session): Outcome {
  if (!client.commands.has(command)) return { edit };
  return { edit, command: { title: "", command, arguments: args ?? [] } };
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

function sameFinding(a: Diagnostic, b: Diagnostic): boolean {
  if (a.source !== b.source || a.code !== b.code) return false;
  if (a.data !== undefined && b.data !== undefined) return a.data === b.data;
  return JSON.stringify(a.range) === JSON.stringify(b.range);
}

const CURES: readonly unknown[] = [
  "fix-rule",
  "fix-all",
  "ignore-line",
  "ignore-function",
  "ignore-file",
  "switch-off",
];

function readTarget(data: unknown): Target | null {
  if (typeof data !== "object" || data === null) return null;
  const { uri, fingerprint, cure } = data as Record<string, unknown>;
  if (typeof uri !== "string" || typeof fingerprint !== "string") return null;
  return typeof cure === "number" || CURES.includes(cure) ? { uri, fingerprint, cure: cure as Cure } : null;
}
