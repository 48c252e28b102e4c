/**
 * Values of calls that somebody may keep, as far as one function shows: what is made here on one request may serve the next.
 *
 * Wider than what inference takes for kept (`types/inference/keeping.ts`), because this excuses: an attribute of any object, an entry of any container,
 * a method that sounds like a store, a name beside something that may have been there before (`client or make()`). What a constructor puts on its
 * own `self` is not kept: it lives as long as the object, which is followed on its own.
 */
import { blocksOf, childExpressions, expressionsOf, walkExpressions } from "../syntax/index.ts";
import type { Call, Expression, FunctionDef, Statement } from "../syntax/tree.ts";

export interface Kept {
  /** Calls whose value may outlive the request. */
  readonly values: ReadonlySet<Expression>;
  /** Calls that happen only where an attribute is not set yet, and set it: `if self._pool is None: self._pool = make()`. */
  readonly first: ReadonlySet<Expression>;
}

/** What a function keeps, nested functions not included. */
export function keptIn(def: FunctionDef): Kept {
  const known = KNOWN.get(def);
  if (known) return known;
  const reader: Reader = {
    def,
    values: new Set(),
    first: new Set(),
    names: new Map(),
    keepers: new Set(def.parameters.map(({ name }) => name)),
    asked: attributesAsked(def),
  };
  eachStatement(def.body, (s) => read(s, reader));
  for (const name of reader.keepers) for (const call of reader.names.get(name) ?? []) reader.values.add(call);
  KNOWN.set(def, reader);
  return reader;
}

/** Visits statements and those in their blocks; nested functions and classes count as one statement. */
export function eachStatement(body: readonly Statement[], visit: (s: Statement) => void): void {
  for (const s of body) {
    visit(s);
    for (const block of blocksOf(s)) eachStatement(block, visit);
  }
}

const KNOWN = new WeakMap<FunctionDef, Kept>();

interface Reader extends Kept {
  readonly def: FunctionDef;
  readonly values: Set<Expression>;
  readonly first: Set<Expression>;
  /** Calls whose value a name comes to hold. */
  readonly names: Map<string, Expression[]>;
  /** Names whose value may be kept. */
  readonly keepers: Set<string>;
  /** Attributes that conditions of the function ask about. */
  readonly asked: ReadonlySet<string>;
}

function read(s: Statement, reader: Reader): void {
  const { values, keepers } = reader;
  switch (s.kind) {
    case "global":
    case "nonlocal":
      for (const name of s.names) keepers.add(name);
      return;
    case "function":
    case "class":
      for (const name of namesBelow(s)) keepers.add(name);
      return;
    case "assign":
      for (const target of s.targets) assign(target, s.value, reader);
      break;
    case "annotated-assign":
      if (s.value !== null) assign(s.target, s.value, reader);
      break;
    case "with":
      for (const { context, target } of s.items) if (target?.kind === "name") hold(target.id, context, reader);
      break;
  }
  const chosen = s.kind === "if" || s.kind === "while" || s.kind === "assert" ? [] : expressionsOf(s);
  for (const root of chosen) {
    walkExpressions(root, (e) => {
      if (e.kind === "boolean" || e.kind === "conditional" || e.kind === "walrus") {
        for (const child of childExpressions(e)) for (const call of made(child)) values.add(call);
      }
      if (e.kind === "lambda") for (const call of callsIn(e)) values.add(call);
      if (e.kind !== "call" || !putsAway(e)) return;
      for (const value of [...e.args, ...e.keywords.map((k) => k.value)]) keep(value, reader);
    });
  }
}

function assign(target: Expression, value: Expression, reader: Reader): void {
  if (target.kind === "name") {
    hold(target.id, value, reader);
    return;
  }
  if (isOwnAttribute(target, reader.def)) return;
  keep(value, reader);
  if (target.kind !== "attribute" || !reader.asked.has(target.name)) return;
  for (const call of made(value)) reader.first.add(call);
}

function hold(name: string, value: Expression, { names }: Reader): void {
  names.set(name, [...(names.get(name) ?? []), ...made(value)]);
}

function keep(value: Expression, { values, keepers }: Reader): void {
  for (const call of made(value)) values.add(call);
  for (const name of namesIn(value)) keepers.add(name);
}

function putsAway({ callee }: Call): boolean {
  return callee.kind === "attribute" ? STORES.test(callee.name) : callee.kind === "name" && callee.id === "setattr";
}

/** Attributes named in the conditions of a function, by `hasattr` and `getattr` too. */
function attributesAsked(def: FunctionDef): ReadonlySet<string> {
  const asked = new Set<string>();
  const mention = (condition: Expression): void =>
    walkExpressions(condition, (e) => {
      if (e.kind === "attribute") asked.add(e.name);
      if (e.kind === "string") asked.add(e.value);
    });
  eachStatement(def.body, (s) => {
    if (s.kind === "if" || s.kind === "while") mention(s.test);
    if (s.kind === "try") for (const inner of s.body) for (const e of expressionsOf(inner)) mention(e);
    for (const root of expressionsOf(s)) {
      walkExpressions(root, (e) => {
        if (e.kind === "conditional") mention(e.test);
        if (e.kind === "boolean") mention(e.left);
      });
    }
  });
  return asked;
}

/** Methods that put away what they are given. */
const STORES =
  /^(set|put|add|append|appendleft|insert|push|setdefault|update|register|store|save|cache|remember|provide|bind|override|set_\w+|add_\w+|register_\w+)$/;

/** The calls whose value `e` is, or that it is made of: `Service(make())` holds what both give. */
function made(e: Expression): readonly Expression[] {
  if (e.kind === "await") return made(e.value);
  if (e.kind === "call") {
    const inner = [...e.args, ...e.keywords.map((k) => k.value)].flatMap(made);
    return [e, ...inner, ...(e.callee.kind === "attribute" ? made(e.callee.value) : [])];
  }
  if (e.kind === "attribute" || e.kind === "subscript") return made(e.value);
  if (e.kind === "boolean") return [...made(e.left), ...made(e.right)];
  if (e.kind === "conditional") return [...made(e.then), ...made(e.otherwise)];
  if (e.kind === "collection") return e.items.flatMap(made);
  return [];
}

function callsIn(e: Expression): readonly Expression[] {
  const found: Expression[] = [];
  walkExpressions(e, (inner) => {
    if (inner.kind === "call") found.push(inner);
  });
  return found;
}

function namesIn(e: Expression): readonly string[] {
  if (e.kind === "name") return [e.id];
  if (e.kind === "collection") return e.items.flatMap(namesIn);
  if (e.kind === "call") return [...e.args, ...e.keywords.map((k) => k.value)].flatMap(namesIn);
  return e.kind === "attribute" ? namesIn(e.value) : [];
}

/** Names that a nested function or class mentions. */
function namesBelow(s: Statement): readonly string[] {
  const found: string[] = [];
  eachStatement(s.kind === "function" || s.kind === "class" ? s.body : [s], (inner) => {
    if (inner.kind === "function" || inner.kind === "class") found.push(...namesBelow(inner));
    for (const root of expressionsOf(inner)) {
      walkExpressions(root, (e) => {
        if (e.kind === "name") found.push(e.id);
      });
    }
  });
  return found;
}

/** `self.x` in a constructor. */
function isOwnAttribute(target: Expression, def: FunctionDef): boolean {
  if (target.kind !== "attribute" || target.value.kind !== "name") return false;
  return (def.name === "__init__" || def.name === "__post_init__") && target.value.id === def.parameters[0]?.name;
}
