/**
 * Whether a local name is only asked about: tested for truth, compared for equality, looked up in a collection, a table of constants or by a query
 * (`filter_by(name=name)`: what is not there is not found), handed to who verifies it (`check_password_hash`). One that is looked up among constants
 * (`if mode not in ("hide", "show"): return`), is a constant or turned away (`if mode != "show": return`), or is given to a question in a condition
 * (`if not is_valid(key):`) was checked, whatever is done with it then. Read from the text alone.
 */
import type { Call, Expression, Statement } from "../../syntax/tree.ts";
import { blocksOf, childExpressions, expressionsOf } from "../../syntax/walk.ts";
import { onlyRecords } from "./vouching.ts";

/** What is known of the value of a name: it is text, as what stands in a form is, or a list of texts (`form.getlist("id")`). */
export type Shape = "text" | "texts" | "any";

/**
 * True where nothing else is done with `name` in a function of that body, nested functions included, or it was checked after it was last assigned.
 * `isFixed`: whether a name means the same wherever the module is used, so that a collection of that name is one of choices.
 */
export function onlyAskedAbout(
  body: readonly Statement[],
  name: string,
  shape: Shape,
  isFixed: (name: string) => boolean,
): boolean {
  const seen: Seen = { stored: -1, asked: 0, taken: 0, checked: -1, tables: new Set(), shape, isFixed };
  readBlock(body, name, seen);
  return seen.stored >= 0 && (seen.checked > seen.stored || (seen.asked > 0 && seen.taken === 0));
}

/** Whether the value of that argument only serves to find something, or is judged, by the words of the call: `filter(name=…)`, `check_password(…)`. */
export function onlyAsks(call: Call, argument: Expression): boolean {
  if (VERIFIES.test(calledBy(call))) return true;
  if (call.callee.kind !== "attribute" && calledBy(call) !== "get_object_or_404") return false;
  if (LOOKS_UP_BY_KEY.test(calledBy(call))) return call.args.includes(argument);
  if (!LOOKS_UP.test(calledBy(call))) return false;
  return call.keywords.some(
    (k) => k.value === argument && k.name !== null && !OF_REQUESTS.test(k.name) && !NEEDS_A_TYPE.test(k.name),
  );
}

/** Names of functions that compare what they are given with what is known, or answer whether it will do. */
const VERIFIES =
  /^(a?check_password|check_password_hash|verify|verify_\w*(password|passphrase|hash)\w*|a?authenticate|compare_digest|(full)?match)$|valid|sanitiz|(^|_)(is|get)_safe_|^url_has_allowed/;
const LOOKS_UP = /^a?(filter|filter_by|exclude|get|get_object_or_404)$/;
const LOOKS_UP_BY_KEY = /^(get_or_404|one_or_404)$/;
/** What is called `get` may also send a request. */
const OF_REQUESTS = /^(url|params|headers|json|data|content|cookies|timeout|default|key)$/;

/** Comparisons of Django that fail where the value is no list, date or number. */
const NEEDS_A_TYPE = /__(in|range|date|time|year|month|day|week|hour|gte?|lte?|regex|iregex)$/;

interface Seen {
  /** Where it was last assigned, and first checked after that; -1 where it was not. */
  stored: number;
  checked: number;
  asked: number;
  taken: number;
  /** Names of dicts that are written out. */
  readonly tables: Set<string>;
  readonly shape: Shape;
  readonly isFixed: (name: string) => boolean;
}

function noteStore(seen: Seen, at: number): void {
  seen.stored = at;
  seen.checked = -1;
}

function noteCheck(seen: Seen, at: number): void {
  if (seen.checked < 0) seen.checked = at;
}

