/**
 * Serializers of Django REST framework: what is valid is a dict, so that the code around keeps its keys. As documented for 3.16.
 *
 * Keys that are no identifiers have no place in one.
 */
import type { ShapedKey } from "../../analysis/index.ts";
import { defaultOf, freeName, isIdentifier, isSecret, type Job, type Writer } from "./job.ts";

export const serializerWriter: Writer = {
  suffix: "Serializer",
  write(job, names) {
    const module = names("rest_framework.serializers");
    if (job.shape.keys.some(({ name }) => !isIdentifier(name) || name === module)) return null;
    const fields = job.shape.keys.map((key) => `    ${field(job, key, module)}`);
    const serializer = freeName(job.code, ["serializer", "body_serializer"]);
    const inView = job.shape.library?.startsWith("rest_framework") === true;
    const asks = inView
      ? [`${serializer}.is_valid(raise_exception=True)`]
      : [
          `if not ${serializer}.is_valid():`,
          `    raise ${names("django.core.exceptions.BadRequest")}(${serializer}.errors)`,
        ];
    return {
      declaration: [`class ${job.name}(${module}.Serializer):`, ...fields].join("\n"),
      before: (source) => [`${serializer} = ${job.name}(data=${source})`, ...asks],
      checked: () => `${serializer}.validated_data`,
      handler: null,
      read: () => null,
    };
  },
};

function field(job: Job, key: ShapedKey, module: string): string {
  const [type, ...inner] = fieldOf(key.type, module);
  const optional = !key.required;
  const args = [
    ...inner,
    ...(optional ? ["required=False"] : []),
    ...(optional && (key.nullable || defaultOf(job, key) === null) ? ["allow_null=True"] : []),
    // What was let through so far.
    ...(type === "CharField" ? ["allow_blank=True"] : []),
    ...(type === "CharField" && isSecret(key.name) ? ["trim_whitespace=False"] : []),
  ];
  return `${key.name} = ${module}.${type}(${args.join(", ")})`;
}

function fieldOf(type: string | null, module: string): readonly [string, ...string[]] {
  switch (type) {
    case "str":
      return ["CharField"];
    case "int":
      return ["IntegerField"];
    case "float":
      return ["FloatField"];
    case "bool":
      return ["BooleanField"];
    case "list":
      return ["ListField"];
    case "list[str]":
      return ["ListField", `child=${module}.CharField()`];
    case "list[int]":
      return ["ListField", `child=${module}.IntegerField()`];
    case "list[dict]":
      return ["ListField", `child=${module}.DictField()`];
    case "dict":
      return ["DictField"];
    default:
      return ["JSONField"];
  }
}
