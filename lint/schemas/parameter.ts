/**
 * A model as the type of a handler's parameter: the framework then checks the body itself, answers what is wrong, and documents what is expected.
 *
 * Only where nothing else in the handler decides whether there is a body at all, and no other parameter is one: two of them would be expected side by side.
 */
import type { Span } from "../../analysis/index.ts";
import type { TextEdit } from "../finding.ts";
import { freeName, type Job, type Names } from "./job.ts";
import { dumped, needsDict, pydanticModel } from "./pydantic.ts";

type Edit = Pick<TextEdit, "span" | "text">;

/** The class and the edits; null where the body cannot be a parameter. */
export function typedParameter(
  job: Job,
  names: Names,
): { readonly declaration: string; readonly edits: readonly Edit[] } | null {
  return job.value.parameter ? annotated(job, names) : added(job, names);
}

/** `payload: dict` becomes `payload: CreateBody`. */
function annotated(job: Job, names: Names): ReturnType<typeof typedParameter> {
  const { annotation, name } = job.value.parameter!;
  const { text } = job.file;
  // `embed=True` nests the body one level deeper; what is written instead would not.
  if (!annotation || needsDict(job) || /\bembed\b/.test(text.slice(job.value.span.start, job.value.span.end)))
    return null;
  if (otherBodies(job, name)) return null;
  const model = pydanticModel(job, names);
  if (!model) return null;
  const isOptional = /\bNone\b|\bOptional\b/.test(text.slice(job.value.span.start, job.value.span.end));
  if (isOptional) return null;
  const reads = job.shape.keys.flatMap((key) =>
    key.reads.map((read) => ({ span: read.span, text: model.read(key, read, name) ?? "" })),
  );
  return { declaration: model.declaration, edits: [{ span: annotation, text: typeOf(job, annotation) }, ...reads] };
}

/** What goes along with the type stays: `Annotated[dict, Body()]`. */
function typeOf({ file: { text }, name }: Job, annotation: Span): string {
  const [, head, rest] =
    /^((?:\w+\.)?Annotated\[)[^,]+(,[\s\S]*)$/.exec(text.slice(annotation.start, annotation.end)) ?? [];
  return head === undefined || rest === undefined ? name : `${head}${name}${rest}`;
}

/** `request: Request` and `data = await request.json()` become `data: CreateBody`. */
function added(job: Job, names: Names): ReturnType<typeof typedParameter> {
  const { shape, file, fn, code } = job;
  const { holder } = shape;
  const { text } = file;
  if (!shape.typed || !holder || !shape.outermost || job.value.kind !== "json") return null;
  const [, request] = /^await (\w+)\.json\(\)$/.exec(text.slice(shape.source.start, shape.source.end)) ?? [];
  const parameter = fn.parameters.find((p) => p.name === request);
  if (!request || !parameter?.annotation || parameter.hasDefault || otherBodies(job, request)) return null;
  // Ways out before it may be meant for requests without a body; a name in the path is filled from there.
  const lead = text.slice(fn.nameSpan.end, holder.statement.start);
  if (/\breturn\b|\.method\b/.test(lead.replace(/"""[\s\S]*?"""|'''[\s\S]*?'''/g, ""))) return null;
  const decorators = text.slice(fn.span.start, fn.nameSpan.start);
  if (decorators.includes(`{${holder.name}`) || fn.parameters.some((p) => p.name === holder.name)) return null;
  const line = lineOfStatement(text, holder.statement);
  const model = pydanticModel(job, names);
  if (!model || !line) return null;
  const asDict = needsDict(job);
  const name = asDict ? freeName(code, ["body", "sent"]) : holder.name;
  const sole = (code.match(new RegExp(String.raw`\b${request}\b`, "g"))?.length ?? 0) === 2;
  const declared = `${name}: ${job.name}`;
  const place = sole ? parameter.span : { start: parameter.span.end, end: parameter.span.end };
  const statement = asDict
    ? { span: holder.statement, text: `${holder.name} = ${name}${dumped(job)}` }
    : { span: line, text: "" };
  const reads = asDict
    ? []
    : shape.keys.flatMap((key) =>
        key.reads.map((read) => ({ span: read.span, text: model.read(key, read, name) ?? "" })),
      );
  return {
    declaration: model.declaration,
    edits: [{ span: place, text: sole ? declared : `, ${declared}` }, statement, ...reads],
  };
}

/** Whether another parameter may be filled with the body: one without a default whose type is no plain value, or one that is said to be. */
function otherBodies({ fn, file: { text } }: Job, own: string): boolean {
  return fn.parameters.some((p) => {
    if (p.name === own) return false;
    const written = text.slice(p.span.start, p.span.end);
    if (/\b(Body|Form|File)\(/.test(written)) return true;
    if (/\b(Depends|Security|Path|Query|Header|Cookie)\b/.test(written) || p.annotation === null) return false;
    const type = text.slice(p.annotation.start, p.annotation.end);
    return !PLAIN.test(type) && !/(Dep|Dependency|Session|User|Auth)\w*$/.test(type);
  });
}

const PLAIN =
  /^(Optional\[)?((\w+\.)?(str|int|float|bool|UUID|UUID4|date|datetime|Decimal|Path|Request|Response|WebSocket|BackgroundTasks|HTTPConnection|Literal\[[^\]]*\]))( \| None)?\]?$/;

/** The whole lines of a statement that has them to itself; a comment behind it stays. */
function lineOfStatement(text: string, statement: Span): Span | null {
  const start = text.lastIndexOf("\n", statement.start - 1) + 1;
  if (text.slice(start, statement.start).trim() !== "") return null;
  const rest = /^[ \t]*(\r?\n|#|$)/.exec(text.slice(statement.end));
  if (!rest) return null;
  return rest[1] === "#"
    ? { start: statement.start, end: statement.end + rest[0].length - 1 }
    : { start, end: statement.end + rest[0].length };
}
