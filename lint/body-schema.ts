/**
 * The schema that a handler's reads of request data imply, and the edits that put it in front of them.
 *
 * Written with the library the file uses, else the project; with none where it has none. Offered only where every mention of the data is understood, so that
 * the function goes on with what was checked. It is never safe for bulk use: a value that used to get through may be turned away.
 */
import type { FileView, FillingView, FunctionView, RequestShape, RequestValueView, Span } from "../analysis/index.ts";
import type { TextEdit } from "./finding.ts";
import { importer } from "./imports.ts";
import { lineBreakOf } from "./lines.ts";
import type { ReportFix } from "./rule.ts";
import { djangoFormWriter } from "./schemas/django-form.ts";
import { baseName, freeName, type Job, type Names, type Writer, type Written } from "./schemas/job.ts";
import { marshmallowWriter } from "./schemas/marshmallow.ts";
import { typedParameter } from "./schemas/parameter.ts";
import { pydanticWriter } from "./schemas/pydantic.ts";
import { serializerWriter } from "./schemas/serializer.ts";

/** `"a", "b" are used`, `it is used`: what is read of some values, for a message. */
export function usedKeys(values: readonly RequestValueView[]): string {
  const keys = [...new Set(values.flatMap((value) => value.keys.map((k) => `"${k.name}"`)))];
  if (keys.length === 0) return "it is used";
  const shown = keys.slice(0, 3).join(", ");
  const all = keys.length > 3 ? `${shown} and ${keys.length - 3} more` : shown;
  return `${all} ${keys.length === 1 ? "is" : "are"} used`;
}

/** The fix that writes a schema above the handler `fn` and checks the values with it, all read in the same words as `value`; none where the project has no schema library. */
export function schemaFixes(value: RequestValueView, fn: FunctionView, file: FileView): readonly ReportFix[] {
  const shape = value.shape();
  if (!shape || shape.keys.length === 0) return [];
  const writer = writerFor(value, shape, file);
  if (!writer) return [];
  const suffix = value.kind === "form" ? "Form" : writer.suffix;
  const name = className(baseName({ fn }), suffix, file);
  const code = file.text.slice(fn.span.start, fn.span.end);
  const edits = edited({ file, fn, value, shape, code, name }, writer);
  return edits === null ? [] : [{ title: `Check it with a schema, ${name}`, safe: false, edits: () => edits }];
}

/**
 * The fix that writes a schema of the columns a model is filled with, and fills it with what that lets through. What identifies a row, gives rights, says
 * whose it is or is set by the program is left out; so is all of it where the data is read elsewhere, too.
 */
export function fillingFixes(
  filling: FillingView,
  value: RequestValueView,
  fn: FunctionView,
  file: FileView,
): readonly ReportFix[] {
  const found = value.parameter || value.keys.length > 0 || value.assigned.length > 1 ? null : filling.shape();
  if (!found) return [];
  const open = new Set(found.columns.filter(({ name, own }) => !own && !PRIVILEGED.test(name)).map(({ name }) => name));
  const shape = { ...found.shape, keys: found.shape.keys.filter(({ name }) => open.has(name)) };
  const writer = shape.keys.length === 0 ? null : libraryWriter(shape, file);
  if (!writer) return [];
  const name = className(baseName({ fn }), writer.suffix, file);
  const code = file.text.slice(fn.span.start, fn.span.end);
  const edits = edited({ file, fn, value, shape, code, name }, writer, found.argument);
  return edits === null ? [] : [{ title: `Let only known columns through, ${name}`, safe: false, edits: () => edits }];
}

/** Columns that a client should not choose unless somebody has decided that it may. */
const PRIVILEGED =
  /^(id|pk|uuid|is_(admin|staff|superuser|owner)|admin|staff|superuser|roles?|permissions?|scopes|groups|owner|owner_id|created_by|created_by_id|(password|pw)_?hash|hashed_password|salt|(created|updated|modified|deleted)(_at|_on)?)$/;

function className(base: string, suffix: string, file: FileView): string {
  const isTaken = (name: string): boolean => new RegExp(String.raw`\b${name}\b`).test(file.text);
  const wanted = base === suffix ? `Request${suffix}` : base.endsWith(suffix) ? base : `${base}${suffix}`;
  let name = wanted;
  for (let n = 2; isTaken(name); n++) name = `${wanted}${n}`;
  return name;
}

