/**
 * Whatever is done to a project, its findings are those of a project made from scratch out of the same files: random edits, some of which break the
 * syntax, files that come and go, and files in any order. A failure names the seed and the steps that led there; `HOLDFAST_SEED=N` tries others.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { FileChange } from "../analysis/index.ts";
import type { Finding } from "../lint/finding.ts";
import { findingsIn, keptFindingsIn, plain, projectOf, type Remembered, rememberedCheck } from "./harness/checking.ts";
import { FIXTURES, projectIn } from "./harness/fixture.ts";
import { type Random, randomFrom } from "./harness/random.ts";

const STEPS = 120;
const WARM_STEPS = 40;
const HIDING_STEPS = 30;
const SUBJECTS: readonly string[] = [
  "sample",
  "rules/async/blocking-call/through_modules",
  "rules/async/blocking-call/inheritance",
  "rules/async/blocking-call/dependencies",
  "engine/where_registered_elsewhere",
  "engine/where_decorators_run",
  "rules/db/leaked-session/through_helpers",
  "rules/async/blocking-call/helper_fix",
  "rules/async/blocking-call/abstract_methods",
  "rules/db/engine-per-request",
];

/** Statements that mean something to a rule, put between lines of other code. */
const SNIPPETS = [
  "import time",
  "from app.db import *",
  "    time.sleep(1)",
  "    return None",
  "async def added():\n    time.sleep(2)",
  "class Added:\n    def get(self):\n        return requests.get('https://a.example')",
  "def added(session: Session):\n    return session.get('https://a.example')",
  "    await asyncio.sleep(0)",
  "    x = (",
  "'''",
];

for (const [index, subject] of SUBJECTS.entries()) {
  describe(`edits of ${subject}`, () => {
    const files = projectIn(join(FIXTURES, ...subject.split("/"))).map(({ path, text }) => ({ path, text }));
    const seed = (Number(process.env.HOLDFAST_SEED) || 100) + index;

    it(`give what a fresh project gives (seed ${seed})`, () => {
      const random = randomFrom(seed);
      const current = new Map(files.map(({ path, text }) => [path, text]));
      const steps: string[] = [];
      let project = projectOf(files);
      for (let step = 0; step < STEPS; step++) {
        const change = randomChange(files, current, random);
        steps.push(`${change.path}: ${change.text === null ? "gone" : `${change.text.length} characters`}`);
        if (change.text === null) current.delete(change.path);
        else current.set(change.path, change.text);
        project = project.update([change]);
        // Not after every step: what is asked seldom must be as right as what is asked often.
        if (random.below(3) > 0 && step < STEPS - 1) continue;
        const fresh = projectOf([...current].map(([path, text]) => ({ path, text })));
        const done = `seed ${seed}, after\n${steps.join("\n")}`;
        const expected = findingsIn(fresh).map(plain);
        if (random.below(2) === 0) assert.deepEqual(findingsIn(project).map(plain), expected, done);
        assert.deepEqual(keptFindingsIn(project).map(plain), expected, `kept, ${done}`);
      }
    });

    it(`say what a fresh project says when taken up again from memory (seed ${seed})`, () => {
      const random = randomFrom(seed + 2000);
      const current = new Map(files.map(({ path, text }) => [path, text]));
      const steps: string[] = [];
      let memory: Remembered = null;
      for (let step = 0; step < WARM_STEPS; step++) {
        for (let edits = random.below(3); edits > 0 && step > 0; edits--) {
          const change = randomChange(files, current, random);
          steps.push(`${change.path}: ${change.text === null ? "gone" : `${change.text.length} characters`}`);
          if (change.text === null) current.delete(change.path);
          else current.set(change.path, change.text);
        }
        const now = [...current].map(([path, text]) => ({ path, text }));
        const warm = rememberedCheck(now, memory);
        memory = warm.memory;
        const fresh = findingsIn(projectOf(now)).map(plain);
        assert.deepEqual(warm.findings.map(plain), fresh, `seed ${seed}, after\n${steps.join("\n")}`);
        assert.equal(rememberedCheck(now, memory).checked, 0, "nothing changed, so nothing is to be checked");
      }
    });

    it(`never make a project say more where one of its files is hidden (seed ${seed})`, () => {
      const random = randomFrom(seed + 3000);
      const current = new Map(files.map(({ path, text }) => [path, text]));
      const steps: string[] = [];
      for (let step = 0; step < HIDING_STEPS; step++) {
        const change = randomChange(files, current, random);
        steps.push(`${change.path}: ${change.text === null ? "gone" : `${change.text.length} characters`}`);
        if (change.text === null) current.delete(change.path);
        else current.set(change.path, change.text);
        const whole = new Set(findingsIn(projectOf(asFiles(current))).map(whatAndWhere));
        const hidden = random.of(files).path;
        const rest = asFiles(current).filter(({ path }) => path !== hidden);
        const added = findingsIn(projectOf(rest))
          .map(whatAndWhere)
          .filter((finding) => !whole.has(finding));
        assert.deepEqual(added, [], `without ${hidden}, seed ${seed}, after\n${steps.join("\n")}`);
      }
    });

    it("leave earlier snapshots as they were, asked before or not", () => {
      const said = findingsIn(projectOf(files)).map(plain);
      for (const askBefore of [true, false]) {
        const before = projectOf(files);
        if (askBefore) findingsIn(before);
        const after = before.update(files.map(({ path }) => ({ path, text: "" })));
        assert.deepEqual(findingsIn(after), []);
        assert.deepEqual(findingsIn(before).map(plain), said, askBefore ? "asked before" : "asked only afterwards");
      }
    });

    it("may come in any order and any number of batches", () => {
      const expected = findingsIn(projectOf(files)).map(plain);
      const random = randomFrom(seed + 1000);
      for (let round = 0; round < 5; round++) {
        const shuffled = shuffle(files, random);
        const middle = random.below(files.length + 1);
        let project = projectOf(shuffled.slice(0, middle));
        if (random.below(2) === 0) findingsIn(project);
        project = project.update(shuffled.slice(middle));
        assert.deepEqual(findingsIn(project).map(plain), expected, shuffled.map(({ path }) => path).join(", "));
      }
    });
  });
}

