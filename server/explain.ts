/** `holdfast/explain`, `holdfast/rules`: the pages of rules, for clients that show them inside the editor. */
import { explainRule } from "../lint/explain.ts";
import { suppressionRules } from "../lint/ignore-rules.ts";
import type { Rule } from "../lint/rule.ts";
import { rules } from "../rules/index.ts";
import { answering } from "./handlers.ts";
import type { Session } from "./session.ts";

export const ALL_RULES: readonly Rule[] = [...rules, ...suppressionRules];

export function installExplain({ connection }: Session): void {
  connection.onRequest(
    "holdfast/explain",
    answering<unknown, string | null>(connection, "explaining a rule", null, (params) => {
      const id = (params as { rule?: unknown } | null)?.rule;
      const rule = ALL_RULES.find((each) => each.id === id);
      return rule === undefined ? null : explainRule(rule);
    }),
  );
  connection.onRequest("holdfast/rules", () => ALL_RULES.map(({ id, summary }) => ({ id, summary })));
}