/** The library's own schemas where the framework has them; else those that the file imports, or another file of the project. */
function writerFor(
  { kind, keys }: RequestValueView,
  { library, decoded, holder, certain, keys: shaped }: RequestShape,
  file: FileView,
): Writer | null {
  // Somebody reads a file out of it.
  const isUpload = (name: string): boolean =>
    kind === "form" && /file|image|upload|photo|avatar|attachment|picture/i.test(name);
  if (shaped.some((key) => key.type === "file" || (key.type === null && isUpload(key.name)))) return null;
  if (keys.length === 0) return null;
  // Asking a framework for JSON that was not sent fails; forms and what is parsed on demand are empty then.
  if (!holder && !certain && kind !== "form" && !/^rest_framework/.test(library ?? "")) return null;
  const root = library?.split(".", 1)[0] ?? null;
  if (kind === "form" && root === "django") return djangoFormWriter;
  if (kind === "form" && (root === null || formAsDict(root, "") === null || shaped.some(hasLists))) return null;
  return libraryWriter({ library, decoded }, file);
}

function libraryWriter({ library, decoded }: Pick<RequestShape, "library" | "decoded">, file: FileView): Writer | null {
  const root = library?.split(".", 1)[0] ?? null;
  if (root === "rest_framework") return serializerWriter;
  const written = [
    ["pydantic", pydanticWriter],
    ["marshmallow", marshmallowWriter],
  ] as const;
  const own =
    written.find(([name]) => file.importer(name) === "file") ?? written.find(([name]) => file.importer(name) !== null);
  if (own) return own[1];
  return decoded && root === "django" && file.importer("rest_framework") !== null ? serializerWriter : null;
}

function hasLists({ reads }: RequestShape["keys"][number]): boolean {
  return reads.some((r) => r.how === "list");
}

