/**
 * Django forms for what a browser sends. As documented for Django 5.2; `empty_value` exists since 1.11.
 *
 * What a form has cleaned has every key, so that the default of a `get` goes into the field, or behind the value. Lists and keys that are no identifiers have no plain field.
 */
import type { ShapedKey, Span } from "../../analysis/index.ts";
import { answersResponses } from "./answers.ts";
import { defaultOf, fallbacksOf, freeName, isIdentifier, isSecret, type Job, quoted, type Writer } from "./job.ts";

export const djangoFormWriter: Writer = {
  suffix: "Form",
  write(job, names) {
    const { shape, file } = job;
    const module = names("django.forms");
    if (shape.asDict || shape.keys.some((key) => !isIdentifier(key.name) || key.name === module)) return null;
    if (shape.keys.some((key) => key.reads.some((r) => r.how === "list"))) return null;
    const fields = shape.keys.map((key) => ({ key, ...field(job, key) }));
    const form = freeName(job.code, ["form", "sent_form"]);
    const answer = answersResponses(job.fn, file)
      ? `return ${names("django.http.JsonResponse")}({"errors": ${form}.errors}, status=400)`
      : `raise ${names("django.core.exceptions.BadRequest")}(${form}.errors.as_json())`;
    return {
      declaration: [
        `class ${job.name}(${module}.Form):`,
        ...fields.map(({ key, text }) => `    ${key.name} = ${module}.${text}`),
      ].join("\n"),
      before: (source) => [`${form} = ${job.name}(${source})`, `if not ${form}.is_valid():`, `    ${answer}`],
      checked: () => `${form}.cleaned_data`,
      handler: null,
      read: (key, read, name) => {
        const own = fields.find((each) => each.key === key)!;
        // Whether a key was sent is for the request to say.
        if (read.how === "ask") return file.text.slice(read.span.start, read.span.end);
        const value = `${name}[${quoted(key.name)}]`;
        if (read.how === "item" || read.fallback === null || own.hasDefault) return value;
        const fallback = file.text.slice(read.fallback.span.start, read.fallback.span.end);
        if (fallback === "None" || fallback === own.empty) return value;
        const chosen =
          /^(int|float)$/.test(own.type) && fallback !== "0"
            ? `${value} if ${value} is not None else ${fallback}`
            : `${value} or ${fallback}`;
        return standsAlone(file.text, read.span) ? chosen : `(${chosen})`;
      },
    };
  },
};

/** Whether an expression is a whole argument, or the whole of what is assigned. */
function standsAlone(text: string, { start, end }: Span): boolean {
  return (
    /[(,=[{]\s*$/.test(text.slice(Math.max(0, start - 80), start)) &&
    /^\s*([),\]}]|[ \t]*(#|\n|\r|$))/.test(text.slice(end, end + 80))
  );
}

interface Field {
  readonly text: string;
  readonly type: string;
  /** Whether the default of the reads stands in the field. */
  readonly hasDefault: boolean;
  /** What it gives where nothing was sent. */
  readonly empty: string;
}

function field(job: Job, key: ShapedKey): Field {
  const fallback = key.required ? null : defaultOf(job, key);
  if (key.type === "int" || key.type === "float") {
    const args = key.required ? "" : "required=False";
    const maker = key.type === "int" ? "IntegerField" : "FloatField";
    return { text: `${maker}(${args})`, type: key.type, hasDefault: false, empty: "None" };
  }
  if (key.type === "bool" && fallback === "False")
    return { text: "BooleanField(required=False)", type: "bool", hasDefault: true, empty: "False" };
  const several = fallbacksOf(job, key).length > 0 && fallback === null;
  // What identifies something is nothing rather than empty text.
  const isNone = key.none || (key.type === null && /(^|_)(id|pk|uuid)$|[a-z]I[dD]$/.test(key.name));
  const empty = fallback !== null && /^["']/.test(fallback) ? fallback : isNone ? "None" : '""';
  const args = [
    ...(key.required ? [] : ["required=False"]),
    ...(key.required || /^(""|'')$/.test(empty) ? [] : [`empty_value=${empty}`]),
    ...(isSecret(key.name) ? ["strip=False"] : []),
  ];
  const hasDefault = key.required || (!several && fallback !== null && /^["']/.test(fallback));
  return { text: `CharField(${args.join(", ")})`, type: "str", hasDefault, empty };
}
