/** What is said about a rule, a family or a setting where somebody writes its name: in hovers and beside completions. */
import { SETTINGS_HELP } from "../lint/options.ts";
import type { Rule } from "../lint/rule.ts";
import type { ClientAbilities } from "./capabilities.ts";
import { ALL_RULES } from "./explain.ts";
import { rulePage } from "./product.ts";

/** Names that may stand where a rule is selected, families and `all` included, with a line about each. */
export function selectors(): readonly { readonly name: string; readonly about: string; readonly rule: Rule | null }[] {
  const families = [...new Set(ALL_RULES.map(({ id }) => familyOf(id)))];
  return [
    ...ALL_RULES.map((rule) => ({ name: rule.id, about: rule.summary, rule })),
    ...families.map((name) => ({ name, about: `All rules of ${name}: ${idsOf(name).join(", ")}`, rule: null })),
  ];
}

/** Markdown about a rule or family; null where there is none of this name. */
export function selectorHelp(name: string, client: ClientAbilities): string | null {
  const found = selectors().find((each) => each.name === name);
  if (found === undefined) return null;
  if (found.rule === null)
    return `**${name}**\n\n${idsOf(name)
      .map((id) => `- \`${id}\``)
      .join("\n")}`;
  return ruleHelp(found.rule, client);
}

/** Markdown about a rule: what it says, why, what to do, and where there is more. */
export function ruleHelp(rule: Rule, client: ClientAbilities): string {
  return [
    `**${rule.summary}**`,
    `**Why** ${firstParagraph(rule.docs.why)}`,
    `**Instead** ${firstParagraph(rule.docs.instead)}`,
    ruleLink(rule.id, client),
  ].join("\n\n");
}

/** The rule's name as a link to its page, where there is one. */
export function ruleLink(rule: string, client: ClientAbilities): string {
  const page = rulePage(rule, client);
  const name = page === null ? `\`${rule}\`` : `[${rule}](${page})`;
  return client.commands.has("holdfast.explainRule") ? name : `${name} · more with \`holdfast explain ${rule}\``;
}

export function settingHelp(key: string): string | null {
  return key in SETTINGS_HELP ? SETTINGS_HELP[key as keyof typeof SETTINGS_HELP] : null;
}

export function firstParagraph(text: string): string {
  return (text.trim().split(/\n\s*\n/, 1)[0] ?? "").replace(/\s*\n\s*/g, " ");
}

function idsOf(family: string): readonly string[] {
  return ALL_RULES.map(({ id }) => id).filter((id) => familyOf(id) === family);
}

function familyOf(id: string): string {
  return id.slice(0, id.indexOf("/"));
}
