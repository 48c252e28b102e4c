/**
 * What the uses of a value tell of its type: conversions, comparisons, methods, the annotations of whoever is given it, the columns it fills.
 *
 * Words of its own for the few types a request can carry. Where two uses disagree, or only one of several types is sure, nothing is said.
 */
import { classEntity, functionEntity, type Program } from "./names/program.ts";
import type { Place, Terrain } from "./request-terrain.ts";
import type { Expression, Statement } from "./syntax/tree.ts";
import { classInfo } from "./types/classes.ts";
import type { FunctionInfo } from "./types/record.ts";
import { alternatives } from "./types/type.ts";

/** `number` may be whole or not; `list[str]` and `list[int]` where the items are known. */
export type ValueType =
  | "str"
  | "int"
  | "float"
  | "number"
  | "bool"
  | "list"
  | "list[str]"
  | "list[int]"
  | "list[dict]"
  | "dict"
  | "datetime"
  | "date"
  | "decimal"
  | "uuid"
  | "file";

export interface Evidence {
  readonly program: Program;
  readonly info: FunctionInfo;
  readonly terrain: Terrain;
}

/** The type that all uses of the values at `reads` agree on; null where nothing is known. `fallbacks` are defaults given for them. */
export function typeOfReads(
  evidence: Evidence,
  key: string,
  reads: readonly Expression[],
  fallbacks: readonly Expression[],
): ValueType | null {
  const found = new Set<ValueType>();
  for (const read of reads) usesOf(evidence, read, found, 2);
  for (const fallback of fallbacks) {
    // `False` often stands for "nothing was sent", whatever is expected.
    if (fallback.kind === "literal" && fallback.text === "False" && !QUESTION.test(key)) continue;
    const type = typeOfConstant(fallback);
    if (type) found.add(type);
  }
  return agreed(found) ?? (found.size === 0 && WORDS.test(key) ? "str" : null);
}

/** Names of what can only be text. */
const WORDS = /^(e_?mail|user_?name|password\d?|passwd|(new|old|current|confirm)_password)$/i;

/** Names of what is answered by yes or no. */
const QUESTION =
  /^(is|are|has|have|can|should|with|without|use|allow|enable|disable|include|exclude|show|hide|force|skip|keep|auto|no|do|dry|open|active|public|private|stream|debug|verbose|echo|all)(_|$)|(_only|able|modal|(?<!se|fe|ne|spe|emb)ed)$/;

function agreed(found: ReadonlySet<ValueType>): ValueType | null {
  if (found.has("file")) return "file";
  const types = new Set(found);
  // What is converted is of a kind with what it is compared with.
  if (types.has("number") && (types.has("int") || types.has("float"))) types.delete("number");
  for (const item of ["list[str]", "list[int]", "list[dict]"] as const) if (types.has(item)) types.delete("list");
  for (const rich of ["datetime", "date", "uuid", "decimal"] as const)
    if (types.has(rich) && types.size > 1) types.delete(rich);
  const [only, ...others] = types;
  return only && others.length === 0 ? only : null;
}

/** Whether a value read at one of `reads`, or the name it is given, is compared with `None`. */
export function comparesWithNone({ terrain }: Evidence, reads: readonly Expression[]): boolean {
  const isCompared = (e: Expression): boolean => {
    const up = terrain.parentOf(e);
    return up?.kind === "comparison" && up.operands.some(isNone);
  };
  return reads.some((read) => {
    const target = targetOf(terrain.placeOf(read)?.statement, read);
    return (
      isCompared(read) ||
      (target !== null && terrain.expressions.some((e) => e.kind === "name" && e.id === target && isCompared(e)))
    );
  });
}

/** The type of a literal default; null for `None` and whatever has to be evaluated. */
export function typeOfConstant(e: Expression): ValueType | null {
  if (e.kind === "string") return e.bytes ? null : "str";
  if (e.kind === "fstring") return "str";
  if (e.kind === "unary" && e.operator === "-") return typeOfConstant(e.value);
  if (e.kind === "dict") return "dict";
  if (e.kind === "collection") return e.form === "list" ? listOf(e.items) : null;
  if (e.kind !== "literal") return null;
  if (e.text === "True" || e.text === "False") return "bool";
  if (/^\d[\d_]*$/.test(e.text)) return "int";
  return /^[\d.]/.test(e.text) ? "float" : null;
}

function listOf(items: readonly Expression[]): ValueType {
  const types = new Set(items.map(typeOfConstant));
  if (types.size === 1 && types.has("str")) return "list[str]";
  return types.size === 1 && types.has("int") ? "list[int]" : "list";
}

