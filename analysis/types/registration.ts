/**
 * What request object a plain function is given because it is registered somewhere else: `path("orders/", views.orders)`.
 *
 * Read from names alone, without types of values, so that it may be asked while types are worked out. A function wrapped on its way
 * (`path("", login_required(view))`) is seen through; what is registered under a name that is worked out is not.
 */
import { keptQuestion } from "../base/memo.ts";
import type { FunctionId } from "../names/outline.ts";
import { classEntity, functionEntity, keyOfId, type Program } from "../names/program.ts";
import type { Meaning } from "../names/resolve.ts";
import type { Call, Expression } from "../syntax/tree.ts";
import { walkBody } from "../syntax/walk.ts";
import { type AnnotationScope, referenceMeanings } from "./annotations.ts";

/** Dotted name of the class of its first parameter, as the registering call says; null where nobody registers it. */
export function registeredRequest(program: Program, fn: FunctionId): string | null {
  return program.memo.get(REGISTERED, fn) ?? null;
}

const REGISTERED = keptQuestion("registered", (program: Program, fn): string | null => {
  const entity = functionEntity(program, fn);
  if (!entity || entity.owner !== null || entity.unit !== fn) return null;
  for (const unit of program.handing(entity.name)) {
    const cls = program.memo.get(REGISTRATIONS, unit)?.find(([given]) => given === fn)?.[1];
    if (cls !== undefined) return cls;
  }
  return null;
});

/** The functions a unit registers as handlers of requests, with the class of the object they are given. */
const REGISTRATIONS = keptQuestion(
  "registrations",
  (program: Program, unit): readonly (readonly [FunctionId, string])[] => {
    const scope = { key: keyOfId(unit), owner: null };
    const found: [FunctionId, string][] = [];
    walkBody(program.unit(unit)?.body ?? [], (e) => {
      if (e.kind === "call") found.push(...registrationsOf(program, e, scope));
    });
    return found;
  },
  (a, b) => JSON.stringify(a) === JSON.stringify(b),
);

function registrationsOf(program: Program, call: Call, scope: AnnotationScope): [FunctionId, string][] {
  const given = [...call.args, ...call.keywords.map((k) => k.value)].flatMap(namesIn);
  if (given.length === 0) return [];
  for (const m of referenceMeanings(program, call.callee, scope)) {
    const cls = m.kind === "function" ? program.verbs(m.id).requestClass : requestOfConstructor(program, m);
    if (cls === null) continue;
    return given.flatMap((e) =>
      referenceMeanings(program, e, scope).flatMap((t): [FunctionId, string][] =>
        t.kind === "function" ? [[t.id, cls]] : [],
      ),
    );
  }
  return isRouting(call) ? routedBy(program, given, scope) : [];
}

/** `app.router.add_post("/orders", create)` in a function that is given `app`, of which nobody says what it is: these are the words of aiohttp 3. */
function isRouting({ callee }: Call): boolean {
  if (callee.kind !== "attribute" || !/^add_(get|post|put|patch|delete|route)$/.test(callee.name)) return false;
  const { value } = callee;
  return (value.kind === "attribute" && value.name === "router") || (value.kind === "name" && value.id === "router");
}

/** Functions among the arguments whose module imports aiohttp. */
function routedBy(program: Program, given: readonly Expression[], scope: AnnotationScope): [FunctionId, string][] {
  return given.flatMap((e) =>
    referenceMeanings(program, e, scope).flatMap((t): [FunctionId, string][] => {
      if (t.kind !== "function") return [];
      const bindings = [...(program.outline(keyOfId(t.id))?.names.values() ?? [])].flat();
      const imports = bindings.some((b) => b.kind === "import" && /^aiohttp(\.|$)/.test(b.module));
      return imports ? [[t.id, "aiohttp.web.Request"]] : [];
    }),
  );
}

/** `Route("/orders", orders)`: a class that is made with a handler. */
function requestOfConstructor(program: Program, m: Meaning): string | null {
  if (m.kind !== "class") return null;
  const init = classEntity(program, m.id)
    ?.members.get("__init__")
    ?.find((b) => b.kind === "function");
  return init?.kind === "function" ? program.verbs(init.id).requestClass : null;
}

/** What an argument names: itself, or what is given to the call that it is. */
function namesIn(e: Expression): readonly Expression[] {
  if (e.kind === "name" || e.kind === "attribute") return [e];
  return e.kind === "call" ? e.args.flatMap(namesIn) : [];
}
