/**
 * The output formats, each read by the rules of whoever reads it: SARIF by the official schema, workflow commands by a parser written from GitHub's rules,
 * XML by a parser, byte columns by slicing bytes. All run the built command line.
 */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { eachWithFolder } from "./harness/folder.ts";
import schema from "./schemas/sarif-2.1.0.json" with { type: "json" };

const { parseStringPromise } = createRequire(import.meta.url)("xml2js") as {
  parseStringPromise(xml: string): Promise<Record<string, XmlElement>>;
};
interface XmlElement {
  readonly $: Readonly<Record<string, string>>;
  readonly _?: string;
  readonly [child: string]: unknown;
}

/** A name with all that some format escapes. */
const ODD = "odd, 100%;[x]&'é.py";
const FILES = {
  "pyproject.toml": "[project]\nname = 'x'\n",
  "app/__init__.py": "",
  "app/helpers.py": "import requests\n\n\ndef load(key):\n    return requests.get('https://x.example').json()\n",
  "app/main.py": `import asyncio
import time

from app.helpers import load


async def rates():
    mark = "𝒳é"; return load(mark)


async def pause():
    mark = "𝒳é"; time.sleep(1)


async def silent():
    time.sleep(1)  # holdfast: ignore[async/blocking-call] measured


async def file():
    with open("x") as stream:
        return stream.read()
`,
  [`app/${ODD}`]:
    "import asyncio\n\nfrom app.helpers import load\n\n\nasync def other():\n    return load(2)\n\n\ndef start():\n    asyncio.run(other())\n\n\nasync def nested():\n    start()\n",
};

