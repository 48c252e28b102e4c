/**
 * Strings: constants with their values, f-strings as the expressions in them, adjacent ones as one.
 */
import { contentOf } from "../strings.ts";
import type { Expression } from "../tree.ts";
import { readExpression } from "./expressions.ts";
import { refuse } from "./refusal.ts";
import type { Scanner } from "./scanner.ts";
import * as T from "./tokens.ts";

/** The strings under the cursor. */
export function readStrings(s: Scanner): Expression {
  const start = s.start - s.base;
  s.sawString = true;
  let value = "";
  let bytes = false;
  let parts: Expression[] | null = null;
  do {
    if (s.kind === T.FSTRING) {
      parts ??= [];
      readPieces(s, parts);
    } else {
      const prefix = s.text.slice(s.start, s.start + s.prefix);
      const content = contentOf(s.text.slice(s.start, s.end), prefix);
      value = value === "" ? content : value + content;
      bytes ||= /b/i.test(prefix);
      s.next();
    }
  } while (s.kind === T.STRING || s.kind === T.FSTRING);
  const end = s.before - s.base;
  return parts ? { kind: "fstring", start, end, parts } : { kind: "string", start, end, value, bytes };
}

/** Reads the f-string under the cursor and goes to the token behind it. */
function readPieces(s: Scanner, parts: Expression[]): void {
  const { text } = s;
  const mark = text.charCodeAt(s.start + s.prefix);
  const isTriple = s.isTriple;
  const isRaw = /r/i.test(text.slice(s.start, s.start + s.prefix));
  for (let at = s.end; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === BACKSLASH) at = behindBackslash(text, at, isRaw);
    else if (c === mark && (!isTriple || (text.charCodeAt(at + 1) === mark && text.charCodeAt(at + 2) === mark))) {
      s.end = at + (isTriple ? 3 : 1);
      s.next();
      return;
    } else if (c === LINE_FEED && !isTriple) break;
    else if (c === BRACE_OPEN) {
      if (text.charCodeAt(at + 1) === BRACE_OPEN) at++;
      else at = readInterpolation(s, at + 1, parts, isTriple) - 1;
    } else if (c === BRACE_CLOSE && text.charCodeAt(++at) !== BRACE_CLOSE) break;
  }
  refuse();
}

/** The last place of what a backslash at `at` takes along. */
function behindBackslash(text: string, at: number, isRaw: boolean): number {
  const next = text.charCodeAt(at + 1);
  if (next === RETURN) return refuse();
  // `\N{DASH}` is one character.
  if (next === NAMED && !isRaw && text.charCodeAt(at + 2) === BRACE_OPEN) {
    const end = text.indexOf("}", at);
    return end < 0 ? refuse() : end;
  }
  return next === BRACE_OPEN || next === BRACE_CLOSE ? at : at + 1;
}

/** Reads the expression that begins behind a brace at `from`. Gives the place behind the closing brace. */
function readInterpolation(s: Scanner, from: number, parts: Expression[], mayBreak: boolean): number {
  const { brackets } = s;
  s.interpolate(from);
  parts.push(readExpression(s));
  if (s.kind === T.EQUAL) s.next();
  if (s.kind === T.BANG) {
    s.next();
    if (s.kind !== T.NAME || s.word.length !== 1 || s.start !== s.before) refuse();
    s.next();
  }
  let end = s.end;
  if (s.kind === T.COLON) {
    end = readFormat(s, s.end, parts, mayBreak);
    s.brackets--;
  } else if (s.kind !== T.CLOSE_BRACE) refuse();
  if (s.brackets !== brackets || (!mayBreak && s.text.slice(from, end).includes("\n"))) refuse();
  s.interpolations--;
  return end;
}

/** Reads what stands between a colon and the closing brace. Gives the place behind that. */
function readFormat(s: Scanner, from: number, parts: Expression[], mayBreak: boolean): number {
  const { text } = s;
  for (let at = from; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === BRACE_CLOSE) return at + 1;
    if (c === BRACE_OPEN) at = readInterpolation(s, at + 1, parts, mayBreak) - 1;
    else if (c === LINE_FEED || c === QUOTE || c === APOSTROPHE || c === BACKSLASH) break;
  }
  return refuse();
}

const LINE_FEED = 10;
const RETURN = 13;
const QUOTE = 34;
const APOSTROPHE = 39;
const NAMED = 78;
const BACKSLASH = 92;
const BRACE_OPEN = 123;
const BRACE_CLOSE = 125;
