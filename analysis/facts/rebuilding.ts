/**
 * Things meant to be made once and shared (engines, pools, clients that keep connections) that a function makes itself, the same each time.
 *
 * Only what is set up from constants, module-level names and results of functions that take neither is the same each time: what depends on a
 * parameter, on `self` or on the request at hand may differ from request to request, and then making it anew is right. So is what is set up further
 * after it was made (headers, cookies), and what works with connections that somebody else keeps. Whether the function runs for each request
 * is another question (`serving.ts`).
 */

import type { FunctionId } from "../names/outline.ts";
import { classEntity, functionEntity, type Program } from "../names/program.ts";
import { childExpressions, expressionsOf, walkExpressions } from "../syntax/index.ts";
import type { Call, Expression, FunctionDef, Statement } from "../syntax/tree.ts";
import { classInfo } from "../types/classes.ts";
import { functionInfo } from "../types/inference/index.ts";
import type { CallRecord, Target } from "../types/record.ts";
import { eachStatement, keptIn } from "./keeping.ts";

export interface Rebuilt {
  readonly what: string;
  readonly record: CallRecord;
  /** Whether it leaves the function, so that a caller may keep it. */
  readonly leaves: boolean;
}

/** What a function makes that would serve for longer, in source order. Offsets count from its unit. */
export function rebuiltIn(program: Program, id: FunctionId): readonly Rebuilt[] {
  const info = functionInfo(program, id);
  if (!info?.def) return [];
  const { def } = info;
  const found: Rebuilt[] = [];
  for (const record of info.calls) {
    const { node } = record;
    if (record.how !== "call" || record.once || record.targets.length !== 1 || node.kind !== "call") continue;
    const made = madeOnce(program, record.targets[0]!);
    if (!made) continue;
    const kept = keptIn(def);
    if (kept.first.has(node) || kept.values.has(node)) continue;
    if (made.shares.some((name) => node.keywords.some((k) => k.name === name && !isNone(k.value)))) continue;
    const names = localNames(program, id, def);
    if (keepsAnswer(names, def, node)) continue;
    if (!isSameEachTime(names, node) || isSetUpFurther(def, node)) continue;
    if (made.what === "http client" && callsAnyHost(names, def, node)) continue;
    found.push({ what: made.what, record, leaves: leaves(def, node) });
  }
  return found;
}

function madeOnce(
  program: Program,
  { id }: Target,
): { readonly what: string; readonly shares: readonly string[] } | null {
  if (id === null) return null;
  if (!classEntity(program, id)) return functionEntity(program, id)?.origin.isStub ? program.verbs(id).madeOnce : null;
  for (const { cls } of classInfo(program, id).ancestors) {
    const made = classEntity(program, cls)?.origin.isStub ? program.verbs(cls).madeOnce : null;
    if (made) return made;
  }
  return null;
}

function isNone(e: Expression): boolean {
  return e.kind === "literal" && e.text === "None";
}

/**
 * Whether the function answers from what it kept the last time: a condition above the call asks about a global or an attribute that a statement behind it sets, or
 * a container of the module or of `self` is looked into above the call and filled behind it.
 * Then the call is made once, or once in a while.
 */
function keepsAnswer(names: LocalNames, def: FunctionDef, call: Call): boolean {
  const asked = new Set<string>();
  const set = new Set<string>();
  const globals = new Set<string>();
  const noteContainer = (e: Expression, into: Set<string>): void => {
    if (e.kind === "name" && !names.has(e.id)) into.add(`${e.id}[]`);
    else if (e.kind === "attribute" && e.value.kind === "name" && e.value.id === "self") into.add(`self.${e.name}[]`);
  };
  eachStatement(def.body, (s) => {
    if (s.kind === "global") for (const name of s.names) globals.add(name);
    if (s.kind === "if" && s.start < call.start) {
      walkExpressions(s.test, (e) => {
        const key = keyOfPlace(e, names, globals);
        if (key !== null) asked.add(key);
      });
    }
    if (s.end < call.start || s.kind === "if") {
      // `cached = ANSWERS.get(key)`
      for (const root of expressionsOf(s))
        if (root.start < call.start) walkExpressions(root, (e) => noteContainer(e, asked));
    }
    if (s.kind === "assign" && s.start > call.end) {
      for (const target of s.targets) {
        const key = keyOfPlace(target, names, globals);
        if (key !== null) set.add(key);
        if (target.kind === "subscript") noteContainer(target.value, set);
      }
    }
  });
  return [...set].some((key) => asked.has(key));
}