function usesOf(evidence: Evidence, e: Expression, found: Set<ValueType>, depth: number): void {
  const { terrain } = evidence;
  const up = terrain.parentOf(e);
  if (!up) {
    usedByStatement(evidence, e, terrain.placeOf(e), found, depth);
    return;
  }
  switch (up.kind) {
    case "await":
    case "starred":
      return;
    case "attribute":
      if (STR_METHODS.test(up.name)) found.add("str");
      else if (LIST_METHODS.test(up.name)) found.add("list");
      else if (FILE_MEMBERS.test(up.name)) found.add("file");
      else if (DICT_METHODS.test(up.name)) found.add("dict");
      return;
    case "subscript":
      if (up.value === e && up.index.kind === "string") found.add("dict");
      return;
    case "call":
      usedByCall(evidence, up, e, found);
      return;
    case "boolean": {
      const other = up.left === e ? typeOfConstant(up.right) : null;
      if (other) found.add(other);
      usesOf(evidence, up, found, depth);
      return;
    }
    case "conditional":
      if (up.test !== e) usesOf(evidence, up, found, depth);
      return;
    case "comparison": {
      const other = up.operands[0] === e ? up.operands[1] : up.operands[0];
      const [operator] = up.operators;
      if (up.operands.length !== 2 || !other || !operator) return;
      if (/in$/.test(operator)) {
        if (up.operands[0] === e && other.kind === "collection")
          for (const item of other.items) add(found, typeOfConstant(item));
      } else if (other.kind !== "literal" || !/^(None|True|False)$/.test(other.text)) addNumber(found, other);
      else add(found, typeOfConstant(other));
      return;
    }
    case "binary": {
      const other = up.left === e ? up.right : up.left;
      const type = typeOfConstant(other);
      if (type === "str" && up.operator === "+") found.add("str");
      else if (type === "int" || type === "float") found.add("number");
      else if (type?.startsWith("list")) found.add("list");
      return;
    }
    case "comprehension":
      if (up.clauses.some((clause) => clause.iterable === e)) found.add("list");
      return;
  }
}

function add(found: Set<ValueType>, type: ValueType | null): void {
  if (type) found.add(type);
}

/** What is compared with a whole number need not be one. */
function addNumber(found: Set<ValueType>, other: Expression): void {
  const type = typeOfConstant(other);
  add(found, type === "int" || type === "float" ? "number" : type);
}

const STR_METHODS =
  /^(strip|lstrip|rstrip|lower|upper|title|capitalize|casefold|split|rsplit|splitlines|startswith|endswith|encode|replace|isdigit|isalnum|isnumeric|isalpha|isspace|zfill|partition|rpartition|removeprefix|removesuffix)$/;
const LIST_METHODS = /^(append|extend|sort|insert|reverse)$/;
const DICT_METHODS = /^(items|keys|values|get|setdefault|update)$/;
const FILE_MEMBERS = /^(read|filename|chunks|content_type|seek|stream|save)$/;

function usedByStatement(
  evidence: Evidence,
  e: Expression,
  place: Place | null,
  found: Set<ValueType>,
  depth: number,
): void {
  const s = place?.statement;
  if (s?.kind === "for" && s.iterable === e) found.add("list");
  if (s?.kind === "annotated-assign" && s.value === e) add(found, typeOfAnnotation(s.annotation));
  const target = targetOf(s, e);
  if (!target || depth === 0) return;
  // A name that is given another value elsewhere tells of that as well.
  const mentions = evidence.terrain.expressions.filter((m) => m.kind === "name" && m.id === target);
  const bindings = mentions.filter((m) => isBound(evidence.terrain, m));
  if (bindings.length !== 1) return;
  for (const mention of mentions) if (mention !== bindings[0]) usesOf(evidence, mention, found, depth - 1);
}

function targetOf(s: Statement | undefined, value: Expression): string | null {
  if (s?.kind === "assign" && s.value === value && s.targets.length === 1 && s.targets[0]!.kind === "name")
    return s.targets[0]!.id;
  return s?.kind === "annotated-assign" && s.value === value && s.target.kind === "name" ? s.target.id : null;
}

