/**
 * What a file declares, by name: the part of it other files may see.
 *
 * A pure function of one file's tree. It names functions and classes by identifiers (`pkg/mod.py#Class.method`) that survive edits, so that
 * everything above refers to declarations by identifier and never holds on to a tree of an older version of a file.
 * It refuses to resolve anything: an import is recorded as written.
 */
import type {
  ClassDef,
  Expression,
  FunctionDef,
  ImportFrom,
  Keyword,
  Module,
  Parameter,
  Statement,
  TypeParameter,
} from "../syntax/tree.ts";
import { blocksOf, childExpressions, expressionsOf } from "../syntax/walk.ts";
import { addUnit, selfAssignments } from "./assigned.ts";
import { type Content, contentsOf } from "./contents.ts";
import { isEmptyContainer } from "./filled.ts";
import { type Bound, type LocalImports, UnitNames, unitsByName } from "./given.ts";
import { signatureOf } from "./shapes.ts";

/** Where a declaration lives: a file of the project, or a module of the library stubs. */
export interface Origin {
  /** File path for the project, `lib:dotted.name` for stubs. Prefix of all identifiers in it. */
  readonly key: string;
  /** Dotted module name: `app.services.rates`, `sqlalchemy.orm`. */
  readonly module: string;
  /** Dotted name of the package relative imports start from. */
  readonly package: string;
  readonly isStub: boolean;
}

export type FunctionId = string;
export type ClassId = string;

export type Binding =
  | { readonly kind: "function"; readonly id: FunctionId }
  | { readonly kind: "class"; readonly id: ClassId }
  /** `import a.b` binds `a` (member null, whole false); `import a.b as c` and `from a import b` bind what they name. */
  | { readonly kind: "import"; readonly module: string; readonly level: number; readonly member: string | null }
  | { readonly kind: "variable"; readonly annotation: Expression | null; readonly value: Expression | null };

export interface FunctionEntity {
  readonly id: FunctionId;
  readonly origin: Origin;
  readonly name: string;
  /** `Class.method`, `outer.inner`. */
  readonly qualifiedName: string;
  readonly owner: ClassId | null;
  /** The enclosing function of a nested one. */
  readonly parent: FunctionId | null;
  /** The unit this function belongs to: itself, the enclosing top-level function or method, or the module. */
  readonly unit: FunctionId;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly decorators: readonly Expression[];
  readonly parameters: readonly Parameter[];
  readonly returns: Expression | null;
  /** `T` of `def first[T](…)`. */
  readonly typeParameters: readonly TypeParameter[];
  readonly def: FunctionDef;
}

export interface ClassEntity {
  readonly id: ClassId;
  readonly origin: Origin;
  readonly name: string;
  readonly qualifiedName: string;
  readonly decorators: readonly Expression[];
  readonly bases: readonly Expression[];
  /** `T` of `class Box[T]:`. */
  readonly typeParameters: readonly TypeParameter[];
  readonly keywords: readonly Keyword[];
  readonly members: ReadonlyMap<string, readonly Binding[]>;
  /** Attributes assigned through `self` (or `cls`), or filled where they are made empty, with the methods that do so. */
  readonly selfAssigned: ReadonlyMap<string, readonly FunctionId[]>;
  /** Enclosing class of a nested one. */
  readonly outer: ClassId | null;
}

export interface Outline {
  readonly origin: Origin;
  readonly names: ReadonlyMap<string, readonly Binding[]>;
  /** `from x import *`, in order. */
  readonly stars: readonly { readonly module: string; readonly level: number }[];
  /** What imports inside functions bind. Not part of the signature. */
  readonly localImports: LocalImports;
  /** What `__all__` lists, null where the module has none or does more than list strings. */
  readonly exports: readonly string[] | null;
  readonly classes: ReadonlyMap<ClassId, ClassEntity>;
  /** Every function and lambda of the file. */
  readonly functions: ReadonlyMap<FunctionId, FunctionEntity>;
  /** Module-level names that functions assign after `global`, or fill where they were made empty, with the units that do. */
  readonly globalAssigned: ReadonlyMap<string, readonly FunctionId[]>;
  /** The entities declared in a unit, by their definition in the current tree (equal functions of two units may share their trees). */
  readonly declared: ReadonlyMap<FunctionId, Declared>;
  /** By name, the units that give a function so called to somebody as an argument, as far as names tell. Not part of the signature. */
  readonly given: ReadonlyMap<string, readonly FunctionId[]>;
  /** By name, the units that call something so called, as far as names tell. Not part of the signature. */
  readonly called: ReadonlyMap<string, readonly FunctionId[]>;
  /** Equal exactly when nothing that other files may depend on differs. */
  readonly signature: string;
}

export interface Declared {
  readonly functions: ReadonlyMap<FunctionDef, FunctionEntity>;
  readonly classes: ReadonlyMap<ClassDef, ClassEntity>;
}

const libraries = new WeakMap<Outline, ReadonlySet<string>>();

