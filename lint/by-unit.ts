/**
 * What the rules say of a file, put together from what they say of its units, so that what they said of one before can stand in the place of asking again.
 *
 * What is kept is plain; places count as those of the unit do, which may have moved since.
 */
import { type FileView, type Hop, rangeOf, type Span, type UnitView } from "../analysis/index.ts";
import type { EnabledRule } from "./options.ts";
import type { Report, ReportFix } from "./rule.ts";
import { type Draft, draftsOf, type RuleFailure, reportsOf, type Said } from "./run.ts";

/** What a rule said of a function, with fixes of any form. */
export interface KeptSaid<F> extends Pick<Said, "fn"> {
  readonly at: Place;
  readonly path: readonly (Pick<Hop, "file" | "range" | "message"> & { readonly at: Place })[];
  readonly report: Pick<Report, "message" | "confidence"> & { readonly fixes: readonly F[] };
}

/** What rules in force say of a unit, by their number; those that say nothing are left out, as nearly all do. */
export type SaidOfUnit<F> = readonly (readonly [rule: number, said: readonly KeptSaid<F>[] | RuleFailure])[];

/** A place in the unit, which moves along with it, or one elsewhere. */
export type Place = { readonly own: Span } | { readonly elsewhere: Span };

/** What each rule in force says of a file, in their order: as running them gives it. `saidOf` gives what they say of one unit, `fixesOf` the fixes of that. */
export function outcomesByUnit<F>(
  file: FileView,
  enabled: readonly EnabledRule[],
  saidOf: (unit: UnitView) => SaidOfUnit<F>,
  fixesOf: (fixes: readonly F[], at: Span, unit: UnitView, rule: EnabledRule) => readonly ReportFix[],
): readonly (Draft[] | RuleFailure)[] {
  const outcomes: (Map<string, Said> | RuleFailure)[] = enabled.map(() => new Map<string, Said>());
  for (const unit of file.units)
    for (const [index, said] of saidOf(unit)) {
      const outcome = outcomes[index]!;
      if (!(outcome instanceof Map)) continue;
      if ("message" in said) outcomes[index] = said;
      else
        for (const { fn, at: place, path, report } of said) {
          const at = spanOf(place, unit);
          const hops = path.map((hop) => placedHop(hop, file, unit));
          const fixes = fixesOf(report.fixes, at, unit, enabled[index]!);
          add(outcome, { fn, report: { ...report, at, path: hops, fixes } });
        }
    }
  return outcomes.map((outcome, index) =>
    outcome instanceof Map ? draftsOf(enabled[index]!, file, [...outcome.values()]) : outcome,
  );
}

function add(outcome: Map<string, Said>, said: Said): void {
  const place = `${said.report.at.start}:${said.report.at.end}`;
  if (!outcome.has(place)) outcome.set(place, said);
}

/** A hop as it is where the unit stands now. */
function placedHop(hop: KeptSaid<unknown>["path"][number], file: FileView, unit: UnitView): Hop {
  const { file: path, at, range, message } = hop;
  const span = spanOf(at, unit);
  return { file: path, span, range: "own" in at ? rangeOf(file.lineStarts, span) : range, message };
}

/**
 * Runs the rules on a unit. `ownOf` gives the places in its file that move along with it, null for others; `fixOf` what is kept of a fix, of some none, with `placeOf` for
 * places in that file.
 */
export function askedOfUnit<F>(
  enabled: readonly EnabledRule[],
  file: FileView,
  unit: UnitView,
  ownOf: (span: Span) => Span | null,
  fixOf: (fix: ReportFix, placeOf: (span: Span) => Place) => readonly F[],
): SaidOfUnit<F> {
  const placeOf = (span: Span): Place => {
    const own = ownOf(span);
    if (own !== null) return { own };
    // It holds for this text only.
    void file.text;
    return { elsewhere: span };
  };
  const functions = unit.functions();
  return enabled.flatMap((rule, index): SaidOfUnit<F> => {
    const said = reportsOf(rule, file, functions);
    if (!Array.isArray(said)) return [[index, said]];
    if (said.length === 0) return [];
    const kept = said.map(({ fn, report: { at, path, message, confidence, fixes } }) => ({
      fn: { id: fn.id, qualifiedName: fn.qualifiedName },
      at: placeOf(at),
      path: path.map(({ file: of, span, range, message }) => ({
        file: of,
        at: of === file.path ? placeOf(span) : { elsewhere: span },
        range,
        message,
      })),
      report: { message, confidence, fixes: fixes.flatMap((fix) => fixOf(fix, placeOf)) },
    }));
    return [[index, kept]];
  });
}

/** Where a place is, now that the unit is where it is. */
export function spanOf(place: Place, unit: UnitView): Span {
  return "own" in place ? unit.at(place.own) : place.elsewhere;
}