/** Whether a name is given a value where it stands. */
export function isBound(terrain: Terrain, name: Expression): boolean {
  for (let at = name, up = terrain.parentOf(name); ; at = up, up = terrain.parentOf(up)) {
    if (up?.kind === "walrus" && up.target === at) return true;
    if (up?.kind === "comprehension" && up.clauses.some((c) => c.target === at)) return true;
    if (!up) {
      const s = terrain.placeOf(name)?.statement;
      if (s?.kind === "assign") return s.targets.includes(at);
      if (s?.kind === "annotated-assign" || s?.kind === "augmented-assign" || s?.kind === "for") return s.target === at;
      if (s?.kind === "with") return s.items.some((item) => item.target === at);
      return s?.kind === "delete";
    }
    if (up.kind !== "collection" && up.kind !== "starred") return false;
  }
}

/** What a callable is given says of the argument. */
function usedByCall(
  evidence: Evidence,
  call: Expression & { kind: "call" },
  e: Expression,
  found: Set<ValueType>,
): void {
  if (call.callee === e) return;
  const keyword = call.keywords.find((k) => k.value === e)?.name ?? null;
  const index = call.args.indexOf(e);
  const name = call.callee.kind === "name" ? call.callee.id : call.callee.kind === "attribute" ? call.callee.name : "";
  const told = index === 0 ? builtinSays(call, name) : null;
  if (told) {
    found.add(told);
    return;
  }
  for (const { id, receiver } of evidence.info.byNode.get(call)?.targets ?? []) {
    const { program } = evidence;
    if (id !== null && keyword !== null && classEntity(program, id)) add(found, columnType(program, id, keyword));
    const model = alternatives(receiver ?? { kind: "none" }).flatMap((t) =>
      t.kind === "instance" ? t.args.flatMap((a) => (a.kind === "instance" ? [a.cls] : [])) : [],
    );
    if (keyword !== null && /^(create|update|filter|exclude|get|filter_by|get_or_create|update_or_create)$/.test(name))
      for (const cls of model) add(found, columnType(program, cls, keyword));
    const entity = id === null ? undefined : functionEntity(program, id);
    if (!entity || entity.origin.isStub) continue;
    const skip = receiver ? 1 : 0;
    const parameter =
      keyword !== null
        ? entity.parameters.find((p) => p.name === keyword)
        : index >= 0 && !call.args.slice(0, index).some((a) => a.kind === "starred")
          ? entity.parameters[index + skip]
          : undefined;
    if (parameter?.annotation && (parameter.form === "normal" || parameter.form === "keyword-only"))
      add(found, typeOfAnnotation(parameter.annotation));
  }
}

/** What calls that everybody knows take as their first argument. */
function builtinSays({ callee, args }: Expression & { kind: "call" }, name: string): ValueType | null {
  if (callee.kind === "name") {
    if (name === "int" || name === "float" || name === "bool") return name;
    if (name === "isinstance") return args[1] ? typeOfAnnotation(args[1]) : null;
    return /^(enumerate|sorted|set|tuple|list)$/.test(name) ? "list" : null;
  }
  if (name === "loads") return "str";
  return name === "join" && callee.kind === "attribute" && callee.value.kind === "string" ? "list[str]" : null;
}

/** The type an annotation names, `None` left out; null where it is none a request can carry as it is. */
export function typeOfAnnotation(e: Expression): ValueType | null {
  if (e.kind === "binary" && e.operator === "|") {
    if (isNone(e.right)) return typeOfAnnotation(e.left);
    return isNone(e.left) ? typeOfAnnotation(e.right) : null;
  }
  if (e.kind === "subscript") {
    const head = lastName(e.value);
    if (head === "Optional" || head === "Mapped") return typeOfAnnotation(e.index);
    if (head === "list" || head === "List") {
      const item = lastName(e.index.kind === "subscript" ? e.index.value : e.index);
      return item === "str" || item === "int"
        ? `list[${item}]`
        : item === "dict" || item === "Dict"
          ? "list[dict]"
          : "list";
    }
    return head === "dict" || head === "Dict" ? "dict" : null;
  }
  return ANNOTATIONS.get(lastName(e)) ?? null;
}

function isNone(e: Expression): boolean {
  return e.kind === "literal" && e.text === "None";
}

const ANNOTATIONS = new Map<string, ValueType>([
  ["str", "str"],
  ["int", "int"],
  ["float", "float"],
  ["bool", "bool"],
  ["list", "list"],
  ["List", "list"],
  ["dict", "dict"],
  ["Dict", "dict"],
  ["datetime", "datetime"],
  ["date", "date"],
  ["Decimal", "decimal"],
  ["UUID", "uuid"],
]);

