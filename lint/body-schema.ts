/**
 * The schema that a handler's reads of a request body imply, and the edits that put it in front of them.
 *
 * It is offered only where every mention of the data is a plain read of a key by name, so that each can become an attribute. It is never safe for bulk use:
 * a value that used to get through may be turned away.
 */
import type { FileView, FunctionView, RequestValueView } from "../analysis/index.ts";
import type { TextEdit } from "./finding.ts";
import { importedName } from "./imports.ts";
import type { ReportFix } from "./rule.ts";

/** `"a", "b" are used`, `it is used`: what is read of some values, for a message. */
export function usedKeys(values: readonly RequestValueView[]): string {
  const keys = [...new Set(values.flatMap((value) => value.keys.map((k) => `"${k.name}"`)))];
  if (keys.length === 0) return "it is used";
  const shown = keys.slice(0, 3).join(", ");
  const all = keys.length > 3 ? `${shown} and ${keys.length - 3} more` : shown;
  return `${all} ${keys.length === 1 ? "is" : "are"} used`;
}

/** The fix that writes a schema above the handler `fn` and checks the value with it; none where the project has no schema library. */
export function schemaFixes(value: RequestValueView, fn: FunctionView, file: FileView): readonly ReportFix[] {
  if (value.schema === null || value.keys.length === 0) return [];
  // Forms are no dicts, and raw bytes are decoded by somebody else.
  if (value.kind !== "json" && value.kind !== "parameter") return [];
  const name = schemaName(fn, file);
  return [{ title: `Check it with a schema, ${name}`, safe: false, edits: () => withSchema(value, fn, file, name) }];
}

/** Edits that declare a schema of the keys that are read, check the value with it, and read attributes instead of keys. */
function withSchema(
  value: RequestValueView,
  fn: FunctionView,
  file: FileView,
  name: string,
): readonly TextEdit[] | null {
  const { text, path } = file;
  const schema = value.schema!;
  const base = importedName(file, schema.base, { member: true });
  const holder = /^\w+/.exec(text.slice(value.keys[0]!.spans[0]!.start))?.[0];
  const lineStart = text.lastIndexOf("\n", fn.span.start - 1) + 1;
  if (!base || !holder || lineStart !== fn.span.start) return null;
  const reads = value.keys.flatMap((key) => key.spans.map((span) => ({ key, span })));
  for (const { key, span } of reads) if (!isPlainRead(text.slice(span.start, span.end), holder, key)) return null;
  // Every other mention of the name, its own assignment apart, would meet a model where it expects a dict.
  const mentions = text.slice(fn.span.start, fn.span.end).match(new RegExp(`\\b${holder}\\b`, "g"))?.length ?? 0;
  if (mentions !== reads.length + 1) return null;
  const fields = value.keys.map(fieldOf);
  const any = fields.some((f) => /\bAny\b/.test(f)) ? importedName(file, "typing.Any", { member: true }) : null;
  if (fields.some((f) => /\bAny\b/.test(f)) && !any) return null;
  const lines = fields.map((f) => `    ${any ? f.replace(/\bAny\b/, any.name) : f}`);
  const declaration = [`class ${name}(${base.name}):`, ...lines, "", "", ""].join("\n");
  const check: TextEdit[] = [];
  if (value.parameter) {
    const { annotation } = value.parameter;
    // `embed=True` nests the body one level deeper; what is written instead would not.
    if (!annotation || /\bembed\b/.test(text.slice(value.span.start, value.span.end))) return null;
    check.push({ file: path, span: annotation, text: name });
  } else {
    const whole = value.awaited ?? value.span;
    check.push({ file: path, span: { start: whole.start, end: whole.start }, text: `${name}.${schema.check}(` });
    check.push({ file: path, span: { start: whole.end, end: whole.end }, text: ")" });
  }
  return [
    ...(any?.edits ?? []),
    ...base.edits,
    { file: path, span: { start: lineStart, end: lineStart }, text: declaration },
    ...check,
    ...reads.map(({ key, span }) => ({ file: path, span, text: `${holder}.${key.name}` })),
  ];
}

type Key = RequestValueView["keys"][number];

/** `data["key"]`, or `data.get("key")`, with the default that the field will have. */
function isPlainRead(read: string, holder: string, key: Key): boolean {
  // Names that pydantic keeps to itself, or that its models have as methods, cannot be fields.
  if (!/^[a-z]\w*$/i.test(key.name) || RESERVED.test(key.name) || key.fallback === "…") return false;
  const quoted = `["']${key.name}["']`;
  const fallback = key.fallback === null ? "" : String.raw`(,\s*[^,()]*)?`;
  return new RegExp(`^${holder}(\\[${quoted}\\]|\\.get\\(${quoted}${fallback}\\))$`).test(read);
}

const RESERVED =
  /^(model_\w*|copy|dict|json|schema|schema_json|validate|construct|parse_\w+|from_orm|update_forward_refs|and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield|None|True|False)$/;

/** `count: int = 1`: its type by what it is converted with, else by its default. */
function fieldOf(key: Key): string {
  const { name, fallback } = key;
  const type = key.type ?? (fallback === null ? null : typeOfConstant(fallback)) ?? "Any";
  if (key.required) return `${name}: ${type}`;
  if (fallback === null || fallback === "None") return `${name}: ${type} | None = None`;
  return `${name}: ${type} = ${fallback}`;
}

function typeOfConstant(constant: string): string | null {
  if (constant.startsWith('"')) return "str";
  if (constant === "True" || constant === "False") return "bool";
  if (/^-?\d[\d_]*$/.test(constant)) return "int";
  return /^-?[\d.]/.test(constant) ? "float" : null;
}

function schemaName(fn: FunctionView, file: FileView): string {
  const words = fn.qualifiedName.split(".").at(-1)!.split("_").filter(Boolean);
  const base = `${words.map((w) => w[0]!.toUpperCase() + w.slice(1)).join("")}Body`;
  let name = base;
  for (let n = 2; file.bindings.has(name); n++) name = `${base}${n}`;
  return name;
}
