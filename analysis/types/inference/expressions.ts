/** What an expression gives, and the calls that evaluating it makes. */

import type {
  Attribute,
  BinaryOperation,
  BooleanOperation,
  Comparison,
  Comprehension,
  Expression,
  Subscript,
} from "../../syntax/tree.ts";
import type { CallRecord, Target } from "../record.ts";
import { alternatives, builtin, type Type, UNKNOWN, union, withoutNone } from "../type.ts";
import { single } from "./arguments.ts";
import { NO_LOOP } from "./asking.ts";
import { noteNamedPart } from "./assigned-bodies.ts";
import { bodyIn, bodyProperty, noteAwaited, notePresence, noteRead, onlyAsked, readBody } from "./bodies.ts";
import { attributeAsKey, readItems } from "./body-shapes.ts";
import { evaluateCall } from "./calls.ts";
import { noteMemberByName } from "./conversions.ts";
import { eventBody } from "./events.ts";
import { noteChosen } from "./excused-reads.ts";
import { reshaped } from "./excusing.ts";
import { entriesOf } from "./filling.ts";
import { excuseForms, heldByField, keepMarks, noteMember } from "./forms.ts";
import { declareNested } from "./functions.ts";
import { enteringBody } from "./given-bodies.ts";
import { readKept } from "./kept-bodies.ts";
import { memberType, superMember } from "./members.ts";
import { mixedIn, mixedWith } from "./merged-bodies.ts";
import { lookUp } from "./names.ts";
import { narrow } from "./narrowing.ts";
import { awaited, call, fieldsOfTuple, ITERATOR, iterate, subscript, test } from "./protocols.ts";
import { builtOf } from "./request-parameters.ts";
import { comparesKeys, partsOf, spreadKeys } from "./sinks.ts";
import { type Inference, pathOf, textOf } from "./state.ts";
import { bind } from "./targets.ts";

/** The type of `e`; its calls are recorded in the order in which they happen. */
export function evaluate(inf: Inference, e: Expression): Type {
  switch (e.kind) {
    case "name":
      return lookUp(inf, e.id);
    case "attribute":
      return evaluateAttribute(inf, e);
    case "call":
      return evaluateCall(inf, e, null);
    case "await":
      return evaluateAwait(inf, e);
    case "subscript":
      return evaluateSubscript(inf, e);
    case "string":
      return e.bytes ? builtin("bytes") : { kind: "text", value: e.value };
    case "fstring":
      return builtOf(e.parts.map((part) => evaluate(inf, part))) ?? builtin("str");
    case "literal":
      return literal(e.text);
    case "collection": {
      const items = e.items.map((item) => (item.kind === "starred" ? spread(inf, item.value) : evaluate(inf, item)));
      for (const item of items) excuseForms(inf, item);
      if (e.form !== "tuple") return builtin(e.form, [union(items)]);
      return e.items.some((i) => i.kind === "starred") ? builtin("tuple", [union(items)]) : { kind: "tuple", items };
    }
    case "dict": {
      const keys: Type[] = [];
      const values: Type[] = [];
      for (const { key, value } of e.entries) {
        if (key) keys.push(evaluate(inf, key));
        const type = evaluate(inf, value);
        excuseForms(inf, type);
        if (key) values.push(type);
        else {
          spreadKeys(inf, type, keys, values);
          for (const t of alternatives(type)) {
            if (t.kind !== "instance" || t.cls !== "lib:builtins#dict") continue;
            keys.push(t.args[0] ?? UNKNOWN);
            values.push(t.args[1] ?? UNKNOWN);
          }
        }
      }
      const dict = builtin("dict", [union(keys), union(values)]);
      const entries = e.entries.every((entry) => entry.key) ? entriesOf(keys, values) : null;
      return entries ? { ...dict, entries } : dict;
    }
    case "comprehension":
      return evaluateComprehension(inf, e);
    case "lambda":
      return declareNested(inf, e.def);
    case "binary":
      return evaluateBinary(inf, e);
    case "boolean":
      return evaluateBoolean(inf, e);
    case "comparison":
      return evaluateComparison(inf, e);
    case "unary": {
      const value = evaluate(inf, e.value);
      if (e.operator !== "not") return value;
      onlyAsked(inf, e.value);
      implicit(inf, e.value, "operator", (targets) => test(inf, value, targets));
      return builtin("bool");
    }
    case "conditional": {
      evaluateTest(inf, e.test);
      const then = branch(inf, e.test, true, e.then);
      const otherwise = branch(inf, e.test, false, e.otherwise);
      return union([then, otherwise]);
    }
    case "walrus": {
      const type = evaluate(inf, e.value);
      noteNamedPart(inf, e.target.id, e.value, type);
      inf.assign(e.target.id, type);
      return type;
    }
    case "starred":
      return spread(inf, e.value);
    case "yield":
      return evaluateYield(inf, e.value, e.from);
    case "slice":
      for (const part of e.parts) evaluate(inf, part);
      return builtin("slice");
    case "unknown":
      for (const part of e.parts) evaluate(inf, part);
      return UNKNOWN;
    default:
      e satisfies never;
      return UNKNOWN;
  }
}