function readBlock(body: readonly Statement[], name: string, seen: Seen): void {
  for (const s of body) {
    if (s.kind === "function") {
      for (const p of s.parameters) if (p.default) read(p.default, name, seen, false);
      readBlock(s.body, name, seen);
    } else if (s.kind === "class") readBlock(s.body, name, seen);
    else if (s.kind === "assign") {
      for (const target of s.targets) {
        if (target.kind !== "name") for (const part of childExpressions(target)) read(part, name, seen, false);
        else if (target.id === name) noteStore(seen, target.start);
        else if (s.value.kind === "dict") seen.tables.add(target.id);
      }
      read(s.value, name, seen, false);
    } else if (s.kind === "annotated-assign" && s.value && s.target.kind === "name") {
      if (s.target.id === name) noteStore(seen, s.target.start);
      read(s.value, name, seen, false);
    } else {
      const tests = s.kind === "if" || s.kind === "while";
      if (s.kind === "assert") read(s.test, name, seen, true);
      if (s.kind === "if" && turnsAway(s.body) && isOther(s.test, name)) noteCheck(seen, s.test.start);
      for (const e of expressionsOf(s)) read(e, name, seen, tests);
      const { stored, checked } = seen;
      for (const block of blocksOf(s)) readBlock(block, name, seen);
      // What was found wanting is replaced: `if not is_safe_url(target): target = "/"`.
      if (s.kind === "if" && checked >= s.test.start && stored < s.test.start && seen.stored > stored)
        seen.checked = s.end;
    }
  }
}

/** `asks`: only the truth of `e` matters. */
function read(e: Expression, name: string, seen: Seen, asks: boolean): void {
  switch (e.kind) {
    case "name":
      if (e.id === name) seen[asks ? "asked" : "taken"]++;
      return;
    case "boolean":
      read(e.left, name, seen, asks);
      read(e.right, name, seen, asks);
      return;
    case "unary":
      read(e.value, name, seen, asks || e.operator === "not");
      return;
    case "conditional":
      read(e.test, name, seen, true);
      read(e.then, name, seen, asks);
      read(e.otherwise, name, seen, asks);
      return;
    case "comparison":
      e.operands.forEach((operand, i) => {
        const among = e.operands[i + 1];
        if (operand.kind === "name" && operand.id === name && among && /^(not )?in$/.test(e.operators[i]!))
          if (isChoice(among, seen)) noteCheck(seen, operand.start);
        const before = e.operators[i - 1];
        const after = e.operators[i];
        const fine = (before === undefined || EQUATES.test(before)) && (after === undefined || ASKS.test(after));
        read(operand, name, seen, fine);
      });
      return;
    case "call":
      if (asks && isQuestion(e) && given(e).some((a) => a.kind === "name" && a.id === name)) noteCheck(seen, e.start);
      if (asks && asksEach(e, name)) noteCheck(seen, e.start);
      if (onlyRecords(e)) {
        for (const part of childExpressions(e)) if (mentions(part, name)) seen.asked++;
        return;
      }
      if (
        asks &&
        seen.shape === "text" &&
        isShaped(e) &&
        e.callee.value.kind === "name" &&
        e.callee.value.id === name
      ) {
        seen.asked++;
        return;
      }
      for (const part of childExpressions(e))
        read(
          part,
          name,
          seen,
          onlyAsks(e, part) ||
            isFoundIn(e, part, seen) ||
            (seen.shape === "texts" && isAmong(e, part)) ||
            (asks && calledBy(e) === "str"),
        );
      return;
    case "subscript":
      read(e.value, name, seen, false);
      read(e.index, name, seen, e.value.kind === "name" && isTable(e.value.id, seen));
      return;
    case "lambda":
      readBlock(e.def.body, name, seen);
      return;
    case "comprehension":
      for (const clause of e.clauses) for (const condition of clause.conditions) read(condition, name, seen, true);
      for (const part of [...e.clauses.map((c) => c.iterable), e.element, ...(e.value ? [e.value] : [])])
        read(part, name, seen, false);
      return;
    default:
      for (const part of childExpressions(e)) read(part, name, seen, false);
  }
}

/** Comparisons that any value survives on the right, and on the left. */
const EQUATES = /^(==|!=|is|is not)$/;
const ASKS = /^(==|!=|is|is not|in|not in)$/;

