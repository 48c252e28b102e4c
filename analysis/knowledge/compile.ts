/**
 * Stub files to one text that is loaded at start.
 *
 * A stub is read by the same reader as a project's file and stays a tree of the same kind; what is left out is what nobody asks of a stub: places,
 * bodies, imports of the verbs. Each module is a text of its own inside the text, so that a run reads only the modules that it meets.
 */
import { positionAt, type Span } from "../base/span.ts";
import { outlineOf } from "../names/outline.ts";
import { type Condition, NO_VERBS, type Verbs } from "../names/verbs.ts";
import { type Parser, readModule } from "../syntax/index.ts";
import { offsetIn, spanIn } from "../syntax/places.ts";
import type { Expression, FunctionDef, ImportFrom, Module, Statement, With } from "../syntax/tree.ts";
import { Packer, type Shape } from "./compact.ts";
import { writeKnowledge } from "./text.ts";
import { isVerb, type Problem, readVerbs, verbLike } from "./verbs.ts";

/** A stub file: path for messages, with forward slashes. */
export interface StubFile {
  readonly path: string;
  readonly text: string;
  /** The module it describes; where left out, the name of the file. */
  readonly module?: string;
}

/** A mistake in a stub. Line and column 1-based. */
export interface StubProblem {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly remedy: string;
}

/** Stubs that cannot be used: where, why, and what to do. */
export class StubError extends Error {
  override readonly name = "StubError";
}

export interface CompiledKnowledge {
  readonly version: typeof KNOWLEDGE_VERSION;
  /** Functions that run others in a thread, those of the standard library first. */
  readonly runners: readonly Runner[];
  /** Functions that make loops inside of loops possible. */
  readonly loopNesters: readonly string[];
  /** What the objects in the modules have in common. */
  readonly shapes: readonly Shape[];
  /** Statements of each module, packed, as JSON, by dotted name. */
  readonly modules: Readonly<Record<string, string>>;
}

/** How any function is run in a thread: `await name(f, x)` ("call") or `await name(f)(x)` ("wrap"). */
export interface Runner {
  readonly name: string;
  readonly form: "call" | "wrap";
  /** Whether it hands keyword arguments on. */
  readonly keywords: boolean;
  /** Whether whoever imports its library may be shown it. */
  readonly main: boolean;
  /** Whether it serves work with databases only. */
  readonly database: boolean;
  readonly standard: boolean;
}

export const KNOWLEDGE_VERSION = 3;

/** Compiles stubs. Throws a `StubError` that lists every problem by file and line. */
export function compileKnowledge(stubs: readonly StubFile[], parser: Parser): string {
  const { knowledge, problems } = readStubs(stubs, parser);
  if (problems.length === 0) return knowledge;
  throw new StubError(problems.map((p) => `${p.path}:${p.line}:${p.column}: ${p.message}; ${p.remedy}`).join("\n"));
}

/** Compiles the stubs that have no problems, and tells those of the others. */
export function readStubs(
  stubs: readonly StubFile[],
  parser: Parser,
): { readonly knowledge: string; readonly problems: readonly StubProblem[] } {
  const bodies = new Map<string, Statement[]>();
  const problems: StubProblem[] = [];
  const standard = new Set<string>();
  for (const stub of [...stubs].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const tree = readModule(parser, stub.text, null);
    const before = problems.length;
    const complain = (offset: number, message: string, remedy = "correct what the verb is given"): void => {
      const { line, column } = positionAt(tree.lineStarts, offset);
      problems.push({ path: stub.path, line, column, message, remedy });
    };
    for (const error of tree.errors) complain(error.start, "this is not valid Python", "correct the syntax here");
    const described = modulesOf(stub, tree, complain);
    for (const [module, body] of described) checkBody(module, body, tree, complain);
    if (problems.length > before) continue;
    for (const [module, body] of described) {
      if (stub.path.startsWith("stdlib/")) standard.add(module);
      const existing = bodies.get(module);
      if (existing) existing.push(...body);
      else bodies.set(module, [...body]);
    }
  }
  const packer = new Packer();
  const modules = Object.fromEntries(
    [...bodies]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, body]) => [name, JSON.stringify(packer.pack(slim(body)))]),
  );
  const compiled = {
    version: KNOWLEDGE_VERSION,
    runners: runnersIn(bodies, standard),
    loopNesters: loopNestersIn(bodies),
    shapes: packer.shapes,
    modules,
  } satisfies CompiledKnowledge;
  return { knowledge: writeKnowledge(compiled), problems };
}

function loopNestersIn(bodies: ReadonlyMap<string, readonly Statement[]>): string[] {
  return [...bodies].flatMap(([module, body]) =>
    body.flatMap((s) => (s.kind === "function" && readVerbs(s.decorators).nestsLoops ? [`${module}.${s.name}`] : [])),
  );
}

function runnersIn(
  bodies: ReadonlyMap<string, readonly Statement[]>,
  standard: ReadonlySet<string>,
): CompiledKnowledge["runners"] {
  const found: Runner[] = [];
  for (const [module, body] of bodies)
    for (const s of body) {
      const { runner } = s.kind === "function" ? readVerbs(s.decorators) : NO_VERBS;
      if (s.kind !== "function" || runner === null) continue;
      found.push({
        name: `${module}.${s.name}`,
        form: s.isAsync ? "call" : "wrap",
        keywords: !s.isAsync || s.parameters.some((p) => p.form === "kwargs"),
        main: runner === "main",
        database: runner === "database",
        standard: standard.has(module),
      });
    }
  return found.sort((a, b) => Number(b.standard) - Number(a.standard) || (a.name < b.name ? -1 : 1));
}

