/** Finds what type variables stand for by comparing what parameters are declared to be with what they are given. */
import { dottedNameOfId } from "../../names/program.ts";
import { asAncestor } from "../classes.ts";
import { instance, type Type, UNKNOWN, union, withoutNone } from "../type.ts";
import { apply, NO_ARGUMENTS } from "./apply.ts";
import { awaited, enter, iterate } from "./protocols.ts";
import type { Inference } from "./state.ts";

/** What stands for any context manager, of either kind. */
const ENTERED: ReadonlyMap<string, "sync" | "async"> = new Map([
  ["lib:typing#ContextManager", "sync"],
  ["lib:typing#AsyncContextManager", "async"],
]);

export function mentionsVariables(type: Type): boolean {
  switch (type.kind) {
    case "typevar":
      return true;
    case "instance":
    case "class":
      return type.args.some(mentionsVariables);
    case "tuple":
      return type.items.some(mentionsVariables);
    case "union":
      return type.members.some(mentionsVariables);
    case "awaitable":
    case "callable":
      return mentionsVariables(type.result);
    case "generator":
      return mentionsVariables(type.item);
    default:
      return false;
  }
}

export function unify(inf: Inference, declared: Type, given: Type, variables: Map<string, Type>, depth = 0): void {
  if (depth > 6 || !mentionsVariables(declared)) return;
  switch (declared.kind) {
    case "typevar": {
      const before = variables.get(declared.name);
      variables.set(declared.name, before ? union([before, given]) : given);
      return;
    }
    case "union":
      for (const m of declared.members) unify(inf, m, withoutNone(given), variables, depth + 1);
      return;
    case "callable": {
      const result =
        given.kind === "class"
          ? instance(given.cls, given.args)
          : inf.quietly(() => apply(inf, given, NO_ARGUMENTS).type);
      unify(inf, declared.result, result, variables, depth + 1);
      return;
    }
    case "awaitable":
      unify(inf, declared.result, awaited(inf, given), variables, depth + 1);
      return;
    case "tuple":
      if (given.kind === "tuple")
        declared.items.forEach((d, i) => {
          unify(inf, d, given.items[i] ?? UNKNOWN, variables, depth + 1);
        });
      return;
    case "class":
      if (given.kind === "class")
        declared.args.forEach((d, i) => {
          unify(inf, d, given.args[i] ?? UNKNOWN, variables, depth + 1);
        });
      return;
    case "instance": {
      const entering = ENTERED.get(declared.cls);
      if (entering !== undefined) {
        unify(inf, declared.args[0] ?? UNKNOWN, enter(inf, given, entering === "async", []), variables, depth + 1);
        return;
      }
      const args = given.kind === "instance" ? asAncestor(inf.program, given, declared.cls) : null;
      if (args)
        declared.args.forEach((d, i) => {
          unify(inf, d, args[i] ?? UNKNOWN, variables, depth + 1);
        });
      else if (
        declared.args.length > 0 &&
        /^(typing|collections\.abc)\./.test(dottedNameOfId(inf.program, declared.cls))
      ) {
        const isAsync = /Async/.test(declared.cls);
        unify(inf, declared.args[0]!, iterate(inf, given, isAsync, []), variables, depth + 1);
      }
      return;
    }
  }
}
