/**
 * What runs Holdfast for people, as really as one machine allows: hooks run by Git itself in `git commit`, the steps of the GitHub action by bash with
 * a runner's variables, every YAML example of the pages parsed and held against what there is.
 */
import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import manifest from "../package.json" with { type: "json" };
import { plainEnvironment } from "./harness/environment.ts";
import { ROOT } from "./harness/fixture.ts";
import { CLI, eachWithFolder } from "./harness/folder.ts";

const yaml = createRequire(import.meta.url)("js-yaml") as { load(text: string): unknown };
const LIMIT_MS = 180_000;
const SLEEPS = "import time\n\n\nasync def pause():\n    time.sleep(1)\n";
const WAITING = "import requests\n\n\ndef load():\n    return requests.get('https://x.example')\n";
const PROJECT = {
  "pyproject.toml": "[project]\nname = 'x'\n",
  "app/__init__.py": "",
  "app/helpers.py": "def load():\n    return 1\n",
  "app/main.py": "from app.helpers import load\n\n\nasync def rates():\n    return load()\n",
};
/** A `holdfast` as people have it in their path: the built command line. */
const COMMAND = { "bin/holdfast": `#!/bin/sh\nexec "${process.execPath}" "${CLI}" "$@"\n` };

const contentOf = (file: string): string => readFileSync(join(ROOT, file), "utf8");

function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): SpawnSyncReturns<string> {
  const plain = plainEnvironment();
  const PATH = `${join(cwd, "bin")}${delimiter}${plain.PATH}`;
  return spawnSync(command, args, { cwd, encoding: "utf8", env: { ...plain, PATH, ...env } });
}

