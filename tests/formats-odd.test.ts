/** Formats against what no rule says today but code could bring tomorrow: control characters, commands of CI systems, half characters, and failures of rules. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { Ajv2020 } from "ajv/dist/2020.js";
import { FORMATS } from "../cli/output.ts";
import type { FormatOptions, Origin, Report } from "../cli/report.ts";
import { rules } from "../rules/index.ts";
import schema from "./schemas/sarif-2.1.0.json" with { type: "json" };

const { parseStringPromise } = createRequire(import.meta.url)("xml2js") as {
  parseStringPromise(xml: string): Promise<unknown>;
};

const ODD =
  "a\u0001\u001b[31m ]]> <b a=\"1\" c='2'> & | `x|y` \ud800 \u202e 💥\r\n::error::forged\n##vso[task.complete result=Failed;]forged ##[error]x %0A %25";
const FILE = "a\n::error file=x::b|c.py";
const TEXT = "first\nsecond\n";
const origin: Origin = { show: (path) => path, source: () => ({ text: TEXT, lineStarts: [0, 6, 13] }) };
const place = {
  file: FILE,
  span: { start: 0, end: 5 },
  range: { start: { line: 1, column: 1 }, end: { line: 1, column: 6 } },
};
const report: Report = {
  reported: (["error", "warning", "information", "hint"] as const).map((severity) => ({
    finding: {
      ...place,
      rule: rules[0]!.id,
      severity,
      confidence: "likely",
      message: ODD,
      related: [{ ...place, message: ODD }],
      fixes: [{ title: ODD, safe: false, edits: () => [{ file: FILE, span: place.span, text: ODD }] }],
      fingerprint: "f",
      function: "Class.method",
      content: "first",
    },
    origin,
    gates: severity === "error",
  })),
  files: 1,
  suppressed: 0,
  known: 0,
  existing: 0,
  notices: [{ file: FILE, message: ODD, skipped: true }],
  failures: [{ file: FILE, message: ODD, skipped: true }],
  fixed: 0,
};
const options: FormatOptions = {
  color: false,
  quiet: false,
  width: 80,
  cwd: "/here",
  rules,
  version: "0.0.0",
  env: {},
};
const print = (format: string): string => FORMATS[format]!(report, options);

describe("formats given odd text and a failure", () => {
  it("sarif follows the schema, says that it is not whole, and names the file", () => {
    const log = JSON.parse(print("sarif"));
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
    const valid = validate(log) as boolean;
    assert.ok(valid, JSON.stringify(validate.errors));
    const [run] = log.runs;
    assert.equal(run.invocations[0].executionSuccessful, false);
    assert.deepEqual(
      run.invocations[0].toolExecutionNotifications.map(({ level }: { level: string }) => level),
      ["error", "warning"],
    );
    const { uri } = run.results[0].locations[0].physicalLocation.artifactLocation;
    assert.equal(decodeURIComponent(uri), FILE);
    assert.doesNotMatch(uri, /[\s:|]/);
  });

  for (const format of ["junit", "checkstyle"]) {
    it(`${format} is XML`, async () => {
      await assert.doesNotReject(parseStringPromise(print(format)));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 allows no others below the space.
      assert.doesNotMatch(print(format), /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    });
  }

  for (const format of ["json", "gitlab", "rdjson"]) {
    it(`${format} is JSON`, () => assert.doesNotThrow(() => JSON.parse(print(format))));
  }

  it("jsonl is a line for each finding and the summary", () => {
    const lines = print("jsonl").trimEnd().split("\n");
    assert.equal(lines.map((line) => JSON.parse(line)).length, report.reported.length + 1);
  });

  it("github obeys no command that the code brings", () => {
    const lines = print("github").split("\n").filter(Boolean);
    const start = lines.findIndex((line) => line.startsWith("::stop-commands::"));
    const word = lines[start]!.slice("::stop-commands::".length);
    assert.equal(lines.at(-1), `::${word}::`);
    const annotations = lines.slice(0, start);
    assert.equal(annotations.length, report.reported.length + report.failures.length);
    for (const line of annotations) assert.match(line, /^::(error|warning|notice) file=[^:,]*(,\w+=[^:,]*)*::/);
    for (const line of lines.slice(start + 1, -1)) assert.doesNotMatch(line, /^\s*::/);
  });

  it("azure obeys no command that the code brings", () => {
    for (const line of print("azure").split("\n").filter(Boolean)) {
      const commands = line.match(/##(vso)?\[/g) ?? [];
      const own = line.startsWith("##vso[task.logissue type=");
      assert.ok(own || commands.length === 0, line);
    }
  });

  for (const format of ["full", "concise", "grouped", "agent"]) {
    it(`${format} keeps lines and terminals whole`, () => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not reach a terminal.
      assert.doesNotMatch(print(format), /[\u0000-\u0009\u000b-\u001f\u202e]/);
      assert.doesNotMatch(print(format), /^(::|##)/m);
    });
  }
});
