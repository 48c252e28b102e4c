/**
 * Dicts that unchecked data was mixed into: `{"size": 1, **data}`, `defaults | data`, `defaults.update(data)`. What is read of them under a key that
 * was not written out is the client's.
 */
import type { Call, Expression } from "../../syntax/tree.ts";
import { alternatives, builtin, type Instance, type Type, UNKNOWN, union } from "../type.ts";
import type { Arguments } from "./arguments.ts";
import { type Body, bodyIn } from "./bodies.ts";
import { type Inference, pathOf } from "./state.ts";

/** The unchecked data that was mixed into a dict; null where `key`, or every key, is one that was written out. */
export function mixedIn(type: Type, key: Type | null = null): Body | null {
  for (const t of alternatives(type)) {
    const body = isDict(t) ? bodyIn(t.args[0] ?? UNKNOWN) : null;
    if (!body || body.whole || body.from !== undefined || body.source < 0 || body.parameter) continue;
    if (key?.kind === "text" && alternatives((t as Instance).args[0]!).some((k) => isText(k, key.value))) return null;
    const { from: _, ...whole } = body;
    return { ...whole, whole: true };
  }
  return null;
}

function isText(type: Type, value: string): boolean {
  return type.kind === "text" && type.value === value;
}

/** `defaults | data`; null where the right side is no data of a request, or the left side no dict. */
export function mixedWith(left: Type, right: Type): Type | null {
  const body = bodyIn(right);
  if (!body?.whole || body.parameter) return null;
  const dicts = alternatives(left).filter(isDict);
  return dicts.length > 0 ? union(dicts.map((d) => withData(d, body))) : null;
}

/** `defaults.update(data)`, of a dict that has a local name. */
export function noteMixedIn(inf: Inference, e: Call, base: Type, args: Arguments): void {
  if (e.callee.kind !== "attribute" || e.callee.name !== "update") return;
  const [argument] = args.list;
  const body = argument && argument.stars !== 1 ? bodyIn(argument.type) : null;
  const path = isName(e.callee.value) ? pathOf(e.callee.value) : null;
  if (!body?.whole || path === null || !alternatives(base).every(isDict)) return;
  inf.frame.env.set(path, union(alternatives(base).map((d) => withData(d as Instance, body))));
}

function withData(dict: Instance, body: Body): Type {
  const part: Body = { ...body, whole: false };
  const [key, value] = dict.args;
  // What was written out before may be overwritten by the client.
  const keys = alternatives(key ?? UNKNOWN).filter((k) => k.kind !== "text");
  return builtin("dict", [union([...keys, part]), union([value ?? UNKNOWN, part])]);
}

function isName(e: Expression): boolean {
  return e.kind === "name";
}

function isDict(type: Type): type is Instance {
  return type.kind === "instance" && type.cls === "lib:builtins#dict";
}
