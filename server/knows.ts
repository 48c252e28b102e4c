/**
 * `holdfast/knows`: everything Holdfast sees on a line, as Markdown, and why it says nothing where it says nothing.
 *
 * For people who wonder, and for reports of what was missed. The text is no interface: it changes as the engine learns.
 */
import type { TextDocumentPositionParams } from "vscode-languageserver";
import { type CallView, type FunctionView, positionAt, type Span } from "../analysis/index.ts";
import { readSuppressions } from "../lint/suppress.ts";
import { ALL_RULES } from "./explain.ts";
import { answering, nextTurn } from "./handlers.ts";
import { toOffset } from "./lsp.ts";
import type { Session } from "./session.ts";
import { functionAt, placeInWords } from "./where-it-runs.ts";
import type { CheckedFile } from "./workspace.ts";

export function installKnows({ connection, client, workspace }: Session): void {
  connection.onRequest(
    "holdfast/knows",
    answering<TextDocumentPositionParams, string>(connection, "what is known", "", async (params, token) => {
      await nextTurn(token);
      const { textDocument, position } = params;
      const checked = await workspace.check(textDocument.uri);
      if (checked === null) return NOT_CHECKED;
      return knownAt(toOffset(checked.file, position, client.encoding), checked);
    }),
  );
}

const NOT_CHECKED =
  "Holdfast does not check this document: it is no Python of this project, it is excluded or ignored by Git, or `holdfast.enable` is off here.\n";

function knownAt(offset: number, checked: CheckedFile): string {
  const { file } = checked;
  const lineOf = (at: number): number => positionAt(file.lineStarts, at).line;
  const line = lineOf(offset);
  const onLine = ({ start, end }: Span): boolean => lineOf(start) <= line && line <= lineOf(end);
  const beginsOnLine = ({ start }: Span): boolean => lineOf(start) === line;
  // On the blank before the code of a line the function of that code is meant.
  const from = file.lineStarts[line - 1]!;
  const code = from + /^[ \t]*/.exec(file.text.slice(from, from + 400))![0].length;
  const fn = functionAt(Math.max(offset, code), checked);
  const inside = file.functions.filter((each) => each.span.start <= offset || beginsOnLine(each.span));
  const calls = inside.flatMap((each) => each.calls).filter(({ calleeSpan }) => beginsOnLine(calleeSpan));
  const unique = calls.filter(
    (call, i) => calls.findIndex(({ span }) => span.start === call.span.start && span.end === call.span.end) === i,
  );
  const found = checked.findings.filter(({ span }) => onLine(span));
  return [
    `# Line ${line} of ${file.path}`,
    section(
      "Found here",
      found.map(({ rule, message, confidence }) => `\`${rule}\` (${confidence}): ${message}`),
      "Nothing.",
    ),
    section(
      "The function",
      fn === undefined ? [] : aboutFunction(fn),
      "This line stands in no function; it runs when the module is imported.",
    ),
    section(
      "Calls on this line",
      unique.map((call) => aboutCall(call, fn)),
      "None that is seen.",
    ),
    section("Held and received here", aboutValues(inside, beginsOnLine), ""),
    section("Why nothing else is said", silences(line, offset, fn, unique, checked), ""),
    section("Rules that ran on this file", rulesOf(checked), "None."),
  ]
    .filter(Boolean)
    .join("\n\n")
    .concat("\n");
}

function section(title: string, lines: readonly string[], otherwise: string): string {
  if (lines.length === 0 && otherwise === "") return "";
  return `## ${title}\n\n${lines.length === 0 ? otherwise : lines.map((each) => `- ${each}`).join("\n")}`;
}

function aboutFunction(fn: FunctionView): string[] {
  return [`\`${fn.qualifiedName}\`, ${fn.isAsync ? "an `async def`" : "a plain `def`"}; it ${placeInWords(fn)}`];
}

