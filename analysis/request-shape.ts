/**
 * How a function goes about data of a request, for a fix that puts a schema in front of it: who holds it, which keys it reads where, which of them it
 * cannot do without, and where a check may stand.
 *
 * Nothing is said where a single mention of the data is not understood: what is handed on as a whole, or gone through, may need keys nobody sees here.
 */
import type { Span } from "./base/span.ts";
import type { FunctionEntity } from "./names/outline.ts";
import { classEntity, type Program } from "./names/program.ts";
import { firstCommon, isRefusal, leaves, type Place, surelyRuns, type Terrain, terrainOf } from "./request-terrain.ts";
import {
  type ColumnFacts,
  columnsOf,
  comparesWithNone,
  type Evidence,
  isBound,
  typeOfReads,
  type ValueType,
} from "./request-types.ts";
import type { Expression, Statement } from "./syntax/tree.ts";
import { childExpressions } from "./syntax/walk.ts";
import { evaluateInModule } from "./types/inference/index.ts";
import type { BodyRecord, FunctionInfo } from "./types/record.ts";
import { alternatives } from "./types/type.ts";

/** Offsets count from the unit, as in the tree. */
export interface Shape {
  /** Name of the module whose stub hands the data over; null where a function of the project does. */
  readonly library: string | null;
  /** The whole value where it first stands: `await request.json()`, `json.loads(request.body)`, `request.POST`. */
  readonly source: Span;
  /** Whether JSON text is decoded in it. */
  readonly decoded: boolean;
  /** The local name that is given the value, with the statement that does so; null where it is read where it stands. */
  readonly holder: { readonly name: string; readonly statement: Span; readonly annotation: Span | null } | null;
  /** The statement before which it has to be checked; null for a parameter. */
  readonly before: Span | null;
  /** Whether that stands in the outermost block of the function. */
  readonly outermost: boolean;
  /** Whether the data is read whenever that statement runs. */
  readonly certain: boolean;
  /** Whether what is raised there is caught in the function. */
  readonly caught: boolean;
  /** Whether keys are put in or taken out, or it is asked whether there is any, so that only a dict can stand for it. */
  readonly asDict: boolean;
  readonly keys: readonly ShapeKey[];
}

export interface ShapeKey {
  readonly name: string;
  /** Every valid request has it. */
  readonly required: boolean;
  /** It may be null: it is read without a default. */
  readonly nullable: boolean;
  /** Whether it is compared with `None`. */
  readonly none: boolean;
  readonly type: ValueType | null;
  readonly reads: readonly ShapeRead[];
}

