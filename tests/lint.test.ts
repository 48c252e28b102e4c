/** What surrounds a rule: running it, silencing it, its settings, its page, its edits. */
import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/dist/2020.js";
import { applyEdits, mergeFixes } from "../lint/edit.ts";
import { explainRule } from "../lint/explain.ts";
import type { Finding, TextEdit } from "../lint/finding.ts";
import { nearestName, reachesGate, resolveSettings } from "../lint/options.ts";
import { defineRule, type Rule } from "../lint/rule.ts";
import { checkFile, type FileResult } from "../lint/run.ts";
import { settingsSchema } from "../lint/schema.ts";
import { rules as shippedRules } from "../rules/index.ts";
import { projectOf } from "./harness/checking.ts";

/** Reports every call of `nap`, and once more from the function around it. */
const nap = defineRule({
  id: "sleep/nap",
  summary: "A nap",
  severity: "warning",
  docs: { why: "Because.", instead: "Stay awake.", bad: "nap()\n", good: "pass\n", silentWhen: ["nobody naps"] },
  options: {
    names: { type: "names", default: ["nap"], help: "What counts as a nap." },
    loud: { type: "boolean", default: false, help: "Whether to shout." },
  },
  on: "function",
  *check(fn, { options }) {
    for (const call of fn.calls) {
      if (!(options.names as readonly string[]).includes(call.text)) continue;
      const report = { at: call.calleeSpan, message: options.loud ? "NAP" : "nap", path: [] };
      const edits = (): TextEdit[] => [{ file: fn.file.path, span: call.span, text: "pass" }];
      yield { ...report, confidence: "certain", fixes: [{ title: "Wake", safe: true, edits }] };
      yield { ...report, confidence: "likely", fixes: [] };
    }
  },
});

/** Throws where a function is called `bomb`. */
const fuse = defineRule({
  ...nap,
  id: "sleep/fuse",
  severity: "error",
  options: {},
  check(fn) {
    if (fn.qualifiedName === "bomb") throw new Error("it went off");
    return [];
  },
});

const rules: readonly Rule[] = [nap, fuse];

function check(text: string, data: unknown = {}): FileResult {
  const { settings, problems } = resolveSettings(rules, data);
  assert.deepEqual(problems, []);
  return checkFile(projectOf([{ path: "app/a.py", text }]).file("app/a.py")!, settings);
}

/** `line:column rule` of each finding. */
function places({ findings }: FileResult): string[] {
  return findings.map(({ range, rule }) => `${range.start.line}:${range.start.column} ${rule}`);
}

describe("running rules", () => {
  it("adds what a rule need not know, once per place and in order", () => {
    const { findings, failures } = check("def f():\n    nap()\n\nnap()\n");
    assert.deepEqual(failures, []);
    assert.deepEqual(places(check("def f():\n    nap()\n\nnap()\n")), ["2:5 sleep/nap", "4:1 sleep/nap"]);
    const [first] = findings;
    assert.equal(first!.file, "app/a.py");
    assert.equal(first!.severity, "warning");
    assert.equal(first!.confidence, "certain", "the first report of a place counts");
    assert.deepEqual(first!.range, { start: { line: 2, column: 5 }, end: { line: 2, column: 8 } });
  });

  it("gives a finding a name that survives edits elsewhere", () => {
    const names = (text: string): string[] => check(text).findings.map((finding) => finding.fingerprint);
    const before = names("def f():\n    nap()\n    nap()\n\ndef g():\n    nap()\n");
    assert.equal(new Set(before).size, 3, "each has its own");
    assert.equal(before[1], `${before[0]}-2`, "equal ones are numbered");
    const after = names(
      "import os\n\n\ndef e():\n    pass\n\ndef f():\n    x = 1\n    nap()\n    nap()\n\ndef g():\n    nap()\n",
    );
    assert.deepEqual(after, before);
  });

  it("loses only the findings of a rule that throws, and says which", () => {
    const result = check("def bomb():\n    nap()\n");
    assert.deepEqual(places(result), ["2:5 sleep/nap"]);
    assert.deepEqual(
      result.failures.map(({ rule, file, function: fn, message }) => [rule, file, fn, message]),
      [["sleep/fuse", "app/a.py", "bomb", "it went off"]],
    );
  });
});

