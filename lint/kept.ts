/**
 * What the rules say of a file that is being edited: of units that nothing has changed for, what they said before.
 *
 * What is kept is plain: places count as those of the unit do, and fixes are only counted. Whoever wants one has the rule look at the unit again, so
 * that what it writes is right for the text of now, and nothing old is held.
 */
import { type FileView, type Hop, rangeOf, type Span, type UnitView } from "../analysis/index.ts";
import type { EnabledRule, RulesInForce } from "./options.ts";
import type { Report, ReportFix } from "./rule.ts";
import { type Draft, draftsOf, type RuleFailure, reportsOf, type Said } from "./run.ts";

/** What rules in force say of a unit, by their number; those that say nothing are left out, as nearly all do. */
type Kept = readonly (readonly [rule: number, said: readonly KeptSaid[] | RuleFailure])[];

interface KeptSaid extends Pick<Said, "fn"> {
  readonly at: Place;
  readonly path: readonly (Pick<Hop, "range" | "message"> & { readonly file: string; readonly at: Place })[];
  readonly report: Pick<Report, "message" | "confidence" | "fixes">;
}

/** A place in the unit, which moves along with it, or one elsewhere. */
type Place = { readonly own: Span } | { readonly elsewhere: Span };

/** What each rule in force says of a file, in their order: as running them gives it. */
export function keptOutcomes(file: FileView, { enabled }: RulesInForce): readonly (Draft[] | RuleFailure)[] {
  const outcomes: (Map<string, Said> | RuleFailure)[] = enabled.map(() => new Map<string, Said>());
  for (const unit of file.units) {
    const kept = unit.keep(enabled, (): Kept => run(enabled, file, unit));
    for (const [index, said] of kept) {
      const outcome = outcomes[index]!;
      if (!(outcome instanceof Map)) continue;
      if ("message" in said) outcomes[index] = said;
      else for (const each of said) add(outcome, { fn: each.fn, report: placed(each, file, unit, enabled[index]!) });
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

function run(enabled: readonly EnabledRule[], file: FileView, unit: UnitView): Kept {
  const functions = unit.functions();
  return enabled.flatMap((rule, index): Kept => {
    const said = reportsOf(rule, file, functions);
    if (!Array.isArray(said)) return [[index, said]];
    return said.length === 0 ? [] : [[index, said.map((each) => stripped(each, file, unit))]];
  });
}

function stripped({ fn, report }: Said, file: FileView, unit: UnitView): KeptSaid {
  const at = placeOf(report.at, unit);
  // It holds for this text only.
  if ("elsewhere" in at) void file.text;
  return {
    fn: { id: fn.id, qualifiedName: fn.qualifiedName },
    at,
    path: report.path.map(({ file: path, span, range, message }) => ({
      file: path,
      at: path === file.path ? placeOf(span, unit) : { elsewhere: span },
      range,
      message,
    })),
    report: {
      message: report.message,
      confidence: report.confidence,
      fixes: report.fixes.map(({ safe, root }) => ({ ...NO_FIX, safe, ...(root !== undefined && { root }) })),
    },
  };
}

const NO_FIX: ReportFix = { title: "", safe: false, edits: () => null };

function placeOf(span: Span, unit: UnitView): Place {
  const own = unit.own(span);
  return own === null ? { elsewhere: span } : { own };
}

/** What was kept, as it is where the unit stands now. */
function placed({ at: place, path, report }: KeptSaid, file: FileView, unit: UnitView, rule: EnabledRule): Report {
  const at = spanOf(place, unit);
  let again: readonly ReportFix[] | undefined;
  const made = (index: number): ReportFix | undefined => {
    again ??= fixesAt(at, rule, file, unit);
    return again[index];
  };
  return {
    ...report,
    at,
    path: path.map(({ at: place, file: path, range, message }) => {
      const span = spanOf(place, unit);
      return { file: path, span, range: "own" in place ? rangeOf(file.lineStarts, span) : range, message };
    }),
    fixes: report.fixes.map(
      (fix, index): ReportFix => ({
        ...fix,
        get title() {
          return made(index)?.title ?? "";
        },
        edits: () => made(index)?.edits() ?? null,
      }),
    ),
  };
}

function spanOf(place: Place, unit: UnitView): Span {
  return "own" in place ? unit.at(place.own) : place.elsewhere;
}

function fixesAt(at: Span, rule: EnabledRule, file: FileView, unit: UnitView): readonly ReportFix[] {
  const said = reportsOf(rule, file, unit.functions());
  if (!Array.isArray(said)) return [];
  return said.find(({ report }) => report.at.start === at.start && report.at.end === at.end)?.report.fixes ?? [];
}
