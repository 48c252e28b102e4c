/**
 * The command line. Reads arguments, hands over to one function per command, and turns every way to end into an exit code: 0 clean, 1 findings at or
 * above the gate, 2 a mistake in usage or settings, 3 an internal error. Findings go to stdout, everything else to stderr.
 */

import { createRequire } from "node:module";
import { resolve } from "node:path";
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import pc from "picocolors";
import { assetPath } from "../host/assets.ts";
import { kindOf } from "../host/targets.ts";
import { FAIL_ON } from "../lint/options.ts";
import manifest from "../package.json" with { type: "json" };
import { rules } from "../rules/index.ts";
import { addAdoptionCommands, addAdoptionOptions } from "./adoption-commands.ts";
import { type CheckOptions, check, type Surroundings } from "./check.ts";
import { completions, SHELLS } from "./completions.ts";
import { explain, listRules } from "./explain.ts";
import { EXIT, type ExitCode, UsageError } from "./failure.ts";
import { init } from "./init.ts";
import { FORMATS } from "./output.ts";
import { createProgress } from "./progress.ts";
import { watching } from "./watch.ts";
import { runShard, shardOfThisThread } from "./workers.ts";

async function main(): Promise<void> {
  survivesClosedPipe(process.stdout);
  survivesClosedPipe(process.stderr);
  process.on("uncaughtException", (error) => {
    internalError(error);
    process.exit(EXIT.internal);
  });
  try {
    await createProgram().parseAsync(process.argv);
  } catch (error) {
    process.exitCode = exitCodeFor(error);
  }
}

function createProgram(): Command {
  const program = new Command("holdfast")
    .description(
      "Finds blocking calls on the event loop, unvalidated request bodies and leaked database sessions in Python backends.",
    )
    .version(manifest.version, "-V, --version", "print the version")
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, "holdfast: ")) });
  const end = (code: ExitCode): void => {
    process.exitCode = code;
  };

  const command = (name: string): Command => program.command(name).exitOverride().copyInheritedSettings(program);
  addAdoptionOptions(command("check"))
    .description("check files and folders, the current folder where none is named")
    .argument("[paths...]", "Python files, or folders to search")
    .addOption(new Option("--output-format <format>", "how findings are printed").choices(Object.keys(FORMATS)))
    .option("--output <format=file>", "a report in that format, into a file; may be given several times", each)
    .option("--select <rules>", "rules or families to run, separated by commas", list)
    .option("--ignore <rules>", "rules or families not to run, besides those of the settings", list)
    .option("--exclude <globs>", "files and folders to leave out, besides those of the settings", list)
    .option("--config <file|key=value>", "a settings file to take, or one setting in TOML; as often as needed", each)
    .option("--isolated", "look for no settings files")
    .addOption(new Option("--fail-on <severity>", "exit with 1 for findings this severe").choices(FAIL_ON))
    .option("--fix", "apply the fixes that keep the program's behaviour")
    .option("--diff", "show what --fix would change, and change nothing; exit with 1 where there is something")
    .option("--unsafe-fixes", "with --fix or --diff, also fixes that may change the program's behaviour")
    .option("--stdin-filename <file>", "the file that the standard input, the path -, stands in for")
    .option("--watch", "check again after each change, until Ctrl-C")
    .option("--statistics", "print how many findings each rule has, instead of the findings")
    .option("--show-files", "print the files that would be checked, and check nothing")
    .option("--show-settings", "print the settings and where each comes from, and check nothing")
    .option("--show-timing", "say on stderr how long each rule took; leaves the cache alone")
    .option("--verify <fingerprints>", "say which of these findings are gone and which are still there", list)
    .option("--no-cache", "neither use nor leave what speeds up the next run")
    .option("--cache-dir <folder>", "where to keep it, instead of .holdfast-cache in the project")
    .option("--workers <n>", "check in so many threads, where nothing is kept of an earlier run (1)", threads)
    .option("-q, --quiet", "print findings only, no summary, notices or progress")
    .option("--color", "with colours, even if not on a terminal")
    .option("--no-color", "without colours")
    .action(async (paths: string[], options: CheckOptions & { color?: boolean }) => {
      const around = surroundings(options.color, options.quiet === true);
      end(await (options.watch ? watchPaths(paths, options, around) : check(paths, options, around)));
    });
  addAdoptionCommands({ command, end, surroundings, list, each });
  command("explain")
    .description("explain a rule: why it matters, what to do instead, when it stays silent")
    .argument("[rule]", "its id, such as async/blocking-call; without one, all rules are listed")
    .action((id: string | undefined) => end(explain(id, surroundings(undefined, true))));
  command("rules")
    .description("list all rules")
    .action(() => end(listRules(surroundings(undefined, true))));
  command("init")
    .description(
      "write settings to start from into pyproject.toml, or a new holdfast.toml; changes nothing that is there",
    )
    .action(() => end(init(process.cwd(), surroundings(undefined, true).out)));
  command("completions")
    .description("print the completions of a shell")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .action((shell: string) => end(completions(shell, program, surroundings(undefined, true).out)));
  command("server")
    .description("start the language server, for editors")
    .option("--stdio", "talk over standard input and output (the only way, and the default)")
    .action(() => startServer());
  return program;
}

