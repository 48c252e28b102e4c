/**
 * Sessions that a framework lends to a handler, and takes back only when the response that streams is over.
 *
 * A dependency that yields a session ends when the response has been sent (FastAPI before 0.106 and from 0.118 on; its release notes tell the two). What a handler
 * has read with such a session before it gives back a streaming response keeps a connection for as long as the client reads.
 *
 * Left alone: a session that was not used before, one that was committed, rolled back or closed after its last use (by a function of the project that it is
 * handed to, too), one whose rows are what is streamed, and streams that are no generators of the project: those are short.
 */
import { keptQuestion } from "../base/memo.ts";
import type { Span } from "../base/span.ts";
import type { FunctionEntity, FunctionId } from "../names/outline.ts";
import { functionEntity, type Program } from "../names/program.ts";
import { blocksOf, expressionsOf, walkExpressions } from "../syntax/index.ts";
import type { Call, Expression, FunctionDef, Parameter, Statement } from "../syntax/tree.ts";
import { type AnnotationScope, referenceMeanings } from "../types/annotations.ts";
import { declaredParameter } from "../types/functions.ts";
import { functionInfo } from "../types/inference/index.ts";
import type { FunctionInfo } from "../types/record.ts";
import { eachStatement } from "./keeping.ts";
import { opensOfType } from "./resources.ts";
import { givesRowsOf, headOf, loopHeldBy, streamed } from "./streaming.ts";

export interface LentWhileStreaming {
  readonly what: string;
  readonly name: string;
  /** The call of the generator, where the response is made. */
  readonly given: Span;
  readonly parameter: Span;
  /** The last use before that in the handler; null where the generator alone uses it. */
  readonly use: Span | null;
  /** Then the loop that yields while it holds it. */
  readonly loop: Span | null;
  readonly generator: FunctionId;
}

/** The sessions lent to a handler for as long as its streams last; offsets count from its unit. */
export function lentWhileStreaming(program: Program, id: FunctionId): readonly LentWhileStreaming[] {
  const info = functionInfo(program, id);
  const entity = functionEntity(program, id);
  if (!info?.def || !entity || entity.isGenerator || entity.parameters.length === 0) return [];
  const { def } = info;
  let lent: readonly Lent[] | null = null;
  return info.calls.flatMap((record): readonly LentWhileStreaming[] => {
    const given = streamed(program, record);
    const generator = given && generatorOf(program, info, given);
    if (!given || !generator) return [];
    lent ??= lentTo(program, entity);
    return lent.flatMap(({ name, what, parameter }): readonly LentWhileStreaming[] => {
      const inside = namesOfGiven(given, name, generator);
      if (isBoundIn(def, name) || inside.some((inner) => givesRowsOf(generator, inner))) return [];
      const use = heldBefore(program, info, def, name, given);
      const loop = use ? null : (inside.flatMap((inner) => loopHeldBy(generator.def.body, inner) ?? [])[0] ?? null);
      if (!use && !loop) return [];
      return [{ what, name, given, parameter, use, loop: loop && headOf(loop), generator: generator.id }];
    });
  });
}

function generatorOf(program: Program, info: FunctionInfo, given: Call): FunctionEntity | null {
  const targets = info.byNode.get(given)?.targets ?? [];
  const entity = targets.length === 1 && targets[0]!.id !== null ? functionEntity(program, targets[0]!.id) : undefined;
  return entity?.isGenerator && !entity.origin.isStub ? entity : null;
}

interface Lent {
  readonly name: string;
  readonly what: string;
  readonly parameter: Span;
}

function lentTo(program: Program, entity: FunctionEntity): readonly Lent[] {
  const scope = { key: entity.origin.key, owner: entity.owner };
  return entity.def.parameters.flatMap((p): readonly Lent[] => {
    const declared = isYielded(program, p, scope) ? declaredParameter(program, entity, p) : null;
    const what = declared ? opensOfType(program, declared)?.what : undefined;
    return what === "database session" || what === "database connection" ? [{ name: p.name, what, parameter: p }] : [];
  });
}

/** Whether a dependency that yields fills a parameter. */
function isYielded(program: Program, p: Parameter, scope: AnnotationScope): boolean {
  if (p.default && yieldsWhatIsInjected(program, p.default, scope)) return true;
  if (p.annotation && yieldsByAnnotation(program, p.annotation, scope)) return true;
  // `DbSession = Annotated[Session, Depends(get_db)]`
  return (p.annotation ? referenceMeanings(program, p.annotation, scope) : []).some((m) => {
    if (m.kind !== "variable") return false;
    const bindings = program.outline(m.key)?.names.get(m.name) ?? [];
    return bindings.some(
      (b) => b.kind === "variable" && b.value && yieldsByAnnotation(program, b.value, { key: m.key, owner: null }),
    );
  });
}

function yieldsByAnnotation(program: Program, annotation: Expression, scope: AnnotationScope): boolean {
  if (annotation.kind !== "subscript" || annotation.index.kind !== "collection") return false;
  return annotation.index.items.slice(1).some((e) => yieldsWhatIsInjected(program, e, scope));
}

