/** Our own tree in a few words, for tests to compare, and a way through all of it that knows no construct by name. */
import assert from "node:assert/strict";
import type { Span } from "../../analysis/base/span.ts";
import {
  childExpressions,
  type Expression,
  type Module,
  type Statement,
  walkExpressions,
} from "../../analysis/syntax/index.ts";
import { spanIn } from "../../analysis/syntax/places.ts";

/** An expression in a few words, without places. */
export function show(e: Expression): string {
  const list = (head: string, parts: readonly Expression[]) => `(${[head, ...parts.map(show)].join(" ")})`;
  switch (e.kind) {
    case "name":
      return e.id;
    case "literal":
      return e.text;
    case "string":
      return `${e.bytes ? "b" : ""}${JSON.stringify(e.value)}`;
    case "attribute":
      return `${show(e.value)}.${e.name}`;
    case "call": {
      const keywords = e.keywords.map(({ name, value }) => ` ${name ?? "**"}=${show(value)}`).join("");
      return `${list("call", [e.callee, ...e.args]).slice(0, -1)}${keywords})`;
    }
    case "subscript":
      return list("index", [e.value, e.index]);
    case "collection":
      return list(e.form, e.items);
    case "dict":
      return `(dict ${e.entries.map(({ key, value }) => `${key === null ? "**" : show(key)}:${show(value)}`).join(" ")})`;
    case "comprehension": {
      const clauses = e.clauses.map(
        (clause) =>
          `${clause.isAsync ? " async" : ""} for ${show(clause.target)} in ${show(clause.iterable)}` +
          clause.conditions.map((condition) => ` if ${show(condition)}`).join(""),
      );
      return `(${e.form}-comprehension ${show(e.element)}${e.value ? `:${show(e.value)}` : ""}${clauses.join("")})`;
    }
    case "lambda": {
      const [body] = e.def.body;
      assert.ok(body?.kind === "return" && body.value !== null);
      const marks = { args: "*", kwargs: "**", "keyword-only": "!", "positional-only": "", normal: "" };
      const parameters = e.def.parameters.map(
        (p) =>
          `${marks[p.form]}${p.name}${p.form === "positional-only" ? "/" : ""}${p.default ? `=${show(p.default)}` : ""}`,
      );
      return `(lambda ${parameters.join(" ")} ${show(body.value)})`;
    }
    case "binary":
    case "boolean":
      return list(e.operator, [e.left, e.right]);
    case "comparison":
      return `(compare ${e.operands.map((operand, i) => (i === 0 ? "" : `${e.operators[i - 1]} `) + show(operand)).join(" ")})`;
    case "unary":
      return list(e.operator, [e.value]);
    case "conditional":
      return list("if", [e.test, e.then, e.otherwise]);
    case "walrus":
      return list("walrus", [e.target, e.value]);
    case "yield":
      return list(e.from ? "yield-from" : "yield", childExpressions(e));
    default:
      return list(e.kind, childExpressions(e));
  }
}

