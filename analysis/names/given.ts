/**
 * Names that stand in calls, with the units that write so: of functions given as arguments, and of what is called.
 *
 * Who hands a function to a framework, and who calls one, is looked up by its name, so this errs on the side of too many. Left out of what is given is what
 * cannot be a function that was declared elsewhere: names that a module does not bind to a function, an import or something it made by a call.
 */
import type { Call, Expression, Parameter } from "../syntax/tree.ts";
import type { Binding, FunctionId } from "./outline.ts";

/** What the module binds, as far as it matters to who is meant by a name. */
export interface Bound {
  readonly names: ReadonlyMap<string, readonly Binding[]>;
  /** What imports inside functions bind. */
  readonly imports: LocalImports;
  readonly hasStars: boolean;
}

/** Names that imports inside functions bind, with what they import. */
export type LocalImports = ReadonlyMap<string, ReadonlySet<string>>;

/** What one unit writes. */
export class UnitNames {
  /** What it gives by name. */
  private readonly names = new Set<string>();
  /** The last name of what it gives with a dot, or makes on the spot: `self.work`, `tasks.work`, `Work()`. */
  private readonly attributes = new Set<string>();
  /** Names it calls: the last one, and those of what it is an attribute of. */
  private readonly callees = new Set<string>();
  /** Classes of which it makes objects. */
  private readonly made = new Set<string>();

  noteCall(call: Call): void {
    this.noteCallee(call.callee);
    for (const a of call.args) this.note(a);
    for (const k of call.keywords) this.note(k.value);
  }

  /** `service: Service = Depends()`, `Annotated[Service, Depends()]`: whoever fills the parameter is told by its type what to call. */
  noteParameter({ annotation, default: value }: Parameter): void {
    if (!annotation) return;
    const [type, ...metadata] =
      annotation.kind === "subscript" && annotation.index.kind === "collection" ? annotation.index.items : [annotation];
    for (const e of metadata) if (e.kind === "call") this.noteCall(e);
    const empty = (e: Expression | null): boolean => e?.kind === "call" && e.args.length === 0;
    if (type && (empty(value) || metadata.some(empty))) this.attributes.add(nameIn(type));
  }

  /** The names that functions it gives were declared with. */
  given({ names, imports, hasStars }: Bound): ReadonlySet<string> {
    const found = new Set(this.attributes);
    for (const name of this.names) {
      for (const member of imports.get(name) ?? []) found.add(member);
      const bindings = names.get(name);
      for (const b of bindings ?? []) {
        if (b.kind === "function" || b.kind === "class") found.add(name);
        else if (b.kind === "import" && b.member !== null) found.add(b.member);
        else if (b.kind === "variable" && b.value?.kind === "call") found.add(name).add(nameIn(b.value.callee));
      }
      if (!bindings && hasStars) found.add(name);
      // An object that the unit makes itself and gives by the name of a local variable.
      if (!bindings) for (const cls of this.made) found.add(cls);
    }
    return found;
  }

  /** The names that functions it calls were declared with. */
  called({ names, imports }: Bound): ReadonlySet<string> {
    const found = new Set(this.callees);
    for (const name of this.callees) {
      for (const member of imports.get(name) ?? []) found.add(member);
      for (const b of names.get(name) ?? []) if (b.kind === "import" && b.member !== null) found.add(b.member);
    }
    return found;
  }

  private noteCallee(callee: Expression): void {
    if (callee.kind === "name") this.callees.add(callee.id);
    if (CLASS.test(nameIn(callee))) this.made.add(nameIn(callee));
    for (let e = callee; e.kind === "attribute"; e = e.value) this.callees.add(e.name);
  }

  /** An object made on the spot, `add_task(Report())`: its class may have a `__call__`. */
  private noteMade(callee: Expression): void {
    const name = nameIn(callee);
    if (CLASS.test(name)) this.attributes.add(name);
  }

  private note(e: Expression): void {
    if (e.kind === "name") this.names.add(e.id);
    else if (e.kind === "attribute") this.attributes.add(e.name);
    else if (e.kind === "call") this.noteMade(e.callee);
    else if (e.kind === "collection") for (const item of e.items) this.note(item);
  }
}

/** By each of the names that units have, these units, in their order. */
export function unitsByName(
  units: ReadonlyMap<FunctionId, UnitNames>,
  namesOf: (names: UnitNames) => ReadonlySet<string>,
): Map<string, FunctionId[]> {
  const found = new Map<string, FunctionId[]>();
  for (const [unit, names] of units)
    for (const name of namesOf(names)) {
      const known = found.get(name);
      if (known) known.push(unit);
      else found.set(name, [unit]);
    }
  return found;
}

/** The same after one unit has come to have other names: the same map where they are none. */
export function withNamesOf(
  byName: ReadonlyMap<string, readonly FunctionId[]>,
  unit: FunctionId,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): ReadonlyMap<string, readonly FunctionId[]> {
  const gone = [...before].filter((name) => !after.has(name));
  const come = [...after].filter((name) => !before.has(name));
  if (gone.length + come.length === 0) return byName;
  const found = new Map(byName);
  for (const name of gone) {
    const rest = (found.get(name) ?? []).filter((other) => other !== unit);
    if (rest.length > 0) found.set(name, rest);
    else found.delete(name);
  }
  for (const name of come) found.set(name, [...(found.get(name) ?? []), unit]);
  return found;
}

/** Classes have capital letters. */
const CLASS = /^_*[A-Z]/;

/** `Report` of `Report` and of `jobs.Report`; "" for anything else. */
export function nameIn(e: Expression): string {
  return e.kind === "name" ? e.id : e.kind === "attribute" ? e.name : "";
}
