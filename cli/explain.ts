/** `holdfast explain` and `holdfast rules`: what the rules are and why. */
import pc from "picocolors";
import { explainRule } from "../lint/explain.ts";
import { suppressionRules } from "../lint/ignore-rules.ts";
import { nearestName } from "../lint/options.ts";
import type { Rule } from "../lint/rule.ts";
import type { Surroundings } from "./check.ts";
import { EXIT, type ExitCode, UsageError } from "./failure.ts";

type Needed = Pick<Surroundings, "rules" | "color" | "out">;

/** Prints one rule, or the list where none is named. */
export function explain(id: string | undefined, around: Needed): ExitCode {
  if (id === undefined) return listRules(around);
  const all = [...around.rules, ...suppressionRules];
  const rule = all.find((each) => each.id === id);
  if (rule) {
    around.out(paintMarkdown(explainRule(rule), around.color));
    return EXIT.clean;
  }
  const guess = nearestName(
    id,
    all.map((each) => each.id),
  );
  throw new UsageError(
    `there is no rule "${id}"; ${guess ? `did you mean "${guess}"?` : "`holdfast rules` lists them all"}`,
  );
}

export function listRules({ rules, color, out }: Needed): ExitCode {
  const colors = pc.createColors(color);
  const all = [...rules, ...suppressionRules];
  const width = Math.max(...all.map((rule) => rule.id.length));
  const row = ({ id, severity, optIn, summary }: Rule): string =>
    `${colors.bold(id.padEnd(width))}  ${colors.dim((optIn ? "off" : severity).padEnd("information".length))}  ${summary}\n`;
  out(all.map(row).join(""));
  return EXIT.clean;
}

/** Headings bold and code plain between dim fences; without colour the Markdown as it stands. */
function paintMarkdown(markdown: string, color: boolean): string {
  const colors = pc.createColors(color);
  const paint = (line: string): string => {
    if (line.startsWith("#")) return colors.bold(line);
    return line.startsWith("```") ? colors.dim(line) : line;
  };
  return color ? markdown.split("\n").map(paint).join("\n") : markdown;
}
