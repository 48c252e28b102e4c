/**
 * Unchecked data of a request that one method of a class keeps on `self` and others read: `self.sent = json.loads(self.request.body)`.
 *
 * It counts as unchecked where nothing is done with the attribute, in any method of the class and of the project's classes it inherits from, but
 * reading keys, asking and giving it a local name, and where only one assignment gives it a value. Whatever hands it on may check it. What a subclass
 * does is not looked at.
 */
import { keptQuestion } from "../../base/memo.ts";
import type { ClassId, FunctionId } from "../../names/outline.ts";
import { classEntity, type Program } from "../../names/program.ts";
import type { Expression, FunctionDef, Statement } from "../../syntax/tree.ts";
import { blocksOf, childExpressions, expressionsOf } from "../../syntax/walk.ts";
import { classInfo } from "../classes.ts";
import { alternatives, type Type, UNKNOWN } from "../type.ts";
import { bodyAt, bodyIn } from "./bodies.ts";
import { enteringBody } from "./given-bodies.ts";
import type { Inference } from "./state.ts";

type Attribute = Expression & { kind: "attribute" };

/** What reading an attribute gives, its type being `type`: unchecked data enters where its class only reads it. */
export function readKept(inf: Inference, e: Attribute, base: Type, type: Type): Type {
  if (!alternatives(type).some((t) => t.kind === "body" && t.source < 0)) return type;
  const keeper = keeperOf(inf, e, base);
  if (keeper === null) return UNKNOWN;
  const entering = enteringBody(inf, e, type, []);
  const body = entering && bodyIn(entering);
  if (body) bodyAt(inf, body).through ??= keeper;
  return entering ?? UNKNOWN;
}

/** What is assigned to an attribute, where it is request data that is only read from there, so that it counts as unchecked still; else null. */
export function keptUnchecked(inf: Inference, target: Attribute, type: Type): Type | null {
  const body = bodyIn(type);
  const self = inf.frame.env.get(target.value.kind === "name" ? target.value.id : "");
  if (!body?.whole || body.parameter || !self) return null;
  const read = bodyAt(inf, body);
  if (read.vetted) return UNKNOWN;
  if (keeperOf(inf, target, self) === null) return null;
  read.given = true;
  return body;
}

/** The method that gives the attribute of `self` its value; null where there are several, or its value is handed on. */
function keeperOf(inf: Inference, e: Attribute, base: Type): FunctionId | null {
  const self = inf.frame.def?.parameters[0]?.name;
  if (e.value.kind !== "name" || e.value.id !== self || base.kind !== "instance") return null;
  let keeper: FunctionId | null = null;
  let assigned = 0;
  for (const { cls } of classInfo(inf.program, base.cls).ancestors) {
    const found = inf.program.memo.getNamed(HABITS, cls, e.name);
    if (!found) continue;
    if (found.handedOn) return null;
    assigned += found.assigned;
    keeper ??= found.by;
  }
  return assigned === 1 ? keeper : null;
}

/** What the methods of a class do with an attribute. */
interface Habits {
  /** How often it is given something else than an empty value, and the method that does so. */
  readonly assigned: number;
  readonly by: FunctionId | null;
  /** Whether it may be checked somewhere. */
  readonly handedOn: boolean;
}

const HABITS = keptQuestion(
  "habits",
  (program: Program, cls: ClassId, name): Habits | null => {
    const entity = classEntity(program, cls);
    if (!entity || entity.origin.isStub) return null;
    const found: Counted = { assigned: 0, handedOn: false, aliases: new Set() };
    let by: FunctionId | null = null;
    for (const bindings of entity.members.values())
      for (const b of bindings) {
        const def = b.kind === "function" ? program.unit(b.id)?.def : null;
        if (b.kind !== "function" || !def) continue;
        const before = found.assigned;
        countIn(def, name, found);
        if (found.assigned > before) by ??= b.id;
      }
    const { assigned, handedOn } = found;
    return { assigned, by, handedOn };
  },
  (a, b) => JSON.stringify(a) === JSON.stringify(b),
);

interface Counted {
  assigned: number;
  handedOn: boolean;
  /** Local names that it is given. */
  readonly aliases: Set<string>;
}

function countIn(def: FunctionDef, attribute: string, found: Counted): void {
  const self = def.parameters[0]?.name;
  if (self === undefined) return;
  found.aliases.clear();
  const isIt = (e: Expression): boolean =>
    e.kind === "name"
      ? found.aliases.has(e.id)
      : e.kind === "attribute" && e.name === attribute && e.value.kind === "name" && e.value.id === self;
  const store = (target: Expression, value: Expression | null): void => {
    if (target.kind === "name" && value && isIt(value)) found.aliases.add(target.id);
    else if (target.kind === "attribute" && isIt(target)) found.assigned += value && isEmpty(value) ? 0 : 1;
    else for (const part of childExpressions(target)) visit(part, true);
  };
  /** `reads`: only a part of `e`, or its truth, goes on from here. */
  const visit = (e: Expression, reads: boolean): void => {
    if (isIt(e)) {
      if (!reads) found.handedOn = true;
      return;
    }
    // Who is handed the object may look at what it keeps.
    if (e.kind === "name") {
      if (e.id === self && !reads) found.handedOn = true;
      return;
    }
    if (e.kind === "lambda") {
      e.def.body.forEach(statement);
      return;
    }
    const asks = e.kind === "comparison" || e.kind === "attribute" || (e.kind === "unary" && e.operator === "not");
    const callsHarmless = e.kind === "call" && e.callee.kind === "name" && HARMLESS.has(e.callee.id);
    for (const child of childExpressions(e))
      visit(
        child,
        asks || callsHarmless || (e.kind === "subscript" && child === e.value) || (e.kind === "boolean" && reads),
      );
  };
  const statement = (s: Statement): void => {
    if (s.kind === "assign") {
      for (const target of s.targets) store(target, s.value);
      if (!isIt(s.value) || s.targets.some((t) => t.kind !== "name")) visit(s.value, false);
    } else if (s.kind === "annotated-assign") {
      store(s.target, s.value);
      if (s.value && !isIt(s.value)) visit(s.value, false);
    } else if (s.kind === "function") {
      s.body.forEach(statement);
    } else {
      const tests = s.kind === "if" || s.kind === "while" || s.kind === "assert" || s.kind === "for";
      for (const e of expressionsOf(s)) visit(e, tests);
      for (const block of blocksOf(s)) block.forEach(statement);
    }
  };
  def.body.forEach(statement);
}

const HARMLESS = new Set(["isinstance", "len", "bool", "print", "repr", "type", "sorted", "super"]);

function isEmpty(value: Expression): boolean {
  if (value.kind === "literal") return value.text === "None";
  if (value.kind === "dict") return value.entries.length === 0;
  return value.kind === "string" ? value.value === "" : value.kind === "collection" && value.items.length === 0;
}