/** What tells a place that outlives a function's run: a name declared `global`, an attribute of `self` or of something of the module. */
function keyOfPlace(e: Expression, names: LocalNames, globals: ReadonlySet<string>): string | null {
  if (e.kind === "name") return globals.has(e.id) ? e.id : null;
  if (e.kind !== "attribute" || e.value.kind !== "name") return null;
  const { id } = e.value;
  return id === "self" || id === "cls" || !names.has(id) ? `${id}.${e.name}` : null;
}

/** Whether a call is made with the same arguments whoever the request comes from. A timeout may be given with each use as well. */
function isSameEachTime(names: LocalNames, call: Call): boolean {
  const given = [...call.args, ...call.keywords.flatMap((k) => (k.name === "timeout" ? [] : [k.value]))];
  const receiver = call.callee.kind === "attribute" ? [call.callee.value] : [];
  return [...receiver, ...given].every((e) => isFixed(e, names, MAX_ASSIGNMENTS));
}

/** How many assignments in a row are looked through. */
const MAX_ASSIGNMENTS = 4;

/** Local names with the values they are given; null for those that nobody can tell (parameters, loop variables, names of functions around). */
type LocalNames = ReadonlyMap<string, readonly Expression[] | null>;

function localNames(program: Program, id: FunctionId, def: FunctionDef): LocalNames {
  const names = new Map<string, Expression[] | null>();
  for (let parent = functionEntity(program, id)?.parent ?? null; parent !== null; ) {
    const around = functionEntity(program, parent);
    for (const name of around ? [...around.def.parameters.map((p) => p.name), ...boundIn(around.def.body)] : [])
      names.set(name, null);
    parent = around?.parent ?? null;
  }
  for (const name of boundIn(def.body)) names.set(name, null);
  const given = new Map<string, Expression[]>();
  eachStatement(def.body, (s) => {
    const targets = s.kind === "assign" ? s.targets : s.kind === "annotated-assign" ? [s.target] : [];
    const value = s.kind === "assign" || s.kind === "annotated-assign" ? s.value : null;
    for (const t of targets) if (t.kind === "name" && value) given.set(t.id, [...(given.get(t.id) ?? []), value]);
  });
  for (const [name, values] of given) if (values.length === timesBound(def.body, name)) names.set(name, values);
  for (const { name } of def.parameters) names.set(name, null);
  // What is imported here is as good as imported above.
  eachStatement(def.body, (s) => {
    if (s.kind === "import" || s.kind === "import-from")
      for (const each of s.names) names.delete(each.alias ?? each.name.split(".")[0]!);
  });
  return names;
}

/** Names that a framework fills for each request, wherever they are imported from. */
const REQUEST_BOUND = /^(request|req|session|g|current_user|websocket|user|tenant|context|ctx)$/;

function isFixed(e: Expression, names: LocalNames, depth: number): boolean {
  switch (e.kind) {
    case "name": {
      const values = names.get(e.id);
      if (values === undefined) return !REQUEST_BOUND.test(e.id);
      return values !== null && depth > 0 && values.every((value) => isFixed(value, names, depth - 1));
    }
    case "attribute":
      if (e.value.kind === "name" && (e.value.id === "self" || e.value.id === "cls"))
        return /^[A-Z][A-Z0-9_]*$/.test(e.name);
      return isFixed(e.value, names, depth);
    case "await":
    case "lambda":
    case "comprehension":
    case "yield":
    case "unknown":
      return false;
    default:
      return childExpressions(e).every((child) => isFixed(child, names, depth));
  }
}

