/**
 * `holdfast completions bash`: what a shell needs to complete commands, options, and the values of options that have few. Made from the commands as they are,
 * so that it never lags behind; rules are not in it, because there a family or an id is rarely typed twice.
 */
import type { Command } from "commander";
import { EXIT, type ExitCode, UsageError } from "./failure.ts";

/** Prints the script; it is to be read by the shell when it starts. Throws a `UsageError` for other shells. */
export function completions(shell: string, program: Command, out: (text: string) => void): ExitCode {
  const script = SCRIPTS[shell];
  if (!script)
    throw new UsageError(`there are no completions for "${shell}"; possible are ${Object.keys(SCRIPTS).join(", ")}`);
  out(script(program.commands.map(described)));
  return EXIT.clean;
}

interface Described {
  readonly name: string;
  readonly help: string;
  readonly options: readonly DescribedOption[];
}

interface DescribedOption {
  /** With their dashes. */
  readonly flags: readonly string[];
  readonly help: string;
  /** Null: it takes none. Empty: any. */
  readonly values: readonly string[] | null;
}

const SCRIPTS: Readonly<Record<string, (commands: readonly Described[]) => string>> = { bash, zsh, fish };

function described(command: Command): Described {
  const options = command.options.map(({ short, long, description, argChoices, required, optional }) => ({
    flags: [short, long].filter((flag): flag is string => typeof flag === "string"),
    help: description,
    values: required || optional ? (argChoices ?? []) : null,
  }));
  return { name: command.name(), help: command.description(), options };
}

function bash(commands: readonly Described[]): string {
  const cases = commands.map(({ name, options }) => {
    const values = options
      .filter(({ values }) => values !== null && values.length > 0)
      .map(
        ({ flags, values }) =>
          `        ${flags.join("|")}) COMPREPLY=($(compgen -W "${values!.join(" ")}" -- "$word")); return;;`,
      );
    const previous = values.length === 0 ? "" : `      case "$previous" in\n${values.join("\n")}\n      esac\n`;
    return `    ${name})\n${previous}      options="${options.flatMap(({ flags }) => flags).join(" ")}";;`;
  });
  return `# bash completions of holdfast; in ~/.bashrc: source <(holdfast completions bash)
_holdfast() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" options=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")}" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$word"));;
  esac
}
complete -o default -F _holdfast holdfast
`;
}

function zsh(commands: readonly Described[]): string {
  const names = commands.map(({ name, help }) => `    ${quoted(`${name}:${help.replaceAll(":", "\\:")}`)}`);
  const cases = commands.map(({ name, options }) => {
    const lines = options.flatMap(({ flags, help, values }) =>
      flags.map((flag) => {
        const action = values === null ? "" : values.length > 0 ? `:value:(${values.join(" ")})` : ":value:_files";
        return `      ${quoted(`*${flag}[${help.replace(/[[\]:\\]/g, "\\$&")}]${action}`)} \\`;
      }),
    );
    return `    ${name}) _arguments \\\n${lines.join("\n")}\n      '*:path:_files';;`;
  });
  return `#compdef holdfast
# zsh completions of holdfast; put this where $fpath finds it, as _holdfast
_holdfast() {
  local -a commands=(
${names.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join("\n")}
  esac
}
if [ "$funcstack[1]" = "_holdfast" ]; then _holdfast "$@"; else compdef _holdfast holdfast; fi
`;
}

function fish(commands: readonly Described[]): string {
  const lines = commands.flatMap(({ name, help, options }) => [
    `complete -c holdfast -n __fish_use_subcommand -f -a ${name} -d ${quoted(help)}`,
    ...options.map(({ flags, help, values }) => {
      const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
      const value = values === null ? "" : values.length > 0 ? ` -x -a ${quoted(values.join(" "))}` : " -r";
      return `complete -c holdfast -n "__fish_seen_subcommand_from ${name}" ${names.join(" ")}${value} -d ${quoted(help)}`;
    }),
  ]);
  return `# fish completions of holdfast; save as ~/.config/fish/completions/holdfast.fish\n${lines.join("\n")}\n`;
}

/** In single quotes, as all three shells read them. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