function lastName(e: Expression): string {
  if (e.kind === "name") return e.id;
  return e.kind === "attribute" ? e.name : e.kind === "string" ? e.value : "";
}

/** A column of a model, as its declaration says. */
export interface ColumnFacts {
  readonly name: string;
  readonly type: ValueType | null;
  readonly nullable: boolean;
  /** A default, or something that fills it in. */
  readonly filled: boolean;
  /** It identifies the row, or the program sets it by itself. */
  readonly own: boolean;
}

/** The columns declared in a class of the project and those it derives from, in order. */
export function columnsOf(program: Program, cls: string): readonly ColumnFacts[] {
  const found = new Map<string, ColumnFacts>();
  for (const ancestor of [...classInfo(program, cls).ancestors].reverse()) {
    const entity = classEntity(program, ancestor.cls);
    if (!entity || entity.origin.isStub) continue;
    for (const [name, [binding]] of entity.members) {
      if (binding?.kind !== "variable" || name.startsWith("_")) continue;
      const column = columnIn(name, binding.annotation, binding.value);
      if (column) found.set(name, column);
    }
  }
  return [...found.values()];
}

function columnType(program: Program, cls: string, name: string): ValueType | null {
  return columnsOf(program, cls).find((c) => c.name === name)?.type ?? null;
}

function columnIn(name: string, annotation: Expression | null, value: Expression | null): ColumnFacts | null {
  const mapped = annotation?.kind === "subscript" && lastName(annotation.value) === "Mapped";
  if (value?.kind !== "call")
    return mapped
      ? { name, type: typeOfAnnotation(annotation), nullable: holdsNone(annotation), filled: false, own: false }
      : null;
  const maker = lastName(value.callee);
  const said = new Map(value.keywords.flatMap((k) => (k.name ? [[k.name, k.value] as const] : [])));
  const is = (key: string): boolean => {
    const e = said.get(key);
    return e?.kind === "literal" && e.text === "True";
  };
  const type =
    COLUMNS.get(maker) ??
    [...value.args, ...(said.has("type_") ? [said.get("type_")!] : [])]
      .map((a) => COLUMNS.get(lastName(a.kind === "call" ? a.callee : a)) ?? null)
      .find((t) => t !== null) ??
    null;
  if (!/^(Column|mapped_column|db_column)$/.test(maker) && !/((?<!ManyToMany)Field|ForeignKey)$/.test(maker))
    return null;
  const set = ["auto_now", "auto_now_add", "server_default", "onupdate", "server_onupdate"].some((k) => said.has(k));
  const own =
    is("primary_key") ||
    set ||
    maker === "AutoField" ||
    maker === "BigAutoField" ||
    (is("editable") === false && said.has("editable"));
  const given = type ?? (mapped ? typeOfAnnotation(annotation) : null);
  return {
    name: /^(ForeignKey|OneToOneField)$/.test(maker) ? `${name}_id` : name,
    type: given,
    nullable:
      is("nullable") ||
      is("null") ||
      is("blank") ||
      (mapped && holdsNone(annotation)) ||
      (maker === "Column" && !said.has("nullable")),
    filled: said.has("default") || said.has("default_factory"),
    own,
  };
}

function holdsNone(e: Expression): boolean {
  if (e.kind === "subscript") return lastName(e.value) === "Optional" || holdsNone(e.index);
  return e.kind === "binary" && (isNone(e.left) || isNone(e.right));
}

/** Column types of SQLAlchemy and fields of Django, peewee and Tortoise, by the names they share. */
const COLUMNS = new Map<string, ValueType>([
  ["String", "str"],
  ["Text", "str"],
  ["Unicode", "str"],
  ["UnicodeText", "str"],
  ["VARCHAR", "str"],
  ["Integer", "int"],
  ["BigInteger", "int"],
  ["SmallInteger", "int"],
  ["Float", "float"],
  ["Numeric", "decimal"],
  ["Boolean", "bool"],
  ["DateTime", "datetime"],
  ["Date", "date"],
  ["UUID", "uuid"],
  ["CharField", "str"],
  ["TextField", "str"],
  ["SlugField", "str"],
  ["URLField", "str"],
  ["EmailField", "str"],
  ["IntegerField", "int"],
  ["PositiveIntegerField", "int"],
  ["SmallIntegerField", "int"],
  ["BigIntegerField", "int"],
  ["FloatField", "float"],
  ["BooleanField", "bool"],
  ["DateField", "date"],
  ["DateTimeField", "datetime"],
  ["DecimalField", "decimal"],
  ["UUIDField", "uuid"],
]);