/** Whether everything that is asked of a client goes to places that the function is told: then no connection would serve twice. */
function callsAnyHost(names: LocalNames, def: FunctionDef, call: Call): boolean {
  if (call.keywords.some((k) => k.name === "base_url")) return false;
  const name = nameOf(def, call);
  let fixed = 0;
  let told = 0;
  /** `fetch(client, url)` */
  const handsWithAddress = ({ args, keywords }: Call): boolean => {
    const given = [...args, ...keywords.map((k) => k.value)];
    if (name === null || !given.some((e) => e.kind === "name" && e.id === name)) return false;
    return given.some((e) => e.kind === "name" && ADDRESS.test(e.id) && !beginsFixed(e, names, MAX_ASSIGNMENTS));
  };
  eachStatement(def.body, (s) => {
    for (const root of expressionsOf(s)) {
      walkExpressions(root, (e) => {
        if (e.kind === "call" && handsWithAddress(e)) told++;
        if (e.kind !== "call" || e.callee.kind !== "attribute" || !HTTP_CALLS.test(e.callee.name)) return;
        const { value } = e.callee;
        if (value !== call && !(value.kind === "name" && value.id === name)) return;
        const position = /^(request|stream|build_request)$/.test(e.callee.name) ? 1 : 0;
        const url = e.keywords.find((k) => k.name === "url")?.value ?? e.args[position];
        if (url && !beginsFixed(url, names, MAX_ASSIGNMENTS)) told++;
        else fixed++;
      });
    }
  });
  return told > 0 && fixed === 0;
}

const ADDRESS = /ur[il]$|^(host|address|endpoint|link|href)$/;
const HTTP_CALLS = /^(get|post|put|patch|delete|head|options|request|stream|build_request|ws_connect|fetch)$/;

/** Whether text begins the same each time: `f"{BASE}/orders/{key}"` does, `url` as a parameter does not. */
function beginsFixed(e: Expression, names: LocalNames, depth: number): boolean {
  switch (e.kind) {
    case "fstring": {
      const [first] = e.parts;
      return !first || first.start - e.start > LONGEST_OPENING || beginsFixed(first, names, depth);
    }
    case "binary":
      return beginsFixed(e.left, names, depth);
    case "boolean":
      return beginsFixed(e.left, names, depth) || beginsFixed(e.right, names, depth);
    case "conditional":
      return beginsFixed(e.then, names, depth) || beginsFixed(e.otherwise, names, depth);
    case "call": {
      // `BASE.rstrip("/")`, `URL.format(key)`; of other methods nobody knows what text they give.
      if (e.callee.kind === "attribute" && TEXT_METHODS.test(e.callee.name)) {
        return beginsFixed(e.callee.value, names, depth);
      }
      if (e.callee.kind === "attribute" && !JOINS.test(e.callee.name)) return isFixed(e, names, depth);
      const [first] = e.args;
      return first ? beginsFixed(first, names, depth) : isFixed(e, names, depth);
    }
    case "name": {
      const values = names.get(e.id);
      if (!values) return isFixed(e, names, depth);
      return depth > 0 && values.some((value) => beginsFixed(value, names, depth - 1));
    }
    case "string":
      return e.value !== "";
    default:
      return isFixed(e, names, depth);
  }
}

const TEXT_METHODS = /^(format|format_map|l?strip|rstrip|replace|removeprefix|removesuffix|lower|join|joinpath)$/;
const JOINS = /join|^(str|URL)$/;

/** `f"https://{`: what stands before a host that is told. */
const LONGEST_OPENING = 11;

function boundIn(body: readonly Statement[]): readonly string[] {
  const found: string[] = [];
  const bind = (target: Expression): void => {
    if (target.kind === "name") found.push(target.id);
    else if (target.kind === "collection" || target.kind === "starred")
      for (const t of childExpressions(target)) bind(t);
  };
  eachStatement(body, (s) => {
    if (s.kind === "assign") s.targets.forEach(bind);
    if (s.kind === "annotated-assign" || s.kind === "augmented-assign" || s.kind === "for") bind(s.target);
    if (s.kind === "with") for (const { target } of s.items) if (target) bind(target);
    if (s.kind === "try") for (const { name } of s.handlers) if (name) bind(name);
    if (s.kind === "match") for (const { captures } of s.cases) captures.forEach(bind);
    if (s.kind === "function" || s.kind === "class") found.push(s.name);
    for (const root of expressionsOf(s)) {
      walkExpressions(root, (e) => {
        if (e.kind === "walrus") found.push(e.target.id);
      });
    }
  });
  return found;
}

