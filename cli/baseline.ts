/** `holdfast baseline create|update|check`: the commands around the baseline file. Only they ever add to it. */
import { join, relative } from "node:path";
import { BASELINE_FILE } from "../host/baseline.ts";
import { slashed } from "../host/exclude.ts";
import { kindOf } from "../host/targets.ts";
import { asKnown, type Known, total } from "../lint/baseline.ts";
import { baselinePath } from "./adopt.ts";
import { type CheckOptions, checkTasks, type Part, type Surroundings } from "./check.ts";
import { EXIT, type ExitCode, UsageError } from "./failure.ts";
import { counted } from "./report.ts";

export interface BaselineOptions extends Omit<CheckOptions, "baseline" | "outputFormat"> {
  readonly baseline?: string;
  readonly force?: boolean;
  readonly add?: boolean;
}

/** Writes down everything that is found. */
export async function createBaseline(
  paths: readonly string[],
  options: BaselineOptions,
  around: Surroundings,
): Promise<ExitCode> {
  // Before the work: whoever has a baseline already should not wait to hear so.
  if (options.baseline !== undefined) refuseExisting(options.baseline, options, around, options.baseline);
  const parts = await checkTasks(paths, { ...options, baseline: false }, around);
  if (!sound(parts, around)) return EXIT.internal;
  const byFile = new Map<string, Part[]>();
  for (const part of parts) {
    const { root, settings } = part.task;
    const file = baselinePath({ root, settings, cwd: around.cwd, options }) ?? join(root, BASELINE_FILE);
    byFile.set(file, [...(byFile.get(file) ?? []), part]);
  }
  for (const file of byFile.keys()) refuseExisting(file, options, around, shown(file, around));
  for (const [file, group] of byFile) {
    const known = group.map(({ task, results }) => ({
      root: task.root,
      known: asKnown(results.flatMap(({ findings }) => findings)),
    }));
    group.at(-1)!.adoption.keep(file, known.at(-1)!.known, known.slice(0, -1));
    const count = group.reduce((sum, { results }) => sum + results.flatMap(({ findings }) => findings).length, 0);
    around.out(
      `Wrote ${counted(count, "finding")} to ${shown(file, around)}. Commit it; from now on only others are reported.\n`,
    );
  }
  return EXIT.clean;
}

/** Takes out what is gone, follows what moved, and, where asked to, adds what is new. */
export async function updateBaseline(
  paths: readonly string[],
  options: BaselineOptions,
  around: Surroundings,
): Promise<ExitCode> {
  const parts = withBaseline(await checkTasks(paths, options, around));
  if (!sound(parts, around)) return EXIT.internal;
  for (const { adoption } of parts) {
    const { gone, kept, fresh } = adoption.comparison!;
    adoption.keep(adoption.baseline!.path, options.add ? [...kept, ...asKnown(fresh)] : kept);
    const news = options.add
      ? `, added ${fresh.length}`
      : fresh.length > 0
        ? `; ${fresh.length} new not added (--add does)`
        : "";
    around.out(
      `${adoption.baselineName()}: took out ${total(gone)}${news}; ${total(kept) + (options.add ? fresh.length : 0)} known now.\n`,
    );
  }
  return EXIT.clean;
}

/** Says what the file does not know and what it knows too much of; 1 where there is any. */
export async function checkBaseline(
  paths: readonly string[],
  options: BaselineOptions,
  around: Surroundings,
): Promise<ExitCode> {
  const parts = withBaseline(await checkTasks(paths, options, around));
  if (!sound(parts, around)) return EXIT.internal;
  let exact = true;
  for (const { adoption, report } of parts) {
    const { gone, fresh, old } = adoption.comparison!;
    for (const { finding, origin } of report.reported) {
      const { line, column } = finding.range.start;
      around.out(`new   ${origin.show(finding.file)}:${line}:${column} ${finding.rule} ${finding.message}\n`);
    }
    for (const entry of gone)
      around.out(`gone  ${describe(entry, report.reported[0]?.origin.show ?? ((path) => path))}\n`);
    around.out(`${adoption.baselineName()}: ${old.length} known, ${fresh.length} new, ${total(gone)} gone.\n`);
    exact &&= fresh.length === 0 && gone.length === 0;
  }
  return exact ? EXIT.clean : EXIT.findings;
}

function describe({ file, function: fn, rule, count }: Known, show: (path: string) => string): string {
  return `${show(file)} ${fn} ${rule}${count > 1 ? ` x${count}` : ""}`;
}

function withBaseline(parts: readonly Part[]): readonly Part[] {
  const without = parts.filter(({ adoption }) => adoption.baseline === null);
  if (without.length > 0 || parts.length === 0) {
    throw new UsageError("there is no baseline here; `holdfast baseline create` makes one");
  }
  return parts;
}

function refuseExisting(file: string, { force }: BaselineOptions, { cwd }: Surroundings, name: string): void {
  if (force || (kindOf(join(cwd, file)) === null && kindOf(file) === null)) return;
  throw new UsageError(`${name} exists; \`holdfast baseline update\` keeps it up to date, --force writes it anew`);
}

/** Where Holdfast failed on a file nobody knows what is gone from it. */
function sound(parts: readonly Part[], around: Surroundings): boolean {
  const failures = parts.flatMap(({ report }) => report.failures);
  for (const failure of failures) around.err(`holdfast: ${failure.file}: ${failure.message}\n`);
  return failures.length === 0;
}

function shown(file: string, { cwd }: Surroundings): string {
  return slashed(relative(cwd, file));
}
