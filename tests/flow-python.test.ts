/**
 * Hundreds of random functions run by Python, in every way there is, against what the whole analysis says of each resource they open.
 *
 * `harness/python-functions.ts` writes them, `harness/run-functions.py` runs them with resources that record what becomes of them, all in one process. Held
 * against that are the answers of a project that holds the same functions: nothing is called closed that a run left open, nothing called leaking that
 * every run closes or hands on, and little is left undecided. Python 3.10 or newer has to be on the PATH; nothing else needs it.
 *
 * Known, and passed over: of `a, b = connect(1), connect(2)` the first is lost where the second cannot be opened.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { layered, loadKnowledge, Project, type ResourceView, readStubs } from "../analysis/index.ts";
import { loadShippedKnowledge } from "../host/knowledge.ts";
import { ROOT } from "./harness/fixture.ts";
import { nativeParser } from "./harness/parsers.ts";
import { makeFunctions, type PythonFunction } from "./harness/python-functions.ts";
import { FAKE_STUB, PRELUDE } from "./harness/python-library.ts";

const FUNCTIONS = 300;
const SEED = 20_240_611;

describe("random functions, run by Python", () => {
  it(`leak as the analysis says, in ${FUNCTIONS} of them (seed ${SEED})`, () => {
    const functions = makeFunctions(FUNCTIONS, SEED);
    const answers = runs(functions);
    const project = projectWith(functions);
    const total = { compared: 0, leaking: 0, told: 0, unsure: 0, tooLong: 0 };
    functions.forEach((fn, number) => {
      const { runs: counted, told } = answers[number]!;
      if (counted === null) total.tooLong++;
      const said = resourcesBySite(project, number, fn);
      for (const [site, truth] of Object.entries(told)) {
        const resource = said.get(site);
        if (resource === undefined || site === GIVEN || isFirstOfPair(fn, site)) continue;
        total.compared++;
        if (truth.plain + truth.excepted > 0) {
          total.leaking++;
          if (resource.fate === "leaked") total.told++;
        }
        if (resource.fate === "unsure") total.unsure++;
        const wrong = contradiction(resource, truth);
        const shown = `${fn.text}\nresource ${site} is said to be ${resource.fate} (${resource.leak?.kind ?? "no leak"})`;
        assert.equal(wrong, null, `${wrong}, seed ${SEED}\n${shown}\nin runs: ${JSON.stringify(truth)}`);
      }
    });
    const { compared, leaking, told, unsure, tooLong } = total;
    assert.ok(compared > FUNCTIONS, "most functions open something");
    assert.ok(leaking > compared / 5 && leaking < (4 * compared) / 5, "some leak and some do not");
    assert.ok(told > leaking * 0.9, `leaks are told: ${told} of ${leaking}`);
    assert.ok(unsure < compared * 0.1, `little is undecided: ${unsure} of ${compared}`);
    assert.ok(tooLong < FUNCTIONS / 20, `few functions have too many ways: ${tooLong}`);
  }).timeout(120_000);
});

/** What runs contradict; null where they agree. */
function contradiction({ fate, leak }: ResourceView, { closed, escaped, plain, excepted }: Told): string | null {
  const leaks = plain + excepted;
  switch (fate) {
    case "closed":
      return leaks > 0 ? "called closed, and left open by a run" : null;
    case "escaped":
      // Who keeps it on the normal ways may have it; what fails before that is not told.
      return plain > 0 ? "called handed on, and left open by a run in which nothing failed" : null;
    case "leaked":
      if (leaks === 0) return "called leaking, and closed or handed on by every run";
      return leak?.kind === "never" && closed + escaped > 0 ? "called never closed, and closed by a run" : null;
    default:
      return null;
  }
}

interface Told {
  readonly closed: number;
  readonly escaped: number;
  /** Left open by runs in which nothing was raised since the opening. */
  readonly plain: number;
  readonly excepted: number;
}

interface Answer {
  /** How many runs there were; null where there are too many. */
  readonly runs: number | null;
  readonly told: Readonly<Record<string, Told>>;
}

/** What is given to a function, and not opened by it. */
const GIVEN = "-1";

function runs(functions: readonly PythonFunction[]): readonly Answer[] {
  const version = python(["-c", "import sys; print(sys.version_info >= (3, 10))"]);
  assert.equal(
    version.stdout?.trim(),
    "True",
    `this suite runs functions in Python: put \`${PYTHON}\`, version 3.10 or newer, on the PATH, or name one in HOLDFAST_PYTHON`,
  );
  const input = functions.map(({ name, owner, flags, text }) => ({
    source: PRELUDE + text,
    functions: [{ name, owner, flags }],
  }));
  const run = python(["-I", join(ROOT, "tests", "harness", "run-functions.py")], JSON.stringify(input));
  assert.equal(run.status, 0, run.stderr);
  return (JSON.parse(run.stdout) as (readonly [Answer])[]).map(([answer]) => answer);
}

const PYTHON = process.env.HOLDFAST_PYTHON ?? (process.platform === "win32" ? "python" : "python3");

function python(args: readonly string[], input = "") {
  return spawnSync(PYTHON, args, { input, encoding: "utf8", maxBuffer: 2 ** 28 });
}

function projectWith(functions: readonly PythonFunction[]): Project {
  const { knowledge, problems } = readStubs([{ path: "fake.pyi", text: FAKE_STUB, module: "fake" }], nativeParser);
  assert.deepEqual(problems, []);
  const known = layered(loadKnowledge(knowledge), loadShippedKnowledge());
  const files = functions.map(({ text }, number) => ({ path: pathOf(number), text: PRELUDE + text }));
  return Project.create({ parser: nativeParser, roots: [""], knowledge: known }).update(files);
}

function pathOf(number: number): string {
  return `program${number}.py`;
}

/** The resources of a function by the number its opening is given: of `connect(3)` that is "3". */
function resourcesBySite(project: Project, number: number, fn: PythonFunction): ReadonlyMap<string, ResourceView> {
  const file = project.file(pathOf(number))!;
  const found = new Map<string, ResourceView>();
  for (const { qualifiedName, resources } of file.functions) {
    if (qualifiedName.split(".").at(-1) !== fn.name) continue;
    for (const resource of resources()) {
      const { start, end } = resource.openSpan;
      const site = /\((\d+)\)/.exec(file.text.slice(start, end));
      if (site) found.set(site[1]!, resource);
    }
  }
  return found;
}

function isFirstOfPair({ text }: PythonFunction, site: string): boolean {
  return new RegExp(`= connect\\(${site}\\), connect\\(`).test(text);
}
