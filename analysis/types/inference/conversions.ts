/**
 * Parts of unchecked data that are turned into something only a fitting value can become: `int(data["count"])`, `UUID(data["key"])`,
 * `Color(data["color"])`.
 *
 * Where the error is expected, in a `try` that has handlers, that checks the part, and its read is no use. Elsewhere it stays one: the error is a 500.
 */
import { dottedNameOfId } from "../../names/program.ts";
import type { Expression } from "../../syntax/tree.ts";
import { classInfo } from "../classes.ts";
import type { BodyUse } from "../record.ts";
import { alternatives, type Type } from "../type.ts";
import type { Applied } from "./apply.ts";
import type { Argument } from "./arguments.ts";
import { type Body, bodyAt, bodyIn, onlyAsked } from "./bodies.ts";
import type { Inference } from "./state.ts";

/** Notes what a part is converted with; the name of that, null where it is no conversion. */
export function noteConversion(inf: Inference, argument: Argument, base: Body, applied: Applied): string | null {
  const [target] = applied.targets;
  if (!target || !argument.node) return null;
  const name = target.id === null ? (target.name ?? "") : dottedNameOfId(inf.program, target.id);
  // Any value is true or false.
  if (name === "bool") onlyAsked(inf, argument.node);
  const parses = PARSING.test(name) || (target.id !== null && isEnum(inf, target.id));
  if (parses && inf.frame.tries > 0) excuse(inf, argument.node, base);
  if (!SIMPLE.has(name)) return null;
  const { uses } = bodyAt(inf, base);
  const index = uses.findIndex((u) => isAt(u, argument.node!));
  if (index >= 0) uses[index] = { ...uses[index]!, conversion: name };
  return name;
}

/** `Color[data["color"]]`. */
export function noteMemberByName(inf: Inference, base: Type, index: Expression, name: Type): void {
  const part = bodyIn(name);
  if (!part || part.whole || inf.frame.tries === 0) return;
  if (alternatives(base).some((t) => t.kind === "class" && isEnum(inf, t.cls))) excuse(inf, index, part);
}

/** Whoever expects the error checks the value that way. */
function excuse(inf: Inference, node: Expression, base: Body): void {
  const { uses } = bodyAt(inf, base);
  const index = uses.findIndex((u) => isAt(u, node) || (!base.deep && u.start === base.from));
  if (index >= 0) uses.splice(index, 1);
}

function isAt(use: BodyUse, node: Expression): boolean {
  return use.start === node.start && use.end === node.end;
}

function isEnum(inf: Inference, cls: string): boolean {
  return classInfo(inf.program, cls).ancestors.some((a) => ENUM.test(dottedNameOfId(inf.program, a.cls)));
}

const ENUM = /^enum\.(Int|Str|Flag|IntFlag)?Enum$/;

const SIMPLE = new Set(["int", "float", "str", "bool"]);
/** Conversions of the standard library that fail where a value is not what it should be. */
const PARSING =
  /^(int|float|complex|uuid\.UUID|decimal\.Decimal|fractions\.Fraction|datetime\.(datetime\.(strptime|fromisoformat|fromtimestamp)|(date|time)\.fromisoformat)|ipaddress\.\w+|zoneinfo\.ZoneInfo|(dateutil\.parser|dateutil)\.(parse|isoparse)|binascii\.unhexlify|(bytes|float)\.fromhex)$/;
