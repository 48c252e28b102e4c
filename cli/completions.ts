/**
 * `holdfast completions bash`: what a shell needs to complete commands, options, and the values of options that have few. Made from the commands as they are,
 * so that it never lags behind; rules are not in it, because there a family or an id is rarely typed twice.
 */
import type { Command } from "commander";
import { EXIT, type ExitCode } from "./failure.ts";

/** Prints the script of one of `SHELLS`, which is to be read by the shell when it starts. */
export function completions(shell: string, program: Command, out: (text: string) => void): ExitCode {
  out(SCRIPTS[shell]!(program.commands.map(described)));
  return EXIT.clean;
}

interface Described {
  readonly name: string;
  readonly help: string;
  readonly options: readonly DescribedOption[];
  /** Those below it: `create` of `baseline`. */
  readonly commands: readonly Described[];
  /** What its first argument may be; empty: any path. */
  readonly argument: readonly string[];
}

interface DescribedOption {
  /** With their dashes. */
  readonly flags: readonly string[];
  readonly help: string;
  /** Null: it takes none. Empty: any. */
  readonly values: readonly string[] | null;
}

const SCRIPTS: Readonly<Record<string, (commands: readonly Described[]) => string>> = { bash, zsh, fish };

/** The shells there are completions for. */
export const SHELLS: readonly string[] = Object.keys(SCRIPTS);

function described(command: Command): Described {
  const options = command.options.map(({ short, long, description, argChoices, required, optional }) => ({
    flags: [short, long].filter((flag): flag is string => typeof flag === "string"),
    help: description,
    values: required || optional ? (argChoices ?? []) : null,
  }));
  return {
    name: command.name(),
    help: command.description(),
    options,
    commands: command.commands.map(described),
    argument: command.registeredArguments[0]?.argChoices ?? [],
  };
}

/** What may stand directly behind a command; empty: options and paths only. */
function wordsAfter({ commands, argument }: Described): readonly string[] {
  return [...commands.map(({ name }) => name), ...argument];
}

function bash(commands: readonly Described[]): string {
  return `# bash completions of holdfast; in ~/.bashrc: source <(holdfast completions bash)
_holdfast() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" options=""
  COMPREPLY=()
${bashWords(
  1,
  commands.map(({ name }) => name),
)}${bashCases(1, commands)}
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$word"));;
  esac
}
complete -o default -F _holdfast holdfast
`;
}

function bashWords(place: number, words: readonly string[]): string {
  if (words.length === 0) return "";
  return `  if [ "$COMP_CWORD" -eq ${place} ]; then
    COMPREPLY=($(compgen -W "${words.join(" ")}" -- "$word"))
    return
  fi
`;
}

/** `place`: which word the commands are. */
function bashCases(place: number, commands: readonly Described[]): string {
  const cases = commands.map((command) => {
    const values = command.options
      .filter(({ values }) => values !== null && values.length > 0)
      .map(
        ({ flags, values }) =>
          `        ${flags.join("|")}) COMPREPLY=($(compgen -W "${values!.join(" ")}" -- "$word")); return;;`,
      );
    const previous = values.length === 0 ? "" : `      case "$previous" in\n${values.join("\n")}\n      esac\n`;
    const below = command.commands.length === 0 ? "" : `\n${bashCases(place + 1, command.commands)}`;
    const options = command.options.flatMap(({ flags }) => flags).join(" ");
    return `    ${command.name})\n${bashWords(place + 1, wordsAfter(command))}${previous}      options="${options}"${below};;`;
  });
  return `  case "\${COMP_WORDS[${place}]}" in\n${cases.join("\n")}\n  esac`;
}

function zsh(commands: readonly Described[]): string {
  return `#compdef holdfast
# zsh completions of holdfast; put this where $fpath finds it, as _holdfast
_holdfast() {
  local command
  local -a commands
${zshCases(commands)}
}
if [ "$funcstack[1]" = "_holdfast" ]; then _holdfast "$@"; else compdef _holdfast holdfast; fi
`;
}

/** Behind each command, it stands where `holdfast` stood. */
function zshCases(commands: readonly Described[]): string {
  const names = commands.map(({ name, help }) => `    ${quoted(`${name}:${help.replaceAll(":", "\\:")}`)}`);
  const cases = commands.map((command) => {
    if (command.commands.length > 0) return `    ${command.name})\n${zshCases(command.commands)};;`;
    const lines = command.options.flatMap(({ flags, help, values }) =>
      flags.map((flag) => {
        const action = values === null ? "" : values.length > 0 ? `:value:(${values.join(" ")})` : ":value:_files";
        return `      ${quoted(`*${flag}[${help.replace(/[[\]:\\]/g, "\\$&")}]${action}`)} \\\n`;
      }),
    );
    const argument = command.argument.length > 0 ? `'1:value:(${command.argument.join(" ")})'` : "'*:path:_files'";
    return `    ${command.name}) _arguments \\\n${lines.join("")}      ${argument};;`;
  });
  return `  commands=(
${names.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join("\n")}
  esac`;
}

function fish(commands: readonly Described[]): string {
  return `# fish completions of holdfast; save as ~/.config/fish/completions/holdfast.fish
function __holdfast_words
  set -l words (commandline -opc)
  set -e words[1]
  string join -- \\n $words
end
function __holdfast_right_after
  set -l words (__holdfast_words)
  test "$words" = "$argv"
end
function __holdfast_below
  set -l words (__holdfast_words)
  string match -q -- "$argv *" "$words "
end
${fishLines([], commands).join("\n")}
`;
}

/** `path`: the commands they stand below. */
function fishLines(path: readonly string[], commands: readonly Described[]): readonly string[] {
  const first = `complete -c holdfast -n ${quoted(["__holdfast_right_after", ...path].join(" "))} -f -a`;
  return commands.flatMap(({ name, help, options, commands: below, argument }) => {
    const own = [...path, name];
    const words = argument.map(
      (value) => `complete -c holdfast -n '__holdfast_right_after ${own.join(" ")}' -f -a ${value}`,
    );
    return [
      `${first} ${name} -d ${quoted(help)}`,
      ...words,
      ...options.map(({ flags, help, values }) => {
        const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
        const value = values === null ? "" : values.length > 0 ? ` -x -a ${quoted(values.join(" "))}` : " -r";
        return `complete -c holdfast -n '__holdfast_below ${own.join(" ")}' ${names.join(" ")}${value} -d ${quoted(help)}`;
      }),
      ...fishLines(own, below),
    ];
  });
}

/** In single quotes, as all three shells read them. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
