/**
 * How a function goes about data of a request, for a fix that puts a schema in front of it: who holds it, which keys it reads where, which of them it
 * cannot do without, and where a check may stand.
 *
 * Nothing is said where a single mention of the data is not understood: what is handed on as a whole, or gone through, may need keys nobody sees here.
 */
import type { Span } from "./base/span.ts";
import type { FunctionEntity } from "./names/outline.ts";
import type { Program } from "./names/program.ts";
import { isNone, type Read, type ReadKind, readAt, readsOf, rootOf, type Whole, wholeOf } from "./request-reads.ts";
import { firstCommon, isRefusal, type Place, surelyRuns, type Terrain, terrainOf } from "./request-terrain.ts";
import { comparesWithNone, type Evidence, isBound, typeOfReads, type ValueType } from "./request-types.ts";
import type { Expression, Statement } from "./syntax/tree.ts";
import { childExpressions } from "./syntax/walk.ts";
import { evaluateInModule } from "./types/inference/index.ts";
import type { BodyRecord, FunctionInfo } from "./types/record.ts";
import { alternatives } from "./types/type.ts";
import type { RequestShape, ShapedKey, ShapedRead } from "./views.ts";

/** What the view of it says, with offsets that count from the unit, as in the tree. */
export interface Shape extends Omit<RequestShape, "typed" | "keys"> {
  readonly keys: readonly ShapeKey[];
}

export interface ShapeKey extends Omit<ShapedKey, "type" | "reads"> {
  readonly type: ValueType | null;
  readonly reads: readonly ShapeRead[];
}

export interface ShapeRead extends Omit<ShapedRead, "how" | "fallback"> {
  readonly how: ReadKind;
  /** The default of a `get`. */
  readonly fallback: Span | null;
  /** Whether that default is a constant. */
  readonly constant: boolean;
}

/** The shape of the values that `records` tell of, all read in the same words in one function. Null where not all is understood. */
export function requestShape(
  program: Program,
  entity: FunctionEntity,
  info: FunctionInfo,
  records: readonly BodyRecord[],
): Shape | null {
  const terrain = terrainOf(entity.def);
  const evidence: Evidence = { program, info, terrain };
  const [first] = records;
  if (!first) return null;
  if (first.parameter !== null) return shapeOfParameter(evidence, first.parameter);
  const wholes: Whole[] = [];
  for (const record of records) {
    const node = terrain.expressions.find(
      (e) => e.start === record.start && e.end === record.end && e.kind === record.node?.kind,
    );
    const whole = node && wholeOf(terrain, node);
    if (!whole) return null;
    // Decoded or raw: a check would be given another thing than what is read.
    if (record.kind === "raw" && !whole.decoded) return null;
    const read = readAt(terrain, whole.e);
    // What is done with it otherwise is nobody's complaint.
    if (!read && record.uses.length === 0 && records.length > 1) continue;
    wholes.push(whole);
  }
  const [only, ...others] = wholes;
  if (!only) return null;
  const library = libraryOf(first);
  const place = terrain.placeOf(only.e)!;
  const target = nameGiven(place.statement, only.e);
  if (target !== null) {
    if (others.length > 0 || place.nested) return null;
    const mentions = terrain.expressions.filter((e) => e.kind === "name" && e.id === target);
    const holding = mentions.filter((e) => isBound(terrain, e));
    if (holding.length !== 1) return null;
    const reads = readsOf(
      terrain,
      mentions.filter((e) => e !== holding[0]),
    );
    if (!reads || reads.some((read) => read.node.start < place.statement.start)) return null;
    const annotation = place.statement.kind === "annotated-assign" ? place.statement.annotation : null;
    const holder = { name: target, statement: place.statement, annotation };
    return { ...shapeOf(evidence, reads, place, only, target), library, holder };
  }
  const reads = readsOf(
    terrain,
    wholes.map((w) => w.e),
  );
  if (!reads || wholes.some((w) => w.e.kind === "await" || w.decoded)) return null;
  const places = reads.map((read) => terrain.placeOf(read.node)!);
  if (places.some((p) => p.nested)) return null;
  return { ...shapeOf(evidence, reads, firstCommon(places), only, rootOf(only.e)), library, holder: null };
}

/** Whether a decorator of the function has its parameters filled with the body, each checked against its type. */
export function fillsParameters(program: Program, { decorators, origin }: FunctionEntity): boolean {
  return decorators.some((d) => {
    const head = d.kind === "call" ? d.callee : d;
    return alternatives(evaluateInModule(program, origin.key, head)).some((t) => {
      if (t.kind !== "function") return false;
      const { handlesRequests, bodyParameter } = program.verbs(t.fn);
      return handlesRequests === "body" && bodyParameter === null;
    });
  });
}

function shapeOfParameter(evidence: Evidence, name: string): Shape | null {
  const { terrain } = evidence;
  const mentions = terrain.expressions.filter((e) => e.kind === "name" && e.id === name);
  if (mentions.some((e) => isBound(terrain, e))) return null;
  const reads = readsOf(terrain, mentions);
  if (!reads) return null;
  const parameter = terrain.def.parameters.find((p) => p.name === name)!;
  return {
    ...shapeOf(evidence, reads, null, { e: mentions[0]!, decoded: false }, name),
    source: parameter,
    library: null,
    holder: null,
  };
}

type Found = Omit<Shape, "library" | "holder">;

