/** marshmallow schemas: what they load is a dict, so that the code around keeps its keys. As documented for marshmallow 4.0; 3.x takes the same. */
import type { ShapedKey } from "../../analysis/index.ts";
import { defaultOf, isIdentifier, type Job, type Names, quoted, type Writer } from "./job.ts";
import { refusal } from "./refusal.ts";

export const marshmallowWriter: Writer = {
  suffix: "Schema",
  write(job, names) {
    // A dot in the name of an attribute leads into what it holds.
    if (job.shape.keys.some(({ name }) => name.includes(".") || name === "")) return null;
    const fields = job.shape.keys.map((key) => `    ${field(job, key, names)}`);
    const lines = job.shape.caught ? null : refusal(job.file, job.shape.library, "ValidationError", names);
    const exclude = names("marshmallow.EXCLUDE");
    return {
      declaration: [`class ${job.name}(${names("marshmallow.Schema")}):`, ...fields].join("\n"),
      before: () => [],
      // Keys nobody reads were let through so far.
      checked: (source) => `${job.name}(unknown=${exclude}).load(${source})`,
      handler: lines && { exception: names("marshmallow.ValidationError"), lines },
      read: () => null,
    };
  },
};

function field(job: Job, key: ShapedKey, names: Names): string {
  const module = names("marshmallow.fields");
  const plain = isIdentifier(key.name) && key.name !== module;
  const name = plain ? key.name : `${key.name.replace(/\W+/g, "_").replace(/^(?=\d)/, "n")}_`;
  const type = `${module}.${TYPES.get(typeOf(job, key) ?? "") ?? "Raw"}`;
  const inner = /^list/.test(key.type ?? "") ? [`${module}.${ITEMS.get(key.type!) ?? "Raw"}()`] : [];
  const args = [
    ...inner,
    ...(plain ? [] : [`data_key=${quoted(key.name)}`, `attribute=${quoted(key.name)}`]),
    ...(key.required ? ["required=True"] : []),
    ...(!key.required && (key.nullable || defaultOf(job, key) === null) ? ["allow_none=True"] : []),
  ];
  return `${name} = ${type}(${args.join(", ")})`;
}

/** The values of a form are strings, unless they are converted. */
function typeOf({ value }: Job, { type }: ShapedKey): string | null {
  return value.kind === "form" && (type === null || !/^(int|float)$/.test(type)) ? "str" : type;
}

const TYPES = new Map([
  ["str", "String"],
  ["int", "Integer"],
  ["float", "Float"],
  ["bool", "Boolean"],
  ["list", "List"],
  ["list[str]", "List"],
  ["list[int]", "List"],
  ["list[dict]", "List"],
  ["dict", "Dict"],
]);

const ITEMS = new Map([
  ["list[str]", "String"],
  ["list[int]", "Integer"],
  ["list[dict]", "Dict"],
]);
