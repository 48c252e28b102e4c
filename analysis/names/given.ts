/**
 * Names of functions that stand as arguments of calls, with the units that write so.
 *
 * Who hands a function to a framework is looked up by its name, so this errs on the side of too many. Left out is what cannot be a function that was
 * declared elsewhere: names that a module does not bind to a function, an import or something it made by a call.
 */
import type { Call, Expression } from "../syntax/tree.ts";
import type { Binding, FunctionId } from "./outline.ts";

export class GivenNames {
  /** Units by the name they give. */
  private readonly names = new Map<string, Set<FunctionId>>();
  /** Units by the last name of what they give with a dot, or make on the spot: `self.work`, `tasks.work`, `Work()`. */
  private readonly attributes = new Map<string, Set<FunctionId>>();
  /** What imports inside functions bind. */
  private readonly imports = new Map<string, Set<string>>();

  noteCall(call: Call, unit: FunctionId): void {
    for (const a of call.args) this.note(a, unit);
    for (const k of call.keywords) this.note(k.value, unit);
  }

  noteImport(name: string, member: string): void {
    addTo(this.imports, name, member);
  }

  /** Units by the name a function was declared with, in a module that binds `bound`. */
  given(bound: ReadonlyMap<string, readonly Binding[]>, hasStars: boolean): Map<string, readonly FunctionId[]> {
    const found = new Map<string, Set<FunctionId>>(this.attributes);
    for (const [name, units] of this.names) {
      const declared = new Set(this.imports.get(name));
      const bindings = bound.get(name);
      for (const b of bindings ?? []) {
        if (b.kind === "function") declared.add(name);
        else if (b.kind === "import" && b.member !== null) declared.add(b.member);
        else if (b.kind === "variable" && b.value?.kind === "call") declared.add(name).add(nameIn(b.value.callee));
      }
      if (!bindings && hasStars) declared.add(name);
      for (const d of declared) found.set(d, new Set([...(found.get(d) ?? []), ...units]));
    }
    return new Map([...found].map(([name, units]) => [name, [...units]]));
  }

  /** An object made on the spot, `add_task(Report())`: its class may have a `__call__`. Classes have capital letters. */
  private noteMade(callee: Expression, unit: FunctionId): void {
    const name = nameIn(callee);
    if (/^_*[A-Z]/.test(name)) addTo(this.attributes, name, unit);
  }

  private note(e: Expression, unit: FunctionId): void {
    if (e.kind === "name") addTo(this.names, e.id, unit);
    else if (e.kind === "attribute") addTo(this.attributes, e.name, unit);
    else if (e.kind === "call") this.noteMade(e.callee, unit);
    else if (e.kind === "collection") for (const item of e.items) this.note(item, unit);
  }
}

/** `Report` of `Report` and of `jobs.Report`; "" for anything else. */
export function nameIn(e: Expression): string {
  return e.kind === "name" ? e.id : e.kind === "attribute" ? e.name : "";
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const found = map.get(key);
  if (found) found.add(value);
  else map.set(key, new Set([value]));
}
