/** What the pages say is true: generated pages are up to date, examples give what they claim, commands, flags, settings and links exist. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "smol-toml";
import { suppressionRules } from "../lint/ignore-rules.ts";
import { resolveSettings } from "../lint/options.ts";
import manifest from "../package.json" with { type: "json" };
import { rules } from "../rules/index.ts";
import { abandonedPages, generatedPages } from "../tools/docs.ts";
import { findingsIn, projectOf } from "./harness/checking.ts";
import { ROOT } from "./harness/fixture.ts";

const NPM_OWN_COMMANDS = new Set(["ci", "install", "pack", "start", "test", "run"]);
const pages = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "STYLE.md", "CHANGELOG.md", ...pagesIn("docs")];
const texts = new Map(pages.map((page) => [page, readFileSync(join(ROOT, page), "utf8")]));

describe("generated pages", () => {
  const generated = generatedPages();
  for (const [path, text] of generated) {
    it(`${path} is what \`npm run docs\` writes`, () => {
      assert.ok(existsSync(join(ROOT, path)), `${path} is missing`);
      assert.equal(readFileSync(join(ROOT, path), "utf8"), text);
    });
  }

  it("exist only for rules there are", () => {
    assert.deepEqual(abandonedPages(generated), []);
  });
});

describe("the examples of", () => {
  for (const rule of [...rules, ...suppressionRules]) {
    it(rule.id, () => {
      const found = (text: string): string[] =>
        findingsIn(projectOf([{ path: "example.py", text }]))
          .filter((finding) => finding.rule === rule.id)
          .map((finding) => finding.message);
      assert.notDeepEqual(found(rule.docs.bad), [], "the bad example gives a finding");
      assert.deepEqual(found(rule.docs.good), [], "the good example gives none");
      for (const text of [rule.docs.bad, rule.docs.good]) {
        assert.deepEqual(projectOf([{ path: "example.py", text }]).file("example.py")!.errors, [], "it is Python");
      }
    });
  }
});

describe("what docs/teach.md teaches", () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "holdfast-docs-")));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is found on the lines it marks, and nowhere else", () => {
    const files = [...texts.get("docs/teach.md")!.matchAll(/```\w+\n# (\S+)\n([\s\S]*?)```/g)];
    const expected: string[] = [];
    for (const [, name, text] of files) {
      mkdirSync(dirname(join(folder, name!)), { recursive: true });
      writeFileSync(join(folder, name!), text!);
      text!.split("\n").forEach((line, index) => {
        if (line.includes("# found")) expected.push(`${name}:${index + 1}`);
      });
    }
    const run = spawnSync(process.execPath, [join(ROOT, "dist", "cli.js"), "check", "--output-format", "json"], {
      cwd: folder,
      encoding: "utf8",
    });
    assert.equal(run.stderr, "");
    const { diagnostics } = JSON.parse(run.stdout) as {
      diagnostics: { file: string; range: { start: { line: number } } }[];
    };
    assert.deepEqual(
      diagnostics.map(({ file, range }) => `${file}:${range.start.line}`),
      expected,
    );
    assert.equal(expected.length, 4);
  });
});

describe("the pages", () => {
  it("name only npm scripts that exist", () => {
    const named = mentions(/\bnpm (run )?([a-z:]+)/g).filter(
      ([, run, name]) => !(run === undefined && NPM_OWN_COMMANDS.has(name!)),
    );
    const missing = named.filter(([, , name]) => !(name! in manifest.scripts)).map(([whole]) => whole);
    assert.deepEqual(missing, []);
    for (const script of ["start", "test"]) assert.ok(script in manifest.scripts);
  });

  it("name only commands and flags the command line has", () => {
    const help = new Map<string, string>();
    const unknown = mentions(/\bholdfast (check|explain|rules|server|[a-z]+(?= --))([^`\n|#]*)/g).flatMap(
      ([whole, command, rest]) => {
        if (!help.has(command!)) help.set(command!, helpOf(command!));
        const flags = (rest ?? "").match(/(?<=\s)--?[a-z][a-z-]*/g) ?? [];
        return help.get(command!) === "" || flags.some((flag) => !help.get(command!)!.includes(flag)) ? [whole] : [];
      },
    );
    assert.deepEqual(unknown, []);
  });

  it("show only settings that are understood", () => {
    for (const [page, text] of texts) {
      for (const [, toml] of text.matchAll(/```toml\n([\s\S]*?)```/g)) {
        const data = parse(toml!) as { tool?: { holdfast?: unknown } };
        if (data.tool?.holdfast === undefined) continue;
        assert.deepEqual(resolveSettings(rules, data.tool.holdfast).problems, [], page);
      }
    }
  });

  it("show what the program prints for the sample", () => {
    const [, shown] = /```\n(app\/auth\.py[\s\S]*?)```/.exec(texts.get("README.md")!)!;
    const cwd = join(ROOT, "test-fixtures", "sample");
    const args = [join(ROOT, "dist", "cli.js"), "check", "--no-cache", "--output-format", "full", "app/auth.py"];
    const { stdout } = spawnSync(process.execPath, args, {
      cwd,
      encoding: "utf8",
      env: { ...process.env, COLUMNS: "120" },
    });
    assert.equal(stdout.slice(0, shown!.length), shown);
  });

  it("link only to what is there", () => {
    const broken = [...texts].flatMap(([page, text]) =>
      [...text.matchAll(/\]\((?!https?:)([^)#\s]+)(#[^)]*)?\)/g)]
        .map((match) => match[1]!)
        .filter((target) => !existsSync(join(ROOT, dirname(page), target)))
        .map((target) => `${page} links to ${target}`),
    );
    assert.deepEqual(broken, []);
  });

  it("name only paths of this repository that are there", () => {
    const folders = "analysis|cli|client|docs|host|knowledge|lint|rules|server|test-fixtures|tests|tools";
    const missing = mentions(new RegExp(`\`((?:${folders})/[\\w./-]*)\``, "g"))
      .map(([, path]) => path!)
      .filter((path) => !existsSync(join(ROOT, path)));
    assert.deepEqual([...new Set(missing)], []);
  });
});

/** Matches in code of any page, fenced or inline. */
function mentions(pattern: RegExp): RegExpMatchArray[] {
  return [...texts.values()].flatMap((text) =>
    [...text.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].flatMap((code) => [...code[0].matchAll(pattern)]),
  );
}

/** What `holdfast COMMAND --help` prints; empty where there is no such command. */
function helpOf(command: string): string {
  const run = spawnSync(process.execPath, [join(ROOT, "dist", "cli.js"), command, "--help"], { encoding: "utf8" });
  return run.status === 0 && run.stdout.includes(`holdfast ${command}`) ? run.stdout : "";
}

function pagesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true })
    .map((file) => `${folder}/${String(file).replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".md"))
    .sort();
}
