/**
 * Whether a local name is only asked about: tested for truth, compared for equality, looked up in a collection, a table of constants or by a query
 * (`filter_by(name=name)`: what is not there is not found), handed to who verifies it (`check_password_hash`). One that is looked up among constants
 * (`if mode not in ("hide", "show"): return`), is a constant or turned away (`if mode != "show": return`), or is given to a question in a condition
 * (`if not is_valid(key):`) was checked, whatever is done with it then. Read from the text alone.
 */
import type { Call, Expression, Statement } from "../../syntax/tree.ts";
import { blocksOf, childExpressions, expressionsOf, walkExpressions } from "../../syntax/walk.ts";
import { onlyRecords } from "./vouching.ts";

/** What is known of the value of a name: it is text, as what stands in a form is, or a list of texts (`form.getlist("id")`). */
export type Shape = "text" | "texts" | "any";

/**
 * True where nothing else is done with `name` in a function of that body, nested functions included, or it was checked after it was last assigned.
 * `isFixed`: whether a name means the same wherever the module is used, so that a collection of that name is one of choices.
 * `from`: it is a parameter, which has its value from there on. `own`: the value it is assigned, in which the name still means what it was before.
 */
export function onlyAskedAbout(
  body: readonly Statement[],
  name: string,
  shape: Shape,
  isFixed: (name: string) => boolean,
  from = -1,
  own: Expression | null = null,
): boolean {
  const seen: Seen = { ...NOTHING_SEEN, stored: from, tables: new Set(), shape, own, isFixed };
  readBlock(body, name, seen);
  return seen.stored >= 0 && (seen.checked > seen.stored || (seen.asked > 0 && seen.taken === 0));
}

/** Whether items called `name` are let through by those conditions only where they are one of a set, or look as they should. */
export function onlyChosen(
  conditions: readonly Expression[],
  name: string,
  isFixed: (name: string) => boolean,
): boolean {
  const seen: Seen = { ...NOTHING_SEEN, tables: new Set(), shape: "any", isFixed };
  for (const condition of conditions) read(condition, name, seen, true);
  return seen.checked >= 0;
}

/**
 * Whether the value of that argument only serves to find something, or is judged or told, by the words of the call: `filter(name=…)`,
 * `check_password(…)`. `list`: it is a list of texts whatever was sent.
 */
export function onlyAsks(call: Call, argument: Expression, list = listReads(argument).length > 0): boolean {
  const called = calledBy(call);
  if (VERIFIES.test(called)) return true;
  if (list && TAKES_A_LIST.test(called)) return call.args.includes(argument);
  if (call.callee.kind !== "attribute" && !FINDS_BY_ITSELF.test(called)) return false;
  if (LOOKS_UP_BY_KEY.test(called)) return call.args.includes(argument);
  if (!LOOKS_UP.test(called)) return false;
  const sends = call.callee.kind !== "attribute" || SENDS.test(lastName(call.callee.value));
  return call.keywords.some(
    ({ name, value }) =>
      value === argument &&
      name !== null &&
      !(sends && OF_REQUESTS.test(name)) &&
      (!NEEDS_A_TYPE.test(name) || (list && name.endsWith("__in"))),
  );
}

/** The reads of a list of texts that an expression consists of: `form.getlist("id")`, a set of those, one or the other. */
export function listReads(e: Expression): readonly Expression[] {
  if (e.kind === "conditional") return [...listReads(e.then), ...listReads(e.otherwise)];
  if (e.kind !== "call") return [];
  if (e.callee.kind === "attribute") return /^get(list|all)$/.test(e.callee.name) ? [e] : [];
  const [only, another] = e.args;
  return only && !another && /^(list|set|tuple|sorted|frozenset)$/.test(calledBy(e)) ? listReads(only) : [];
}

/** Whether a call shows or logs what it is given, or makes an address of it, and does nothing else with it. */
export function tells(call: Call): boolean {
  const { callee } = call;
  if (onlyRecords(call)) return true;
  if (callee.kind === "name") return SHOWS.test(callee.id);
  if (callee.kind !== "attribute") return false;
  return TELLER.test(lastName(callee.value)) && TELLS.test(callee.name);
}

/** Addresses and pages. What stands in a template is escaped there. */
const SHOWS = /^(reverse(_lazy)?|render|render_to_string|TemplateResponse)$/;
const TELLER = /(^|_)messages$/;
const TELLS = /^(debug|info|warning|error|success|add_message)$/;

/** Names of functions that compare what they are given with what is known, or answer whether it will do. */
const VERIFIES =
  /^(a?check_password|check_password_hash|verify|verify_\w*(password|passphrase|hash)\w*|a?authenticate|compare_digest|(full)?match)$|valid|sanitiz|(^|_)(is|get)_safe_|^url_has_allowed/;
