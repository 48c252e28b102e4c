/** What shells make of the completions, in those that are here: zsh and fish with real key strokes or questions. Runs the built command line; needs `npm run build` before. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { plainEnvironment } from "./harness/environment.ts";
import { eachWithFolder } from "./harness/folder.ts";

describe("completions", () => {
  const folder = eachWithFolder();

  /** What becomes of a command line behind Tab, in each shell. */
  const COMPLETED: readonly (readonly [typed: string, completed: string])[] = [
    ["exp", "explain"],
    ["check --fail-on w", "check --fail-on warning"],
    ["check --stat", "check --statistics"],
    ["check a.py --stat", "check a.py --statistics"],
    ["check a.p", "check a.py"],
    ["baseline cr", "baseline create"],
    ["baseline create --fo", "baseline create --force"],
    ["completions z", "completions zsh"],
  ];
  const SHELLS = {
    bash: (script: string, line: string): string => `${script}
COMP_WORDS=(holdfast ${line}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _holdfast
[ "\${#COMPREPLY[@]}" -eq 0 ] && COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
echo ${line.replace(/\S*$/, "")}"\${COMPREPLY[@]}"`,
    zsh: (_: string, line: string): string => `zmodload zsh/zpty
zpty -b shell "PS1= ZDOTDIR=$PWD TERM=dumb zsh -f -i"
zpty -w shell 'autoload -Uz compinit; compinit -u -D; source ./script; holdfast() { print -r -- "<<$*>>" }; print re""ady'
zpty -r shell out '*ready*'
zpty -w -n shell 'holdfast ${line}'$'\\t\\n'
zpty -r shell out '*<<*>>*'
print -r -- "\${\${out##*<<}%%>>*}"
zpty -d shell`,
    fish: (_: string, line: string): string => `source ./script
echo ${line.replace(/\S*$/, "")}(complete -C 'holdfast ${line}' | string replace -r '\\t.*' '')`,
  };
  for (const [shell, program] of Object.entries(SHELLS)) {
    const isHere = spawnSync(shell, ["-c", "true"]).error === undefined;
    const what = `completes commands, options, values and paths in ${shell}`;
    it(isHere ? what : `${what} (passed over: it is not installed)`, function () {
      if (!isHere) return this.skip();
      const script = folder.holdfast(["completions", shell]).stdout;
      folder.lay({ "a.py": "", script });
      for (const [line, completed] of COMPLETED) {
        const { stdout, stderr } = spawnSync(shell, ["-c", program(script, line)], {
          cwd: folder.path,
          encoding: "utf8",
          env: { ...plainEnvironment(), HOME: folder.path },
        });
        assert.equal(stdout.trim(), completed, stderr);
      }
    });
  }

  it("knows no other shells", () => {
    const { status, stderr } = folder.holdfast(["completions", "tcsh"]);
    assert.equal(status, 2);
    assert.match(stderr, /bash, zsh, fish/);
  });
});