describe("ignore comments", () => {
  const lines = (text: string): string[] => places(check(text));

  it("silence a rule, a family or everything on their line", () => {
    assert.deepEqual(lines("nap()  # holdfast: ignore[sleep/nap]\n"), []);
    assert.deepEqual(lines("nap()  # holdfast: ignore[sleep]: it is short\n"), []);
    assert.deepEqual(lines("nap()  # holdfast: ignore\n"), []);
    assert.deepEqual(lines("nap()  # noqa: E501  # holdfast: ignore[sleep/nap]\n"), []);
    assert.deepEqual(lines("nap()  # holdfast: ignore[sleep/nap]\nnap()\n"), ["2:1 sleep/nap"]);
    assert.equal(check("nap()  # holdfast: ignore\n").suppressed, 1);
  });

  it("silence the statement below when they stand alone", () => {
    assert.deepEqual(lines("# holdfast: ignore[sleep/nap]\n# and this is why\nnap()\nnap()\n"), ["4:1 sleep/nap"]);
    assert.deepEqual(lines("# holdfast: ignore[sleep/nap]\nx = f(\n    1,\n    nap(),\n)\nnap()\n"), ["6:1 sleep/nap"]);
    assert.deepEqual(lines('x = f("""\n(""",  # holdfast: ignore[sleep/nap]\n  nap())\n'), [
      "2:8 holdfast/unused-ignore",
      "3:3 sleep/nap",
    ]);
  });

  it("silence a whole file from above its first statement only", () => {
    assert.deepEqual(lines('"""About."""\n# holdfast: ignore-file[sleep]\nnap()\n'), []);
    assert.deepEqual(lines("x = 1\n# holdfast: ignore-file[sleep]\nnap()\n"), [
      "2:1 holdfast/unknown-ignore",
      "3:1 sleep/nap",
    ]);
  });

  it("silence a whole function, from its header or alone above it", () => {
    const body = "    nap()\n    nap()\n";
    assert.deepEqual(lines(`def f():  # holdfast: ignore-function[sleep/nap]\n${body}nap()\n`), ["4:1 sleep/nap"]);
    assert.deepEqual(lines(`# holdfast: ignore-function[sleep]\n@once\n@twice\ndef f(\n    x,\n):\n${body}`), []);
    assert.deepEqual(lines(`@once  # holdfast: ignore-function\ndef f(\n    x,\n):\n${body}`), []);
    assert.deepEqual(lines(`def f(\n    x,\n):  # holdfast: ignore-function[sleep]\n${body}`), []);
    assert.deepEqual(
      lines(
        "class A:\n    # holdfast: ignore-function[sleep]\n    def f(self):\n        nap()\n\n    def g(self):\n        nap()\n",
      ),
      ["7:9 sleep/nap"],
    );
    assert.deepEqual(lines("x = 1  # holdfast: ignore-function[sleep]\nnap()\n"), [
      "1:8 holdfast/unknown-ignore",
      "2:1 sleep/nap",
    ]);
  });

  it("leave what a narrower one silences to that one, so that neither is told to be superfluous", () => {
    const text =
      "# holdfast: ignore-file[sleep]\nnap()\n\n\n# holdfast: ignore-function[sleep]\ndef f():\n    nap()\n    nap()  # holdfast: ignore[sleep]\n";
    assert.deepEqual(lines(text), []);
  });

  it("are reported with the nearest name where they name no rule", () => {
    const [comment, finding] = check("nap()  # holdfast: ignore[sleep/nup]\n").findings.toReversed();
    assert.equal(finding!.rule, "sleep/nap");
    assert.equal(comment!.rule, "holdfast/unknown-ignore");
    assert.match(comment!.message, /`sleep\/nup`.*did you mean `sleep\/nap`/);
    assert.deepEqual(lines("x = 1  # holdfast: skip\n"), ["1:8 holdfast/unknown-ignore"]);
    assert.deepEqual(lines("x = 1  # holdfast: ignore[sleep\n"), ["1:8 holdfast/unknown-ignore"]);
  });

  it("are reported when nothing is left to silence, with a fix that takes only them away", () => {
    const text = "x = 1  # type: int  # holdfast: ignore[sleep/nap]\n# holdfast: ignore\ny = 1\n";
    const { findings } = check(text);
    assert.deepEqual(new Set(findings.map((finding) => finding.rule)), new Set(["holdfast/unused-ignore"]));
    const { edits, fixed } = mergeFixes(findings);
    assert.equal(fixed.length, 2);
    assert.equal(applyEdits(text, edits.get("app/a.py")!), "x = 1  # type: int\ny = 1\n");
  });

  it("are not called needless where nobody knows", () => {
    assert.deepEqual(lines("def bomb():\n    x = 1  # holdfast: ignore[sleep/fuse]\n"), []);
    assert.deepEqual(places(check("x = 1  # holdfast: ignore[sleep/nap]\n", { ignore: ["sleep/nap"] })), []);
  });

  it("do not stand in strings", () => {
    assert.deepEqual(lines('nap("# holdfast: ignore")\n'), ["1:1 sleep/nap"]);
  });
});