/** Evaluates a condition: its value is also tested for truth. */
export function evaluateTest(inf: Inference, e: Expression): void {
  const type = evaluate(inf, e);
  onlyAsked(inf, e);
  if (e.kind === "name" || e.kind === "attribute" || e.kind === "call" || e.kind === "await")
    implicit(inf, e, "operator", (targets) => test(inf, type, targets));
}

/** Evaluates `e` where `condition` is known to hold or not; the refinement ends with it. */
function branch(inf: Inference, condition: Expression, holds: boolean, e: Expression): Type {
  const { frame } = inf;
  const env = frame.env;
  frame.env = env.fork();
  frame.doubt++;
  narrow(inf, condition, holds);
  const type = evaluate(inf, e);
  frame.doubt--;
  keepMarks(frame.env, env);
  frame.env = env;
  return type;
}

/** Records what `find` adds to its list as one implicit call made at `e`. Gives what `find` gives. */
export function implicit<T>(inf: Inference, e: Expression, how: CallRecord["how"], find: (targets: Target[]) => T): T {
  const targets: Target[] = [];
  const result = find(targets);
  if (targets.some((t) => t.works.length > 0 || t.runs !== null))
    inf.record({
      node: e,
      how,
      start: e.start,
      end: e.end,
      calleeStart: e.start,
      calleeEnd: e.end,
      text: textOf(e),
      targets,
      awaited: false,
      once: inf.frame.keeping > 0 || inf.frame.env.knows(NO_LOOP),
      awaitable: false,
      tests: inf.frame.env.tests(),
      sure: inf.frame.doubt === 0,
      gives: null,
    });
  return result;
}

function literal(text: string): Type {
  if (text === "None") return { kind: "none" };
  if (text === "True" || text === "False") return builtin("bool");
  if (text === "...") return UNKNOWN;
  return builtin(/^[0-9_]+$/.test(text) ? "int" : "float");
}

function evaluateAttribute(inf: Inference, e: Attribute): Type {
  if (isSuper(e)) return superAttribute(inf, e);
  const base = evaluate(inf, e.value);
  return attributeAsKey(inf, e, base) ?? attributeOf(inf, e, base);
}

/** What a call is made on, evaluated once however long the chain of calls is. `base` is null where the callee is no attribute of a value. */
export function evaluateCallee(inf: Inference, e: Expression): { readonly callee: Type; readonly base: Type | null } {
  if (e.kind !== "attribute" || isSuper(e)) return { callee: evaluate(inf, e), base: null };
  const base = evaluate(inf, e.value);
  return { callee: attributeOf(inf, e, base), base };
}

function isSuper({ value }: Attribute): boolean {
  return value.kind === "call" && value.callee.kind === "name" && value.callee.id === "super";
}

/** `super().name`. */
function superAttribute(inf: Inference, e: Attribute): Type {
  const { entity } = inf.frame;
  const self = selfType(inf);
  if (!self || !entity?.owner) return UNKNOWN;
  return implicit(inf, e, "property", (reads) => superMember(inf, self, entity.owner!, e.name, reads));
}