/** A form as a dict with one value per key; null where the framework's forms give lists, or nobody knows. */
function formAsDict(library: string, source: string): string | null {
  if (/^(flask|quart|werkzeug)/.test(library))
    return /\.to_dict\(\)$|^dict\(/.test(source) ? source : `${bracketed(source)}.to_dict()`;
  if (/^(starlette|fastapi|aiohttp|bottle|pyramid|webob)/.test(library))
    return /^dict\(/.test(source) ? source : `dict(${source})`;
  return null;
}

function bracketed(source: string): string {
  return source.startsWith("await ") ? `(${source})` : source;
}

class NameTaken extends Error {}

/** `argument`: what is replaced by the checked value, where no keys are read of it. */
function edited(job: Job, writer: Writer, argument: Span | null = null): readonly TextEdit[] | null {
  const imports = importer(job.file);
  const names: Names = (dotted) => {
    const name = imports.name(dotted);
    if (name === null) throw new NameTaken(dotted);
    return name;
  };
  try {
    const typed = writer === pydanticWriter && !argument ? typedParameter(job, names) : null;
    const written = typed ?? (job.value.parameter ? null : checkedWhereItStands(job, writer, names, argument));
    if (!written) return null;
    const lineBreak = lineBreakOf(job.file);
    return [...imports.edits(), above(job, written.declaration), ...written.edits].map((edit) => ({
      file: job.file.path,
      span: edit.span,
      text: lineBreak === "\n" ? edit.text : edit.text.replace(/\r?\n/g, lineBreak),
    }));
  } catch (error) {
    if (error instanceof NameTaken) return null;
    throw error;
  }
}

type Edit = Pick<TextEdit, "span" | "text">;

/** The class, above the statement that the function is in, and the comments that belong to that. */
function above({ file: { text }, fn }: Job, declaration: string): Edit {
  let at = text.lastIndexOf("\n", fn.statement.start - 1) + 1;
  for (;;) {
    const start = text.lastIndexOf("\n", at - 2) + 1;
    if (at === 0 || start === at || text[start] !== "#" || start === 0) break;
    at = start;
  }
  return { span: { start: at, end: at }, text: `${declaration}\n\n\n` };
}

/** The edits that check the value where it is read first, and read the checked one from then on. */
function checkedWhereItStands(
  job: Job,
  writer: Writer,
  names: Names,
  argument: Span | null,
): { readonly declaration: string; readonly edits: readonly Edit[] } | null {
  const { file, shape, value } = job;
  const { text } = file;
  const { before } = shape;
  const written = writer.write(job, names);
  if (!written || !before) return null;
  const source = text.slice(shape.source.start, shape.source.end);
  const given = sourceGiven(job, writer, source);
  const place = lineOf(text, before);
  if (given === null || !place) return null;
  const { holder } = shape;
  const result =
    holder?.name ??
    freeName(
      job.code,
      value.kind === "form" && writer !== djangoFormWriter ? ["form", "sent"] : ["data", "sent", "checked"],
    );
  const reads = shape.keys.flatMap((key) =>
    key.reads.flatMap((read): Edit[] => {
      const rewritten = written.read(key, read, result);
      if (rewritten !== null) return [{ span: read.span, text: rewritten }];
      return holder ? [] : [{ span: withBrackets(text, read), text: result }];
    }),
  );
  if (argument) reads.push({ span: argument, text: result });
  const checked = written.checked(given);
  const { indent } = place;
  const lines = written.before(given);
  if (!holder) {
    const statement = [`${result} = ${checked}`];
    const all = [...lines, ...guarded(statement, written)].map((line) => `${indent}${line}\n`).join("");
    const at = aboveComments(text, place.start, indent);
    return { declaration: written.declaration, edits: [{ span: { start: at, end: at }, text: all }, ...reads] };
  }
  return { declaration: written.declaration, edits: [...holding(job, written, lines, given, place), ...reads] };
}

/** The statement that names the data, with the check in it. */
function holding(job: Job, written: Written, lines: readonly string[], given: string, place: Line): readonly Edit[] {
  const { shape, file } = job;
  const { source, holder } = shape;
  const edits: Edit[] = [];
  const checked = written.checked(given);
  const { indent } = place;
  const handled = written.handler;
  const lead = lines.map((line) => `${line}\n${indent}`).join("");
  const opening = handled ? `${lead}try:\n${indent}    ` : lead;
  if (opening !== "")
    edits.push({ span: { start: holder!.statement.start, end: holder!.statement.start }, text: opening });
  // An annotation told of the dict it was.
  if (holder!.annotation)
    edits.push({
      span: { start: withoutSpace(file.text, holder!.annotation.start), end: holder!.annotation.end },
      text: "",
    });
  edits.push({ span: source, text: checked });
  if (handled) {
    const text = handlerLines(handled)
      .map((line) => `\n${indent}${line}`)
      .join("");
    edits.push({ span: { start: place.end, end: place.end }, text });
  }
  return edits;
}

function guarded(statement: readonly string[], { handler }: Written): readonly string[] {
  if (!handler) return statement;
  return ["try:", ...statement.map((line) => `    ${line}`), ...handlerLines(handler)];
}

function handlerLines({ exception, lines }: NonNullable<Written["handler"]>): readonly string[] {
  return [`except ${exception} as error:`, ...lines.map((line) => `    ${line}`)];
}

/** Where the colon of an annotation stands. */
function withoutSpace(text: string, annotation: number): number {
  return text.lastIndexOf(":", annotation);
}

function sourceGiven({ value, shape }: Job, writer: Writer, source: string): string | null {
  if (value.kind !== "form" || writer === djangoFormWriter || writer === serializerWriter) return source;
  const root = shape.library?.split(".", 1)[0];
  return root === undefined ? null : formAsDict(root, source);
}

interface Line {
  /** Start of the line of a statement, and the end of that on which it ends. */
  readonly start: number;
  readonly end: number;
  readonly indent: string;
}

/** The lines of a statement that has them to itself. */
function lineOf(text: string, statement: Span): Line | null {
  const start = text.lastIndexOf("\n", statement.start - 1) + 1;
  const indent = text.slice(start, statement.start);
  if (indent.trim() !== "" || /^elif\b/.test(text.slice(statement.start))) return null;
  const rest = /^[ \t]*(#[^\n]*)?/.exec(text.slice(statement.end))![0].replace(/\r$/, "");
  const end = statement.end + rest.length;
  return text[end] === ";" ? null : { start, end, indent };
}

/** Above the comments that stand straight above a line. */
function aboveComments(text: string, line: number, indent: string): number {
  for (let at = line; ; ) {
    const start = text.lastIndexOf("\n", at - 2) + 1;
    if (at === 0 || !text.startsWith(`${indent}#`, start)) return at;
    at = start;
  }
}

/** What stands for the data in a read, with the brackets around it. */
function withBrackets(
  text: string,
  { span, data, how }: { readonly span: Span; readonly data: Span; readonly how: string },
): Span {
  if (how === "ask") return data;
  const closing = /^(\s*\))*/.exec(text.slice(data.end, span.end))![0];
  return { start: closing === "" ? data.start : span.start, end: data.end + closing.length };
}
