/**
 * Whether a local name is only asked about: tested for truth, compared for equality, looked up in a collection. One that is looked up among constants
 * (`if mode not in ("hide", "show"): return`), or given to a question in a condition (`if not is_valid(key):`), was checked, whatever is done with
 * it then. Read from the text alone.
 */
import type { Expression, Statement } from "../../syntax/tree.ts";
import { blocksOf, childExpressions, expressionsOf } from "../../syntax/walk.ts";

/** True where nothing else is done with `name` in a function of that body, nested functions included, or it was checked, and it is assigned once. */
export function onlyAskedAbout(body: readonly Statement[], name: string): boolean {
  const seen: Seen = { stores: 0, asked: 0, taken: 0, checked: false };
  readBlock(body, name, seen);
  return seen.stores === 1 && (seen.checked || (seen.asked > 0 && seen.taken === 0));
}

interface Seen {
  stores: number;
  asked: number;
  taken: number;
  checked: boolean;
}

function readBlock(body: readonly Statement[], name: string, seen: Seen): void {
  for (const s of body) {
    if (s.kind === "function") {
      for (const p of s.parameters) if (p.default) read(p.default, name, seen, false);
      readBlock(s.body, name, seen);
    } else if (s.kind === "class") readBlock(s.body, name, seen);
    else if (s.kind === "assign") {
      for (const target of s.targets) {
        if (target.kind === "name") seen.stores += target.id === name ? 1 : 0;
        else read(target, name, seen, false);
      }
      read(s.value, name, seen, false);
    } else if (s.kind === "annotated-assign" && s.value && s.target.kind === "name") {
      seen.stores += s.target.id === name ? 1 : 0;
      read(s.value, name, seen, false);
    } else {
      const tests = s.kind === "if" || s.kind === "while";
      if (s.kind === "assert") read(s.test, name, seen, true);
      for (const e of expressionsOf(s)) read(e, name, seen, tests);
      for (const block of blocksOf(s)) readBlock(block, name, seen);
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
          seen.checked ||= isChoice(among);
        const before = e.operators[i - 1];
        const after = e.operators[i];
        const fine = (before === undefined || EQUATES.test(before)) && (after === undefined || ASKS.test(after));
        read(operand, name, seen, fine);
      });
      return;
    case "call":
      if (asks && isQuestion(e) && e.args.some((a) => a.kind === "name" && a.id === name)) seen.checked = true;
      for (const part of childExpressions(e)) read(part, name, seen, false);
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

/** A fixed set of values: constants side by side, or what is named as a constant. */
function isChoice(e: Expression): boolean {
  if (e.kind === "collection") return e.items.every((i) => i.kind === "string" || i.kind === "literal");
  return (e.kind === "name" && CONSTANT.test(e.id)) || (e.kind === "attribute" && CONSTANT.test(e.name));
}

const CONSTANT = /^_?[A-Z][A-Z0-9_]+$/;

/** Whether a call says by its name that it judges what it is given. */
function isQuestion({ callee, args }: Expression & { kind: "call" }): boolean {
  const name = callee.kind === "name" ? callee.id : callee.kind === "attribute" ? callee.name : "";
  // What stands in a dict or list is not known by its being one.
  if (name === "isinstance") return args[1]?.kind === "name" && !/^(dict|list)$/.test(args[1].id);
  return /valid|allowed|^(full)?match$|^is_(?!instance)/.test(name);
}