/** The type of an attribute whose value, evaluated already, is `base`. */
function attributeOf(inf: Inference, e: Attribute, base: Type): Type {
  const path = pathOf(e);
  if (path !== null) {
    const known = inf.frame.env.get(path);
    if (known) return known;
  }
  if (base.kind === "body") return readBody(inf, e, base, { key: null, required: false, message: "" });
  noteMember(inf, e, base);
  return implicit(inf, e, "property", (reads) => {
    const type = memberType(inf, base, e.name, reads);
    const read = bodyProperty(inf, e, reads) ?? (reads.length > 0 ? enteringBody(inf, e, type, reads) : null);
    return read ?? heldByField(inf, base, readKept(inf, e, base, type));
  });
}

/** The type of `self` (or `cls`) in the method being read or around it. */
export function selfType(inf: Inference): Type | null {
  for (let frame: Inference["frame"] | null = inf.frame; frame; frame = frame.parent) {
    const first = frame.entity?.owner ? frame.def?.parameters[0] : undefined;
    if (first) return frame.ever.get(first.name) ?? null;
  }
  return null;
}

function evaluateAwait(inf: Inference, e: Expression & { kind: "await" }): Type {
  const type = e.value.kind === "call" ? evaluateCall(inf, e.value, e) : evaluate(inf, e.value);
  if (type.kind === "body") {
    noteAwaited(inf, type, e);
    return type;
  }
  return awaited(inf, type);
}

function evaluateSubscript(inf: Inference, e: Subscript): Type {
  const base = evaluate(inf, e.value);
  const index = evaluate(inf, e.index);
  noteRead(inf, base);
  const sent = eventBody(inf, e, base, index);
  if (sent) return sent;
  noteMemberByName(inf, base, e.index, index);
  const body = bodyIn(base) ?? mixedIn(base, index);
  // The beginning of raw data is raw data.
  if (body && e.index.kind === "slice") return body;
  if (body)
    return readBody(inf, e, body, { key: index.kind === "text" ? index.value : null, required: true, message: "" });
  if (base.kind === "tuple" && e.index.kind === "literal") {
    const item = base.items[Number(e.index.text)];
    if (item) return item;
  }
  const field = e.index.kind === "literal" ? fieldsOfTuple(inf, base)?.[Number(e.index.text)] : undefined;
  if (field) return field;
  if (base.kind === "class") {
    const args = index.kind === "tuple" ? index.items : [index];
    return {
      ...base,
      args: args.map((a) => (a.kind === "class" ? { kind: "instance", cls: a.cls, args: a.args } : UNKNOWN)),
    };
  }
  const sliced = e.index.kind === "slice";
  const type = implicit(inf, e, "operator", (targets) => subscript(inf, base, index, targets));
  // A part of a library's sequence is taken for one of its kind: a list, a tuple, a query.
  return sliced && base.kind === "instance" && base.cls.startsWith("lib:") ? base : type;
}

function evaluateComprehension(inf: Inference, e: Comprehension): Type {
  const { frame } = inf;
  const { env, awaitable } = frame;
  frame.env = env.fork();
  // An `await` in a generator expression would make an asynchronous generator of it.
  if (e.form === "generator") frame.awaitable = false;
  for (const clause of e.clauses) {
    const iterable = evaluate(inf, clause.iterable);
    const item = itemOf(inf, clause.iterable, iterable, clause.isAsync);
    noteChosen(inf, clause);
    bind(inf, clause.target, item);
    for (const condition of clause.conditions) {
      evaluateTest(inf, condition);
      narrow(inf, condition, true);
    }
  }
  const element = evaluate(inf, e.element);
  const value = e.value ? evaluate(inf, e.value) : null;
  keepMarks(frame.env, env);
  frame.env = env;
  frame.awaitable = awaitable;
  if (e.form === "dict") return reshaped(inf, e, element) ?? builtin("dict", [element, value ?? UNKNOWN]);
  if (e.form === "generator") return { kind: "instance", cls: ITERATOR, args: [element] };
  return builtin(e.form, [element]);
}

/** What going through a value gives each time. */
export function itemOf(inf: Inference, e: Expression, type: Type, isAsync: boolean): Type {
  if (isAsync) inf.excuseName(e);
  noteRead(inf, type);
  const body = bodyIn(type);
  if (body) return readItems(inf, e, body);
  const parts = partsOf(inf, type);
  if (parts) return parts;
  return implicit(inf, e, "iterate", (targets) => {
    const item = iterate(inf, type, isAsync, targets);
    return bodyProperty(inf, e, targets) ?? item;
  });
}

