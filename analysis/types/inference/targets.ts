/** Assigning to names, attributes and patterns of them. */
import type { Expression } from "../../syntax/tree.ts";
import { alternatives, builtin, type Type, UNKNOWN, union } from "../type.ts";
import { type Argument, single } from "./arguments.ts";
import { bodyIn } from "./bodies.ts";
import { readItems } from "./body-shapes.ts";
import { evaluate, implicit } from "./expressions.ts";
import { fillItem } from "./filling.ts";
import { setProperty } from "./members.ts";
import { fieldsOfTuple, iterate, onEach } from "./protocols.ts";
import { type Inference, pathOf } from "./state.ts";

/** Binds `target` to a value of type `type`. */
export function bind(inf: Inference, target: Expression, type: Type): void {
  switch (target.kind) {
    case "name":
      inf.assign(target.id, type);
      return;
    case "attribute":
      bindAttribute(inf, target, type);
      return;
    case "subscript": {
      const base = evaluate(inf, target.value);
      const index = evaluate(inf, target.index);
      const value: Argument = { node: null, type, name: null, constant: null, byDefault: false, stars: 0 };
      const args = { ...single(index), list: [...single(index).list, value] };
      implicit(inf, target, "operator", (targets) => onEach(inf, base, "__setitem__", args, targets));
      if (target.index.kind !== "slice") fillItem(inf, target.value, base, index, type);
      return;
    }
    case "starred":
      bind(inf, target.value, builtin("list", [type]));
      return;
    case "collection": {
      const sent = bodyIn(type);
      unpack(inf, target.items, sent?.whole ? readItems(inf, target, sent) : type);
      return;
    }
    default:
      evaluate(inf, target);
  }
}

function bindAttribute(inf: Inference, target: Expression & { kind: "attribute" }, type: Type): void {
  const base = evaluate(inf, target.value);
  const path = pathOf(target);
  if (path !== null) {
    inf.frame.paths.add(path);
    inf.frame.env.set(path, type);
    inf.frame.env.unlearn(path);
    for (const longer of inf.frame.paths) if (longer.startsWith(`${path}.`)) inf.frame.env.forget(longer);
  }
  implicit(inf, target, "property", (targets) => setProperty(inf, base, target.name, type, targets));
  for (const t of alternatives(base))
    if (t.kind === "instance" || t.kind === "class") inf.noteAttribute(t.cls, target.name, type);
}

function unpack(inf: Inference, items: readonly Expression[], type: Type): void {
  const star = items.findIndex((i) => i.kind === "starred");
  const tuples = alternatives(type).filter((t) => t.kind === "tuple");
  if (star < 0 && tuples.length > 0 && tuples.length === alternatives(type).length) {
    items.forEach((item, i) => {
      bind(inf, item, union(tuples.map((t) => t.items[i] ?? UNKNOWN)));
    });
    return;
  }
  const fields = star < 0 ? alternatives(type).map((t) => fieldsOfTuple(inf, t)) : [];
  if (fields.length > 0 && fields.every((f) => f !== null)) {
    items.forEach((item, i) => {
      bind(inf, item, union(fields.map((f) => f?.[i] ?? UNKNOWN)));
    });
    return;
  }
  // The keys and values of `data.items()` are data, too.
  const parts = alternatives(type).filter((t) => (t.kind === "body" && !t.whole) || t.kind === "part");
  const each = parts.length > 0 ? union(parts) : iterate(inf, type, false, []);
  for (const item of items) bind(inf, item, each);
}