/** `Depends(get_db)`, where `get_db` is a generator. */
function yieldsWhatIsInjected(program: Program, e: Expression, scope: AnnotationScope): boolean {
  if (e.kind !== "call") return false;
  const callee = referenceMeanings(program, e.callee, scope).find((m) => m.kind === "function" || m.kind === "class");
  const parameter = callee && "id" in callee ? program.verbs(callee.id).injects : null;
  if (parameter === null) return false;
  const given = e.keywords.find((k) => k.name === parameter)?.value ?? e.args[0];
  return (
    !!given &&
    referenceMeanings(program, given, scope).some(
      (m) => m.kind === "function" && functionEntity(program, m.id)?.isGenerator === true,
    )
  );
}

/** The last use of a session above a response, where nothing gives its connection back behind that. */
function heldBefore(program: Program, info: FunctionInfo, def: FunctionDef, name: string, response: Call): Span | null {
  let use: Call | null = null;
  let over = -1;
  eachOnTheWay(def.body, response, (s) => {
    for (const root of expressionsOf(s)) {
      walkExpressions(root, (e) => {
        if (e.kind !== "call" || e.start >= response.start) return;
        const method = e.callee.kind === "attribute" && isName(e.callee.value, name) ? e.callee.name : null;
        const handed = [...e.args, ...e.keywords.map((k) => k.value)].some((a) => isName(a, name));
        if (method === null && !handed) return;
        if (method !== null ? ENDS.test(method) : endsInside(program, info, e, name)) over = Math.max(over, e.start);
        else if (method === null || READS.test(method)) use = use && (use as Call).start > e.start ? use : e;
      });
    }
  });
  const last = use as Call | null;
  return last && last.start > over ? { start: last.start, end: last.end } : null;
}

/** Visits the statements that may run before a place is reached: not those of blocks that leave the function first. */
function eachOnTheWay(body: readonly Statement[], place: Span, visit: (s: Statement) => void): void {
  for (const s of body) {
    visit(s);
    for (const block of blocksOf(s)) {
      const holdsPlace = block.some(({ start, end }) => start <= place.start && place.end <= end);
      if (holdsPlace || !leaves(block)) eachOnTheWay(block, place, visit);
    }
  }
}

function leaves(block: readonly Statement[]): boolean {
  const last = block.at(-1);
  if (last?.kind === "return" || last?.kind === "raise") return true;
  return last?.kind === "try" && leaves(last.body) && last.handlers.every((h) => leaves(h.body));
}

const READS = /^(execute|scalar|scalars|exec|query|get|get_one|refresh|stream|stream_scalars|flush|merge|connection)$/;
const ENDS = /^(commit|rollback|a?close|reset|invalidate|release|begin|begin_nested)$/;

/** Whether a function of the project that is handed the session ends what it began with it; nobody knows that of others. */
function endsInside(program: Program, info: FunctionInfo, call: Call, name: string): boolean {
  const targets = info.byNode.get(call)?.targets ?? [];
  if (targets.length === 0) return true;
  return targets.some(({ id, receiver }) => {
    const entity = id === null ? undefined : functionEntity(program, id);
    if (!entity || entity.origin.isStub) return true;
    const positional = receiver ? entity.parameters.slice(1) : entity.parameters;
    const keyword = call.keywords.find((k) => isName(k.value, name));
    const parameter = keyword ? keyword.name : positional[call.args.findIndex((a) => isName(a, name))]?.name;
    return !parameter || program.memo.getNamed(ENDING, entity.id, parameter) !== false;
  });
}

const ENDING = keptQuestion<Program, boolean>("ending", (program, id, parameter) => {
  const def = functionEntity(program, id)?.def;
  if (!def) return true;
  let ends = false;
  eachStatement(def.body, (s) => {
    for (const root of expressionsOf(s)) {
      walkExpressions(root, (e) => {
        if (e.kind !== "call" || e.callee.kind !== "attribute") return;
        if (isName(e.callee.value, parameter) && ENDS.test(e.callee.name)) ends = true;
      });
    }
  });
  return ends;
});

/** The names by which a generator knows the session: parameters it is given as, or its own where it is nested. */
function namesOfGiven(given: Call, name: string, { def, parent, owner }: FunctionEntity): readonly string[] {
  const parameters = owner === null ? def.parameters : def.parameters.slice(1);
  const handed = [
    ...given.args.flatMap((a, index) => (isName(a, name) ? (parameters[index]?.name ?? []) : [])),
    ...given.keywords.flatMap((k) => (isName(k.value, name) && k.name !== null ? [k.name] : [])),
  ];
  const shadowed = def.parameters.some((p) => p.name === name);
  return parent !== null && !shadowed ? [...handed, name] : handed;
}

/** Whether the handler gives the name another value. */
function isBoundIn(def: FunctionDef, name: string): boolean {
  let found = false;
  eachStatement(def.body, (s) => {
    if (s.kind === "assign" && s.targets.some((t) => isName(t, name))) found = true;
    if (
      s.kind === "with" &&
      s.items.some(({ target, context }) => isName(context, name) || (target && isName(target, name)))
    )
      found = true;
  });
  return found;
}

function isName(e: Expression, name: string): boolean {
  return e.kind === "name" && e.id === name;
}
