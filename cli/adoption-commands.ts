/** The options and commands for adopting Holdfast on old code: what they are called and what they take. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { SEVERITIES } from "../lint/finding.ts";
import { type BaselineOptions, checkBaseline, createBaseline, updateBaseline } from "./baseline.ts";
import type { Surroundings } from "./check.ts";
import type { ExitCode } from "./failure.ts";
import { type SuppressOptions, suppress, type UnsuppressOptions, unsuppress } from "./suppressions.ts";

/** Adds to `check` what decides about known findings and the gate. */
export function addAdoptionOptions(check: Command): Command {
  return check
    .option("--baseline <file>", "hide the findings this file knows, instead of the nearest holdfast-baseline.txt")
    .option("--no-baseline", "hide nothing, whatever baseline is there")
    .option("--update-baseline", "take findings that are gone out of the baseline; never adds any")
    .option("--since <ref>", "report only what was not there where HEAD left this branch, tag or commit")
    .option("--staged", "check what is staged instead of the work tree, and report only what HEAD does not have")
    .option("--max-findings <count>", "let so many findings at the gate pass", count)
    .addOption(
      new Option("--show <severity>", "show findings at least this severe; the gate stays").choices(SEVERITIES),
    );
}

interface Shell {
  command(name: string): Command;
  end(code: ExitCode): void;
  surroundings(color: boolean | undefined, quiet: boolean): Surroundings;
  /** Collect the values of an option: those between commas, and each as it is. */
  list(value: string, previous?: readonly string[]): readonly string[];
  each(value: string, previous?: readonly string[]): readonly string[];
}

/** Adds the commands `baseline`, `suppress` and `unsuppress`. */
export function addAdoptionCommands({ command, end, surroundings, list, each }: Shell): void {
  const baseline = command("baseline").description(
    "keep a list of the findings there are, so that only new ones are reported",
  );
  const own = (name: string, summary: string): Command =>
    baseline
      .command(name)
      .exitOverride()
      .copyInheritedSettings(baseline)
      .description(summary)
      .argument("[paths...]", "Python files, or folders to search; the current folder where none is named")
      .option("--baseline <file>", "the file, instead of the nearest holdfast-baseline.txt")
      .option("--select <rules>", "rules or families to run, separated by commas", list)
      .option("--ignore <rules>", "rules or families not to run, besides those of the settings", list)
      .option("--exclude <globs>", "files and folders to leave out, besides those of the settings", list)
      .option("--config <file|key=value>", "a settings file to take, or one setting in TOML; as often as needed", each)
      .option("--isolated", "look for no settings files")
      .option("--no-cache", "neither use nor leave what speeds up the next run")
      .option("--cache-dir <folder>", "where to keep it, instead of .holdfast-cache in the project");
  own("create", "write down all findings there are")
    .option("--force", "replace the file that is there")
    .action(async (paths: string[], options: BaselineOptions) =>
      end(await createBaseline(paths, options, surroundings(undefined, false))),
    );
  own("update", "take out findings that are gone, and follow those that moved")
    .option("--add", "write down new findings, too")
    .action(async (paths: string[], options: BaselineOptions) =>
      end(await updateBaseline(paths, options, surroundings(undefined, false))),
    );
  own("check", "exit with 1 where the file does not say exactly what there is").action(
    async (paths: string[], options: BaselineOptions) =>
      end(await checkBaseline(paths, options, surroundings(undefined, false))),
  );
  scope(command("suppress"), { list, each })
    .description("write ignore comments for all findings of a rule that are reported")
    .requiredOption("--rule <rules>", "rules or families, separated by commas", list)
    .requiredOption("--reason <text>", "why; it is written into each comment")
    .option("--until <day>", "the last day the comments count, as in 2027-01-31")
    .option("--baseline <file>", "leave out the findings this file knows, instead of the nearest holdfast-baseline.txt")
    .option("--no-baseline", "also those the baseline knows")
    .option("--since <ref>", "only findings that were not there where HEAD left this branch, tag or commit")
    .action(async (paths: string[], options: SuppressOptions) =>
      end(await suppress(paths, options, surroundings(undefined, false))),
    );
  scope(command("unsuppress"), { list, each })
    .description("take ignore comments away")
    .option("--rule <rules>", "rules or families to take out of the comments that name them", list)
    .option("--unused", "comments that silence nothing")
    .action(async (paths: string[], options: UnsuppressOptions) =>
      end(await unsuppress(paths, options, surroundings(undefined, false))),
    );
}

function scope(command: Command, { list, each }: Pick<Shell, "list" | "each">): Command {
  return command
    .argument("[paths...]", "Python files, or folders to search; the current folder where none is named")
    .option("--diff", "only show what would change")
    .option("--exclude <globs>", "files and folders to leave out, besides those of the settings", list)
    .option("--config <file|key=value>", "a settings file to take, or one setting in TOML; as often as needed", each)
    .option("--isolated", "look for no settings files")
    .option("--no-cache", "neither use nor leave what speeds up the next run")
    .option("--cache-dir <folder>", "where to keep it, instead of .holdfast-cache in the project");
}

function count(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError("it is a number, such as 20.");
  return Number(value);
}
