/**
 * What an assignment tells of unchecked data: a part gets a name that is only asked about, complaints about the whole are kept
 * (`errors = problems_of(data)`), or the whole is mixed into what an object holds (`account.settings = {**account.settings, **data}`).
 *
 * A whole that is stored as it is may be checked by whoever reads it; one that was mixed with trusted data cannot be told from it any more.
 */
import type { Expression, Statement } from "../../syntax/tree.ts";
import { blocksOf, expressionsOf, walkExpressions } from "../../syntax/walk.ts";
import { alternatives, type Type, UNKNOWN } from "../type.ts";
import { listReads, onlyAskedAbout, prefills, tells } from "./asked-names.ts";
import { bodyAt, bodyIn, fails, noteUse } from "./bodies.ts";
import { excuseReads } from "./excused-reads.ts";
import { noteParameterAssigned } from "./request-parameters.ts";
import { type Inference, textOf } from "./state.ts";

/** Notes that `value`, of type `type`, is assigned to `targets`. */
export function noteAssigned(inf: Inference, targets: readonly Expression[], value: Expression, type: Type): void {
  const [target, ...others] = targets;
  // Most functions have no such data, and it costs to go through their text.
  if (!target || others.length > 0 || inf.bodies.length === 0) return;
  noteParameterAssigned(inf, target, value, type);
  if (target.kind === "attribute") noteMixed(inf, target, type);
  // Who has it from the view may check it.
  const keptByView = target.kind === "attribute" && target.value.kind === "name" && target.value.id === "self";
  if (prefills(target) || keptByView) excuseReads(inf, value);
  if (target.kind === "attribute" && target.value.kind === "name" && cleans(inf, target.value.id))
    excuseReads(inf, value);
  if (target.kind !== "name") return;
  if (COMPLAINTS.test(target.id)) noteComplaints(inf, value);
  if (value.kind === "dict" && isForgotten(inf, target.id, value)) excuseReads(inf, value);
  if (value.kind === "call" && isOnlyShown(inf, target.id, value)) excuseReads(inf, value);
  noteNamedPart(inf, target.id, value, type);
}

/** Whether the function asks the model of that name to check what it holds: `order.full_clean()`. */
function cleans(inf: Inference, name: string): boolean {
  let found = false;
  everyExpression(inf.frame.def?.body ?? [], (e) => {
    if (e.kind !== "call" || e.callee.kind !== "attribute" || !/^(full_clean|clean_fields)$/.test(e.callee.name))
      return;
    found ||= e.callee.value.kind === "name" && e.callee.value.id === name;
  });
  return found;
}

/** Whether nothing reads `name` after `value` was assigned to it. In a loop something may. */
function isForgotten(inf: Inference, name: string, value: Expression): boolean {
  let read = false;
  const body = inf.frame.def?.body;
  if (!body || inLoop(body, value)) return false;
  everyExpression(body, (e) => {
    read ||= e.kind === "name" && e.id === name && e.start > value.end;
  });
  return !read;
}

/** Whether an object that is made of what was sent is only shown on a page: `post = Post(text=…)`, then `render(request, "preview.html", {"post": post})`. */
function isOnlyShown(inf: Inference, name: string, made: Expression & { kind: "call" }): boolean {
  const { callee } = made;
  if (!/^[A-Z]\w*[a-z]/.test(callee.kind === "name" ? callee.id : callee.kind === "attribute" ? callee.name : ""))
    return false;
  let shown = 0;
  let others = 0;
  const body = inf.frame.def?.body ?? [];
  everyExpression(body, (e) => {
    if (e.kind === "name" && e.id === name && e.start > made.end) others++;
    if (e.kind === "call" && tells(e))
      walkExpressions(e, (part) => (shown += part.kind === "name" && part.id === name ? 1 : 0));
  });
  everyStatement(body, (s) => {
    // An attribute of it is set.
    for (const t of s.kind === "assign" ? s.targets : [])
      if (t.kind === "attribute" && t.value.kind === "name" && t.value.id === name) others--;
  });
  return shown > 0 && others === shown;
}

function everyStatement(body: readonly Statement[], visit: (s: Statement) => void): void {
  for (const s of body) {
    visit(s);
    for (const block of blocksOf(s)) everyStatement(block, visit);
  }
}

function inLoop(body: readonly Statement[], at: Expression): boolean {
  return body.some((s) => {
    if (s.start > at.start || s.end <= at.start) return false;
    return s.kind === "for" || s.kind === "while" || blocksOf(s).some((block) => inLoop(block, at));
  });
}

/** Calls `visit` for every expression of a body, those of nested functions included. */
function everyExpression(body: readonly Statement[], visit: (e: Expression) => void): void {
  for (const s of body) {
    for (const e of expressionsOf(s)) walkExpressions(e, visit);
    for (const block of blocksOf(s)) everyExpression(block, visit);
    if (s.kind === "function" || s.kind === "class") everyExpression(s.body, visit);
  }
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
export function noteNamedPart(inf: Inference, name: string, value: Expression, type: Type): void {
  const { def } = inf.frame;
  if (!def || inf.bodies.length === 0) return;
  const isFixed = (other: string): boolean => inf.outline.names.has(other);
  const lists = listReads(value);
  if (lists.length > 0) {
    if (onlyAskedAbout(def.body, name, "texts", isFixed)) for (const read of lists) excuseReads(inf, read);
    return;
  }
  const part = bodyIn(type);
  if (!part || part.whole || part.deep) return;
  const body = bodyAt(inf, part);
  const index = body.uses.findIndex((u) => u.start === part.from && !fails(u, body));
  const shape = body.kind === "form" ? "text" : "any";
  if (index >= 0 && onlyAskedAbout(def.body, name, shape, isFixed, -1, value)) body.uses.splice(index, 1);
}
