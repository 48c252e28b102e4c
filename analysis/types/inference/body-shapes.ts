/**
 * The shapes in which unchecked data of a request arrives besides a plain value: item by item, in chunks, as the value under one key, as
 * attributes of a form, as the result of another function.
 */
import { functionEntity } from "../../names/program.ts";
import type { Attribute, Call, Expression } from "../../syntax/tree.ts";
import type { Target } from "../record.ts";
import { alternatives, type Type, UNKNOWN } from "../type.ts";
import { type Arguments, bindArguments } from "./arguments.ts";
import { type Body, bodyAt, bodyIn, noteUse, partAt, readBody } from "./bodies.ts";
import { builtOf } from "./request-parameters.ts";
import type { Inference } from "./state.ts";

const OF_FORMS =
  /^(get\w*|items|keys|values|pop|copy|decode|append|replace|update|allitems|iterallitems|filename|recode_unicode)$/;

/** Going through unchecked data item by item. A chunk of raw data is raw data, and of what gives items each is data of its own. */
export function readItems(inf: Inference, e: Expression, base: Body): Type {
  const { kind } = bodyAt(inf, base);
  if (base.whole && !base.parsed && kind === "items") return { ...base, parsed: true };
  if (base.whole && !base.parsed && kind === "raw") return base;
  if (base.whole) {
    const message = "each item is used without a check";
    noteUse(inf, base, {
      start: e.start,
      end: e.end,
      message,
      key: null,
      required: false,
      fallback: null,
      conversion: null,
    });
  }
  return partAt(base, e);
}

/** `request.forms.mail`: the form of a library in which keys are attributes, too. Null for any other attribute. */
export function attributeAsKey(inf: Inference, e: Attribute, base: Type): Type | null {
  if (base.kind !== "body" || !base.whole || e.name.startsWith("_") || OF_FORMS.test(e.name)) return null;
  const { kind, text } = bodyAt(inf, base);
  if (kind !== "form" || !/\.forms$/.test(text)) return null;
  return readBody(inf, e, base, { key: e.name, required: false, message: "" });
}

/** What `data += added` makes of anything: raw data, or a text with a parameter in it; null where it stays what it is. */
export function grownBy(inf: Inference, added: Type): Type | null {
  return rawIn(inf, added) ?? builtOf([added]);
}

/** Raw data of a request, or chunks of it in a list. */
export function rawIn(inf: Inference, type: Type): Body | null {
  for (const t of alternatives(type)) {
    const body = t.kind === "instance" ? bodyIn(t.args[0] ?? UNKNOWN) : bodyIn(t);
    if (body?.whole && !body.parsed && bodyAt(inf, body).kind === "raw") return body;
  }
  return null;
}

/** What a call gives that takes data out of the request: all of it, or what stands under the key that one of its arguments names. */
export function valueNamed(inf: Inference, e: Call, { id, receiver }: Target, args: Arguments, whole: Body): Type {
  const parameter = inf.program.verbs(id!).requestKey;
  if (parameter === null) return whole;
  const parameters = functionEntity(inf.program, id!)?.parameters ?? [];
  const key = bindArguments(parameters, receiver ? 1 : 0, args).find((b) => b.parameter.name === parameter)?.argument
    .type;
  return readBody(inf, e, whole, {
    key: key?.kind === "text" ? key.value : null,
    required: false,
    fallback: null,
    message: "",
  });
}
