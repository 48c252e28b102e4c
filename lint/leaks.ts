/** What rules about leaked resources share: one report for each resource of the kinds they watch that is not closed on every way out. */
import type { FileView, FunctionView, ResourceView } from "../analysis/index.ts";
import type { TextEdit } from "./finding.ts";
import { importedName } from "./imports.ts";
import { indent } from "./indent.ts";
import type { Report, ReportFix } from "./rule.ts";

/** Reports of the function's resources whose kind is among `watched`; leaks between an opening and its own `try` are passed over. */
export function* leakReports(fn: FunctionView, file: FileView, watched: ReadonlySet<string>): Iterable<Report> {
  for (const resource of fn.resources()) {
    const { leak } = resource;
    if (!leak || leak.narrow || !watched.has(resource.what)) continue;
    yield {
      at: resource.openSpan,
      message: messageFor(resource, leak),
      confidence: "certain",
      path: leak.path,
      fixes: resource.withFix && (fn.isAsync || !isAwaited(resource)) ? [fixFor(resource, file)] : [],
    };
  }
}

/** Whether closing it takes an `await`, which stands in an `async def` alone. */
function isAwaited({ isAsync, awaitsClose, closedBy }: ResourceView): boolean {
  return isAsync || (awaitsClose && !closedBy.includes("with"));
}

function messageFor(resource: ResourceView, leak: NonNullable<ResourceView["leak"]>): string {
  const held = resource.names[0];
  const kind = `${article(resource.what)} ${resource.what}`;
  const subject = held
    ? `\`${held}\`, ${resource.keeps ? `which keeps ${kind} open` : kind},`
    : `The ${resource.what} that ${resource.openText} opens`;
  switch (leak.kind) {
    case "never":
      return `${subject} is never closed`;
    case "exception-path":
      return `${subject} stays open when something fails before it is closed`;
    case "early-return":
      return `${subject} stays open on a way that returns before it is closed`;
    case "after-yield":
      return `${subject} stays open when whoever it was lent to fails`;
    case "reassigned":
      return `${subject} is replaced while it is open`;
    default:
      return leak.kind satisfies never;
  }
}

function article(noun: string): string {
  return /^[aeiou]|^http/.test(noun) ? "an" : "a";
}

function fixFor(resource: ResourceView, file: FileView): ReportFix {
  const keyword = resource.isAsync ? "async with" : "with";
  const closer = resource.closedBy.find((method) => method !== "with");
  const needsTry =
    !resource.closedBy.includes("with") && (closer !== "close" || resource.isAsync || resource.awaitsClose);
  if (needsTry && closer) {
    return { title: "Close it in finally", safe: false, edits: () => closeInFinally(resource, file, closer) };
  }
  return { title: `Open it in ${keyword}`, safe: false, edits: () => scope(resource, file, keyword) };
}

function scope(resource: ResourceView, file: FileView, keyword: string): readonly TextEdit[] | null {
  const fix = resource.withFix!;
  const { path, text } = file;
  const opener = text.slice(fix.opener.start, fix.opener.end);
  const closing = resource.closedBy.includes("with") ? null : importedName(file, "contextlib.closing");
  if (!closing && !resource.closedBy.includes("with")) return null;
  const first = fix.body[0]!;
  const last = fix.body.at(-1)!;
  const body = indent(text, { start: first.start, end: last.end }, fix.redundant, fix.texts);
  if (!body) return null;
  const header = `${keyword} ${closing ? `${closing.name}(${opener})` : opener} as ${fix.name}:`;
  return [
    ...(closing?.edits ?? []),
    { file: path, span: fix.statement, text: header },
    ...blankLinesBelow(file, fix.statement.end),
    ...body.map((edit) => ({ file: path, ...edit })),
  ];
}

/** For what no `with` closes. */
function closeInFinally(
  { withFix, awaitsClose }: ResourceView,
  file: FileView,
  closer: string,
): readonly TextEdit[] | null {
  const { path, text } = file;
  const { statement, name, body, redundant, texts } = withFix!;
  const span = { start: body[0]!.start, end: body.at(-1)!.end };
  const edits = indent(text, span, redundant, texts);
  if (!edits) return null;
  const lead = text.slice(text.lastIndexOf("\n", statement.start - 1) + 1, statement.start);
  const newline = text.indexOf("\n", span.end);
  const end = newline < 0 ? text.length : newline;
  // The last line of the body stays, and nothing but a comment follows on it.
  const isTaken = redundant.some((close) => close.end > text.lastIndexOf("\n", span.end - 1) && close.start < end);
  if (lead.trim() !== "" || isTaken || !/^\s*(#.*)?$/.test(text.slice(span.end, end))) return null;
  const unit = lead.includes("\t") ? "\t" : "    ";
  const close = `${awaitsClose ? "await " : ""}${name}.${closer}()`;
  return [
    { file: path, span: { start: statement.end, end: statement.end }, text: `\n${lead}try:` },
    ...blankLinesBelow(file, statement.end),
    ...edits.map((edit) => ({ file: path, ...edit })),
    { file: path, span: { start: end, end }, text: `\n${lead}finally:\n${lead}${unit}${close}` },
  ];
}

/** Takes away the blank lines below the line of an offset: a block does not begin with any. */
function blankLinesBelow({ path, text }: FileView, offset: number): readonly TextEdit[] {
  const [, line, blank] = /^([^\n]*\n)((?:[ \t\f]*\r?\n)*)/.exec(text.slice(offset)) ?? [];
  if (line === undefined || !blank) return [];
  const start = offset + line.length;
  return [{ file: path, span: { start, end: start + blank.length }, text: "" }];
}
