/**
 * `textDocument/codeLens` above functions: where they run, who says so, and what they make the event loop wait for; and `holdfast/paths`, each way from a
 * function to what it waits for, step by step.
 *
 * By default only functions that run on the event loop and wait there have a line above them: a line above every function would be noise.
 */
import {
  type CodeLens,
  type CodeLensParams,
  CodeLensRefreshRequest,
  type Location,
  type TextDocumentPositionParams,
} from "vscode-languageserver";
import type { FunctionView } from "../analysis/index.ts";
import { holdingCalls } from "../lint/holding-calls.ts";
import { locationOf } from "./diagnostic.ts";
import { answering, nextTurn } from "./handlers.ts";
import { toOffset, toPosition, toRange } from "./lsp.ts";
import type { Session } from "./session.ts";
import type { CheckedFile } from "./workspace.ts";

/** Above which functions a line stands. */
export type LensScope = "off" | "blocking" | "all";

/** One step of a way: a call, and below it what it leads to. */
export interface PathStep extends Location {
  /** 0 for a call in the function itself. */
  readonly depth: number;
  readonly text: string;
  /** `app/helpers.py:5`. */
  readonly place: string;
}

export function installWhereItRuns(session: Session): void {
  const { connection, client, workspace, configuration } = session;
  if (client.showsLenses) {
    connection.onCodeLens(
      answering<CodeLensParams, CodeLens[]>(connection, "code lenses", [], async ({ textDocument: { uri } }, token) => {
        const { whereItRuns } = await configuration.of(uri);
        await nextTurn(token);
        const checked = whereItRuns === "off" ? null : await workspace.check(uri);
        return checked === null ? [] : lensesOf(checked, whereItRuns, session);
      }),
    );
  }
  connection.onRequest(
    "holdfast/paths",
    answering<TextDocumentPositionParams, readonly PathStep[]>(connection, "paths", [], async (params, token) => {
      await nextTurn(token);
      const checked = await workspace.check(params.textDocument.uri);
      if (checked === null) return [];
      return stepsAt(toOffset(checked.file, params.position, client.encoding), checked, session);
    }),
  );
}

/** What runs where may have changed by an edit of another file. */
export function refreshLenses({ connection, client }: Pick<Session, "connection" | "client">): void {
  if (client.refreshesLenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(() => {});
}

/** Where a function runs, in words. */
export function placeInWords({ runsOn }: FunctionView): string {
  if (runsOn.where === "loop") return `runs on the event loop: ${runsOn.because}`;
  if (runsOn.where === "thread") return `runs in a thread: ${runsOn.because}`;
  return "runs wherever it is called";
}

/** The innermost function with a name at an offset. */
export function functionAt(offset: number, { file }: CheckedFile): FunctionView | undefined {
  return file.functions
    .filter((fn) => hasName(fn) && fn.span.start <= offset && offset <= fn.span.end)
    .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
}

function lensesOf(checked: CheckedFile, scope: LensScope, { client }: Session): CodeLens[] {
  return checked.file.functions.filter(hasName).flatMap((fn): CodeLens[] => {
    const onLoop = fn.runsOn.where === "loop";
    if (!onLoop && scope !== "all") return [];
    const { calls } = holdingCalls(fn, false);
    if (calls.length === 0 && scope !== "all") return [];
    const what = [...new Set(calls.map(({ work }) => work.what))];
    const waits = calls.length === 0 ? "" : `${onLoop ? " and holds it" : "; it waits"} for ${listed(what)}`;
    const position = toPosition(checked.file, fn.nameSpan.start, client.encoding);
    const title = `${sentence(placeInWords(fn))}${waits}`;
    // Without a command of the client's a lens is a text nobody can click on.
    const command = calls.length > 0 && client.commands.has("holdfast.showPath") ? "holdfast.showPath" : "";
    const range = toRange(checked.file, fn.nameSpan, client.encoding);
    return [{ range, command: { title, command, ...(command !== "" && { arguments: [checked.uri, position] }) } }];
  });
}

/** The ways of the call at an offset, or else of all calls of the function there that wait. */
function stepsAt(offset: number, checked: CheckedFile, session: Session): PathStep[] {
  const fn = functionAt(offset, checked);
  if (fn === undefined) return [];
  const { calls } = holdingCalls(fn, false);
  const here = calls.filter(({ call }) => call.span.start <= offset && offset <= call.span.end);
  return (here.length > 0 ? here : calls).flatMap(({ call, work }): PathStep[] => {
    const { path, lineStarts } = checked.file;
    const line = toPosition({ text: checked.file.text, lineStarts }, call.calleeSpan.start, "utf-16").line + 1;
    const first = { file: path, span: call.calleeSpan, range: { start: { line } } };
    const hops = [
      { ...first, message: `${call.text} waits for ${work.what}${work.likely ? " (likely)" : ""}` },
      ...call.pathTo(work),
    ];
    return hops.flatMap((hop, depth): PathStep[] => {
      const location = locationOf(hop, checked, session.client);
      return location === null
        ? []
        : [{ ...location, depth, text: hop.message, place: `${hop.file}:${hop.range.start.line}` }];
    });
  });
}

function hasName({ qualifiedName }: FunctionView): boolean {
  return !qualifiedName.endsWith(">");
}

/** `a`, `a and b`, `a, b and 2 more`. */
function listed(words: readonly string[]): string {
  if (words.length <= 2) return words.join(" and ");
  return `${words[0]}, ${words[1]} and ${words.length - 2} more`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
