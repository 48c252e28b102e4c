/**
 * Functions and classes with their decorators.
 */
import { hashText } from "../../base/hash.ts";
import type { ClassDef, Expression, FunctionDef, Keyword, Statement } from "../tree.ts";
import { readBlock } from "./compound.ts";
import { readArguments, readExpression } from "./expressions.ts";
import { readAnnotation, readParameters } from "./parameters.ts";
import { refuse } from "./refusal.ts";
import type { Scanner } from "./scanner.ts";
import * as T from "./tokens.ts";

/** A function or class with the decorators under the cursor. */
export function readDecorated(s: Scanner): Statement {
  const { start, base } = s;
  // Decorators count from the function they stand on, where that is a unit; what they stand on is known behind them.
  if (!s.inFunction) s.base = start;
  let decorators = readDecorators(s);
  const isAsync = s.take(T.W.async);
  if (s.kind === T.W.def) {
    s.base = base;
    return readFunction(s, start, isAsync, decorators);
  }
  if (isAsync || s.kind !== T.W.class) refuse();
  if (s.base !== base) {
    s.base = base;
    s.rewind(start);
    decorators = readDecorators(s);
  }
  return readClass(s, start, decorators);
}

function readDecorators(s: Scanner): Expression[] {
  const { indent } = s;
  const decorators: Expression[] = [];
  while (s.take(T.AT)) {
    decorators.push(readExpression(s));
    s.nextLine();
    if (s.indent !== indent) refuse();
  }
  return decorators;
}

/** A function that starts at `from` (absolute) and whose `def` is under the cursor. */
export function readFunction(
  s: Scanner,
  from: number,
  isAsync: boolean,
  decorators: readonly Expression[],
): FunctionDef {
  if (s.inFunction) return readDefinition(s, from, isAsync, decorators);
  const { base } = s;
  s.base = from;
  s.inFunction = true;
  const unit = s.reused(readDefinition(s, from, isAsync, decorators));
  s.inFunction = false;
  s.base = base;
  s.units.push(unit);
  return unit;
}

function readDefinition(s: Scanner, from: number, isAsync: boolean, decorators: readonly Expression[]): FunctionDef {
  const { indent, base } = s;
  s.functions++;
  s.next();
  const nameSpan = { start: s.start - base, end: s.end - base };
  const name = s.name();
  s.expect(T.OPEN_PAREN);
  const parameters = readParameters(s, T.CLOSE_PAREN);
  s.next();
  const returns = s.take(T.ARROW) ? readAnnotation(s) : null;
  const { sawYield } = s;
  s.sawYield = false;
  const { body, end } = readBlock(s, indent);
  const isGenerator = s.sawYield;
  s.sawYield = sawYield;
  // What a unit counts from is its own start.
  const isUnit = base === from;
  return {
    kind: "function",
    start: from - base,
    end,
    name,
    nameSpan,
    isAsync,
    isGenerator,
    decorators,
    parameters,
    returns,
    typeParameters: [],
    body,
    unitStart: isUnit ? from : -1,
    hash: isUnit ? hashText(s.text, from, end + base) : "",
  };
}

/** A class that starts at `from` (absolute) and whose `class` is under the cursor. */
export function readClass(s: Scanner, from: number, decorators: readonly Expression[]): ClassDef {
  const { indent, base } = s;
  s.next();
  const nameSpan = { start: s.start - base, end: s.end - base };
  const name = s.name();
  const bases: Expression[] = [];
  const keywords: Keyword[] = [];
  if (s.kind === T.OPEN_PAREN) readArguments(s, bases, keywords, false);
  const { body, end } = readBlock(s, indent);
  return {
    kind: "class",
    start: from - base,
    end,
    name,
    nameSpan,
    decorators,
    bases,
    typeParameters: [],
    keywords,
    body,
  };
}
