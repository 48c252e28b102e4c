/** What rules about things made anew for each request share: one report for each making that they watch. */
import type { FunctionView, RebuiltView } from "../analysis/index.ts";
import type { Report } from "./rule.ts";

/** Reports of what a function makes for each request, of the kinds that `watches` accepts; `costs` says what each request pays for it. */
export function* rebuildReports(
  fn: FunctionView,
  watches: (what: string) => boolean,
  costs: (what: string) => string,
): Iterable<Report> {
  for (const made of fn.rebuilt()) {
    if (!watches(made.what)) continue;
    yield {
      at: made.span,
      message: `\`${made.text}\` makes ${article(made.what)} ${made.what} anew for each request ${whom(made)}: ${costs(made.what)}`,
      confidence: "certain",
      path: made.path,
      fixes: [],
    };
  }
}

function whom({ handler }: RebuiltView): string {
  return handler.here ? `that \`${handler.name}\` serves` : `that comes by \`${handler.name}\``;
}

function article(noun: string): string {
  return /^[aeiou]|^http/i.test(noun) ? "an" : "a";
}
