/**
 * What containers hold that were made empty: `clients = {}`, `clients[name] = connect(name)`, `clients.append(connect())`.
 *
 * Only what nobody has said is filled in; a container that is known to hold something keeps what it holds. Values under constant
 * keys are kept apart, because such dictionaries are records more often than tables.
 */
import { functionEntity } from "../../names/program.ts";
import type { Attribute, Call, Expression } from "../../syntax/tree.ts";
import { asAncestor, classInfo, isSubclass } from "../classes.ts";
import { declaredParameter } from "../functions.ts";
import { alternatives, builtin, type Instance, keyOf, type Type, UNKNOWN, union } from "../type.ts";
import { type Arguments, bindArguments } from "./arguments.ts";
import { evaluate } from "./expressions.ts";
import { type Inference, pathOf } from "./state.ts";
import { unify } from "./unify.ts";

/** Constant keys a dictionary is known by; with more of them it is a table. */
export const MOST_ENTRIES = 12;

/** What a dictionary of these keys and values holds under which key; null where that says no more than its values together. */
export function entriesOf(keys: readonly Type[], values: readonly Type[]): Instance["entries"] | null {
  if (keys.length < 2 || keys.length > MOST_ENTRIES) return null;
  const kinds = new Set(values.map((v) => keyOf(plain(v))));
  if (kinds.size < 2 || !values.some((v) => v.kind === "instance" && !v.cls.startsWith("lib:builtins#"))) return null;
  const entries = keys.flatMap((key, i) => (key.kind === "text" ? [[key.value, values[i]!] as const] : []));
  return entries.length === keys.length ? entries : null;
}

/** `container[key] = value`. */
export function fillItem(inf: Inference, container: Expression, type: Type, key: Type, value: Type): void {
  for (const t of alternatives(type)) {
    if (t.kind !== "instance" || !isContainer(t)) continue;
    if (isSubclass(inf.program, t.cls, DICT)) {
      const entries = t.entries ?? [];
      if (key.kind === "text" && (isEmpty(t) || t.entries) && entries.length < MOST_ENTRIES) {
        const others = entries.filter(([name]) => name !== key.value);
        widen(inf, container, { ...t, args: heldIn(t, value), entries: [...others, [key.value, plain(value)]] });
      } else if (isEmpty(t)) widen(inf, container, { ...t, args: [plain(key), plain(value)] });
    } else if (isEmpty(t)) widen(inf, container, { ...t, args: [plain(value)] });
  }
}

/** A method that puts its argument into the container it is called on: `append`, `add`, `extend`, `setdefault`. */
export function fillByMethod(inf: Inference, e: Call, callee: Type, args: Arguments): void {
  if (e.callee.kind !== "attribute" || !FILLING.has(e.callee.name)) return;
  for (const t of alternatives(callee))
    if (t.kind === "function" && t.receiver?.kind === "instance") fillReceiver(inf, e.callee, t.fn, t.receiver, args);
}

function fillReceiver(inf: Inference, callee: Attribute, method: string, receiver: Instance, args: Arguments): void {
  if (!isContainer(receiver) || !isEmpty(receiver) || receiver.entries) return;
  const entity = functionEntity(inf.program, method);
  if (!entity?.owner) return;
  const found = new Map<string, Type>();
  for (const { parameter, argument } of bindArguments(entity.parameters, 1, args)) {
    const declared = declaredParameter(inf.program, entity, parameter);
    if (declared) unify(inf, declared, argument.type, found);
  }
  const held = asAncestor(
    inf.program,
    { cls: receiver.cls, args: classInfo(inf.program, receiver.cls).variables },
    entity.owner,
  );
  const parameters = classInfo(inf.program, entity.owner).parameters;
  const filled = classInfo(inf.program, receiver.cls).variables.map((variable) => {
    const at =
      held?.findIndex((t) => t.kind === "typevar" && variable.kind === "typevar" && t.name === variable.name) ?? -1;
    return plain(found.get(parameters[at] ?? "") ?? UNKNOWN);
  });
  if (filled.some((t) => t.kind !== "unknown")) widen(inf, callee.value, { ...receiver, args: filled });
}

/** The container under a name or attribute holds more than was known of it. */
function widen(inf: Inference, container: Expression, type: Type): void {
  const path = pathOf(container);
  if (path === null) return;
  const { frame } = inf;
  if (container.kind === "attribute") {
    frame.paths.add(path);
    frame.env.set(path, type);
    for (const t of alternatives(inf.quietly(() => evaluate(inf, container.value))))
      if (t.kind === "instance" || t.kind === "class") inf.noteAttribute(t.cls, container.name, type);
    return;
  }
  if (container.kind !== "name") return;
  const isLocal = frame.ever.has(container.id) && !frame.globals.has(container.id);
  frame.env.set(path, type);
  if (isLocal) frame.ever.set(container.id, union([frame.ever.get(container.id)!, type]));
  if (!isLocal || frame.entity === null) inf.noteGlobal(container.id, type);
}

function heldIn(t: Instance, value: Type): readonly Type[] {
  return [builtin("str"), union([...(t.entries ?? []).map(([, held]) => held), plain(value)])];
}

/** Constants stand for their type. */
function plain(type: Type): Type {
  return type.kind === "text" ? builtin("str") : type.kind === "parameter" || type.kind === "body" ? UNKNOWN : type;
}

function isContainer(t: Instance): boolean {
  return CONTAINERS.has(t.cls);
}

/** Whether nothing is known of what it holds. */
function isEmpty(t: Instance): boolean {
  return t.args.every((a) => a.kind === "unknown" && a.name === null);
}

const DICT = "lib:builtins#dict";
const CONTAINERS: ReadonlySet<string> = new Set([
  DICT,
  "lib:builtins#list",
  "lib:builtins#set",
  "lib:collections#deque",
  "lib:collections#OrderedDict",
  "lib:collections#defaultdict",
]);
const FILLING: ReadonlySet<string> = new Set(["append", "appendleft", "add", "insert", "extend", "setdefault"]);
