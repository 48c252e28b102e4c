/**
 * What the rules say of a file that is being edited: of units that nothing has changed for, what they said before.
 *
 * Fixes are only counted. Whoever wants one has the rule look at the unit again, so that what it writes is right for the text of now, and nothing old is held.
 */
import type { FileView, Span, UnitView } from "../analysis/index.ts";
import { askedOfUnit, outcomesByUnit } from "./by-unit.ts";
import type { EnabledRule, RulesInForce } from "./options.ts";
import type { ReportFix } from "./rule.ts";
import { type Draft, type RuleFailure, reportsOf } from "./run.ts";

/** What each rule in force says of a file, in their order: as running them gives it. */
export function keptOutcomes(file: FileView, { enabled }: RulesInForce): readonly (Draft[] | RuleFailure)[] {
  return outcomesByUnit(
    file,
    enabled,
    (unit) => unit.keep(enabled, () => askedOfUnit(enabled, file, unit, (span) => unit.own(span), counted)),
    (fixes, at, unit, rule) => madeAgain(fixes, () => fixesAt(at, rule, file, unit)),
  );
}

function counted({ safe, root }: ReportFix): readonly ReportFix[] {
  return [{ ...NO_FIX, safe, ...(root !== undefined && { root }) }];
}

const NO_FIX: ReportFix = { title: "", safe: false, edits: () => null };

function madeAgain(fixes: readonly ReportFix[], make: () => readonly ReportFix[]): readonly ReportFix[] {
  let again: readonly ReportFix[] | undefined;
  const made = (index: number): ReportFix | undefined => {
    again ??= make();
    return again[index];
  };
  return fixes.map(
    (fix, index): ReportFix => ({
      ...fix,
      get title() {
        return made(index)?.title ?? "";
      },
      edits: () => made(index)?.edits() ?? null,
    }),
  );
}

function fixesAt(at: Span, rule: EnabledRule, file: FileView, unit: UnitView): readonly ReportFix[] {
  const said = reportsOf(rule, file, unit.functions());
  if (!Array.isArray(said)) return [];
  return said.find(({ report }) => report.at.start === at.start && report.at.end === at.end)?.report.fixes ?? [];
}
