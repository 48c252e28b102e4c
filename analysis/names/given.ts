/**
 * Names that stand in calls, with the units that write so: of functions given as arguments, and of what is called.
 *
 * Who hands a function to a framework, and who calls one, is looked up by its name, so this errs on the side of too many. Left out of what is given is what
 * cannot be a function that was declared elsewhere: names that a module does not bind to a function, an import or something it made by a call.
 */
import type { Call, Expression, Parameter } from "../syntax/tree.ts";
import type { Binding, FunctionId } from "./outline.ts";

export class GivenNames {
  /** Units by the name they give. */
  private readonly names = new Map<string, Set<FunctionId>>();
  /** Units by the last name of what they give with a dot, or make on the spot: `self.work`, `tasks.work`, `Work()`. */
  private readonly attributes = new Map<string, Set<FunctionId>>();
  /** Units by the names they call: the last one, and those of what it is an attribute of. */
  private readonly callees = new Map<string, Set<FunctionId>>();
  /** Classes of which units make objects. */
  private readonly made = new Map<FunctionId, Set<string>>();
  /** What imports inside functions bind. */
  private readonly imports = new Map<string, Set<string>>();

  noteCall(call: Call, unit: FunctionId): void {
    this.noteCallee(call.callee, unit);
    for (const a of call.args) this.note(a, unit);
    for (const k of call.keywords) this.note(k.value, unit);
  }

  /** `service: Service = Depends()`, `Annotated[Service, Depends()]`: whoever fills the parameter is told by its type what to call. */
  noteParameter({ annotation, default: value }: Parameter, unit: FunctionId): void {
    if (!annotation) return;
    const [type, ...metadata] =
      annotation.kind === "subscript" && annotation.index.kind === "collection" ? annotation.index.items : [annotation];
    for (const e of metadata) if (e.kind === "call") this.noteCall(e, unit);
    const empty = (e: Expression | null): boolean => e?.kind === "call" && e.args.length === 0;
    if (type && (empty(value) || metadata.some(empty))) addTo(this.attributes, nameIn(type), unit);
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
        if (b.kind === "function" || b.kind === "class") declared.add(name);
        else if (b.kind === "import" && b.member !== null) declared.add(b.member);
        else if (b.kind === "variable" && b.value?.kind === "call") declared.add(name).add(nameIn(b.value.callee));
      }
      if (!bindings && hasStars) declared.add(name);
      // An object that the unit makes itself and gives by the name of a local variable.
      if (!bindings) for (const unit of units) for (const cls of this.made.get(unit) ?? []) addTo(found, cls, unit);
      for (const d of declared) found.set(d, new Set([...(found.get(d) ?? []), ...units]));
    }
    return new Map([...found].map(([name, units]) => [name, [...units]]));
  }

  /** Units by the name a function they call was declared with. */
  called(bound: ReadonlyMap<string, readonly Binding[]>): Map<string, readonly FunctionId[]> {
    const found = new Map(this.callees);
    for (const [name, units] of this.callees) {
      const members = [...(this.imports.get(name) ?? [])];
      for (const b of bound.get(name) ?? []) if (b.kind === "import" && b.member !== null) members.push(b.member);
      for (const member of members)
        if (member !== name) found.set(member, new Set([...(found.get(member) ?? []), ...units]));
    }
    return new Map([...found].map(([name, units]) => [name, [...units]]));
  }

  private noteCallee(callee: Expression, unit: FunctionId): void {
    if (callee.kind === "name") addTo(this.callees, callee.id, unit);
    if (CLASS.test(nameIn(callee))) addTo(this.made, unit, nameIn(callee));
    for (let e = callee; e.kind === "attribute"; e = e.value) addTo(this.callees, e.name, unit);
  }

  /** An object made on the spot, `add_task(Report())`: its class may have a `__call__`. */
  private noteMade(callee: Expression, unit: FunctionId): void {
    const name = nameIn(callee);
    if (CLASS.test(name)) addTo(this.attributes, name, unit);
  }

  private note(e: Expression, unit: FunctionId): void {
    if (e.kind === "name") addTo(this.names, e.id, unit);
    else if (e.kind === "attribute") addTo(this.attributes, e.name, unit);
    else if (e.kind === "call") this.noteMade(e.callee, unit);
    else if (e.kind === "collection") for (const item of e.items) this.note(item, unit);
  }
}

/** Classes have capital letters. */
const CLASS = /^_*[A-Z]/;

/** `Report` of `Report` and of `jobs.Report`; "" for anything else. */
export function nameIn(e: Expression): string {
  return e.kind === "name" ? e.id : e.kind === "attribute" ? e.name : "";
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const found = map.get(key);
  if (found) found.add(value);
  else map.set(key, new Set([value]));
}