function shapeOf(
  evidence: Evidence,
  reads: readonly Read[],
  anchor: Place | null,
  whole: Whole,
  root: string | null,
): Found {
  const { terrain } = evidence;
  const tainted = derivedFrom(terrain, root, reads);
  const matters = (exit: Statement, over: Statement): boolean => !isRefusal(exit) && mentionsAny(over, tainted);
  const keys = new Map<string, Read[]>();
  for (const read of reads) if (read.key !== null) keys.set(read.key, [...(keys.get(read.key) ?? []), read]);
  // What the code puts there before it reads it is no matter of the client.
  for (const [name, [earliest, ...more]] of keys)
    if (
      earliest?.how === "write" &&
      (surelyRuns(terrain, earliest.node, anchor, () => true) || more.every((r) => r.how === "write"))
    )
      keys.delete(name);
  const found = [...keys].map(([name, own]): ShapeKey => {
    // Who asks whether it is there, or puts it there, goes on without it.
    const asked = Math.min(...own.filter((r) => r.how === "write" || r.how === "ask").map((r) => r.node.start));
    const required = own.some(
      (r) =>
        (r.how === "item" || (r.how === "take" && r.fallback === null)) &&
        asked > r.node.start &&
        surelyRuns(terrain, r.node, anchor, matters),
    );
    const values = own.filter((r) => r.how !== "ask" && r.how !== "write");
    return {
      name,
      required,
      nullable: values.some((r) => r.how === "get" && (r.fallback === null || isNone(r.fallback))),
      none: comparesWithNone(
        evidence,
        values.map((r) => r.node),
      ),
      type:
        values.length > 0 && values.every((r) => r.how === "list")
          ? "list[str]"
          : typeOfReads(
              evidence,
              name,
              values.map((r) => r.node),
              own.flatMap((r) => r.fallback ?? []),
            ),
      reads: own.map(({ node, data, how, fallback }) => ({
        span: node,
        data,
        how,
        fallback,
        constant: fallback !== null && isConstant(fallback),
      })),
    };
  });
  return {
    source: whole.e,
    decoded: whole.decoded,
    before: anchor?.statement ?? null,
    outermost: anchor === null || (anchor.owner === null && !anchor.nested),
    certain: reads.some((r) => surelyRuns(terrain, r.node, anchor, () => false)),
    caught: anchor !== null && isCaught(anchor),
    asDict: reads.some((r) => r.key === null || r.how === "write" || r.how === "take"),
    keys: found,
  };
}

function nameGiven(s: Statement, value: Expression): string | null {
  if (s.kind === "assign")
    return s.value === value && s.targets.length === 1 && s.targets[0]!.kind === "name" ? s.targets[0]!.id : null;
  return s.kind === "annotated-assign" && s.value === value && s.target.kind === "name" ? s.target.id : null;
}

/** Names whose value depends on the data: those given something that is read of it. */
function derivedFrom(terrain: Terrain, root: string | null, reads: readonly Read[]): ReadonlySet<string> {
  const found = new Set<string>(root === null ? [] : [root]);
  const nodes = new Set<Expression>(reads.map((r) => r.data));
  for (const e of terrain.expressions) {
    if (e.kind !== "name" || !isBound(terrain, e)) continue;
    const s = terrain.placeOf(e)?.statement;
    const value =
      s?.kind === "assign" || s?.kind === "annotated-assign" ? s.value : s?.kind === "for" ? s.iterable : null;
    if (value && holds(value, (each) => nodes.has(each) || (each.kind === "name" && found.has(each.id))))
      found.add(e.id);
  }
  return found;
}

function mentionsAny(s: Statement, names: ReadonlySet<string>): boolean {
  const tests =
    s.kind === "if" || s.kind === "while"
      ? [s.test]
      : s.kind === "match"
        ? [s.subject]
        : s.kind === "for"
          ? [s.iterable]
          : [];
  const here = tests.some((test) => holds(test, (e) => e.kind === "name" && names.has(e.id)));
  return (
    here ||
    (s.kind === "if" && s.orelse.some((inner) => mentionsAny(inner, names))) ||
    (tests.length === 0 && s.kind !== "with")
  );
}

function holds(e: Expression, is: (e: Expression) => boolean): boolean {
  return is(e) || childExpressions(e).some((child) => holds(child, is));
}

/** Whether an exception for what is not valid would be caught in the function. */
export function isCaught(place: Place): boolean {
  for (let at: Place = place; at.owner; at = at.owner) {
    const { statement } = at.owner;
    if (statement.kind === "try" && statement.body === at.block && statement.handlers.some((h) => catchesAll(h.type)))
      return true;
  }
  return false;
}

function catchesAll(type: Expression | null): boolean {
  if (type === null) return true;
  if (type.kind === "collection") return type.items.some(catchesAll);
  return type.kind === "name" && /^(Exception|BaseException|ValueError|ValidationError)$/.test(type.id);
}

function isConstant(e: Expression): boolean {
  if (e.kind === "literal") return true;
  if (e.kind === "string") return true;
  if (e.kind === "unary") return isConstant(e.value);
  if (e.kind === "collection") return e.form !== "set" && e.items.every(isConstant);
  return (
    e.kind === "dict" &&
    e.entries.every((entry) => entry.key !== null && isConstant(entry.key) && isConstant(entry.value))
  );
}

/** The module whose stub says that the value is a request's: `starlette.requests`. */
export function libraryOf({ by }: BodyRecord): string | null {
  return by?.startsWith("lib:") ? by.slice("lib:".length).split("#", 1)[0]! : null;
}