describe("settings", () => {
  const enabled = (data: unknown): string[] =>
    resolveSettings(rules, data).settings.enabled.map(({ rule, severity }) => `${rule.id} ${severity}`);
  const problems = (data: unknown): string[] =>
    resolveSettings(rules, data).problems.map(({ key, message, remedy }) => `${key.join(" ")}: ${message}; ${remedy}`);
  const own = [
    "holdfast/unknown-ignore warning",
    "holdfast/expired-ignore warning",
    "holdfast/unused-ignore information",
  ];

  it("choose rules and families", () => {
    assert.deepEqual(enabled({}), ["sleep/nap warning", "sleep/fuse error", ...own]);
    assert.deepEqual(enabled({ select: ["sleep/nap"] }), ["sleep/nap warning", ...own]);
    assert.deepEqual(enabled({ select: ["sleep"], ignore: ["sleep/fuse", "holdfast"] }), ["sleep/nap warning"]);
    assert.deepEqual(enabled({ rules: { "sleep/nap": { severity: "hint" }, "sleep/fuse": { severity: "off" } } }), [
      "sleep/nap hint",
      ...own,
    ]);
  });

  it("reach the rules as options", () => {
    assert.deepEqual(places(check("nap()\ndoze()\n", { rules: { "sleep/nap": { names: ["doze"] } } })), [
      "2:1 sleep/nap",
    ]);
    assert.equal(check("nap()\n", { rules: { "sleep/nap": { loud: true } } }).findings[0]!.message, "NAP");
  });

  it("say what is wrong with them and what to write instead; the rest counts", () => {
    assert.deepEqual(problems({ selekt: [] }), ['selekt: there is no such setting; did you mean "select"?']);
    assert.deepEqual(problems({ select: ["sleep/nao"] }), [
      'select: there is no rule or family "sleep/nao"; did you mean "sleep/nap"?',
    ]);
    assert.deepEqual(problems({ ignore: ["nap"] }), [
      'ignore: there is no rule or family "nap"; did you mean "sleep/nap"?',
    ]);
    assert.deepEqual(problems({ exclude: "x" }), ['exclude: must be a list of strings, not "x"; write ["x"]']);
    assert.deepEqual(problems({ rules: { "sleep/nap": { loud: "yes" } } }), [
      'rules sleep/nap loud: must be true or false, not "yes"; write `true` or `false`',
    ]);
    assert.deepEqual(problems([]), [
      ": must be a table, not a list of something else; write its keys below a [table] header",
    ]);
    assert.deepEqual(enabled({ selekt: [], ignore: ["sleep/nap"] }), ["sleep/fuse error", ...own]);
  });

  it("have a JSON schema that agrees with them", () => {
    const validate = new Ajv2020({ strict: true }).compile(settingsSchema(rules));
    const samples: readonly unknown[] = [
      {},
      { select: ["sleep"], ignore: ["all"], exclude: ["a/**"], src: ["lib"], "fail-on": "never" },
      { rules: { "sleep/nap": { severity: "off", names: [], loud: true } } },
      { selekt: [] },
      { select: ["nope"] },
      { "fail-on": "warn" },
      { rules: { "sleep/nup": {} } },
      { rules: { "sleep/nap": { loud: 1 } } },
      { rules: { "sleep/fuse": { names: [] } } },
      { exclude: [1] },
      { blocking: ["acme.fetch", "acme.db.*", { name: "acme.save", what: "the disk" }], stubs: ["stubs"] },
      { offloads: ["acme.run:func"], "ignore-calls": ["acme.get"] },
      { blocking: ["acme.*.get"] },
      { blocking: [{ name: "acme.save", what: "the dis" }] },
      { blocking: [{ name: "acme.save", instead: "x" }] },
      { blocking: [{ what: "the disk" }] },
      { blocking: [1] },
      { blocking: "acme.fetch" },
      { offloads: ["acme.run"] },
      { "ignore-calls": ["acme.get:func"] },
      { stubs: "stubs" },
    ];
    for (const sample of samples) {
      assert.equal(validate(sample), problems(sample).length === 0, JSON.stringify(sample));
    }
    new Ajv2020({ strict: true }).compile(settingsSchema(shippedRules));
  });

  it("know the nearest name", () => {
    assert.equal(nearestName("slep", ["sleep/nap"]), "sleep");
    assert.equal(nearestName("nap", ["sleep/nap"]), "sleep/nap");
    assert.equal(nearestName("entirely-different", ["sleep/nap"]), null);
  });

  it("gate by severity", () => {
    assert.equal(reachesGate("error", "warning"), true);
    assert.equal(reachesGate("warning", "warning"), true);
    assert.equal(reachesGate("hint", "warning"), false);
    assert.equal(reachesGate("error", "never"), false);
  });
});

