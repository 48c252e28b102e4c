/** The JSON schema (draft 2020-12) of the settings, derived from the rules: for editors that complete `[tool.holdfast]`, and for documentation. */
import { SEVERITIES } from "./finding.ts";
import { suppressionRules } from "./ignore-rules.ts";
import { FAIL_ON, OVERRIDE_HELP, SETTINGS_HELP } from "./options.ts";
import type { OptionSpec, Rule } from "./rule.ts";
import { NAME_PATTERN, PARAMETER_PATTERN, WAITED_FOR } from "./teaching.ts";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Accepts exactly what `resolveSettings` has nothing to say about. */
export function settingsSchema(rules: readonly Rule[]): JsonSchema {
  const all = [...rules, ...suppressionRules];
  const families = [...new Set(all.map((rule) => rule.id.split("/")[0]!))];
  const selector = { type: "string", enum: ["all", ...families, ...all.map((rule) => rule.id)] };
  const strings = { type: "array", items: { type: "string" } };
  const name = { type: "string", pattern: NAME_PATTERN };
  const blocking = {
    type: "object",
    additionalProperties: false,
    required: ["name"],
    properties: { name, what: { enum: WAITED_FOR, default: "a network reply" } },
  };
  const rulesTable = {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(all.map((rule) => [rule.id, ruleSchema(rule)])),
  };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Holdfast settings",
    type: "object",
    additionalProperties: false,
    properties: {
      select: { description: SETTINGS_HELP.select, type: "array", items: selector },
      ignore: { description: SETTINGS_HELP.ignore, type: "array", items: selector },
      exclude: { description: SETTINGS_HELP.exclude, ...strings },
      src: { description: SETTINGS_HELP.src, ...strings },
      baseline: { description: SETTINGS_HELP.baseline, type: "string" },
      "fail-on": { description: SETTINGS_HELP["fail-on"], enum: FAIL_ON, default: "warning" },
      blocking: { description: SETTINGS_HELP.blocking, type: "array", items: { anyOf: [name, blocking] } },
      offloads: {
        description: SETTINGS_HELP.offloads,
        type: "array",
        items: { type: "string", pattern: PARAMETER_PATTERN },
      },
      "ignore-calls": { description: SETTINGS_HELP["ignore-calls"], type: "array", items: name },
      stubs: { description: SETTINGS_HELP.stubs, ...strings },
      rules: { description: SETTINGS_HELP.rules, ...rulesTable },
      overrides: {
        description: SETTINGS_HELP.overrides,
        type: "array",
        items: {
          type: "object",
          additionalProperties: false,
          required: ["paths"],
          properties: {
            paths: { description: OVERRIDE_HELP.paths, ...strings },
            select: { description: OVERRIDE_HELP.select, type: "array", items: selector },
            ignore: { description: OVERRIDE_HELP.ignore, type: "array", items: selector },
            rules: { description: OVERRIDE_HELP.rules, ...rulesTable },
          },
        },
      },
      "path-defaults": { description: SETTINGS_HELP["path-defaults"], type: "boolean", default: true },
      extend: { description: SETTINGS_HELP.extend, type: "string" },
    },
  };
}

function ruleSchema(rule: Rule): JsonSchema {
  const severity = {
    description: "How severe its findings are.",
    enum: [...SEVERITIES, "off"],
    default: rule.optIn ? "off" : rule.severity,
  };
  const options = Object.entries(rule.options).map(([name, spec]) => [name, optionSchema(spec)]);
  return {
    description: rule.summary,
    type: "object",
    additionalProperties: false,
    properties: { severity, ...Object.fromEntries(options) },
  };
}

function optionSchema(spec: OptionSpec): JsonSchema {
  const type = spec.type === "names" ? { type: "array", items: { type: "string" } } : { type: "boolean" };
  return { description: spec.help, ...type, default: spec.default };
}