function aboutCall(call: CallView, fn: FunctionView | undefined): string {
  const parts: string[] = [];
  if (call.targets.length === 0) parts.push("nobody knows what this calls");
  else parts.push(`is ${call.targets.map((each) => `\`${each}\``).join(" or ")}`);
  const works = call.blocking();
  for (const work of works) {
    const way = call.pathTo(work).map(({ file, range }) => `${file}:${range.start.line}`);
    const via = way.length === 0 ? "" : `, by way of ${way.join(" → ")}`;
    parts.push(`waits for ${work.what} (\`${work.by}\`${work.likely ? ", likely" : ""})${via}`);
  }
  if (works.length === 0 && call.targets.length > 0) parts.push("does not wait, as far as is known");
  if (call.awaited) parts.push("is awaited");
  if (call.gives !== null) parts.push(`gives a ${call.gives}`);
  if (call.instead !== null) parts.push(`could be \`${call.instead}\``);
  const runs = call.runs();
  if (runs !== null && runs !== fn)
    parts.push(`runs \`${runs.qualifiedName}\` in ${runs.file.path}, which ${placeInWords(runs)}`);
  return `\`${call.text}\` ${parts.join("; ")}`;
}

function aboutValues(functions: readonly FunctionView[], isHere: (span: Span) => boolean): string[] {
  return functions.flatMap((fn) => [
    ...fn
      .resources()
      .filter(({ openSpan }) => isHere(openSpan))
      .map(({ what, openText, fate }) => `\`${openText}\` opens a ${what}, which is ${FATES[fate] ?? fate}`),
    ...fn
      .requestValues()
      .filter(({ span }) => isHere(span))
      .map(
        ({ text, checked, uses }) =>
          `\`${text}\` takes request data, which is ${checked ? "checked" : uses.length > 0 ? "trusted unchecked" : "not trusted anywhere that is seen"}`,
      ),
  ]);
}

const FATES: Readonly<Record<string, string>> = {
  escaped: "handed on, so that others close it",
  unsure: "closed, or not, as a condition says that is not understood",
};

function silences(
  line: number,
  offset: number,
  fn: FunctionView | undefined,
  calls: readonly CallView[],
  { file, project }: CheckedFile,
): string[] {
  const reasons: string[] = [];
  const suppressions = readSuppressions(
    file,
    ALL_RULES.map(({ id }) => id),
  );
  const at = Math.max(offset, ...calls.map(({ calleeSpan }) => calleeSpan.start));
  const silenced = ALL_RULES.filter(({ id }) => suppressions.find(id, at) !== undefined).map(({ id }) => `\`${id}\``);
  if (silenced.length > 0) reasons.push(`a comment silences here: ${silenced.join(", ")}`);
  if (file.errors.some(({ start }) => positionAt(file.lineStarts, start).line <= line))
    reasons.push("the file has a syntax error at or above this line; around it nothing is seen");
  const waits = calls.some((call) => call.blocking().length > 0);
  if (waits && fn?.runsOn.where === "thread") reasons.push("waiting is fine in a thread");
  if (waits && fn?.runsOn.where === "unknown")
    reasons.push("nobody says that this function runs on the event loop; who calls it from there is told");
  if (calls.some(({ targets }) => targets.length === 0))
    reasons.push(
      "of what nobody knows nothing is said: an annotation, or a stub of the library (docs/teach.md), would tell",
    );
  const isOff = ALL_RULES.filter(
    ({ id }) => !project.settings.forFile(file).enabled.some(({ rule }) => rule.id === id),
  );
  if (isOff.length > 0) reasons.push(`switched off for this file: ${isOff.map(({ id }) => `\`${id}\``).join(", ")}`);
  return reasons;
}

function rulesOf({ file, project }: CheckedFile): string[] {
  const enabled = project.settings.forFile(file).enabled.map(({ rule, severity }) => `\`${rule.id}\` (${severity})`);
  return enabled.length === 0 ? [] : [enabled.join(", ")];
}
