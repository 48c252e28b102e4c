/** `--show-timing`: how long each rule took. What the engine works out on demand counts for the rule that asks first. */
import type { Rule } from "../lint/rule.ts";

export interface Timing {
  /** The rules, which count their time. */
  readonly rules: readonly Rule[];
  /** Milliseconds by rule, longest first, as lines. */
  table(): string;
}

export function timed(rules: readonly Rule[]): Timing {
  const spent = new Map<string, number>(rules.map(({ id }) => [id, 0]));
  const add = (id: string, since: number): void => {
    spent.set(id, spent.get(id)! + performance.now() - since);
  };
  const counting = rules.map((rule): Rule => {
    return {
      ...rule,
      *check(fn, context) {
        let since = performance.now();
        try {
          for (const report of rule.check(fn, context)) {
            add(rule.id, since);
            yield report;
            since = performance.now();
          }
        } finally {
          add(rule.id, since);
        }
      },
    };
  });
  const table = (): string =>
    [...spent]
      .sort(([, a], [, b]) => b - a)
      .map(([id, ms]) => `${ms.toFixed(0).padStart(8)} ms  ${id}\n`)
      .join("");
  return { rules: counting, table };
}
