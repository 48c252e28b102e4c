/**
 * Which names of a function outlive one run of its body, and where its loops stand.
 */
import type { Span } from "../base/span.ts";
import { blocksOf, childExpressions, walkExpressions } from "../syntax/index.ts";
import type { Expression, FunctionDef, Statement } from "../syntax/tree.ts";
import { keptByCalled } from "./borrowing.ts";
import { evaluatedBy } from "./statements.ts";

export interface Scope {
  /** Names that nested functions, lambdas, classes or generator expressions read: what they hold lives on in there, unless the function is only called and only uses it. */
  readonly captured: ReadonlySet<string>;
  /** Names declared `global` or `nonlocal`. */
  readonly declared: ReadonlySet<string>;
  readonly loops: readonly Span[];
  /** Whether every name outlives the run: the code is not a function's. */
  readonly isModule: boolean;
}

export function readScope(code: FunctionDef | readonly Statement[]): Scope {
  const isModule = !("kind" in code);
  const body = isModule ? code : code.body;
  const contents = contentsOf(body);
  const kept = keptByCalled(body, [...contents.byFunction.keys()]);
  const captured = new Set(contents.captured);
  for (const [def, names] of contents.byFunction) {
    const own = kept.get(def);
    for (const name of names) if (!own || own.has(name)) captured.add(name);
  }
  return { captured, declared: contents.declared, loops: contents.loops, isModule };
}

/** The parameters of a function that its body mentions exactly once, nested functions included. */
export function lonelyParameters(code: FunctionDef | readonly Statement[]): ReadonlySet<string> {
  if (!("kind" in code)) return new Set();
  const counts = new Map(code.parameters.map(({ name }) => [name, 0]));
  const count = (name: string): void => {
    const known = counts.get(name);
    if (known !== undefined) counts.set(name, known + 1);
  };
  const visit = (body: readonly Statement[]): void => {
    for (const s of body) {
      if (s.kind === "function" || s.kind === "class") visit(s.body);
      for (const name of namesBoundIn(s)) count(name);
      for (const e of expressionsOf(s)) {
        walkExpressions(e, (inner) => {
          if (inner.kind === "name") count(inner.id);
          if (inner.kind === "lambda") visit(inner.def.body);
        });
      }
      for (const block of blocksOf(s)) visit(block);
    }
  };
  visit(code.body);
  return new Set([...counts].flatMap(([name, times]) => (times === 1 ? [name] : [])));
}

/** The expressions that belong to a statement itself, not to its blocks. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case "for":
      return [statement.iterable, statement.target];
    case "while":
    case "if":
      return [statement.test];
    case "assert":
      return [statement.test, ...evaluatedBy(statement)];
    case "with":
      return statement.items.flatMap(({ context, target }) => (target === null ? [context] : [context, target]));
    case "match":
      return [
        statement.subject,
        ...statement.cases.flatMap(({ captures, guard }): readonly Expression[] =>
          guard === null ? captures : [...captures, guard],
        ),
      ];
    case "try":
      return statement.handlers.flatMap(({ type, name }): readonly Expression[] => {
        const asked = type === null ? [] : [type];
        return name === null ? asked : [...asked, name];
      });
    default:
      return evaluatedBy(statement);
  }
}

interface Contents {
  /** Names read or bound here, nested functions not included. */
  readonly mentioned: Set<string>;
  readonly bound: Set<string>;
  /** Names that lambdas and classes nested in it take from around them. */
  readonly captured: Set<string>;
  /** The same of the functions nested in it. */
  readonly byFunction: Map<FunctionDef, readonly string[]>;
  readonly declared: Set<string>;
  readonly loops: Span[];
}

function contentsOf(body: readonly Statement[]): Contents {
  const contents: Contents = {
    mentioned: new Set(),
    bound: new Set(),
    captured: new Set(),
    byFunction: new Map(),
    declared: new Set(),
    loops: [],
  };
  const waiting: Statement[] = [...body];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    readStatement(next, contents);
    for (const block of blocksOf(next)) waiting.push(...block);
  }
  return contents;
}

function readStatement(statement: Statement, contents: Contents): void {
  for (const e of expressionsOf(statement)) readExpression(e, contents);
  for (const name of namesBoundIn(statement)) contents.bound.add(name);
  // What stands in its `else` runs once.
  if (statement.kind === "for" || statement.kind === "while")
    contents.loops.push({ start: statement.start, end: statement.body.at(-1)?.end ?? statement.end });
  if (statement.kind === "global" || statement.kind === "nonlocal") {
    for (const name of statement.names) contents.declared.add(name);
  }
  if (statement.kind === "function") {
    contents.byFunction.set(statement, freeNames(statement));
  }
  if (statement.kind === "class") {
    const inner = contentsOf(statement.body);
    capture([...inner.mentioned, ...capturedIn(inner)], contents);
  }
}

/** Every name a statement binds itself, as often as it does; its blocks and walruses not included. */
export function namesBoundIn(statement: Statement): readonly string[] {
  switch (statement.kind) {
    case "function":
    case "class":
      return [statement.name];
    case "import":
    case "import-from":
      return statement.names.map(({ name, alias }) => alias ?? name.split(".")[0]!);
    case "delete":
      return statement.targets.flatMap(namesBoundBy);
    default:
      return targetsOf(statement).flatMap(namesBoundBy);
  }
}

function readExpression(e: Expression, contents: Contents): void {
  if (e.kind === "name") contents.mentioned.add(e.id);
  if (e.kind === "lambda") {
    capture(freeNames(e.def), contents);
    for (const { default: value } of e.def.parameters) if (value !== null) readExpression(value, contents);
  }
  if (e.kind === "walrus") contents.bound.add(e.target.id);
  for (const child of childExpressions(e)) readExpression(child, contents);
}

/** What a nested function takes from around it. What it declares `nonlocal` belongs to those around. */
function freeNames(def: FunctionDef): readonly string[] {
  const contents = contentsOf(def.body);
  const { mentioned, bound, declared } = contents;
  const own = new Set([...bound, ...def.parameters.map(({ name }) => name)]);
  return [...mentioned, ...capturedIn(contents)].filter((name) => declared.has(name) || !own.has(name));
}

function capturedIn({ captured, byFunction }: Contents): readonly string[] {
  return [...captured, ...[...byFunction.values()].flat()];
}

function capture(names: readonly string[], contents: Contents): void {
  for (const name of names) contents.captured.add(name);
}

function targetsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case "assign":
      return statement.targets;
    case "augmented-assign":
    case "annotated-assign":
    case "for":
      return [statement.target];
    case "with":
      return statement.items.flatMap(({ target }) => target ?? []);
    case "match":
      return statement.cases.flatMap(({ captures }) => captures);
    case "try":
      return statement.handlers.flatMap(({ name }) => name ?? []);
    default:
      return [];
  }
}

/** The names an assignment target binds. */
export function namesBoundBy(target: Expression): readonly string[] {
  if (target.kind === "name") return [target.id];
  if (target.kind === "starred") return namesBoundBy(target.value);
  if (target.kind === "collection") return target.items.flatMap(namesBoundBy);
  return [];
}