const LOOKS_UP = /^(a?(filter|filter_by|exclude|get|get_object_or_404)|Q)$/;
const LOOKS_UP_BY_KEY = /^(get_or_404|one_or_404)$/;
/** Those that are called by their own name. */
const FINDS_BY_ITSELF = /^(get_object_or_404|Q)$/;
/** Look-ups that are given the values, a list in any case. */
const TAKES_A_LIST = /^(in_|in_bulk)$/;
/** What is called `get` may also send a request, where it is called on one of these. */
const SENDS = /request|client|session|http|api|conn/i;
const OF_REQUESTS = /^(url|params|headers|json|data|content|cookies|timeout|default|key)$/;

/** Comparisons of Django that fail where the value is no list, date or number. */
const NEEDS_A_TYPE = /__(in|range|date|time|year|month|day|week|hour|gte?|lte?|regex|iregex)$/;

interface Seen {
  /** Where it was last assigned, and first checked after that; -1 where it was not. */
  stored: number;
  checked: number;
  asked: number;
  taken: number;
  /** Names of dicts and lists of constants that are written out. */
  readonly tables: Set<string>;
  readonly shape: Shape;
  readonly own: Expression | null;
  readonly isFixed: (name: string) => boolean;
  /** Stands where the errors of a constructor are expected. */
  guarded: boolean;
  /** Stands where any error is, or that of a wrong type. */
  caught: boolean;
}

const NOTHING_SEEN = { stored: -1, asked: 0, taken: 0, checked: -1, guarded: false, caught: false, own: null };

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
        else if (s.value.kind === "dict" || isConstants(s.value)) seen.tables.add(target.id);
      }
      if (s.targets.some(prefills)) mention(s.value, name, seen);
      else if (s.value !== seen.own) read(s.value, name, seen, false);
    } else if (s.kind === "annotated-assign" && s.value && s.target.kind === "name") {
      if (s.target.id === name) noteStore(seen, s.target.start);
      read(s.value, name, seen, false);
    } else {
      const tests = s.kind === "if" || s.kind === "while";
      if (s.kind === "assert") read(s.test, name, seen, true);
      if (
        s.kind === "if" &&
        turnsAway(s.body) &&
        (isOther(s.test, name) || (seen.shape === "text" && measures(s.test, name)))
      )
        noteCheck(seen, s.test.start);
      for (const e of expressionsOf(s)) {
        if (s.kind === "raise") mention(e, name, seen);
        else read(e, name, seen, tests);
      }
      const { stored, checked } = seen;
      const { guarded, caught } = seen;
      blocksOf(s).forEach((block, i) => {
        const handlers = s.kind === "try" && i === 0 ? s.handlers : [];
        seen.guarded = guarded || handlers.some((h) => isComplaint(h.type));
        seen.caught = caught || handlers.some((h) => catchesTypes(h.type));
        readBlock(block, name, seen);
      });
      seen.guarded = guarded;
      seen.caught = caught;
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
      // What is left of an `and` goes on only where it is nothing.
      read(e.left, name, seen, asks || e.operator === "and");
      read(e.right, name, seen, asks);
      return;
    case "walrus":
      if (e.target.id === name) {
        noteStore(seen, e.target.start);
        if (asks) seen.asked++;
        else seen.taken++;
      }
      read(e.value, name, seen, false);
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
        const answer = after && /^is/.test(after) && among?.kind === "literal" && operand.kind === "call";
        if (answer && isQuestion(operand)) {
          read(operand, name, seen, true);
          return;
        }
        const asked = before === undefined || (seen.shape === "texts" ? ASKS : EQUATES).test(before);
        const fine = asked && (after === undefined || ASKS.test(after));
        read(operand, name, seen, fine);
      });
      return;
    case "call":
      if (asks && isQuestion(e) && given(e).some((a) => a.kind === "name" && a.id === name)) noteCheck(seen, e.start);
      if (asks && (asksEach(e, name) || asksItself(e, name))) noteCheck(seen, e.start);
      if (VALIDATES.test(calledBy(e)) && given(e).some((a) => a.kind === "name" && a.id === name))
        noteCheck(seen, e.start);
      if (tells(e)) mention(e, name, seen);
      else if (asks && seen.shape === "text" && isShaped(e) && isName(e.callee.value, name)) seen.asked++;
      else readCall(e, name, seen, asks);
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

function readCall(e: Call, name: string, seen: Seen, asks: boolean): void {
  const texts = seen.shape === "texts";
  const plain = e.callee.kind === "name" && (keepsTruth(e, asks) || (texts && e.callee.id === "len"));
  const parsed = seen.guarded && /^[A-Z]\w*[a-z]/.test(calledBy(e));
  for (const part of childExpressions(e)) {
    if (e.keywords.some((k) => k.value === part && k.name === "initial")) mention(part, name, seen);
    else read(part, name, seen, plain || parsed || onlyAsks(e, part, texts || seen.caught) || isFoundIn(e, part, seen));
  }
}

function isName(e: Expression, name: string): boolean {
  return e.kind === "name" && e.id === name;
}