type Complain = (offset: number, message: string, remedy?: string) => void;

function modulesOf(stub: StubFile, tree: Module, complain: Complain): [string, Statement[]][] {
  const own =
    stub.module ??
    stub.path
      .replace(/\.pyi$/, "")
      .split("/")
      .at(-1)!;
  const found: [string, Statement[]][] = [[own, []]];
  for (const s of tree.body) {
    const name = s.kind === "with" ? moduleOfWith(s) : null;
    if (name !== null) found.push([name, [...(s as With).body]]);
    else if (s.kind === "with")
      complain(offsetIn(tree, s.start), "this `with` means nothing in a stub", 'write `with module("a.b"):`');
    else found[0]![1].push(s);
  }
  const useful = found.filter(([, body]) => body.some((s) => s.kind !== "import-from" || s.module !== "verbs"));
  const pkg = /(^|\/)__init__\.pyi$/.test(stub.path) ? own : own.split(".").slice(0, -1).join(".");
  return useful.map(([name, body]) => [
    name,
    body
      .filter((s) => s.kind !== "import-from" || s.module !== "verbs")
      .map((s) => (stub.module !== undefined && s.kind === "import-from" ? absolute(s, pkg) : s)),
  ]);
}

/** A relative import, of a file whose place says what it is relative to, as one that any module may hold. */
function absolute(s: ImportFrom, pkg: string): ImportFrom {
  if (s.level === 0) return s;
  const parts = pkg === "" ? [] : pkg.split(".");
  const base = parts.slice(0, parts.length - (s.level - 1));
  return { ...s, level: 0, module: [...base, ...(s.module === "" ? [] : [s.module])].join(".") };
}

function moduleOfWith(s: With): string | null {
  const context = s.items[0]?.context;
  if (context?.kind !== "call" || context.callee.kind !== "name" || context.callee.id !== "module") return null;
  const [name] = context.args;
  return name?.kind === "string" ? name.value : null;
}

/** Decorators must be verbs with proper arguments, or names the module has. */
function checkBody(module: string, body: readonly Statement[], tree: Module, complain: Complain): void {
  const outline = outlineOf(treeOf(body), { key: `lib:${module}`, module, package: module, isStub: true });
  /** `unitStart` null: they are none of a unit. */
  const check = (decorators: readonly Expression[], unitStart: number | null): void => {
    const at = (span: Span): number => spanIn(tree, unitStart, span).start;
    const problems: Problem[] = [];
    readVerbs(decorators, problems);
    for (const { at: place, message } of problems) complain(at(place), message);
    for (const d of decorators) {
      const head = d.kind === "call" ? d.callee : d;
      if (head.kind === "name" && !isVerb(head.id) && !outline.names.has(head.id) && !BUILTIN_DECORATORS.has(head.id)) {
        const guess = verbLike(head.id);
        const remedy =
          guess === null ? "docs/verbs.md lists the verbs; other names are imported first" : `did you mean ${guess}?`;
        complain(at(d), `${head.id} is neither a verb nor a name of module ${module}`, remedy);
      }
    }
  };
  for (const f of outline.functions.values()) {
    check(f.decorators, f.unit === f.id ? f.def.unitStart : null);
    const names = f.parameters.map((p) => p.name);
    // What is not written out may go by any name.
    if (f.parameters.some((p) => p.form === "args" || p.form === "kwargs")) continue;
    for (const named of parametersNamedBy(readVerbs(f.decorators))) {
      if (names.includes(named)) continue;
      const remedy = names.length === 0 ? "it has none" : `it has ${names.join(", ")}`;
      complain(f.def.unitStart + f.def.nameSpan.start, `${f.name} has no parameter "${named}"`, remedy);
    }
  }
  const visit = (statements: readonly Statement[]): void => {
    for (const s of statements)
      if (s.kind === "class") {
        check(s.decorators, null);
        visit(s.body);
      }
  };
  visit(body);
}

function parametersNamedBy(verbs: Verbs): readonly string[] {
  const { closes, owns, passes, validates, offloads, spawns, calls, injects, works, opens } = verbs;
  const named = [...closes, ...owns, ...passes, ...validates, ...offloads, ...spawns, ...calls, injects];
  const conditions = [...works.map((work) => work.unless), opens?.unless ?? null];
  return [...named.filter((name) => name !== null), ...conditions.flatMap(argumentsOf)];
}

function argumentsOf(condition: Condition | null): readonly string[] {
  if (condition === null) return [];
  switch (condition.kind) {
    case "not":
      return argumentsOf(condition.operand);
    case "and":
    case "or":
      return condition.operands.flatMap(argumentsOf);
    default:
      return [condition.argument];
  }
}

const BUILTIN_DECORATORS = new Set(["property", "staticmethod", "classmethod"]);

/** A module tree around statements of a stub. */
export function treeOf(body: readonly Statement[]): Module {
  const units: FunctionDef[] = [];
  return {
    kind: "module",
    body,
    units,
    leftOut: units,
    shell: {},
    comments: [],
    errors: [],
    lineStarts: [0],
    importInsertion: 0,
  };
}

const PLACES = new Set(["start", "end", "nameStart", "nameSpan", "hash"]);

/** What is asked of a stub: no places, no bodies of functions. */
function slim(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(slim);
  if (typeof value !== "object" || value === null) return value;
  const isFunction = "kind" in value && value.kind === "function" && "body" in value;
  const kept: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    if (PLACES.has(key)) continue;
    if (isFunction && key === "body") kept.body = [];
    // Places are gone; all that is left to say is whether the function is a unit.
    else if (isFunction && key === "unitStart") kept.unitStart = field === -1 ? -1 : 0;
    else kept[key] = slim(field);
  }
  return kept;
}