describe("output formats", () => {
  const folder = eachWithFolder();
  const printed = (format: string, env?: Readonly<Record<string, string>>, below?: string): string =>
    folder.holdfast(["check", "--output", format], env, below).stdout;

  beforeEach(() => folder.lay(FILES));

  interface Finding {
    readonly file: string;
    readonly rule: string;
    readonly severity: string;
    readonly message: string;
    readonly fingerprint: string;
    readonly related: readonly unknown[];
    readonly range: { readonly start: { readonly line: number; readonly column: number }; readonly end: object };
  }
  const findings = (): readonly Finding[] => JSON.parse(printed("json")).diagnostics;
  const placeOf = ({ file, range }: Finding): string => `${file}:${range.start.line}:${range.start.column}`;

  it("jsonl: the findings of JSON, a line each, and the summary last", () => {
    const lines = printed("jsonl")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const { diagnostics, summary } = JSON.parse(printed("json"));
    assert.deepEqual(lines.slice(0, -1), diagnostics);
    assert.deepEqual(lines.at(-1), { version: 1, summary });
    assert.ok(diagnostics.length >= 5);
  });

  it("grouped: the file once, its findings below", () => {
    const text = printed("grouped");
    assert.match(text, /^app\/main\.py\n {3}8:26 {2}warning\[async\/blocking-call\] .*\n {2}12:19 {2}warning/m);
    assert.equal(text.match(/^app\/main\.py$/gm)?.length, 1);
    assert.match(text, /^Found \d+ problems in 4 files: /m);
  });

  describe("sarif", () => {
    interface Region {
      readonly startLine: number;
      readonly startColumn: number;
      readonly endLine: number;
      readonly endColumn: number;
    }
    interface Physical {
      readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
      readonly region: Region;
    }
    interface Location {
      readonly physicalLocation: Physical;
      readonly message?: { readonly text: string };
    }
    interface Result {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly locations: readonly Location[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly relatedLocations?: readonly Location[];
      readonly codeFlows?: readonly {
        readonly threadFlows: readonly { readonly locations: readonly { readonly location: Location }[] }[];
      }[];
      readonly fixes?: readonly {
        readonly properties: { readonly safe: boolean };
        readonly artifactChanges: readonly {
          readonly artifactLocation: { readonly uri: string };
          readonly replacements: readonly {
            readonly deletedRegion: Region;
            readonly insertedContent: { readonly text: string };
          }[];
        }[];
      }[];
    }
    const sarif = (args: readonly string[] = []) => {
      const log = JSON.parse(folder.holdfast(["check", "--output", "sarif", ...args]).stdout);
      const validate = new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
      const valid = validate(log) as boolean;
      assert.ok(valid, JSON.stringify(validate.errors, null, 2));
      const run = log.runs[0];
      return { run, results: run.results as Result[], rules: run.tool.driver.rules };
    };

    it("follows the official schema and holds every finding with its rule and fingerprint", () => {
      const { run, results, rules } = sarif();
      const base = fileURLToPath(run.originalUriBaseIds["%SRCROOT%"].uri);
      assert.equal(base, `${folder.path}/`);
      assert.equal(run.columnKind, "utf16CodeUnits");
      const told = results.map(({ ruleId, ruleIndex, locations, partialFingerprints }) => {
        assert.equal(rules[ruleIndex].id, ruleId);
        assert.match(rules[ruleIndex].help.markdown, /^# [\w/-]+\n/);
        const { artifactLocation, region } = locations[0]!.physicalLocation;
        assert.equal(artifactLocation.uriBaseId, "%SRCROOT%");
        const file = fileURLToPath(new URL(artifactLocation.uri, run.originalUriBaseIds["%SRCROOT%"].uri));
        const place = `${file.slice(base.length)}:${region.startLine}:${region.startColumn}`;
        return `${place} ${ruleId} ${partialFingerprints["holdfast/v1"]}`;
      });
      assert.deepEqual(
        told,
        findings().map((each) => `${placeOf(each)} ${each.rule} ${each.fingerprint}`),
      );
      assert.deepEqual(new Set(results.map(({ level }) => level)), new Set(["error", "warning", "note"]));
    });

    it("tells the path as related locations and as a code flow that starts at the finding", () => {
      const chained = sarif().results.find(({ relatedLocations }) => relatedLocations !== undefined)!;
      const flow = chained.codeFlows![0]!.threadFlows[0]!.locations.map(({ location }) => location);
      assert.deepEqual(flow[0]!.physicalLocation, chained.locations[0]!.physicalLocation);
      assert.deepEqual(
        flow.slice(1).map(({ physicalLocation }) => physicalLocation),
        chained.relatedLocations!.map(({ physicalLocation }) => physicalLocation),
      );
      assert.equal(flow.at(-1)!.physicalLocation.artifactLocation.uri, "app/helpers.py");
    });

    it("holds fixes that give, applied by its columns, what --fix writes", () => {
      const { results } = sarif();
      const before = folder.read("app/main.py");
      const safe = results.flatMap(({ fixes = [] }) => fixes.slice(0, 1).filter(({ properties }) => properties.safe));
      const replacements = safe.flatMap(({ artifactChanges }) =>
        artifactChanges.filter(({ artifactLocation }) => artifactLocation.uri === "app/main.py"),
      );
      assert.ok(replacements.length > 0);
      const edits = replacements.flatMap((change) => change.replacements);
      const offsets = edits.map(({ deletedRegion, insertedContent }) => ({
        start: offsetOf(before, deletedRegion.startLine, deletedRegion.startColumn),
        end: offsetOf(before, deletedRegion.endLine, deletedRegion.endColumn),
        text: insertedContent.text,
      }));
      let after = before;
      for (const { start, end, text } of offsets.sort((a, b) => b.start - a.start)) {
        after = after.slice(0, start) + text + after.slice(end);
      }
      folder.holdfast(["check", "--fix"]);
      assert.notEqual(after, before);
      assert.equal(after, folder.read("app/main.py"));
    });

    it("says what could not be checked", () => {
      folder.lay({ "app/nul.py": "\0" });
      const { run } = sarif();
      assert.equal(run.invocations[0].executionSuccessful, true);
      const [notification] = run.invocations[0].toolExecutionNotifications;
      assert.match(notification.message.text, /^not checked: /);
      assert.equal(notification.locations[0].physicalLocation.artifactLocation.uri, "app/nul.py");
    });

    it("names files outside of the working directory whole", () => {
      const log = JSON.parse(folder.holdfast(["check", "--output", "sarif", "../app/main.py"], {}, "app").stdout);
      assert.equal(log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri, "main.py");
      folder.lay({ "beside/x.txt": "" });
      const beside = JSON.parse(folder.holdfast(["check", "--output", "sarif", "../app"], {}, "beside").stdout);
      const { uri, uriBaseId } = beside.runs[0].results[0].locations[0].physicalLocation.artifactLocation;
      assert.ok(fileURLToPath(uri).startsWith(`${folder.path}/app/`));
      assert.equal(uriBaseId, undefined);
    });

    function offsetOf(text: string, line: number, column: number): number {
      const lines = text.split("\n").slice(0, line - 1);
      return lines.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
    }
  });

  describe("github", () => {
    interface Command {
      readonly name: string;
      readonly properties: Readonly<Record<string, string>>;
      readonly message: string;
    }

    /**
     * As the runner reads a log: a line that starts with `::`, a name, properties between commas, `::`, the message; `%25`, `%0D`, `%0A` and, in
     * properties, `%3A` and `%2C` decoded; nothing is a command between `::stop-commands::WORD` and `::WORD::`.
     */
    function parseLog(log: string): { readonly commands: readonly Command[]; readonly plain: readonly string[] } {
      const commands: Command[] = [];
      const plain: string[] = [];
      let stopped = null as string | null;
      for (const line of log.split("\n").filter(Boolean)) {
        if (stopped !== null && line === `::${stopped}::`) {
          stopped = null;
          continue;
        }
        const match: RegExpExecArray | null = stopped === null ? /^::([a-z-]+)(?: (.*?))?::(.*)$/.exec(line) : null;
        if (!match) {
          plain.push(line);
          continue;
        }
        const [, name, properties = "", message = ""] = match;
        if (name === "stop-commands") {
          stopped = message;
          continue;
        }
        const pairs = properties.split(",").map((pair) => {
          const cut = pair.indexOf("=");
          return [
            pair.slice(0, cut),
            decode(pair.slice(cut + 1))
              .replaceAll("%3A", ":")
              .replaceAll("%2C", ","),
          ];
        });
        commands.push({ name: name!, properties: Object.fromEntries(pairs), message: decode(message) });
      }
      assert.equal(stopped, null, "commands are on again at the end");
      return { commands, plain };
    }
    const decode = (text: string): string =>
      text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");

    it("annotates every finding, worst first, and prints them all as plain lines", () => {
      const { commands, plain } = parseLog(printed("github"));
      const told = commands.map(({ properties: { file, line, col, title } }) => `${file}:${line}:${col} ${title}`);
      assert.deepEqual(
        [...told].sort(),
        findings()
          .map((each) => `${placeOf(each)} ${each.rule}`)
          .sort(),
      );
      const order = ["error", "warning", "notice"];
      const ranks = commands.map(({ name }) => order.indexOf(name));
      assert.deepEqual(ranks, [...ranks].sort());
      assert.deepEqual([...new Set(ranks)], [0, 1, 2]);
      assert.ok(told.some((place) => place.startsWith(`app/${ODD}:`)));
      const chained = commands.find(({ message }) => message.includes("\nvia app/helpers.py:5: "));
      assert.ok(chained, "the path is told");
      for (const each of findings())
        assert.ok(plain.some((line) => line.startsWith(`${placeOf(each)}: ${each.severity}[`)));
    });

    it("names files from the checkout, also where a folder of it is checked", () => {
      const { commands } = parseLog(printed("github", { GITHUB_WORKSPACE: folder.path }, "app"));
      assert.ok(commands.length > 0);
      for (const { properties } of commands) assert.match(properties.file!, /^app\//);
    });

    it("writes a table for people into the summary of the job", () => {
      folder.lay({ "summary.md": "# Before\n" });
      const env = {
        GITHUB_STEP_SUMMARY: `${folder.path}/summary.md`,
        GITHUB_SERVER_URL: "https://github.example",
        GITHUB_REPOSITORY: "team/app",
        GITHUB_SHA: "abc",
      };
      printed("github", env);
      const summary = folder.read("summary.md");
      assert.match(summary, /^# Before\n## Holdfast\n\n\d+ problems in 4 files, \d+ of them at or above the gate\.\n/);
      const rows = summary
        .split("\n")
        .filter((line) => line.startsWith("| "))
        .slice(2);
      assert.equal(rows.length, findings().length);
      for (const row of rows) assert.equal(row.replaceAll("\\|", "").split("|").length, 6, row);
      assert.match(rows[0]!, /^\| error \|/);
      assert.ok(summary.includes("(https://github.example/team/app/blob/abc/app/main.py#L8)"));
    });

    it("stays within the 1 MiB that a summary may have", () => {
      folder.lay({ "summary.md": "x".repeat(1024 * 1024 - 900) });
      printed("github=log.txt", { GITHUB_STEP_SUMMARY: `${folder.path}/summary.md` });
      const summary = folder.read("summary.md");
      assert.ok(Buffer.byteLength(summary) <= 1024 * 1024);
      assert.match(summary, /\n\d+ more are in the log\.\n$/);
    });
  });

  it("gitlab: what its code quality report asks for, with a fingerprint for each", () => {
    const issues: {
      readonly description: string;
      readonly check_name: string;
      readonly fingerprint: string;
      readonly severity: string;
      readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
    }[] = JSON.parse(printed("gitlab", { CI_PROJECT_DIR: folder.path }, "app"));
    assert.deepEqual(
      issues.map(({ location, check_name }) => `${location.path}:${location.lines.begin} ${check_name}`),
      findings().map(({ file, range, rule }) => `${file}:${range.start.line} ${rule}`),
    );
    assert.equal(new Set(issues.map(({ fingerprint }) => fingerprint)).size, issues.length);
    assert.deepEqual(new Set(issues.map(({ severity }) => severity)), new Set(["critical", "major", "minor"]));
    const again = JSON.parse(printed("gitlab"));
    assert.deepEqual(again, issues, "and the same wherever it runs");
  });

  it("azure: issues of the build for errors and warnings, the rest printed", () => {
    const lines = printed("azure").split("\n");
    const issues = lines.flatMap((line) => {
      const match = /^##vso\[task\.logissue (.*?)\](.*)$/.exec(line);
      if (!match) return [];
      const decode = (text: string): string =>
        text
          .replaceAll("%3B", ";")
          .replaceAll("%0D", "\r")
          .replaceAll("%0A", "\n")
          .replaceAll("%5D", "]")
          .replaceAll("%AZP25", "%");
      const pairs = match[1]!
        .split(";")
        .filter(Boolean)
        .map((pair) => {
          const cut = pair.indexOf("=");
          return [pair.slice(0, cut), decode(pair.slice(cut + 1))];
        });
      return [
        { ...(Object.fromEntries(pairs) as Record<string, string>), message: decode(match[2]!) } as Record<
          string,
          string
        >,
      ];
    });
    const serious = findings().filter(({ severity }) => severity === "error" || severity === "warning");
    assert.deepEqual(
      issues
        .map(
          ({ type, sourcepath, linenumber, columnnumber, code }) =>
            `${type} ${sourcepath}:${linenumber}:${columnnumber} ${code}`,
        )
        .sort(),
      serious.map((each) => `${each.severity} ${placeOf(each)} ${each.rule}`).sort(),
    );
    assert.ok(lines.some((line) => /^app\/main\.py:20:10: information\[/.test(line)));
  });

  it("junit: a suite per file, a failure per finding at the gate, the others skipped", async () => {
    const { testsuites } = await parseStringPromise(printed("junit"));
    const suites = testsuites!.testsuite as XmlElement[];
    assert.deepEqual(
      suites.map(({ $ }) => $.name),
      [...new Set(findings().map(({ file }) => file))],
    );
    const cases = suites.flatMap((suite) => suite.testcase as XmlElement[]);
    assert.deepEqual(
      cases.map(({ $, failure }) => `${$.classname} ${$.name} ${failure ? "fails" : "skipped"}`),
      findings().map(({ file, rule, severity, range: { start } }) => {
        return `${file} ${rule} (${start.line}:${start.column}) ${severity === "information" ? "skipped" : "fails"}`;
      }),
    );
    for (const { $, testcase } of suites) assert.equal(Number($.tests), (testcase as unknown[]).length);
    assert.equal(
      Number(testsuites!.$.failures),
      findings().filter(({ severity }) => severity !== "information").length,
    );
  });

  it("junit: a check without findings is a case that has passed", async () => {
    folder.lay({ "clean/a.py": "x = 1\n" });
    const { testsuites } = await parseStringPromise(folder.holdfast(["check", "clean", "--output", "junit"]).stdout);
    const [suite] = testsuites!.testsuite as XmlElement[];
    assert.deepEqual([suite!.$.tests, suite!.$.failures, (suite!.testcase as unknown[]).length], ["1", "0", 1]);
  });

  it("checkstyle: errors below their files", async () => {
    const { checkstyle } = await parseStringPromise(printed("checkstyle"));
    const told = (checkstyle!.file as XmlElement[]).flatMap(({ $: { name }, error }) =>
      (error as XmlElement[]).map(({ $ }) => `${name}:${$.line}:${$.column} ${$.severity} ${$.source}`),
    );
    const severities: Readonly<Record<string, string>> = { error: "error", warning: "warning", information: "info" };
    assert.deepEqual(
      told,
      findings().map((each) => `${placeOf(each)} ${severities[each.severity]} holdfast.${each.rule.replace("/", ".")}`),
    );
  });

  it("rdjson: byte columns, and the edits of a fix as suggestions", () => {
    interface Range {
      readonly start: { readonly line: number; readonly column: number };
      readonly end: { readonly line: number; readonly column: number };
    }
    const {
      diagnostics,
    }: {
      diagnostics: { location: { path: string; range: Range }; suggestions?: { range: Range; text: string }[] }[];
    } = JSON.parse(printed("rdjson"));
    const textAt = (path: string, { start, end }: Range): string => {
      const line = Buffer.from(folder.read(path).split("\n")[start.line - 1]!);
      return line.subarray(start.column - 1, end.column - 1).toString();
    };
    const pause = diagnostics.find(({ location }) => location.range.start.line === 12)!;
    assert.equal(textAt("app/main.py", pause.location.range), "time.sleep");
    assert.equal(pause.location.range.start.column, 22);
    const edits = pause.suggestions!.map(({ range, text }) => `${textAt("app/main.py", range)} -> ${text}`);
    assert.ok(edits.includes("time.sleep -> await asyncio.sleep"), edits.join("\n"));
  });
});
