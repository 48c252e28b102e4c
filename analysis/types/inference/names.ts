/** What a name holds: in the function, in those around it, in the module, among the builtins. */

import { type Meaning, meaningsOf } from "../../names/resolve.ts";
import { annotationType, referenceMeanings } from "../annotations.ts";
import { NO_PRESET, type Type, UNKNOWN, union } from "../type.ts";
import type { Inference } from "./state.ts";

export function lookUp(inf: Inference, name: string): Type {
  const frame = inf.frame;
  const local = frame.env.get(name);
  if (local) return local;
  if (!frame.globals.has(name))
    for (let p = frame.parent; p; p = p.parent) {
      const held = p.ever.get(name);
      if (held) return held;
    }
  return moduleName(inf, inf.key, name);
}

/** The type of a module's name, else of a builtin. */
function moduleName(inf: Inference, key: string, name: string): Type {
  const found = meaningsOf(inf.program, key, name);
  const meanings = found.length > 0 ? found : meaningsOf(inf.program, "lib:builtins", name);
  if (meanings.length === 0) return UNKNOWN;
  return union(meanings.map((m) => meaningType(inf, m)));
}

/** The value that a declaration names. */
export function meaningType(inf: Inference, m: Meaning, depth = 0): Type {
  switch (m.kind) {
    case "function":
      return { kind: "function", fn: m.id, receiver: null, given: 0, preset: NO_PRESET };
    case "class":
      return { kind: "class", cls: m.id, args: [] };
    case "module":
      return { kind: "module", name: m.name, key: m.key };
    case "outside":
      return { kind: "unknown", name: m.name };
    case "variable":
      return variableType(inf, m.key, m.name, depth);
    default:
      return m satisfies never;
  }
}

const DEEPEST_ALIAS = 8;

function variableType(inf: Inference, key: string, name: string, depth: number): Type {
  const outline = inf.program.outline(key);
  const bindings = outline?.names.get(name) ?? [];
  const scope = { key, owner: null };
  const annotated = bindings.flatMap((b) =>
    b.kind === "variable" && b.annotation ? [annotationType(inf.program, b.annotation, scope)] : [],
  );
  if (annotated.some((t) => t.kind !== "unknown" || t.name !== null)) return union(annotated);
  if (outline?.origin.isStub) {
    if (depth > DEEPEST_ALIAS) return UNKNOWN;
    return union(
      bindings.flatMap((b) =>
        b.kind === "variable" && b.value
          ? referenceMeanings(inf.program, b.value, scope).map((m) => meaningType(inf, m, depth + 1))
          : [],
      ),
    );
  }
  return inf.ask({ what: "global", id: key, name });
}