/** Top-level names of what a module imports absolutely. */
export function importedLibraries(outline: Outline): ReadonlySet<string> {
  const known = libraries.get(outline);
  if (known) return known;
  const found = new Set<string>();
  for (const bindings of outline.names.values())
    for (const b of bindings) if (b.kind === "import" && b.level === 0) found.add(b.module.split(".", 1)[0]!);
  libraries.set(outline, found);
  return found;
}

/** Identifier of the function that stands for a file's own top level. */
export function moduleFunctionId(key: string): FunctionId {
  return `${key}#<module>`;
}

/** The outline of one file. Never throws. */
export function outlineOf(tree: Module, origin: Origin): Outline {
  const builder = new OutlineBuilder(origin);
  const names = builder.scope(tree.body, { prefix: "", owner: null, parent: null, unit: moduleFunctionId(origin.key) });
  const bound: Bound = { names, imports: builder.imports, hasStars: builder.stars.length > 0 };
  return {
    origin,
    names,
    stars: builder.stars,
    localImports: builder.imports,
    exports: exportsOf(names),
    classes: builder.classes,
    functions: builder.functions,
    globalAssigned: builder.globalUnits(names),
    declared: builder.declared,
    given: unitsByName(builder.written, (unit) => unit.given(bound)),
    called: unitsByName(builder.written, (unit) => unit.called(bound)),
    // Stubs never change.
    signature: origin.isStub ? "" : signatureOf(names, builder),
  };
}

export interface Scope {
  readonly prefix: string;
  readonly owner: ClassId | null;
  readonly parent: FunctionId | null;
  readonly unit: FunctionId;
}

/** Goes through a file, or one unit of it. */
export class OutlineBuilder {
  readonly stars: { module: string; level: number }[] = [];
  readonly classes = new Map<ClassId, ClassEntity>();
  readonly functions = new Map<FunctionId, FunctionEntity>();
  readonly declared = new Map<
    FunctionId,
    { functions: Map<FunctionDef, FunctionEntity>; classes: Map<ClassDef, ClassEntity> }
  >();
  readonly globalAssigned = new Map<string, FunctionId[]>();
  /** What units write in calls. */
  readonly written = new Map<FunctionId, UnitNames>();
  readonly imports = new Map<string, Set<string>>();
  readonly filled = new Map<string, FunctionId[]>();
  private readonly taken = new Set<string>();
  private readonly origin: Origin;

  constructor(origin: Origin) {
    this.origin = origin;
  }

  /** Bindings of one module or class body; declares all functions and classes inside, nested ones too. */
  scope(body: readonly Statement[], scope: Scope): Map<string, Binding[]> {
    const names = new Map<string, Binding[]>();
    for (const statement of body) this.statement(statement, scope, names);
    return names;
  }

  private statement(s: Statement, scope: Scope, names: Map<string, Binding[]>): void {
    switch (s.kind) {
      case "function": {
        const entity = this.declareFunction(s, scope);
        add(names, s.name, { kind: "function", id: entity.id });
        return;
      }
      case "class": {
        const entity = this.declareClass(s, scope);
        add(names, s.name, { kind: "class", id: entity.id });
        return;
      }
      case "import":
        for (const { name, alias } of s.names) {
          if (alias !== null) add(names, alias, { kind: "import", module: name, level: 0, member: null });
          else add(names, name.split(".")[0]!, { kind: "import", module: name.split(".")[0]!, level: 0, member: null });
        }
        return;
      case "import-from":
        if (s.star) this.stars.push({ module: s.module, level: s.level });
        for (const { name, alias } of s.names) add(names, alias ?? name, importBinding(s, name));
        return;
      case "assign":
        for (const target of s.targets) bindTarget(names, target, null, s.value);
        break;
      case "annotated-assign":
        bindTarget(names, s.target, s.annotation, s.value);
        break;
      case "augmented-assign":
      case "return":
      case "raise":
      case "assert":
      case "expression":
      case "delete":
        break;
      case "for":
        bindTarget(names, s.target, null, null);
        break;
      case "with":
        for (const item of s.items) if (item.target) bindTarget(names, item.target, null, null);
        break;
      case "global":
        for (const name of s.names) addUnit(this.globalAssigned, name, scope.unit);
        return;
      case "nonlocal":
      case "pass":
      case "break":
      case "continue":
        return;
      default:
        break;
    }
    for (const e of expressionsOf(s)) this.lambdas(e, scope);
    for (const block of blocksOf(s)) for (const inner of block) this.statement(inner, scope, names);
  }

  /** With those who assign a global, those who fill one that is made empty. */
  globalUnits(names: ReadonlyMap<string, readonly Binding[]>): Map<string, FunctionId[]> {
    for (const [name, units] of this.filled)
      if (names.get(name)?.some((b) => b.kind === "variable" && !b.annotation && isEmptyContainer(b.value)))
        for (const unit of units) addUnit(this.globalAssigned, name, unit);
    return this.globalAssigned;
  }

