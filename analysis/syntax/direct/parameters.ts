/**
 * Parameters of functions and lambdas, and annotations.
 */
import { readTyped } from "../annotations.ts";
import type { Expression, FunctionDef, Lambda, Parameter } from "../tree.ts";
import { tupleOf } from "./displays.ts";
import { readExpression } from "./expressions.ts";
import { refuse } from "./refusal.ts";
import type { Scanner } from "./scanner.ts";
import * as T from "./tokens.ts";

/** The parameters up to `closing`, which stays under the cursor; only those of a `def` have annotations. */
export function readParameters(s: Scanner, closing: number): Parameter[] {
  let parameters: Parameter[] = [];
  let keywordOnly = false;
  while (s.kind !== closing) {
    const start = s.start - s.base;
    if (s.take(T.SLASH)) parameters = parameters.map((parameter) => ({ ...parameter, form: "positional-only" }));
    else {
      let form: Parameter["form"] = keywordOnly ? "keyword-only" : "normal";
      if (s.take(T.STAR)) {
        keywordOnly = true;
        form = "args";
      } else if (s.take(T.DOUBLE_STAR)) form = "kwargs";
      if (form !== "args" || s.kind !== T.COMMA) parameters.push(readParameter(s, start, form, closing));
    }
    if (s.kind !== closing) s.expect(T.COMMA);
  }
  return parameters;
}

function readParameter(s: Scanner, start: number, form: Parameter["form"], closing: number): Parameter {
  const name = s.name();
  let annotation: Expression | null = null;
  let value: Expression | null = null;
  if (closing === T.CLOSE_PAREN && s.take(T.COLON)) annotation = readAnnotation(s);
  if (s.kind === T.EQUAL) {
    if (form === "args" || form === "kwargs") refuse();
    s.next();
    value = readExpression(s);
  }
  return { start, end: s.before - s.base, name, form, annotation, default: value };
}

export function readLambda(s: Scanner): Lambda {
  // In an f-string its colon may be the one before a format.
  if (s.interpolations > 0) refuse();
  const start = s.start - s.base;
  const { sawYield } = s;
  s.sawYield = false;
  s.next();
  const parameters = readParameters(s, T.COLON);
  s.next();
  const value = readExpression(s);
  const isGenerator = s.sawYield;
  s.sawYield = sawYield;
  const end = s.before - s.base;
  s.wrap();
  const def: FunctionDef = {
    kind: "function",
    start,
    end,
    name: "<lambda>",
    nameSpan: { start, end: start + "lambda".length },
    isAsync: false,
    isGenerator,
    decorators: [],
    parameters,
    returns: null,
    typeParameters: [],
    body: [{ kind: "return", start: value.start, end: value.end, value }],
    unitStart: -1,
    hash: "",
  };
  return { kind: "lambda", start, end, def };
}

/** The type under the cursor. */
export function readAnnotation(s: Scanner): Expression {
  return readTyped(s, readType);
}

/**
 * The grammar has a type of its own for a name with brackets, so that a union that begins with such types is one of types; what follows the first other
 * one is an expression, and an operand of that union as a whole.
 */
function readType(s: Scanner): Expression {
  const start = s.start - s.base;
  let union: Expression | null = null;
  for (;;) {
    const isGeneric = s.kind === T.NAME && s.text.charCodeAt(s.end) === OPENING;
    const term = isGeneric ? readGeneric(s) : readExpression(s);
    if (union === null) union = term;
    else {
      s.wrap();
      union = { kind: "binary", start, end: s.before - s.base, left: union, operator: "|", right: term };
    }
    if (!isGeneric || !s.take(T.PIPE)) return union;
  }
}

function readGeneric(s: Scanner): Expression {
  s.enter();
  const start = s.start - s.base;
  const id = s.name();
  const value: Expression = { kind: "name", start, end: s.before - s.base, id };
  s.next();
  const indices = [readType(s)];
  while (s.take(T.COMMA)) {
    if (s.kind === T.CLOSE_BRACKET) break;
    indices.push(readType(s));
  }
  s.expect(T.CLOSE_BRACKET);
  s.leave();
  return { kind: "subscript", start, end: s.before - s.base, value, index: tupleOf(indices, indices.length > 1) };
}

const OPENING = 91;
