/** What is done with data of a request where it stands: which key is read how, whether it is only asked about, or written to a log. */

import { isRefusal, leaves, type Terrain } from "./request-terrain.ts";
import { isBound } from "./request-types.ts";
import type { Expression } from "./syntax/tree.ts";

/** Data of a request in the shape in which it is used, and whether JSON text is decoded in it. */
export interface Whole {
  readonly e: Expression;
  readonly decoded: boolean;
}

/** The data in the shape it is used in: awaited, decoded, copied, an empty dict where there is none. */
export function wholeOf(terrain: Terrain, node: Expression): Whole {
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

/** The name of what is called, without what stands before its last dot. */
export function calledName({ callee }: Expression & { kind: "call" }): string {
  return callee.kind === "name" ? callee.id : callee.kind === "attribute" ? callee.name : "";
}

function isEmptyDict(e: Expression): boolean {
  return (
    (e.kind === "dict" && e.entries.length === 0) ||
    (e.kind === "call" && calledName(e) === "dict" && e.args.length === 0)
  );
}

export type ReadKind = "item" | "get" | "list" | "take" | "ask" | "write";

export interface Read {
  /** Null where the data itself is asked about: whether there is any. */
  readonly key: string | null;
  readonly node: Expression;
  readonly data: Expression;
  readonly how: ReadKind;
  readonly fallback: Expression | null;
}

/** What is done at each place where the data stands; null where one is not understood. */
export function readsOf(terrain: Terrain, mentions: readonly Expression[]): readonly Read[] | null {
  const found: Read[] = [];
  for (const mention of mentions) {
    if (isLogged(terrain, mention)) continue;
    const read = readAt(terrain, mention) ?? askedAt(terrain, mention);
    if (!read) return null;
    found.push(read);
  }
  return found;
}

/** The read of one key at the place where the data stands; null where it is none. */
export function readAt(terrain: Terrain, data: Expression): Read | null {
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

const METHODS = new Map<string, ReadKind>([
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

/** Whether `None` is written. */
export function isNone(e: Expression): boolean {
  return e.kind === "literal" && e.text === "None";
}

/** The name an expression of dots, calls and awaits starts with. */
export function rootOf(e: Expression): string | null {
  if (e.kind === "name") return e.id;
  if (e.kind === "attribute" || e.kind === "await" || e.kind === "subscript") return rootOf(e.value);
  if (e.kind === "boolean") return rootOf(e.left);
  if (e.kind !== "call") return null;
  return e.args.length === 1 && PASSING.test(calledName(e)) ? rootOf(e.args[0]!) : rootOf(e.callee);
}