/** A statement in a few words, without places. */
export function showStatement(s: Statement): string {
  const block = (body: readonly Statement[]) => `[${body.map(showStatement).join(" ")}]`;
  const words = (...parts: readonly (string | false)[]) => `(${parts.filter((part) => part !== false).join(" ")})`;
  const shown = (parts: readonly (Expression | null)[]) => parts.flatMap((part) => (part === null ? [] : [show(part)]));
  switch (s.kind) {
    case "expression":
      return show(s.value);
    case "assign":
      return words("assign", ...shown([...s.targets, s.value]));
    case "augmented-assign":
      return words(s.operator, ...shown([s.target, s.value]));
    case "annotated-assign":
      return words("annotated", ...shown([s.target, s.annotation, s.value]));
    case "delete":
      return words("delete", ...shown(s.targets));
    case "assert":
      return words("assert", ...shown([s.test, s.message]));
    case "raise":
      return words("raise", ...shown([s.exception, s.cause]));
    case "import":
      return words("import", ...s.names.map(({ name, alias }) => (alias ? `${name}:${alias}` : name)));
    case "import-from": {
      const names = s.names.map(({ name, alias }) => (alias ? `${name}:${alias}` : name));
      return words("from", String(s.level), s.module, ...names, s.star && "*");
    }
    case "global":
    case "nonlocal":
      return words(s.kind, ...s.names);
    case "pass":
    case "break":
    case "continue":
      return s.kind;
    case "if":
    case "while":
      return words(s.kind, show(s.test), block(s.body), block(s.orelse));
    case "for":
      return words("for", show(s.target), show(s.iterable), block(s.body), block(s.orelse));
    case "with": {
      const items = s.items.map(({ context, target }) => show(context) + (target ? `:${show(target)}` : ""));
      return words("with", ...items, block(s.body));
    }
    case "try": {
      const handlers = s.handlers.map(
        ({ type, name, body }) => `${type ? show(type) : ""}${name ? `:${name.id}` : ""}${block(body)}`,
      );
      return words("try", block(s.body), ...handlers, block(s.orelse), block(s.finalbody));
    }
    case "match": {
      const cases = s.cases.map(({ captures, classes, irrefutable, guard, body }) =>
        words(
          "case",
          captures.length > 0 && captures.map((name) => name.id).join(","),
          classes.length > 0 && `<${shown(classes).join(" ")}>`,
          irrefutable && "always",
          guard !== null && `if ${show(guard)}`,
          block(body),
        ).slice(1, -1),
      );
      return words("match", show(s.subject), ...cases);
    }
    case "class": {
      const keywords = s.keywords.map(({ name, value }) => `${name ?? "**"}=${show(value)}`);
      const shownClass = words("class", s.name, ...shown(s.bases), ...keywords, block(s.body));
      return s.decorators.length === 0 ? shownClass : words("@", ...shown(s.decorators), shownClass);
    }
    default:
      return words(s.kind);
  }
}

/** Calls `visit` for the outermost expressions of all statements, with the start of the unit that they stand in, null for those outside of units. */
export function forEachExpression(
  body: readonly Statement[],
  unitStart: number | null,
  visit: (e: Expression, unitStart: number | null) => void,
): void {
  for (const statement of body) {
    const at = statement.kind === "function" && statement.unitStart >= 0 ? statement.unitStart : unitStart;
    forEachPart(statement, (part) => {
      if (isExpression(part)) visit(part, at);
      else forEachExpression([part], at, visit);
    });
  }
}

const EXPRESSIONS: ReadonlySet<string> = new Set<Expression["kind"]>([
  "name",
  "attribute",
  "call",
  "subscript",
  "await",
  "string",
  "fstring",
  "literal",
  "collection",
  "dict",
  "comprehension",
  "lambda",
  "binary",
  "boolean",
  "comparison",
  "unary",
  "conditional",
  "walrus",
  "starred",
  "yield",
  "slice",
  "unknown",
]);

function isExpression(part: Expression | Statement): part is Expression {
  return EXPRESSIONS.has(part.kind);
}

/** Calls `visit` for every expression and statement directly in a record, through handlers, items, cases and the like. */
function forEachPart(record: object, visit: (part: Expression | Statement) => void): void {
  for (const value of Object.values(record)) {
    if (typeof value !== "object" || value === null) continue;
    for (const part of Array.isArray(value) ? value : [value]) {
      if (typeof part !== "object" || part === null) continue;
      if ("kind" in part) visit(part);
      else forEachPart(part, visit);
    }
  }
}

/** Holds names, attributes, literals and what encloses them to the text at their places. */
export function checkPlaces(module: Module, text: string): void {
  for (const unit of module.units) {
    const { start, end } = spanIn(module, unit.unitStart, unit.nameSpan);
    assert.equal(text.slice(start, end), unit.name);
  }
  forEachExpression(module.body, null, (root, unitStart) => {
    const written = (span: Span): string => {
      const { start, end } = spanIn(module, unitStart, span);
      return text.slice(start, end);
    };
    walkExpressions(root, (e) => {
      const slice = written(e);
      // What stands in a quoted annotation has the place of the string.
      if (/^[a-z]*["']/i.test(slice) && e.kind !== "string" && e.kind !== "fstring") return;
      if (e.kind === "name") assert.equal(slice, e.id);
      else if (e.kind === "attribute") assert.equal(written({ start: e.nameStart, end: e.end }), e.name);
      else if (e.kind === "literal") assert.equal(slice, e.text);
      else if (e.kind === "call") assert.match(slice, /[)]$/);
      else if (e.kind === "string") assert.match(slice, /^[a-z]*(["'])[\s\S]*\1$/i);
      for (const child of childExpressions(e)) {
        if (e.kind !== "unknown") assert.ok(child.start >= e.start && child.end <= e.end, slice);
      }
    });
  });
}