describe("the cost of an edit inside a body", () => {
  const WAITING = "import time\n\ndef pause():\n    seconds = 1\n    time.sleep(seconds)\n";
  const USING = "from app.waiting import pause\n\ndef helper():\n    pause()\n\nasync def handler():\n    helper()\n";

  /** How many values an edit of `app/waiting.py` makes the engine work out again, with `users` files that depend on it. */
  function costOf(users: number, edited: string): number {
    const files = Array.from({ length: users }, (_, user) => ({ path: `app/user${user}.py`, text: USING }));
    const before = projectOf([{ path: "app/waiting.py", text: WAITING }, ...files]);
    assert.equal(findingsIn(before).length, users);
    const after = before.update([{ path: "app/waiting.py", text: edited }]);
    const start = after.computed;
    findingsIn(after);
    return after.computed - start;
  }

  const edits: Readonly<Record<string, string>> = {
    "that changes nothing callers can see": WAITING.replace("    seconds = 1", "    seconds = 1\n    unused = 2"),
    "that changes what callers wait for": WAITING.replace("time.sleep(seconds)", "print(seconds)"),
    "above it, that only moves it": `# A comment.\n${WAITING}`,
  };
  for (const [what, edited] of Object.entries(edits)) {
    it(`${what} does not grow with the number of files that depend on it`, () => {
      assert.equal(costOf(60, edited), costOf(3, edited));
    });
  }

  it("that gives a function to somebody else concerns only functions of that name", () => {
    const handlers = (count: number): FileChange[] =>
      Array.from({ length: count }, (_, n) => ({
        path: `app/handlers${n}.py`,
        text: `import time\n\ndef handler${n}():\n    time.sleep(1)\n`,
      }));
    const setup = (names: string): string =>
      `import asyncio\nfrom app.handlers0 import *\nfrom app.handlers1 import *\n\ndef setup(loop: asyncio.AbstractEventLoop):\n    pass\n${names}`;
    const costWith = (count: number): number => {
      const before = projectOf([{ path: "app/setup.py", text: setup("") }, ...handlers(count)]);
      assert.equal(findingsIn(before).length, 0);
      const after = before.update([{ path: "app/setup.py", text: setup("    loop.call_soon(handler0)\n") }]);
      const start = after.computed;
      assert.equal(findingsIn(after).length, 1);
      return after.computed - start;
    };
    assert.equal(costWith(40), costWith(3));
  });

  it("is nothing where the text is the same", () => {
    assert.equal(costOf(3, WAITING), 0);
  });
});