describe("pre-commit hooks", function () {
  this.timeout(LIMIT_MS);
  const folder = eachWithFolder();
  interface Hook {
    readonly id: string;
    readonly entry: string;
    readonly language: string;
    readonly types: readonly string[];
    readonly pass_filenames?: boolean;
    readonly require_serial: boolean;
  }
  const hooks = yaml.load(contentOf(".pre-commit-hooks.yaml")) as readonly Hook[];
  const ME = { GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@b", GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@b" };
  const git = (...args: readonly string[]) =>
    run("git", args, folder.path, { ...ME, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" });

  /** A repository whose commits are checked as pre-commit would: the hook's command, with the staged Python files where it wants them. */
  function repositoryWith(id: string): void {
    const { entry, pass_filenames } = hooks.find((hook) => hook.id === id)!;
    const files = "git diff --cached --name-only --diff-filter=ACMR -z -- '*.py'";
    const script = pass_filenames === false ? `exec ${entry}` : `${files} | xargs -0 -r ${entry}`;
    folder.lay({ ...PROJECT, ...COMMAND, ".gitignore": "bin/\n" });
    chmodSync(join(folder.path, "bin/holdfast"), 0o755);
    git("init", "-q");
    git("add", "-A");
    git("commit", "-q", "-m", "start");
    folder.lay({ ".git/hooks/pre-commit": `#!/bin/sh\n${script}\n` });
    chmodSync(join(folder.path, ".git/hooks/pre-commit"), 0o755);
  }

  it("are commands of the package, run once for all files", () => {
    for (const { entry, language, require_serial, types } of hooks) {
      const [command, ...args] = entry.split(" ");
      assert.ok(command! in manifest.bin);
      assert.equal(language, "node");
      assert.equal(require_serial, true);
      assert.deepEqual(types, ["python"]);
      const help = run(process.execPath, [CLI, args[0]!, "--help"], ROOT).stdout;
      for (const flag of args.slice(1)) assert.ok(help.includes(flag), flag);
    }
  });

  it("holdfast: Git refuses a commit of a file with a finding, and makes it without", () => {
    repositoryWith("holdfast");
    folder.lay({ "app/with space.py": SLEEPS, "app/unstaged.py": SLEEPS });
    git("add", "app/with space.py");
    const refused = git("commit", "-m", "sleep");
    assert.notEqual(refused.status, 0);
    assert.match(refused.stdout + refused.stderr, /^app\/with space\.py:5:5 {2}warning\[async\/blocking-call\]/m);
    assert.doesNotMatch(refused.stdout + refused.stderr, /unstaged/);
    folder.lay({
      "app/with space.py": SLEEPS.replace("import time", "import asyncio").replace("time.", "await asyncio."),
    });
    git("add", "app/with space.py");
    const made = git("commit", "-m", "sleep well");
    assert.equal(made.status, 0, made.stdout + made.stderr);
  });

  it("holdfast-staged: Git refuses what breaks a file the commit leaves as it is, and lets old findings be", () => {
    repositoryWith("holdfast-staged");
    folder.lay({ "app/old.py": SLEEPS });
    git("add", "app/old.py");
    git("commit", "-q", "--no-verify", "-m", "old");
    folder.lay({ "app/old.py": `# moved\n${SLEEPS}` });
    git("add", "app/old.py");
    const moved = git("commit", "-m", "move");
    assert.equal(moved.status, 0, moved.stdout + moved.stderr);
    folder.lay({ "app/helpers.py": WAITING });
    git("add", "app/helpers.py");
    const refused = git("commit", "-m", "ask the network");
    assert.notEqual(refused.status, 0);
    const said = refused.stdout + refused.stderr;
    assert.match(said, /^app\/main\.py:5:12 {2}warning\[async\/blocking-call\]/m);
    assert.doesNotMatch(said, /old\.py/);
  });
});

describe("the GitHub action", function () {
  this.timeout(LIMIT_MS);
  const folder = eachWithFolder();
  interface Step {
    readonly id?: string;
    readonly name?: string;
    readonly run?: string;
    readonly shell?: string;
    readonly uses?: string;
    readonly env?: Readonly<Record<string, string>>;
  }
  const action = yaml.load(contentOf("action.yml")) as {
    readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
    readonly outputs: Readonly<Record<string, { readonly value: string }>>;
    readonly runs: { readonly using: string; readonly steps: readonly Step[] };
  };
  const { steps } = action.runs;
  const scripts = steps.filter((step) => step.run !== undefined);

  /** Runs a step as the runner does (https://docs.github.com/actions, `shell: bash`), its inputs in the variables the step maps them to. */
  function runStep(id: string, inputs: Readonly<Record<string, string>>) {
    const step = steps.find((each) => each.id === id)!;
    folder.lay({ "runner/step.sh": step.run!, "runner/output": "", "runner/path": "", "runner/summary.md": "" });
    const mapped = Object.entries(step.env ?? {}).map(([name, value]) => {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1];
      return [name, input ? (inputs[input] ?? action.inputs[input]!.default) : ROOT];
    });
    const runner = (name: string): string => join(folder.path, "runner", name);
    return run("bash", ["--noprofile", "--norc", "-eo", "pipefail", runner("step.sh")], folder.path, {
      ...Object.fromEntries(mapped),
      RUNNER_TEMP: runner("temp"),
      GITHUB_OUTPUT: runner("output"),
      GITHUB_PATH: runner("path"),
      GITHUB_STEP_SUMMARY: runner("summary.md"),
      GITHUB_WORKSPACE: folder.path,
      npm_config_omit: "optional",
    });
  }

  function project(): void {
    folder.lay({ ...PROJECT, "app/helpers.py": WAITING, "my app/a.py": SLEEPS, ...COMMAND, "runner/temp/x": "" });
    chmodSync(join(folder.path, "bin/holdfast"), 0o755);
  }

  it("has scripts that bash reads, and that take no text of others as code", () => {
    for (const { run: script, shell } of scripts) {
      assert.equal(shell, "bash");
      assert.doesNotMatch(script!, /\$\{\{/, "what a workflow says comes in variables");
      const parsed = spawnSync("bash", ["-n"], { input: script!, encoding: "utf8" });
      assert.equal(parsed.status, 0, parsed.stderr);
      const linted = spawnSync("shellcheck", ["--shell=bash", "-"], { input: script!, encoding: "utf8" });
      // ShellCheck is not on every machine; bash itself has read the script.
      if (linted.error === undefined) assert.equal(linted.status, 0, linted.stdout);
    }
  });

  it("uses every input it has, gives outputs of steps it has, and the page tells them all", () => {
    const page = contentOf("docs/ci-github.md");
    const source = contentOf("action.yml");
    for (const input of Object.keys(action.inputs)) {
      assert.ok(source.includes(`inputs.${input} `), `${input} is used`);
      assert.ok(page.includes(`| \`${input}\``), `${input} is on the page`);
    }
    for (const [output, { value }] of Object.entries(action.outputs)) {
      const [, id, name] = /^\$\{\{ steps\.([\w-]+)\.outputs\.([\w-]+) \}\}$/.exec(value)!;
      assert.ok(steps.find((step) => step.id === id)!.run!.includes(`${name}=`), output);
      assert.ok(page.includes(`\`${output}\``), output);
    }
  });

  it("checks, annotates, reports and fails as the check does", () => {
    project();
    const checked = runStep("check", { args: "--fail-on\nwarning" });
    assert.equal(checked.status, 1, checked.stderr);
    assert.match(checked.stdout, /^::warning file=app\/main\.py,line=5,/m);
    const outputs = Object.fromEntries(
      folder
        .read("runner/output")
        .trim()
        .split("\n")
        .map((line) => line.split("=")),
    );
    assert.equal(outputs["exit-code"], "1");
    assert.equal(JSON.parse(readFileSync(outputs["sarif-file"], "utf8")).runs[0].results.length, 2);
    assert.match(folder.read("runner/summary.md"), /^## Holdfast\n/);
    assert.ok(existsSync(join(folder.path, ".holdfast-cache")));
  });

  it("takes a path per line, does without cache and summary, and passes where nothing is wrong", () => {
    project();
    const checked = runStep("check", { paths: "my app\napp/helpers.py\n", cache: "false", summary: "false" });
    assert.equal(checked.status, 1, checked.stderr);
    assert.match(checked.stdout, /^::warning file=my app\/a\.py,line=5,/m);
    assert.doesNotMatch(checked.stdout, /main\.py/);
    assert.equal(folder.read("runner/summary.md"), "");
    assert.ok(!existsSync(join(folder.path, ".holdfast-cache")));
    const passed = runStep("check", { paths: "app/helpers.py" });
    assert.equal(passed.status, 0, passed.stderr);
    assert.match(folder.read("runner/output"), /^exit-code=0$/m);
  });

  it("tells a mistake in its arguments from findings", () => {
    project();
    const wrong = runStep("check", { args: "--no-such-flag $(touch broken) ; touch broken" });
    assert.equal(wrong.status, 2);
    assert.match(folder.read("runner/output"), /^exit-code=2\n$/);
    assert.ok(!existsSync(join(folder.path, "broken")), "arguments are no code");
  });

  it("installs a packed tarball and puts its command into the path", () => {
    project();
    const packed = run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder.path], ROOT);
    assert.equal(packed.status, 0, packed.stderr);
    const installed = runStep("install", { version: `holdfast-${manifest.version}.tgz` });
    assert.equal(installed.status, 0, installed.stderr);
    const bin = folder.read("runner/path").trim();
    const checked = run(join(bin, "holdfast"), ["check", "--output", "concise", "app"], folder.path);
    assert.match(checked.stdout, /^app\/main\.py:5:12: warning\[async\/blocking-call\]/);
  });
});

describe("the examples of the pages", () => {
  const pages = readdirSync(join(ROOT, "docs"), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
    .map(({ name }) => `docs/${name}`);
  const examples = pages.flatMap((page) =>
    [...contentOf(page).matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, source]) => ({ page, source: source! })),
  );

  it("are YAML", () => {
    assert.ok(examples.length >= 6);
    for (const { page, source } of examples) assert.doesNotThrow(() => yaml.load(source), page);
  });

  it("give the action only inputs it has, and name only hooks there are", () => {
    const { inputs } = yaml.load(contentOf("action.yml")) as { readonly inputs: object };
    const hooks = (yaml.load(contentOf(".pre-commit-hooks.yaml")) as { id: string }[]).map(({ id }) => id);
    let used = 0;
    const visit = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      const { uses, with: given, repo, hooks: named } = value as Record<string, unknown>;
      if (typeof uses === "string" && uses.includes("/holdfast@")) {
        used++;
        for (const input of Object.keys((given as object | undefined) ?? {})) assert.ok(input in inputs, input);
      }
      if (typeof repo === "string" && repo.endsWith("/holdfast")) {
        used++;
        for (const { id } of named as { id: string }[]) assert.ok(hooks.includes(id), id);
      }
      for (const each of Object.values(value)) visit(each);
    };
    for (const { source } of examples) visit(yaml.load(source));
    assert.ok(used >= 3);
  });
});

