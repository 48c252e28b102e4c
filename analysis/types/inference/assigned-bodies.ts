/**
 * What an assignment tells of unchecked data: a part gets a name that is only asked about, complaints about the whole are kept
 * (`errors = problems_of(data)`), or the whole is mixed into what an object holds (`account.settings = {**account.settings, **data}`).
 *
 * A whole that is stored as it is may be checked by whoever reads it; one that was mixed with trusted data cannot be told from it any more.
 */
import type { Expression } from "../../syntax/tree.ts";
import { alternatives, type Type, UNKNOWN } from "../type.ts";
import { onlyAskedAbout } from "./asked-names.ts";
import { bodyAt, bodyIn, fails, noteUse } from "./bodies.ts";
import { type Inference, textOf } from "./state.ts";

/** Notes that `value`, of type `type`, is assigned to `targets`. */
export function noteAssigned(inf: Inference, targets: readonly Expression[], value: Expression, type: Type): void {
  const [target, ...others] = targets;
  if (!target || others.length > 0) return;
  if (target.kind === "attribute") noteMixed(inf, target, type);
  if (target.kind !== "name") return;
  if (COMPLAINTS.test(target.id)) noteComplaints(inf, value);
  noteNamedPart(inf, target.id, value, type);
}

/** What a function that looks for mistakes gives back is called. One `err` is what any function may give that fails. */
const COMPLAINTS = /^(errs|errors|problems|violations)$/;

/** Who keeps what is wrong with the data has had it checked. */
function noteComplaints(inf: Inference, value: Expression): void {
  const call = value.kind === "await" ? value.value : value;
  if (call.kind !== "call" || call.args.length + call.keywords.length !== 1) return;
  for (const body of inf.frame.bodies) {
    const index = body.uses.findIndex((u) => u.start === call.start && u.end === call.end && u.key === null);
    if (index < 0) continue;
    body.uses.splice(index, 1);
    body.checked = true;
  }
}

function noteMixed(inf: Inference, target: Expression & { kind: "attribute" }, type: Type): void {
  // What `self` holds is read by other methods, which may check it.
  if (target.value.kind === "name" && /^(self|cls|g|state)$/.test(target.value.id)) return;
  for (const t of alternatives(type)) {
    if (t.kind !== "instance" || t.cls !== "lib:builtins#dict") continue;
    const mixed = bodyIn(t.args[0] ?? UNKNOWN);
    if (!mixed || mixed.whole || mixed.from !== undefined || bodyAt(inf, mixed).closed) continue;
    const message = `is mixed into ${textOf(target)} as it came`;
    const { start, end } = target;
    noteUse(inf, mixed, { start, end, message, key: null, required: false, fallback: null, conversion: null });
  }
}

/** A part that is given a name which is only asked about: `action = form.get("action")`, then `if action == "delete":`. */
function noteNamedPart(inf: Inference, name: string, value: Expression, type: Type): void {
  const part = bodyIn(type);
  const { def } = inf.frame;
  if (!part || part.whole || part.deep || !def) return;
  const body = bodyAt(inf, part);
  const index = body.uses.findIndex((u) => u.start === part.from && !fails(u, body));
  const isFixed = (other: string): boolean => inf.outline.names.has(other);
  const shape = body.kind !== "form" ? "any" : isList(value) ? "texts" : "text";
  if (index >= 0 && onlyAskedAbout(def.body, name, shape, isFixed)) body.uses.splice(index, 1);
}

/** `form.getlist("id")`, `form.getall("id")`. */
function isList(value: Expression): boolean {
  return value.kind === "call" && value.callee.kind === "attribute" && /^get(list|all)$/.test(value.callee.name);
}