function watchPaths(paths: readonly string[], options: CheckOptions, around: Surroundings): Promise<ExitCode> {
  if (paths.includes("-")) throw new UsageError('--watch waits for changes of files, and "-" is none; name a path');
  const targets = (paths.length > 0 ? paths : ["."]).map((path) => resolve(around.cwd, path));
  const missing = targets.findIndex((target) => kindOf(target) === null);
  if (missing >= 0) throw new UsageError(`${paths[missing]}: there is no such file or folder`);
  const ended = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ended.abort());
  return watching({
    targets,
    cwd: around.cwd,
    clear: process.stdout.isTTY ? () => void process.stdout.write("\x1b[2J\x1b[3J\x1b[H") : null,
    signal: ended.signal,
    check: () => check(paths, options, around),
    failed: (error) => void exitCodeFor(error),
    say: options.quiet ? () => {} : around.err,
  });
}

/** The server is a program of its own beside this one, so that checking never loads it. */
function startServer(): void {
  const server = assetPath("server.js");
  process.argv = [process.argv[0]!, server, "--stdio"];
  process.removeAllListeners("uncaughtException");
  createRequire(import.meta.url)(server);
}

function surroundings(color: boolean | undefined, quiet: boolean): Surroundings {
  const { env, stdout, stderr } = process;
  return {
    rules,
    cwd: process.cwd(),
    env,
    version: manifest.version,
    terminal: stdout.isTTY === true,
    color: color ?? wantsColor(),
    width: stdout.columns || Number(env.COLUMNS) || 120,
    progress: createProgress(stderr, !quiet),
    debug: isSet(env.HOLDFAST_DEBUG),
    parser: env.HOLDFAST_PARSER === "native" || env.HOLDFAST_PARSER === "wasm" ? env.HOLDFAST_PARSER : "any",
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
  };
}

/** https://no-color.org and https://force-color.org; a terminal otherwise. */
function wantsColor(): boolean {
  const { env, stdout } = process;
  if (isSet(env.NO_COLOR)) return false;
  if (isSet(env.FORCE_COLOR)) return env.FORCE_COLOR !== "0";
  return stdout.isTTY === true && env.TERM !== "dumb";
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}

function each(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

function list(value: string, previous: readonly string[] = []): readonly string[] {
  const added = value.split(",").map((each) => each.trim());
  return [...previous, ...added.filter(Boolean)];
}

function threads(value: string): number {
  if (!/^[1-9]\d?$/.test(value)) throw new InvalidArgumentError("it is a number from 1 on, such as 2.");
  return Number(value);
}

function exitCodeFor(error: unknown): ExitCode {
  if (error instanceof UsageError) {
    for (const line of error.message.split("\n")) process.stderr.write(`holdfast: ${line}\n`);
    return EXIT.usage;
  }
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.clean;
    const named = process.argv[2];
    if (error.code === "commander.unknownCommand" && named && kindOf(named) !== null) {
      process.stderr.write(`holdfast: to check a path, write \`holdfast check ${named}\`\n`);
    }
    return EXIT.usage;
  }
  internalError(error);
  return EXIT.internal;
}

function internalError(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const colors = pc.createColors(wantsColor());
  process.stderr.write(`${colors.red("holdfast: internal error:")} ${message}\n`);
  if (isSet(process.env.HOLDFAST_DEBUG)) process.stderr.write(`${error instanceof Error ? error.stack : ""}\n`);
  else {
    process.stderr.write(
      `This is a mistake in Holdfast ${manifest.version}, not in your code. Please report it with the output of the same command under HOLDFAST_DEBUG=1.\n`,
    );
  }
}

/** Whoever reads may stop early (`holdfast check | head`): that is no error. */
function survivesClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(process.exitCode ?? EXIT.clean);
    throw error;
  });
}

const shard = shardOfThisThread();
void (shard ? runShard(shard) : main());
