/**
 * Types inside function bodies.
 *
 * One unit is read at a time, statement by statement, with an environment that follows branches. What it needs of other units' unannotated results
 * it asks for at one level less, and level 0 knows nothing: recursion ends, the answer does not depend on who asked first, and a chain of
 * unannotated functions is followed as far as there are levels. A unit whose questions get the same answers at two levels is not read again.
 */
import { keptQuestion, type Question, question } from "../../base/memo.ts";
import { type FunctionEntity, type FunctionId, moduleFunctionId } from "../../names/outline.ts";
import {
  classEntity,
  functionEntity,
  keyOfId,
  type Program,
  plainId,
  selfClassOf,
  type Unit,
} from "../../names/program.ts";
import type { Expression } from "../../syntax/tree.ts";
import { libraryClass } from "../classes.ts";
import { givenAs, giversOf } from "../given-as.ts";
import type { Asked, FunctionInfo, HandedOver, ParameterFacts, Query, Served, UnitInfo } from "../record.ts";
import { sameType, type Type, UNKNOWN, union } from "../type.ts";
import { evaluate } from "./expressions.ts";
import { withoutForms } from "./forms.ts";
import { finish, readFunction } from "./functions.ts";
import { withoutBodies } from "./given-bodies.ts";
import { effectOfDecorators, servingDecorator } from "./handing.ts";
import { type Frame, Inference, newFrame } from "./state.ts";
import { readBlock } from "./statements.ts";

/** How many unannotated functions, attributes and globals in a row are seen through. */
export const LEVELS = 6;

/** What is known of a unit in the end. Undefined where there is no such unit. */
export function unitInfo(program: Program, unit: FunctionId): UnitInfo | undefined {
  return inferUnit(program, unit, LEVELS);
}

/** What is known of a function, nested ones included. */
export function functionInfo(program: Program, id: FunctionId): FunctionInfo | undefined {
  const entity = functionEntity(program, id);
  return unitInfo(program, unitOf(entity, id))?.functions.get(plainId(id));
}

/** The unit to read for a function; for a method looked at for another class it is the method itself. */
function unitOf(entity: FunctionEntity | undefined, id: FunctionId): FunctionId {
  return selfClassOf(id) !== null ? id : (entity?.unit ?? id);
}

function inferUnit(program: Program, unit: FunctionId, level: number): UnitInfo | undefined {
  return program.memo.get(UNITS[level]!, unit);
}

/** Of an array with a question for each level, from 0 on. */
function atEachLevel<T>(make: (level: number) => T): readonly T[] {
  return Array.from({ length: LEVELS + 1 }, (_, level) => make(level));
}

/**
 * Readings of units. They are compared by identity: one may have been taken from another level, and must not look up to date while that one is not.
 */
const UNITS = atEachLevel((level) =>
  question((program: Program, unit): UnitInfo | undefined => {
    const code = program.unit(plainId(unit));
    const outline = program.outline(keyOfId(unit));
    if (!code || !outline) return undefined;
    // From above first, for most ask nothing that needs a second reading; what asks for itself by way of others is brought up from below, and so is what would be read deep within others.
    const fromBelow = program.effort.nested > MOST_NESTED || isBeingRead(program, unit, level);
    if (level > 2 && fromBelow) inferUnit(program, unit, level - 1);
    const alike = readingAlike(program, unit, level);
    if (alike) return alike;
    program.effort.bodies++;
    const inf = new Inference(
      program,
      plainId(unit),
      selfClassOf(unit),
      outline,
      (query) => answer(program, query, level - 1),
      (fn) => parametersOf(program, fn, level - 1),
    );
    program.effort.nested++;
    try {
      readCode(inf, code);
    } finally {
      program.effort.nested--;
    }
    return {
      unit,
      def: code.def,
      functions: inf.functions,
      globals: inf.globals,
      attributes: inf.attributes,
      asked: inf.asked,
      handed: inf.handed,
      served: inf.served,
    };
  }),
);

/** Bodies that are read directly one from within another; a stack holds only so many frames. */
const MOST_NESTED = 1;

function readCode(inf: Inference, { id, def, body }: Unit): void {
  if (def) {
    readFunction(inf, id, def, null);
    return;
  }
  const frame: Frame = newFrame(id, null, null, null);
  inf.frame = frame;
  readBlock(inf, body);
  finish(inf, frame);
}

/** Whether a unit is being read at a level above. */
function isBeingRead(program: Program, unit: FunctionId, level: number): boolean {
  return UNITS.some((asked, above) => above > level && program.memo.isUnderWay(asked, unit));
}

/** A reading of a unit at another level that was told the same as it would be at this one, and therefore says the same. */
function readingAlike(program: Program, unit: FunctionId, level: number): UnitInfo | undefined {
  let last: UnitInfo | undefined;
  for (let other = LEVELS; other > 0; other--) {
    if (other === level || !program.memo.knows(UNITS[other]!, unit)) continue;
    const reading = inferUnit(program, unit, other)!;
    if (reading !== last && reading.asked.every((asked) => isAnswer(program, asked, level - 1))) return reading;
    last = reading;
  }
  return undefined;
}

/** The answer to a question about inferred types, as known at `level`. */
function answer(program: Program, query: Query, level: number): Type {
  if (level <= 0) return UNKNOWN;
  const { what, id, name } = query;
  if (what === "parameters") return UNKNOWN;
  const asked = ANSWERS[what][level]!;
  return (name === "" ? program.memo.get(asked, id) : program.memo.getNamed(asked, id, name)) ?? UNKNOWN;
}

