/**
 * Types of values, as far as calls need them.
 *
 * Types are plain data that name declarations by identifier, so two of them are equal exactly when their keys are. There is no checking, no
 * variance and no overloads: the only question a type answers is what an attribute, a call, an iteration or an `await` on it leads to.
 */
import type { ClassId, FunctionId } from "../names/outline.ts";

export type Type =
  | Unknown
  | { readonly kind: "none" }
  | Instance
  | { readonly kind: "class"; readonly cls: ClassId; readonly args: readonly Type[] }
  | FunctionType
  | { readonly kind: "module"; readonly name: string; readonly key: string | null }
  | { readonly kind: "tuple"; readonly items: readonly Type[] }
  /** What calling an `async def` gives, and whatever else `await` may stand before. */
  | { readonly kind: "awaitable"; readonly result: Type }
  /** What calling a generator function gives; where `context` is set, the context manager made of it by decoration. */
  | GeneratorType
  /** What `enumerate`, `map`, `zip` and their like make of values whose iteration runs something: it does so when somebody goes through this. */
  | { readonly kind: "lazy"; readonly over: readonly Type[]; readonly item: Type }
  | { readonly kind: "union"; readonly members: readonly Type[] }
  /** `bound` is what it stands for at least, where that is said. */
  | { readonly kind: "typevar"; readonly name: string; readonly bound: Type | null }
  /** The class a member is read on, in a stub's `-> Self`. */
  | { readonly kind: "self" }
  /** A callable known only by what it returns. */
  | {
      readonly kind: "callable";
      readonly result: Type /** It is the class of what it returns. */;
      readonly isClass?: true;
    }
  /** A string constant, kept for conditions of stubs and keys. */
  | { readonly kind: "text"; readonly value: string }
  /** A parameter of the function being read, called or handed on. */
  | { readonly kind: "parameter"; readonly of: FunctionId; readonly name: string }
  /** A key, an item or a value of such a parameter. */
  | { readonly kind: "part"; readonly of: FunctionId; readonly name: string }
  /** Request data nobody has checked; `source` numbers the read it came from within the unit, -1 for what another unit's function returns. `picked`: the code has chosen its keys; `from`: where a part of it was read, `deep` for what stands in that part; `parsed`: it is no raw text any more, or one item of what gives items; `parameter`: of a query string, a path, a header or a cookie. */
  | {
      readonly kind: "body";
      readonly source: number;
      readonly whole: boolean;
      readonly picked?: true;
      readonly from?: number;
      readonly deep?: true;
      readonly parsed?: true;
      readonly parameter?: true;
    };

export interface Unknown {
  readonly kind: "unknown";
  /** Dotted name where something outside the project and the stubs is named: `funcy.project`. */
  readonly name: string | null;
}
export interface Instance {
  readonly kind: "instance";
  readonly cls: ClassId;
  readonly args: readonly Type[];
  /** Numbers the place in the unit where a form that holds data of a request was made. */
  readonly held?: number;
  /** Of a dictionary that holds different things under constant keys: what it holds under which. */
  readonly entries?: readonly (readonly [key: string, type: Type])[];
}
export interface FunctionType {
  readonly kind: "function";
  readonly fn: FunctionId;
  /** What it is bound to, for methods. */
  readonly receiver: Type | null;
  /** Set by `functools.partial`: leading positional arguments already given. */
  readonly given: number;
  /** Keyword arguments already given, each with its constant as written, null where it is none. */
  readonly preset: readonly (readonly [name: string, constant: string | null])[];
}

export interface GeneratorType {
  readonly kind: "generator";
  /** The function whose body runs when it is iterated or entered. */
  readonly fn: FunctionId;
  readonly item: Type;
  readonly isAsync: boolean;
  readonly context: boolean;
}

/** Of a function nobody gave keyword arguments to in advance. */
export const NO_PRESET: FunctionType["preset"] = [];

export const UNKNOWN: Unknown = { kind: "unknown", name: null };
export const NONE: Type = { kind: "none" };
export const SELF: Type = { kind: "self" };

export function instance(cls: ClassId, args: readonly Type[] = []): Instance {
  return { kind: "instance", cls, args };
}

export function builtin(name: string, args?: readonly Type[]): Instance {
  let plain = builtins.get(name);
  if (!plain) {
    plain = instance(`lib:builtins#${name}`);
    builtins.set(name, plain);
  }
  return args ? instance(plain.cls, args) : plain;
}

/** Those without arguments, made once: hardly any types are more common. */
const builtins = new Map<string, Instance>();