function timesBound(body: readonly Statement[], name: string): number {
  return boundIn(body).filter((each) => each === name).length;
}

/** The name a call's value is given, by an assignment or a `with`. */
function nameOf(def: FunctionDef, call: Call): string | null {
  let found: string | null = null;
  eachStatement(def.body, (s) => {
    if (s.kind === "assign" && awaitedIn(s.value) === call && s.targets[0]?.kind === "name") found = s.targets[0].id;
    if (s.kind === "annotated-assign" && s.value && awaitedIn(s.value) === call && s.target.kind === "name")
      found = s.target.id;
    if (s.kind === "with") {
      for (const { context, target } of s.items)
        if (awaitedIn(context) === call && target?.kind === "name") found = target.id;
    }
  });
  return found;
}

/** The attribute a constructor puts a call's value in: `client` of `self.client = Client()`. */
function attributeOf(def: FunctionDef, call: Call): string | null {
  let found: string | null = null;
  eachStatement(def.body, (s) => {
    if (s.kind !== "assign" || awaitedIn(s.value) !== call) return;
    const [target] = s.targets;
    if (target?.kind === "attribute" && target.value.kind === "name") found = target.name;
  });
  return found;
}

function awaitedIn(e: Expression): Expression {
  return e.kind === "await" ? e.value : e;
}

/** Whether attributes of the value are set, or called to be: `client.headers.update(...)`, `session.auth = ...`, `session.mount(...)`. */
function isSetUpFurther(def: FunctionDef, call: Call): boolean {
  const name = nameOf(def, call);
  const attribute = attributeOf(def, call);
  if (name === null && attribute === null) return false;
  let found = false;
  const base = (e: Expression): boolean =>
    (e.kind === "name" && e.id === name) ||
    (e.kind === "attribute" && e.name === attribute && e.value.kind === "name") ||
    ((e.kind === "attribute" || e.kind === "subscript") && base(e.value));
  eachStatement(def.body, (s) => {
    const targets = s.kind === "assign" ? s.targets : s.kind === "augmented-assign" ? [s.target] : [];
    if (targets.some((t) => (t.kind === "attribute" || t.kind === "subscript") && base(t.value))) found = true;
    for (const root of expressionsOf(s)) {
      walkExpressions(root, (e) => {
        if (e.kind !== "call" || e.callee.kind !== "attribute") return;
        const { name: method, value } = e.callee;
        if (
          base(value) &&
          (value.kind === "attribute" ? /^(update|set|setdefault|add)$/ : /^(mount|login|auth\w*)$/).test(method)
        )
          found = true;
      });
    }
  });
  return found;
}

/** Whether a value is given back, yielded, or kept by the object that a constructor makes. */
function leaves(def: FunctionDef, call: Call): boolean {
  if (def.name === "__init__" || def.name === "__post_init__" || def.name === "__new__") return true;
  const name = nameOf(def, call);
  let found = false;
  const holds = (e: Expression | null): void => {
    if (e === null) return;
    walkExpressions(e, (inner) => {
      if (inner === call || (inner.kind === "name" && inner.id === name)) found = true;
    });
  };
  eachStatement(def.body, (s) => {
    if (s.kind === "return" && s.value && !isUse(s.value, name, call)) holds(s.value);
    for (const root of expressionsOf(s)) {
      walkExpressions(root, (e) => {
        if (e.kind === "yield") holds(e.value);
      });
    }
  });
  return found;
}

/** `return await client.get(url)`: what is given back came from it, and is not it. */
function isUse(e: Expression, name: string | null, call: Call): boolean {
  if (e.kind === "await") return isUse(e.value, name, call);
  if (e.kind === "call" && e.callee.kind === "attribute") {
    const { value } = e.callee;
    return value === call || (value.kind === "name" && value.id === name) || isUse(value, name, call);
  }
  return (
    (e.kind === "attribute" || e.kind === "subscript") &&
    (isUse(e.value, name, call) || (e.value.kind === "name" && e.value.id === name))
  );
}