/** Functions that raise, or give a complaint, where a value will not do. */
const VALIDATES = /^_*a?validate/;

/** Comparisons that any value survives on the right, and on the left. */
const EQUATES = /^(==|!=|is|is not)$/;
const ASKS = /^(==|!=|is|is not|in|not in)$/;

/** All mentions of `name` in an expression that only shows it. */
function mention(e: Expression, name: string, seen: Seen): void {
  walkExpressions(e, (part) => {
    if (part.kind === "name" && part.id === name) seen.asked++;
  });
}

/** `initial = …`, `context["mail"] = …`: a form or template shows it to the person who sent it. */
export function prefills(target: Expression): boolean {
  if (target.kind === "subscript") return prefills(target.value);
  return target.kind === "name" ? PREFILLING.test(target.id) : target.kind === "attribute" && target.name === "initial";
}

const PREFILLING = /^(initial(_\w+)?|ctx|(extra_|template_)?context|template_data)$/;

/** `str(name) == …`, `bool(name)`. */
function keepsTruth(call: Call, asks: boolean): boolean {
  return calledBy(call) === "bool" || (asks && calledBy(call) === "str" && call.args.length === 1);
}

/** `name.isdigit()`. */
function asksItself({ callee }: Call, name: string): boolean {
  if (callee.kind !== "attribute" || callee.value.kind !== "name" || callee.value.id !== name) return false;
  return /^is(digit|numeric|decimal|alnum|alpha|identifier)$/.test(callee.name);
}

/** Whether an `except` waits for what a class says of what it is given, and not for a database, a network, or just anything. */
function isComplaint(type: Expression | null): boolean {
  if (type?.kind === "collection") return type.items.some(isComplaint);
  const name = type?.kind === "name" ? type.id : type?.kind === "attribute" ? type.name : "";
  return name !== "" && !NO_COMPLAINT.test(name);
}

/** `except:`, `except Exception:`, `except (TypeError, ValueError):`. */
function catchesTypes(type: Expression | null): boolean {
  if (type?.kind === "collection") return type.items.some(catchesTypes);
  return type === null || (type.kind === "name" && /^((Base)?Exception|TypeError)$/.test(type.id));
}

const NO_COMPLAINT =
  /^(Base)?Exception$|Integrity|Database|Operational|Programming|DoesNotExist|NotFound|Multiple|HTTP|Http|Request|Connection|Timeout|Client|OSError|IOError|KeyError|Protected/;

function isConstants(e: Expression): boolean {
  return (
    e.kind === "collection" && e.items.length > 0 && e.items.every((i) => i.kind === "string" || i.kind === "literal")
  );
}

/**
 * A fixed set of values: constants side by side, or what is named as a constant, means the same everywhere, is an enumeration's, or hangs on
 * the view.
 */
function isChoice(e: Expression, seen: Seen): boolean {
  if (e.kind === "collection") return e.items.every((i) => i.kind === "string" || i.kind === "literal");
  if (e.kind === "name") return isTable(e.id, seen);
  if (e.kind !== "attribute") return false;
  if (CONSTANT.test(e.name)) return true;
  const of = lastName(e.value);
  return (
    of === "self" || of === "cls" || (/^[A-Z]/.test(of) && /^(values|names|choices|labels|__members__)$/.test(e.name))
  );
}

/** Whether a name is spelled like a constant, or what it hangs on. */
export function isConstant(e: Expression): boolean {
  return CONSTANT.test(lastName(e));
}

/** `orders` of `orders`, `user.orders` and `user.orders()`. */
function lastName(e: Expression): string {
  if (e.kind === "call") return lastName(e.callee);
  return e.kind === "name" ? e.id : e.kind === "attribute" ? e.name : "";
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

/** `len(name) > 64`, also as a part of a longer `or`. */
function measures(test: Expression, name: string): boolean {
  if (test.kind === "boolean") return test.operator === "or" && [test.left, test.right].some((t) => measures(t, name));
  if (test.kind !== "comparison" || !test.operators.every((o) => /^[<>]/.test(o))) return false;
  return test.operands.some(
    (e) => e.kind === "call" && calledBy(e) === "len" && e.args.some((a) => a.kind === "name" && a.id === name),
  );
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
  return /valid|allowed|enabled|supported|safe|(^|_)(full)?match$|^is_(?!instance)/.test(name);
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

/** `name.strip().lower()`: the same text as it is compared. */
export function isShaped(e: Expression): e is Call & { readonly callee: Expression & { readonly kind: "attribute" } } {
  return e.kind === "call" && e.callee.kind === "attribute" && SHAPING.test(e.callee.name);
}

const SHAPING = /^([lr]?strip|lower|upper|casefold|startswith|endswith)$/;

function given({ args, keywords }: Call): readonly Expression[] {
  return [...args, ...keywords.map((k) => k.value)];
}

export function calledBy({ callee }: Call): string {
  return callee.kind === "name" ? callee.id : callee.kind === "attribute" ? callee.name : "";
}