function answersTo(what: Query["what"]): readonly Question<Program, Type>[] {
  return atEachLevel((level) =>
    keptQuestion(
      `${what} ${level}`,
      (program, id, name) => withoutForms(withoutBodies(compute(program, { what, id, name }, level), what)),
      sameType,
    ),
  );
}

const ANSWERS: Readonly<Record<Exclude<Query["what"], "parameters">, readonly Question<Program, Type>[]>> = {
  returns: answersTo("returns"),
  yields: answersTo("yields"),
  attribute: answersTo("attribute"),
  global: answersTo("global"),
  request: answersTo("request"),
};

function compute(program: Program, { what, id, name }: Query, level: number): Type {
  switch (what) {
    case "returns":
    case "yields": {
      const entity = functionEntity(program, id);
      const info = entity && inferUnit(program, unitOf(entity, id), level)?.functions.get(plainId(id));
      return info ? (what === "returns" ? info.returns : info.yields) : UNKNOWN;
    }
    case "global": {
      const units = [moduleFunctionId(id), ...(program.outline(id)?.globalAssigned.get(name) ?? [])];
      return union(units.flatMap((unit) => inferUnit(program, unit, level)?.globals.get(name) ?? []));
    }
    case "attribute": {
      const entity = classEntity(program, id);
      if (!entity) return UNKNOWN;
      const setters = (entity.selfAssigned.get(name) ?? []).map((fn) => functionEntity(program, fn)?.unit ?? fn);
      const units = new Set([...(entity.members.has(name) ? [moduleFunctionId(entity.origin.key)] : []), ...setters]);
      return union(
        [...units].flatMap((unit) => inferUnit(program, unit, level)?.attributes.get(`${id}.${name}`) ?? []),
      );
    }
    case "request":
      return requestGiven(program, id, Math.min(level, REGISTERED_LEVEL));
    default:
      return UNKNOWN;
  }
}

/** What is registered is called by its name, and routers by theirs: little has to be seen through. */
const REGISTERED_LEVEL = 2;

/** The request object that a function is given by a framework it is handed to; unknown where nobody does. */
function requestGiven(program: Program, fn: FunctionId, level: number): Type {
  const entity = functionEntity(program, fn);
  if (!entity) return UNKNOWN;
  for (const unit of giversOf(program, entity, givenAs(program, entity, /./))) {
    const served = inferUnit(program, unit, level)?.served.find((s) => s.fn === fn && s.request !== null);
    const type = served ? libraryClass(program, served.request!) : null;
    if (type) return type;
  }
  return UNKNOWN;
}

/** What a function does with its parameters, as known at `level`; null where nothing is known yet. */
function parametersOf(program: Program, fn: FunctionId, level: number): ParameterFacts | null {
  if (level <= 0) return null;
  return program.memo.get(PARAMETERS[level]!, fn) ?? null;
}

const PARAMETERS = atEachLevel((level) =>
  keptQuestion(
    `parameters ${level}`,
    (program: Program, fn): ParameterFacts | null => {
      const entity = functionEntity(program, fn);
      return (entity && inferUnit(program, unitOf(entity, fn), level)?.functions.get(plainId(fn))?.parameters) ?? null;
    },
    sameFacts,
  ),
);

function sameFacts(a: ParameterFacts | null, b: ParameterFacts | null): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Whether a question has the answer at a level that it had in a reading. */
function isAnswer(program: Program, asked: Asked, level: number): boolean {
  const { query } = asked;
  return query.what === "parameters"
    ? sameFacts(parametersOf(program, query.id, level), asked.answer as ParameterFacts | null)
    : sameType(answer(program, query, level), asked.answer as Type);
}

/** The type of an expression that stands at the top level of a module, such as a decorator. */
export function evaluateInModule(program: Program, key: string, e: Expression): Type {
  return inModule(program, key, (inf) => evaluate(inf, e)) ?? UNKNOWN;
}

/** Where the decorators of a function that is no nested one make it run; null where they do not say. */
export function effectOfDecoration(program: Program, entity: FunctionEntity): Omit<HandedOver, "fn"> | null {
  return inModule(program, entity.origin.key, (inf) => effectOfDecorators(inf, entity.decorators)) ?? null;
}

/** Functions that a unit gives to others uncalled. */
export function handedOver(program: Program, unit: FunctionId): readonly HandedOver[] {
  return program.memo.get(HANDED, unit) ?? [];
}

const HANDED = keptQuestion(
  "handed over",
  (program: Program, unit): readonly HandedOver[] => unitInfo(program, unit)?.handed ?? [],
  (a, b) => JSON.stringify(a) === JSON.stringify(b),
);

/** Functions that a unit gives to a framework which runs them for each request. */
export function servedBy(program: Program, unit: FunctionId): readonly Served[] {
  return program.memo.get(SERVED, unit) ?? [];
}

const SERVED = keptQuestion(
  "served",
  (program: Program, unit): readonly Served[] => unitInfo(program, unit)?.served ?? [],
  (a, b) => JSON.stringify(a) === JSON.stringify(b),
);

/** The name of a decorator that makes a framework run a function that is no nested one for each request; null where none does. */
export function servingDecoration(program: Program, entity: FunctionEntity): string | null {
  return inModule(program, entity.origin.key, (inf) => servingDecorator(inf, entity.decorators)) ?? null;
}

function inModule<T>(program: Program, key: string, read: (inf: Inference) => T): T | undefined {
  const outline = program.outline(key);
  if (!outline) return undefined;
  const unit = moduleFunctionId(key);
  const inf = new Inference(
    program,
    unit,
    null,
    outline,
    (query) => answer(program, query, LEVELS),
    (fn) => parametersOf(program, fn, LEVELS),
  );
  inf.frame = newFrame(unit, null, null, null);
  return inf.quietly(() => read(inf));
}