/** A text that two types share exactly when they are equal. */
export function keyOf(type: Type): string {
  switch (type.kind) {
    case "unknown":
      return type.name === null ? "?" : `?${type.name}`;
    case "none":
      return "None";
    case "self":
      return "Self";
    case "instance":
      return `i:${type.cls}${type.args.length === 0 ? "" : `[${type.args.map(keyOf).join()}]`}${marksOf(type)}`;
    case "class":
      return `c:${type.cls}[${type.args.map(keyOf).join()}]`;
    case "function":
      return `f:${type.fn}(${type.receiver ? keyOf(type.receiver) : ""})${type.given}${type.preset.join(";")}`;
    case "module":
      return `m:${type.key ?? type.name}`;
    case "tuple":
      return `(${type.items.map(keyOf).join()})`;
    case "awaitable":
      return `a:${keyOf(type.result)}`;
    case "generator":
      return `g:${type.fn}${type.isAsync ? "a" : ""}${type.context ? "c" : ""}[${keyOf(type.item)}]`;
    case "lazy":
      return `z:${type.over.map(keyOf).join()}[${keyOf(type.item)}]`;
    case "union":
      return `u{${type.members.map(keyOf).join("|")}}`;
    case "typevar":
      return `t:${type.name}`;
    case "callable":
      return `k${type.isClass ? "c" : ""}:${keyOf(type.result)}`;
    case "text":
      return `"${type.value}"`;
    case "parameter":
      return `p:${type.of}/${type.name}`;
    case "part":
      return `q:${type.of}/${type.name}`;
    case "body":
      return `b:${type.source}${type.whole ? "" : "/"}${type.picked ? "!" : ""}${type.from ?? ""}${type.deep ? "d" : ""}${type.parsed ? "p" : ""}${type.parameter ? "q" : ""}`;
    default:
      return type satisfies never;
  }
}

function marksOf({ entries, held }: Instance): string {
  const under = entries ? `{${entries.map(([key, type]) => `${key}:${keyOf(type)}`).join()}}` : "";
  return held === undefined ? under : `${under}!${held}`;
}

export function sameType(a: Type, b: Type): boolean {
  return a === b || keyOf(a) === keyOf(b);
}

/** More alternatives than this are not worth following. */
const MOST_ALTERNATIVES = 8;

/** Either of several. A plain unknown adds nothing but the knowledge that there may be more; it is dropped beside known ones. */
export function union(types: readonly Type[]): Type {
  const [first] = types;
  if (first === undefined) return UNKNOWN;
  // Most are one type, or one beside nothing else than what it holds. Objects are compared before their keys, which have to be made.
  const known: Type[] = [];
  for (const type of types) {
    if (type.kind !== "union") addTo(known, type);
    else for (const member of type.members) addTo(known, member);
  }
  if (known.length === 0) return UNKNOWN;
  if (known.length === 1) return known[0]!;
  for (const type of types) if (type.kind === "union" && type.members.length === known.length) return type;
  const members = new Map<string, Type>();
  for (const type of known) members.set(keyOf(type), type);
  if (members.size === 1) return known.at(-1)!;
  if (members.size > MOST_ALTERNATIVES) return UNKNOWN;
  return { kind: "union", members: [...members.keys()].sort().map((key) => members.get(key)!) };
}

function addTo(known: Type[], type: Type): void {
  if (type.kind === "unknown" && type.name === null) return;
  if (!known.includes(type)) known.push(type);
}

/** The alternatives of a type, itself where it is no union. */
export function alternatives(type: Type): readonly Type[] {
  return type.kind === "union" ? type.members : [type];
}

/** `type` without `None`. */
export function withoutNone(type: Type): Type {
  if (type.kind !== "union") return type.kind === "none" ? UNKNOWN : type;
  return union(type.members.filter((m) => m.kind !== "none"));
}

/** Replaces type variables and `Self`. */
export function substitute(type: Type, variables: ReadonlyMap<string, Type>, self: Type | null): Type {
  switch (type.kind) {
    case "typevar":
      return variables.get(type.name) ?? UNKNOWN;
    case "self":
      return self ?? type;
    case "instance":
    case "class":
      return type.args.length === 0 ? type : { ...type, args: type.args.map((a) => substitute(a, variables, self)) };
    case "tuple":
      return { kind: "tuple", items: type.items.map((a) => substitute(a, variables, self)) };
    case "awaitable":
      return { kind: "awaitable", result: substitute(type.result, variables, self) };
    case "callable": {
      const result = substitute(type.result, variables, self);
      return type.isClass && result.kind === "instance" ? { ...result, kind: "class" } : { ...type, result };
    }
    case "generator":
      return { ...type, item: substitute(type.item, variables, self) };
    case "lazy":
      return { ...type, item: substitute(type.item, variables, self) };
    case "union":
      return union(type.members.map((m) => substitute(m, variables, self)));
    default:
      return type;
  }
}