export interface ShapeRead {
  /** `data["key"]`, `data.get("key", 1)`, or the whole comparison of `"key" in data`. */
  readonly span: Span;
  /** What stands for the data in it. */
  readonly data: Span;
  readonly how: "item" | "get" | "list" | "take" | "ask" | "write";
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

/** The argument of `Model(**data)`, with the columns that the class of the project declares. */
export interface Filling {
  readonly argument: Span;
  readonly statement: Span;
  readonly caught: boolean;
  readonly library: string | null;
  /** Whether a new row is made, which has to have what no column does without. */
  readonly isNew: boolean;
  readonly columns: readonly ColumnFacts[];
}

/** How the call at `at` fills a model with unchecked data. Null where its class is none of the project, or the data is not given as it is. */
export function fillingOf(
  program: Program,
  entity: FunctionEntity,
  info: FunctionInfo,
  record: BodyRecord,
  at: Span,
): Filling | null {
  const terrain = terrainOf(entity.def);
  const call = terrain.expressions.find((e) => e.kind === "call" && e.start === at.start && e.end === at.end);
  const place = call && terrain.placeOf(call);
  if (call?.kind !== "call" || !place || place.nested) return null;
  const [spread, ...others] = call.keywords.filter((k) => k.name === null);
  if (!spread || others.length > 0 || (spread.value.kind !== "name" && !isAt(spread.value, record))) return null;
  for (const { id, receiver } of info.byNode.get(call)?.targets ?? []) {
    const made = alternatives(receiver ?? { kind: "none" }).flatMap((t) =>
      t.kind === "instance" ? t.args.flatMap((a) => (a.kind === "instance" ? [a.cls] : [])) : [],
    );
    const isClass = id !== null && classEntity(program, id) !== undefined;
    const columns = (isClass ? [id] : made).map((cls) => columnsOf(program, cls)).find((found) => found.length > 0);
    if (!columns) continue;
    const named = new Set(call.keywords.flatMap((k) => k.name ?? []));
    return {
      argument: spread.value,
      statement: place.statement,
      caught: isCaught(place),
      library: libraryOf(record),
      isNew: isClass || calledName(call) === "create",
      columns: columns.filter(({ name }) => !named.has(name)),
    };
  }
  return null;
}

function isAt(e: Expression, { start, end, awaited }: BodyRecord): boolean {
  return (e.start === start && e.end === end) || (e.start === awaited?.start && e.end === awaited.end);
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

interface Whole {
  readonly e: Expression;
  readonly decoded: boolean;
}

/** The data in the shape it is used in: awaited, decoded, copied, an empty dict where there is none. */
function wholeOf(terrain: Terrain, node: Expression): Whole {
  let decoded = false;
  for (let e = node; ; ) {
    const up = terrain.parentOf(e);
    if (up?.kind === "await") e = up;
    else if (
      up?.kind === "call" &&
      up.args.length === 1 &&
      up.args[0] === e &&
      up.keywords.length === 0 &&
      PASSING.test(calledName(up))
    ) {
      decoded ||= calledName(up) === "loads";
      e = up;
    } else if (up?.kind === "attribute" && /^(decode|copy|to_dict)$/.test(up.name)) {
      const call = terrain.parentOf(up);
      if (call?.kind !== "call" || call.callee !== up) return { e, decoded };
      e = call;
    } else if (up?.kind === "boolean" && up.operator === "or" && up.left === e && isEmptyDict(up.right)) e = up;
    else return { e, decoded };
  }
}

const PASSING = /^(loads|dict)$/;

function calledName({ callee }: Expression & { kind: "call" }): string {
  return callee.kind === "name" ? callee.id : callee.kind === "attribute" ? callee.name : "";
}

function isEmptyDict(e: Expression): boolean {
  return (
    (e.kind === "dict" && e.entries.length === 0) ||
    (e.kind === "call" && calledName(e) === "dict" && e.args.length === 0)
  );
}

function nameGiven(s: Statement, value: Expression): string | null {
  if (s.kind === "assign")
    return s.value === value && s.targets.length === 1 && s.targets[0]!.kind === "name" ? s.targets[0]!.id : null;
  return s.kind === "annotated-assign" && s.value === value && s.target.kind === "name" ? s.target.id : null;
}

interface Read {
  /** Null where the data itself is asked about: whether there is any. */
  readonly key: string | null;
  readonly node: Expression;
  readonly data: Expression;
  readonly how: ShapeRead["how"];
  readonly fallback: Expression | null;
}

/** What is done at each place where the data stands; null where one is not understood. */
function readsOf(terrain: Terrain, mentions: readonly Expression[]): readonly Read[] | null {
  const found: Read[] = [];
  for (const mention of mentions) {
    if (isLogged(terrain, mention)) continue;
    const read = readAt(terrain, mention) ?? askedAt(terrain, mention);
    if (!read) return null;
    found.push(read);
  }
  return found;
}

function readAt(terrain: Terrain, data: Expression): Read | null {
  const up = terrain.parentOf(data);
  if (up?.kind === "subscript" && up.value === data && up.index.kind === "string")
    return { key: up.index.value, node: up, data, how: isBound(terrain, up) ? "write" : "item", fallback: null };
  if (
    up?.kind === "comparison" &&
    up.operands.length === 2 &&
    up.operands[1] === data &&
    /^(not )?in$/.test(up.operators[0]!)
  ) {
    const [key] = up.operands;
    return key?.kind === "string" ? { key: key.value, node: up, data, how: "ask", fallback: null } : null;
  }
  if (up?.kind !== "attribute") return null;
  const call = terrain.parentOf(up);
  const how = METHODS.get(up.name);
  if (call?.kind !== "call" || call.callee !== up || !how) return null;
  const [key, positional, ...more] = call.args;
  const named = call.keywords.find((k) => k.name === "default");
  if (key?.kind !== "string" || more.length > 0 || call.keywords.some((k) => k !== named)) return null;
  return { key: key.value, node: call, data, how, fallback: positional ?? named?.value ?? null };
}

const METHODS = new Map<string, ShapeRead["how"]>([
  ["get", "get"],
  ["pop", "take"],
  ["getlist", "list"],
]);

/** `if not data: return error`: without any data there is nothing to go on with. */
function askedAt(terrain: Terrain, data: Expression): Read | null {
  let e = data;
  for (let up = terrain.parentOf(e); up; e = up, up = terrain.parentOf(up)) {
    const asks =
      (up.kind === "unary" && up.operator === "not") ||
      (up.kind === "boolean" && up.operator === "or") ||
      (up.kind === "comparison" && e === data && isNone(up.operands[1] ?? up) && up.operators[0] === "is");
    const isType = up.kind === "call" && calledName(up) === "isinstance" && up.args[0] === data;
    if (!asks && !isType) return null;
  }
  const s = terrain.placeOf(e)?.statement;
  if (e === data || s?.kind !== "if" || s.test !== e || !leaves(s.body)) return null;
  const last = s.body.at(-1)!;
  if (last.kind === "return" && !isRefusal(last)) return null;
  return { key: null, node: e, data, how: "ask", fallback: null };
}

/** What is written to a log, or printed, may look as it likes. */
function isLogged(terrain: Terrain, data: Expression): boolean {
  for (let up = terrain.parentOf(data); up; up = terrain.parentOf(up)) {
    if (up.kind === "fstring" || (up.kind === "call" && /^(str|repr)$/.test(calledName(up)))) continue;
    if (up.kind !== "call") return false;
    const { callee } = up;
    if (callee.kind === "name") return callee.id === "print";
    return (
      callee.kind === "attribute" &&
      /^(debug|info|warning|error|exception|log)$/.test(callee.name) &&
      /log/i.test(rootOf(callee) ?? "")
    );
  }
  return false;
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

function isCaught(place: Place): boolean {
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

function isNone(e: Expression): boolean {
  return e.kind === "literal" && e.text === "None";
}

/** The name an expression of dots, calls and awaits starts with. */
function rootOf(e: Expression): string | null {
  if (e.kind === "name") return e.id;
  if (e.kind === "attribute" || e.kind === "await" || e.kind === "subscript") return rootOf(e.value);
  if (e.kind === "boolean") return rootOf(e.left);
  if (e.kind !== "call") return null;
  return e.args.length === 1 && PASSING.test(calledName(e)) ? rootOf(e.args[0]!) : rootOf(e.callee);
}

/** The module whose stub says that the value is a request's: `starlette.requests`. */
function libraryOf({ by }: BodyRecord): string | null {
  return by?.startsWith("lib:") ? by.slice("lib:".length).split("#", 1)[0]! : null;
}