/** A fixed set of values: constants side by side, or what is named as a constant, or means the same everywhere. */
function isChoice(e: Expression, seen: Seen): boolean {
  if (e.kind === "collection") return e.items.every((i) => i.kind === "string" || i.kind === "literal");
  return (e.kind === "name" && isTable(e.id, seen)) || (e.kind === "attribute" && CONSTANT.test(e.name));
}

function isTable(name: string, { tables, isFixed }: Seen): boolean {
  return CONSTANT.test(name) || tables.has(name) || isFixed(name);
}

/** `LOADERS.get(kind)`. */
function isFoundIn({ callee, args }: Call, argument: Expression, seen: Seen): boolean {
  if (callee.kind !== "attribute" || callee.name !== "get" || args[0] !== argument) return false;
  return callee.value.kind === "name" && isTable(callee.value.id, seen);
}

/** `name != "only"`, also as a part of a longer `or`. */
function isOther(test: Expression, name: string): boolean {
  if (test.kind === "boolean") return test.operator === "or" && [test.left, test.right].some((t) => isOther(t, name));
  if (test.kind !== "comparison" || test.operators.length !== 1 || test.operators[0] !== "!=") return false;
  const [left, right] = test.operands;
  return left?.kind === "name" && left.id === name && (right?.kind === "string" || right?.kind === "literal");
}

/** Whether a block is left by its last statement. */
function turnsAway(block: readonly Statement[]): boolean {
  const last = block.at(-1);
  if (last?.kind === "expression" && last.value.kind === "call") return calledBy(last.value) === "abort";
  return last?.kind === "return" || last?.kind === "raise";
}

const CONSTANT = /^_?[A-Z][A-Z0-9_]+$/;

/** Whether a call says by its name that it judges what it is given. */
function isQuestion(call: Call): boolean {
  const { args } = call;
  const name = calledBy(call);
  // What stands in a dict or list is not known by its being one.
  if (name === "isinstance") return args[1] !== undefined && isTelling(args[1]);
  return /valid|allowed|(^|_)(full)?match$|^is_(?!instance)/.test(name);
}

function isTelling(cls: Expression): boolean {
  if (cls.kind === "collection") return cls.items.every(isTelling);
  return cls.kind === "attribute" || (cls.kind === "name" && !/^(dict|list)$/.test(cls.id));
}

/** `all(isinstance(item, str) for item in items)`, `any(not is_valid(item) for item in items)`. */
function asksEach(call: Call, name: string): boolean {
  const [each] = call.args;
  if (!/^(all|any)$/.test(calledBy(call)) || each?.kind !== "comprehension") return false;
  const [clause] = each.clauses;
  if (clause?.iterable.kind !== "name" || clause.iterable.id !== name || clause.target.kind !== "name") return false;
  const item = clause.target.id;
  const asks = (e: Expression): boolean =>
    (e.kind === "call" && isQuestion(e) && e.args.some((a) => a.kind === "name" && a.id === item)) ||
    childExpressions(e).some(asks);
  return asks(each.element);
}

/** `Item.id.in_(ids)`: what is not there is not found. It takes a list only. */
export function isAmong(call: Call, argument: Expression): boolean {
  return call.callee.kind === "attribute" && call.callee.name === "in_" && call.args.includes(argument);
}

/** `name.strip().lower()`: the same text as it is compared. */
export function isShaped(e: Expression): e is Call & { readonly callee: Expression & { readonly kind: "attribute" } } {
  return e.kind === "call" && e.callee.kind === "attribute" && SHAPING.test(e.callee.name);
}

const SHAPING = /^([lr]?strip|lower|upper|casefold|startswith|endswith)$/;

function given({ args, keywords }: Call): readonly Expression[] {
  return [...args, ...keywords.map((k) => k.value)];
}

function mentions(e: Expression, name: string): boolean {
  return (e.kind === "name" && e.id === name) || childExpressions(e).some((part) => mentions(part, name));
}

export function calledBy({ callee }: Call): string {
  return callee.kind === "name" ? callee.id : callee.kind === "attribute" ? callee.name : "";
}