describe("the Dockerfile", () => {
  const lines = contentOf("Dockerfile")
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => /^[A-Z]/.test(line));
  const instructions = lines.map((line) => ({
    name: line.slice(0, line.indexOf(" ")),
    rest: line.slice(line.indexOf(" ") + 1),
  }));

  it("builds on a Node the package runs on, and copies only from a stage there is", () => {
    const stages: string[] = [];
    for (const { name, rest } of instructions) {
      if (name === "FROM") {
        const [, major, stage] = /^node:(\d+)-slim(?: AS (\w+))?$/.exec(rest)!;
        assert.ok(Number(major) >= Number(/\d+/.exec(manifest.engines.node)![0]));
        stages.push(stage ?? "");
      }
      const from = /--from=(\w+)/.exec(rest)?.[1];
      if (from !== undefined) assert.ok(stages.includes(from));
    }
    assert.equal(stages.length, 2);
  });

  it("starts the command of the package, with what building needs in its context", () => {
    const entry = instructions.find(({ name }) => name === "ENTRYPOINT")!.rest;
    assert.ok(JSON.parse(entry)[0] in manifest.bin);
    const left = contentOf(".dockerignore").trim().split("\n");
    for (const needed of ["package.json", "package-lock.json", "tools", "cli", "knowledge", ".npmignore"]) {
      assert.ok(!left.includes(needed) && existsSync(join(ROOT, needed)), needed);
    }
  });
});