describe("edits", () => {
  it("of a rule get the line ends of the file", () => {
    const twoLines = defineRule({
      ...nap,
      *check(fn) {
        for (const call of fn.calls) {
          const edits = (): TextEdit[] => [{ file: fn.file.path, span: call.span, text: "a()\nb()" }];
          yield {
            at: call.span,
            message: "",
            path: [],
            confidence: "certain",
            fixes: [{ title: "", safe: true, edits }],
          };
        }
      },
    });
    const { settings } = resolveSettings([twoLines], {});
    const fixed = (text: string): string => {
      const { findings } = checkFile(projectOf([{ path: "a.py", text }]).file("a.py")!, settings);
      return applyEdits(text, mergeFixes(findings).edits.get("a.py")!);
    };
    assert.equal(fixed("nap()\r\n"), "a()\r\nb()\r\n");
    assert.equal(fixed("nap()\n"), "a()\nb()\n");
  });

  const edit = (start: number, end: number, text: string, file = "a.py"): TextEdit => ({
    file,
    span: { start, end },
    text,
  });
  const finding = (...edits: TextEdit[]): Finding => ({
    ...check("nap()\n").findings[0]!,
    fixes: [{ title: "", safe: true, edits: () => edits }],
  });

  it("apply in any order, and never over each other", () => {
    assert.equal(applyEdits("abcdef", [edit(4, 5, "E"), edit(0, 1, "A"), edit(4, 4, ">")]), "Abcd>Ef");
    assert.throws(() => applyEdits("abc", [edit(0, 2, ""), edit(1, 3, "")]), RangeError);
    assert.throws(() => applyEdits("abc", [edit(2, 9, "")]), RangeError);
  });

  it("of several fixes merge whole or not at all, equal imports once", () => {
    const shared = edit(0, 0, "import x\n");
    const first = finding(shared, edit(5, 8, "one"));
    const second = finding(shared, edit(9, 10, "two"));
    const clash = finding(edit(20, 21, "far"), edit(7, 9, "clash"));
    const { edits, fixed } = mergeFixes([first, second, clash]);
    assert.deepEqual(fixed, [first, second]);
    assert.deepEqual(edits.get("a.py"), [shared, edit(5, 8, "one"), edit(9, 10, "two")]);
  });

  it("leave out fixes that are not safe or do not apply", () => {
    const base = finding();
    const unsafe = { ...base, fixes: [{ title: "", safe: false, edits: () => [edit(0, 1, "")] }] };
    const none = { ...base, fixes: [{ title: "", safe: true, edits: () => null }] };
    assert.equal(mergeFixes([unsafe, none]).fixed.length, 0);
  });
});

describe("the fix that keeps a task in a set", () => {
  const { settings } = resolveSettings(shippedRules, {});
  const START = "import asyncio\n\nbackground_tasks = set()\n\n\nasync def work(): ...\n\n\n";
  const isOffered = (code: string): boolean => {
    const file = projectOf([{ path: "a.py", text: START + code }]).file("a.py")!;
    const [finding, ...others] = checkFile(file, settings).findings;
    assert.deepEqual([finding?.rule, others], ["async/dropped-task", []]);
    return finding!.fixes[0]!.edits() !== null;
  };

  it("is not offered where something else of that name would hide the set", () => {
    const drops = "    asyncio.create_task(work())\n";
    assert.ok(isOffered(`async def f():\n${drops}`));
    assert.ok(isOffered(`async def f():\n    for task in background_tasks:\n        task.cancel()\n${drops}`));
    assert.ok(!isOffered(`async def f(x=len(""), background_tasks=None):\n${drops}`));
    assert.ok(!isOffered(`async def f():\n    background_tasks = [1]\n${drops}`));
    assert.ok(!isOffered(`async def f():\n    with unknown() as background_tasks:\n    ${drops}`));
  });
});

describe("the page of a rule", () => {
  it("says why, what instead, and how to set it", () => {
    const page = explainRule(nap);
    const parts = [
      "# sleep/nap",
      "Because.",
      "Stay awake.",
      "nobody naps",
      "`names` (list of names",
      'severity = "warning"',
    ];
    for (const part of parts) assert.ok(page.includes(part), part);
    assert.ok(page.includes("# holdfast: ignore[sleep/nap]"));
  });
});