describe("a run that takes up what an earlier one left", () => {
  const ENDPOINTS = `from app.orders import place, rate

async def create():
    return place()

async def show():
    return rate(1)
`;
  const ORDERS = `from app.clients import fetch
from app.rates import load

def place():
    return fetch().json()

def rate(value):
    return load(value)
`;
  const CLIENTS = `import requests

TIMEOUT = 3

def fetch():
    seconds = TIMEOUT
    return requests.get("https://a.example", timeout=seconds)

def shape(value):
    return value
`;
  const RATES = "def load(value):\n    return value\n";
  const FILES: Readonly<Record<string, string>> = {
    "app/endpoints.py": ENDPOINTS,
    "app/orders.py": ORDERS,
    "app/clients.py": CLIENTS,
    "app/rates.py": RATES,
    "app/quiet.py": "from app.rates import load\n\nasync def quiet():\n    return load(2)\n",
  };
  const asNow = (changes: Readonly<Record<string, string>>): FileChange[] =>
    Object.entries({ ...FILES, ...changes }).map(([path, text]) => ({ path, text }));

  /** What is checked and found after changes to what was checked before. */
  function next(...states: readonly Readonly<Record<string, string>>[]): { checked: number; found: readonly string[] } {
    let { memory } = rememberedCheck(asNow({}), null);
    let last: ReturnType<typeof rememberedCheck> | null = null;
    for (const changes of states) {
      last = rememberedCheck(asNow(changes), memory);
      memory = last.memory;
      assert.deepEqual(last.findings.map(plain), findingsIn(projectOf(asNow(changes))).map(plain));
    }
    return { checked: last!.checked, found: last!.findings.map(whatAndWhere) };
  }

  const WAITS = "    import time\n    time.sleep(1)\n    return value";

  it("checks only the changed file where others would be told the same of it", () => {
    const changed = RATES.replace("    return value", "    more = 1\n    return value");
    assert.equal(next({ "app/rates.py": changed }).checked, 1);
  });

  it("asks only about the function that was edited, however many others its file has", () => {
    const texts = {
      "app/rates.py": RATES,
      "app/many.py":
        "import time\n\nasync def first():\n    pass\n\nasync def second():\n    return 1\n\nasync def third():\n    await first()\n",
    };
    const { memory } = rememberedCheck(asNow(texts), null);
    const edited = { ...texts, "app/many.py": texts["app/many.py"].replace("return 1", "time.sleep(2)") };
    const { units, findings } = rememberedCheck(asNow(edited), memory);
    assert.equal(units, 1);
    assert.deepEqual(findings.map(plain), findingsIn(projectOf(asNow(edited))).map(plain));
  });

  it("checks through several modules who waits from now on, and nobody else", () => {
    const { checked, found } = next({ "app/rates.py": RATES.replace("    return value", WAITS) });
    assert.ok(found.some((each) => each.startsWith("app/endpoints.py:7")));
    assert.ok(found.some((each) => each.startsWith("app/quiet.py:4")));
    // `app/orders.py` has no loop to hold.
    assert.equal(checked, 3);
  });

  it("knows through several modules who waits no longer, and who does so again", () => {
    const calm = { "app/clients.py": CLIENTS.replace('requests.get("https://a.example", timeout=seconds)', "None") };
    const before = next({}, {}).found;
    assert.ok(before.length > 0);
    assert.deepEqual(next(calm).found, []);
    assert.deepEqual(next(calm, {}).found, before);
    assert.deepEqual(next(calm, { ...calm, "app/rates.py": `# Why.\n${RATES}` }, {}).found, before);
  });

  it("forgets what did not hold in between, whoever asked for it", () => {
    const waits = { "app/rates.py": RATES.replace("    return value", WAITS) };
    const without = { ...waits, "app/endpoints.py": "", "app/quiet.py": "", "app/orders.py": "" };
    const calm = { ...without, "app/rates.py": RATES };
    assert.deepEqual(next(waits, without, calm, {}).found, next({}, {}).found);
    assert.deepEqual(next(waits, without, calm, waits).found, next(waits).found);
  });

  it("does not grow with the number of edits", () => {
    let { memory } = rememberedCheck(asNow({}), null);
    const first = memory!.length;
    for (let round = 0; round < 60; round++) {
      const text = round % 2 === 0 ? RATES : RATES.replace("    return value", WAITS);
      ({ memory } = rememberedCheck(
        asNow({ "app/rates.py": `${text}\n\ndef added${round}():\n    return load(1)\n` }),
        memory,
      ));
    }
    assert.ok(memory!.length < 12 * first, `${first} characters at first, ${memory!.length} in the end`);
  });
});

function asFiles(texts: ReadonlyMap<string, string>): FileChange[] {
  return [...texts].map(([path, text]) => ({ path, text }));
}

/** Without the path that led there: hiding a file may hide a shorter one. */
function whatAndWhere({ file, range, rule }: Finding): string {
  return `${file}:${range.start.line}:${range.start.column} ${rule}`;
}

function randomChange(
  originals: readonly { path: string; text: string }[],
  current: ReadonlyMap<string, string>,
  random: Random,
): FileChange {
  const original = random.of(originals);
  const text = current.get(original.path);
  if (text === undefined) return original;
  const lines = text.split("\n");
  const at = random.below(lines.length);
  switch (random.below(6)) {
    case 0:
      return { path: original.path, text: null };
    case 1:
      return original;
    case 2:
      lines.splice(at, 1);
      break;
    case 3:
      lines.splice(at, 0, lines[random.below(lines.length)]!);
      break;
    case 4:
      lines[at] = lines[at]!.slice(0, random.below(lines[at]!.length + 1));
      break;
    default:
      lines.splice(at, 0, random.of(SNIPPETS));
  }
  return { path: original.path, text: lines.join("\n") };
}

function shuffle<T>(values: readonly T[], random: Random): T[] {
  const rest = [...values];
  return values.map(() => rest.splice(random.below(rest.length), 1)[0]!);
}