  declareFunction(
    def: FunctionDef,
    scope: Scope,
    qualifiedName = this.unique(scope.prefix + def.name),
  ): FunctionEntity {
    const id = `${this.origin.key}#${qualifiedName}`;
    const isUnit = scope.parent === null && def.unitStart >= 0;
    const unit = isUnit ? id : scope.unit;
    const entity: FunctionEntity = {
      id,
      origin: this.origin,
      name: def.name,
      qualifiedName,
      owner: scope.owner,
      parent: scope.parent,
      unit,
      isAsync: def.isAsync,
      isGenerator: def.isGenerator,
      decorators: def.decorators,
      parameters: def.parameters,
      returns: def.returns,
      typeParameters: def.typeParameters,
      def,
    };
    this.functions.set(id, entity);
    this.declaredIn(unit).functions.set(def, entity);
    const inner: Scope = { prefix: `${qualifiedName}.`, owner: null, parent: id, unit };
    for (const decorator of def.decorators) this.lambdas(decorator, scope);
    for (const p of def.parameters) {
      if (p.default) this.lambdas(p.default, inner);
      this.writtenIn(unit).noteParameter(p);
    }
    this.contents(contentsOf(def.body), inner);
    return entity;
  }

  private contents(contents: readonly Content[], scope: Scope): void {
    for (const content of contents) {
      if (content.kind === "function") this.declareFunction(content, scope);
      else if (content.kind === "lambda") this.declareFunction(content.def, { ...scope, owner: null });
      else if (content.kind === "class") this.declareClass(content, scope);
      else if (content.kind === "call") this.writtenIn(scope.unit).noteCall(content);
      else if (content.kind === "name") addUnit(this.filled, content.id, scope.unit);
      else if (content.kind === "import-from")
        for (const { name, alias } of content.names) this.noteImport(alias ?? name, name);
      else for (const name of content.names) addUnit(this.globalAssigned, name, scope.unit);
    }
  }

  private lambdas(e: Expression, scope: Scope): void {
    if (e.kind === "lambda") {
      this.declareFunction(e.def, { ...scope, owner: null });
      return;
    }
    if (e.kind === "name" || e.kind === "literal" || e.kind === "string") return;
    if (e.kind === "call") this.writtenIn(scope.unit).noteCall(e);
    for (const child of childExpressions(e)) this.lambdas(child, scope);
  }

  private declareClass(def: ClassDef, scope: Scope): ClassEntity {
    const qualifiedName = this.unique(scope.prefix + def.name);
    const id = `${this.origin.key}#${qualifiedName}`;
    for (const base of def.bases) this.lambdas(base, scope);
    const members = this.scope(def.body, {
      prefix: `${qualifiedName}.`,
      owner: id,
      parent: scope.parent,
      unit: scope.unit,
    });
    const entity: ClassEntity = {
      id,
      origin: this.origin,
      name: def.name,
      qualifiedName,
      decorators: def.decorators,
      bases: def.bases,
      typeParameters: def.typeParameters,
      keywords: def.keywords,
      members,
      selfAssigned: selfAssignments(members, this.functions),
      outer: scope.owner,
    };
    this.classes.set(id, entity);
    this.declaredIn(scope.unit).classes.set(def, entity);
    return entity;
  }

  private declaredIn(unit: FunctionId): {
    functions: Map<FunctionDef, FunctionEntity>;
    classes: Map<ClassDef, ClassEntity>;
  } {
    let found = this.declared.get(unit);
    if (!found) {
      found = { functions: new Map(), classes: new Map() };
      this.declared.set(unit, found);
    }
    return found;
  }

  private writtenIn(unit: FunctionId): UnitNames {
    let found = this.written.get(unit);
    if (!found) {
      found = new UnitNames();
      this.written.set(unit, found);
    }
    return found;
  }

  private noteImport(name: string, member: string): void {
    const known = this.imports.get(name);
    if (known) known.add(member);
    else this.imports.set(name, new Set([member]));
  }

  private unique(name: string): string {
    let candidate = name;
    for (let n = 2; this.taken.has(candidate); n++) candidate = `${name}@${n}`;
    this.taken.add(candidate);
    return candidate;
  }
}

/** The names that `from module import *` brings, where the module says so by one plain list. */
function exportsOf(names: ReadonlyMap<string, readonly Binding[]>): readonly string[] | null {
  const [binding, another] = names.get("__all__") ?? [];
  if (!binding || another || binding.kind !== "variable" || binding.value?.kind !== "collection") return null;
  const { items } = binding.value;
  return items.every((i) => i.kind === "string") ? items.map((i) => (i.kind === "string" ? i.value : "")) : null;
}

function importBinding(s: ImportFrom, name: string): Binding {
  return { kind: "import", module: s.module, level: s.level, member: name };
}

function add(names: Map<string, Binding[]>, name: string, binding: Binding): void {
  const existing = names.get(name);
  if (existing) existing.push(binding);
  else names.set(name, [binding]);
}

function bindTarget(
  names: Map<string, Binding[]>,
  target: Expression,
  annotation: Expression | null,
  value: Expression | null,
): void {
  if (target.kind === "name") add(names, target.id, { kind: "variable", annotation, value });
  else if (target.kind === "collection") for (const item of target.items) bindTarget(names, item, null, null);
  else if (target.kind === "starred") bindTarget(names, target.value, null, null);
}
