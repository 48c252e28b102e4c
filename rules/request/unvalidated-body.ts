/** Data of a request that is used before anything checked it. */
import type { FileView, FunctionView, RequestValueView } from "../../analysis/index.ts";
import type { TextEdit } from "../../lint/finding.ts";
import { importedName } from "../../lint/imports.ts";
import { defineRule, type ReportFix } from "../../lint/rule.ts";

export const rule = defineRule({
  id: "request/unvalidated-body",
  summary: "Request data that no schema checked enters the system as it came",
  severity: "warning",
  docs: {
    why: "Whatever a client sends is used as it came: a missing key becomes a 500, a string where a number was meant reaches the database, an unexpected field overwrites a column. Errors show up far from the request that caused them, or never.",
    instead:
      "Declare what is expected as a schema and let it speak first: a model as the type of the endpoint's parameter, `Model.model_validate(...)`, a serializer, a form. What fails is answered with a clear 4xx before any of your code runs.",
    bad: `from fastapi import FastAPI, Request

app = FastAPI()


@app.post("/orders")
async def create_order(request: Request):
    order = await request.json()
    return {"total": order["price"] * order["count"]}
`,
    good: `from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Order(BaseModel):
    price: float
    count: int


@app.post("/orders")
async def create_order(order: Order):
    return {"total": order.price * order.count}
`,
    silentWhen: [
      "the value reaches a schema, a form, a serializer or a validator",
      "the whole value is returned, stored, or handed to a function nobody knows: it may be checked there",
      "nothing is read from it",
    ],
  },
  options: {},
  on: "function",
  *check(fn, { file }) {
    for (const reads of bySource(fn.requestValues())) {
      const [first] = reads;
      const keys = [...new Set(reads.flatMap((value) => value.keys.map((k) => `"${k.name}"`)))];
      const used = keys.length > 0 ? `${list(keys)} ${keys.length === 1 ? "is" : "are"} used` : "it is used";
      yield {
        at: first.span,
        message: `${first.text} is data from the client that nothing has checked; ${used} as it came`,
        confidence: "certain",
        path: reads.flatMap((value) => value.uses),
        fixes: reads.length === 1 ? fixes(first, fn, file) : [],
      };
    }
  },
});

/** The values that are used unchecked, those read in the same words together: `request.form["a"]` and `request.form["b"]` are one mistake. */
function bySource(values: readonly RequestValueView[]): Iterable<readonly [RequestValueView, ...RequestValueView[]]> {
  const found = new Map<string, [RequestValueView, ...RequestValueView[]]>();
  for (const value of values) {
    if (value.checked || value.uses.length === 0) continue;
    const others = found.get(value.text);
    if (others) others.push(value);
    else found.set(value.text, [value]);
  }
  return found.values();
}

function list(words: readonly string[]): string {
  const shown = words.slice(0, 3);
  return shown.length < words.length ? `${shown.join(", ")} and ${words.length - 3} more` : shown.join(", ");
}

function fixes(value: RequestValueView, fn: FunctionView, file: FileView): readonly ReportFix[] {
  if (value.schema === null || value.keys.length === 0) return [];
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
  for (const { key, span } of reads) if (!isPlainRead(text.slice(span.start, span.end), holder, key.name)) return null;
  // Every other mention of the name, its own assignment apart, would meet a model where it expects a dict.
  const mentions = text.slice(fn.span.start, fn.span.end).match(new RegExp(`\\b${holder}\\b`, "g"))?.length ?? 0;
  if (mentions !== reads.length + 1) return null;
  const any = value.keys.some((k) => k.type === null) ? importedName(file, "typing.Any", { member: true }) : null;
  const fields = value.keys.map((key) => {
    const type = key.type ?? any?.name;
    return key.required ? `    ${key.name}: ${type}` : `    ${key.name}: ${type} | None = None`;
  });
  if (value.keys.some((k) => k.type === null) && !any) return null;
  const declaration = [`class ${name}(${base.name}):`, ...fields, "", "", ""].join("\n");
  const check: TextEdit[] = [];
  if (value.parameter) {
    if (!value.parameter.annotation) return null;
    check.push({ file: path, span: value.parameter.annotation, text: name });
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

/** `data["key"]`, or `data.get("key")` without a default. */
function isPlainRead(read: string, holder: string, key: string): boolean {
  if (!/^[a-z_]\w*$/i.test(key)) return false;
  const quoted = `["']${key}["']`;
  return new RegExp(`^${holder}(\\[${quoted}\\]|\\.get\\(${quoted}\\))$`).test(read);
}

function schemaName(fn: FunctionView, file: FileView): string {
  const words = fn.qualifiedName.split(".").at(-1)!.split("_").filter(Boolean);
  const base = `${words.map((w) => w[0]!.toUpperCase() + w.slice(1)).join("")}Body`;
  let name = base;
  for (let n = 2; file.bindings.has(name); n++) name = `${base}${n}`;
  return name;
}
