/**
 * Pydantic models of what a request holds.
 *
 * Keys become attributes where each of them is plainly read; where the code asks which keys there are, or changes them, it goes on with a dict of those that were
 * sent. As documented for Pydantic 2.11, and 1.10 where a project calls only what that has.
 */
import type { ShapedKey } from "../../analysis/index.ts";
import {
  defaultOf,
  fallbacksOf,
  isIdentifier,
  type Job,
  type Names,
  quoted,
  type Writer,
  type Written,
} from "./job.ts";
import { refusal } from "./refusal.ts";

export const pydanticWriter: Writer = {
  suffix: "Body",
  write(job, names) {
    const asDict = needsDict(job) || asksForKeys(job);
    const model = pydanticModel(job, names);
    if (!model) return null;
    const before = isOld(job) ? "parse_obj" : "model_validate";
    const lines = job.shape.caught ? null : refusal(job.file, job.shape.library, "ValidationError", names);
    return {
      declaration: model.declaration,
      before: () => [],
      checked: (source) => `${job.name}.${before}(${source})${asDict ? dumped(job) : ""}`,
      handler: lines && { exception: names("pydantic.ValidationError"), lines },
      read: (key, read, name) => (asDict ? null : model.read(key, read, name)),
    };
  },
};

/** The model as the type of a parameter: keys are attributes of it, whatever is asked of them. Null where that cannot be. */
export function pydanticModel(job: Job, names: Names): Pick<Written, "declaration" | "read"> | null {
  const { shape } = job;
  const taken = new Set<string>();
  const attributes = new Map<string, string>();
  for (const { name } of shape.keys) {
    let attribute = attributeFor(name);
    while (taken.has(attribute)) attribute += "_";
    taken.add(attribute);
    attributes.set(name, attribute);
  }
  const fields = shape.keys.map((key) => field(job, key, attributes.get(key.name)!, names));
  if (!isOld(job) && [...taken].some((name) => name.startsWith("model_")))
    fields.unshift(`model_config = ${names("pydantic.ConfigDict")}(protected_namespaces=())`, "");
  const lines = fields.map((line) => (line === "" ? "" : `    ${line}`));
  return {
    declaration: [`class ${job.name}(${names("pydantic.BaseModel")}):`, ...lines].join("\n"),
    read: (key, read, name) => {
      const attribute = attributes.get(key.name)!;
      if (read.how !== "ask") return `${name}.${attribute}`;
      const text = job.file.text.slice(read.span.start, read.span.end);
      const operator = /\bnot\s+in\b/.test(text) ? "not in" : "in";
      return `${quoted(attribute)} ${operator} ${name}.${isOld(job) ? "__fields_set__" : "model_fields_set"}`;
    },
  };
}

/** What follows a model to make a dict of what was sent. */
export function dumped(job: Job): string {
  const renamed = job.shape.keys.some(({ name }) => attributeFor(name) !== name);
  const how = renamed ? "by_alias=True, exclude_unset=True" : "exclude_unset=True";
  return isOld(job) ? `.dict(${how})` : `.model_dump(${how})`;
}

/** Whether only a dict will do: keys are put in or taken out, or have different defaults at different places. */
export function needsDict(job: Job): boolean {
  return (
    job.shape.asDict ||
    job.shape.keys.some((key) => {
      const written = fallbacksOf(job, key);
      const bare = key.reads.some((r) => r.how === "get" && r.fallback === null);
      const differs = written.length > 1 || (written.length === 1 && bare && written[0] !== "None");
      return !key.required && (differs || key.reads.some((r) => r.fallback && !r.fallback.constant));
    })
  );
}

function asksForKeys({ shape }: Job): boolean {
  return shape.keys.some((key) => key.reads.some((r) => r.how === "ask" || (r.how === "item" && !key.required)));
}

/** `count: int = 1`: its type by its uses, else by its default. */
function field(job: Job, key: ShapedKey, attribute: string, names: Names): string {
  const type = typeText(job, key, names);
  const fallback = key.required ? null : (defaultOf(job, key) ?? "None");
  const optional = fallback === "None" && type.text !== type.any;
  const alias = attribute === key.name ? null : `alias=${quoted(key.name)}`;
  const shown = optional ? optionalOf(job, type.text, names) : type.text;
  if (alias === null) return fallback === null ? `${attribute}: ${shown}` : `${attribute}: ${shown} = ${fallback}`;
  const args = fallback === null ? alias : `default=${fallback}, ${alias}`;
  return `${attribute}: ${shown} = ${names("pydantic.Field")}(${args})`;
}

function typeText(job: Job, key: ShapedKey, names: Names): { readonly text: string; readonly any: string | null } {
  const isForm = job.value.kind === "form";
  const known = isForm && (key.type === null || !/^(int|float)$/.test(key.type)) ? "str" : key.type;
  switch (known) {
    case null: {
      const any = names("typing.Any");
      return { text: any, any };
    }
    case "number":
      return { text: writesUnions(job) ? "int | float" : "float", any: null };
    case "datetime":
    case "date":
      return { text: names(`datetime.${known}`), any: null };
    case "decimal":
      return { text: names("decimal.Decimal"), any: null };
    case "uuid":
      return { text: names("uuid.UUID"), any: null };
    default:
      return { text: known, any: null };
  }
}

function optionalOf(job: Job, type: string, names: Names): string {
  return writesUnions(job) ? `${type} | None` : `${names("typing.Optional")}[${type}]`;
}

/** Whether the file, or else the project, writes `int | None` rather than `Optional[int]`. */
function writesUnions({ file }: Job): boolean {
  if (/\| None\b/.test(file.text)) return true;
  if (/\bOptional\[/.test(file.text)) return false;
  return file.isMentioned("| None") || !file.isMentioned("Optional[");
}

/** Whether the project calls what only Pydantic 1 has, and nothing that only its successor has. */
function isOld({ file }: Job): boolean {
  const uses = (words: readonly string[]): boolean => words.some((word) => file.isMentioned(word));
  return uses(["parse_obj", "pydantic.v1"]) && !uses(["model_validate", "model_dump", "field_validator"]);
}

/** The attribute a key becomes. What pydantic keeps to itself, and what its models have as methods, gets another name. */
function attributeFor(key: string): string {
  if (isIdentifier(key) && !key.startsWith("_") && !RESERVED.test(key)) return key;
  const name = key.replace(/\W+/g, "_").replace(/^_+|_+$/g, "");
  if (name === "") return "value";
  if (/^\d/.test(name)) return `n${name}`;
  return isIdentifier(name) && !RESERVED.test(name) ? name : `${name}_`;
}

const RESERVED =
  /^(model_(config|fields|fields_set|extra|computed_fields|dump|dump_json|validate|validate_json|copy|construct|json_schema|rebuild|post_init)|copy|dict|json|schema|schema_json|validate|construct|fields|parse_\w+|from_orm|update_forward_refs|str|int|float|bool|list|date|datetime|Any|Optional|Field|Decimal|UUID)$/;
