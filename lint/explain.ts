/** A rule as a page for people, in Markdown: for `holdfast explain`, the documentation and the editor. */
import { suppressionRules } from "./ignore-rules.ts";
import type { OptionSpec, Rule } from "./rule.ts";

/** The whole page, ending in a newline. */
export function explainRule(rule: Rule): string {
  const { docs } = rule;
  const parts = [
    `# ${rule.id}`,
    `${rule.summary}.`,
    `Severity: ${rule.severity}, unless the settings say otherwise.${rule.optIn ? " It is off until the settings name it, in `select` or with a severity." : ""}`,
    "## Why",
    docs.why.trim(),
    "## Instead",
    docs.instead.trim(),
    "## Example",
    "This is found:",
    python(docs.bad),
    "This is not:",
    python(docs.good),
  ];
  if (docs.silentWhen.length > 0)
    parts.push("## Silent when", docs.silentWhen.map((clause) => `- ${clause}`).join("\n"));
  const options = Object.entries(rule.options);
  if (options.length > 0) parts.push("## Options", options.map(([name, spec]) => optionLine(name, spec)).join("\n"));
  parts.push("## Settings", `\`\`\`toml\n${exampleSettings(rule)}\n\`\`\``);
  if (!suppressionRules.includes(rule))
    parts.push(
      "What your own functions and libraries do is taught with the settings `blocking`, `offloads`, `ignore-calls` and `stubs` (docs/teach.md).",
      `To accept one finding, write \`# holdfast: ignore[${rule.id}]\` on its line or alone above it.`,
    );
  return `${parts.join("\n\n")}\n`;
}

function python(code: string): string {
  return `\`\`\`python\n${code.trim()}\n\`\`\``;
}

function optionLine(name: string, spec: OptionSpec): string {
  const type = spec.type === "names" ? "list of names" : "true or false";
  return `- \`${name}\` (${type}, default \`${JSON.stringify(spec.default)}\`): ${spec.help}`;
}

function exampleSettings(rule: Rule): string {
  const lines = [`[tool.holdfast.rules."${rule.id}"]`, `severity = "${rule.severity}"  # or another, or "off"`];
  for (const [name, spec] of Object.entries(rule.options)) lines.push(`${name} = ${JSON.stringify(spec.default)}`);
  return lines.join("\n");
}