function spread(inf: Inference, e: Expression): Type {
  const type = evaluate(inf, e);
  return implicit(inf, e, "iterate", (targets) => iterate(inf, type, false, targets));
}

const BINARY_METHODS: Readonly<Record<string, string>> = {
  "+": "__add__",
  "-": "__sub__",
  "*": "__mul__",
  "/": "__truediv__",
  "//": "__floordiv__",
  "%": "__mod__",
  "**": "__pow__",
  "@": "__matmul__",
  "|": "__or__",
  "&": "__and__",
  "^": "__xor__",
  "<<": "__lshift__",
  ">>": "__rshift__",
};

function evaluateBinary(inf: Inference, e: BinaryOperation): Type {
  const left = evaluate(inf, e.left);
  const right = evaluate(inf, e.right);
  const method = BINARY_METHODS[e.operator];
  if (!method) return UNKNOWN;
  const built = inf.bodies.length > 0 && /^[+%/]$/.test(e.operator) ? builtOf([left, right]) : null;
  if (built) return built;
  const body = bodyIn(left);
  if (body && e.operator === "|") return body;
  if (body && comparesKeys(inf, body, e.operator)) return UNKNOWN;
  const mixed = e.operator === "|" ? mixedWith(left, right) : null;
  if (mixed) return mixed;
  if (left.kind === "text" || left.kind === "tuple") return left.kind === "text" ? builtin("str") : UNKNOWN;
  return implicit(inf, e, "operator", (targets) => {
    const results = alternatives(left).flatMap((t) => {
      if (t.kind !== "instance") return [];
      const args = single(right);
      const type = call(inf, t, method, args, targets);
      return type === null || type.kind === "unknown" ? (t.cls.startsWith("lib:builtins#") ? [t] : []) : [type];
    });
    return union(results);
  });
}

function evaluateBoolean(inf: Inference, e: BooleanOperation): Type {
  const left = evaluate(inf, e.left);
  implicit(inf, e.left, "operator", (targets) => test(inf, left, targets));
  const env = inf.frame.env;
  inf.frame.env = env.fork();
  inf.frame.doubt++;
  narrow(inf, e.left, e.operator === "and");
  const right = evaluate(inf, e.right);
  inf.frame.doubt--;
  keepMarks(inf.frame.env, env);
  inf.frame.env = env;
  if (e.operator === "and") return union([left, right]);
  if (left.kind === "none") return right;
  return union([left.kind === "union" ? withoutNone(left) : left, right]);
}

/** Comparisons that any value survives on both sides, and on the left. */
const EQUATING = /^(==|!=|is|is not)$/;
const ASKING = /^(==|!=|is|is not|in|not in)$/;

function evaluateComparison(inf: Inference, e: Comparison): Type {
  const types = e.operands.map((operand) => evaluate(inf, operand));
  e.operators.forEach((operator, i) => {
    if (ASKING.test(operator)) onlyAsked(inf, e.operands[i]!);
    if (EQUATING.test(operator)) onlyAsked(inf, e.operands[i + 1]!);
    if (operator !== "in" && operator !== "not in") return;
    notePresence(inf, types[i]!, types[i + 1]!);
    const container = types[i + 1]!;
    const args = single(types[i]!);
    implicit(inf, e.operands[i + 1]!, "operator", (targets) => {
      for (const t of alternatives(container)) {
        if (t.kind !== "instance" || t.cls.startsWith("lib:builtins#")) continue;
        if (call(inf, t, "__contains__", args, targets) === null) iterate(inf, t, false, targets);
      }
    });
  });
  return builtin("bool");
}

function evaluateYield(inf: Inference, value: Expression | null, from: boolean): Type {
  const { frame } = inf;
  if (!value) {
    frame.yields.push({ kind: "none" });
    return UNKNOWN;
  }
  const type = evaluate(inf, value);
  frame.yields.push(from ? implicit(inf, value, "iterate", (t) => iterate(inf, type, false, t)) : type);
  return UNKNOWN;
}
