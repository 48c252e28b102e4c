/**
 * What a program learns by asking: whether a loop runs on this thread, whether a call would have to wait.
 *
 * Stubs say which calls ask (`asks_loop`, `spares`). What an answer means holds in the branch that is taken for it; where no loop runs, nothing can hold one,
 * so that calls there cost callers on a loop nothing. A function of the project that returns the answer asks as well, and so does a variable that keeps it.
 */
import { expressionsOf, walkExpressions } from "../../syntax/index.ts";
import type { Call, Expression, Statement, Try } from "../../syntax/tree.ts";
import type { Arguments } from "./arguments.ts";
import { type Inference, pathOf } from "./state.ts";

/** The fact that no loop runs on this thread. */
export const NO_LOOP = "(no loop)";

/** Whether the call was asked about and does not wait here. */
export function isSpared(inf: Inference, { call }: Arguments): boolean {
  if (call?.callee.kind !== "attribute") return false;
  const path = pathOf(call.callee);
  return path !== null && inf.frame.env.knows(`${path}()`);
}

/** Learns from `call`, evaluated already, having given something true (`truth`) or false. */
export function learnFromCall(inf: Inference, call: Call, truth: boolean): void {
  const { env, byNode } = inf.frame;
  for (const { id } of byNode.get(call)?.targets ?? []) {
    if (id === null) continue;
    const { asksLoop, spares } = inf.program.verbs(id);
    if (!truth && (asksLoop === "tells" || tellsLoop(inf, id, call))) env.learn(NO_LOOP);
    if (spares === null || spares.holds !== truth || call.callee.kind !== "attribute") continue;
    const receiver = pathOf(call.callee.value);
    if (receiver !== null) for (const method of spares.methods) env.learn(`${receiver}.${method}()`);
  }
}

/** Learns from a variable having been true or false. */
export function learnFromName(inf: Inference, name: string, truth: boolean): void {
  if (!truth && inf.frame.env.knows(answerIn(name))) inf.frame.env.learn(NO_LOOP);
}

/** Whether a comparison holds exactly where its left side is true, or where it is false; null where it is about something else: `queue.qsize() > 0`, `poll() is None`. */
export function truthOf(operator: string, right: Expression | undefined): boolean | null {
  if (right?.kind !== "literal") return null;
  const compared = `${operator} ${right.text}`;
  if (/^(> 0|!= 0|>= 1|is not None|!= None|is True|== True|is not False)$/.test(compared)) return true;
  return /^(== 0|<= 0|< 1|is None|== None|is False|== False|is not True)$/.test(compared) ? false : null;
}

/** Whether the handlers of a `try` run only where no loop does: `try: asyncio.get_running_loop() except RuntimeError:`. */
export function asksByTrying(inf: Inference, { body }: Try): boolean {
  const [first] = body;
  let asks = false;
  for (const e of first ? expressionsOf(first) : [])
    walkExpressions(e, (inner) => {
      const targets = inner.kind === "call" ? (inf.frame.byNode.get(inner)?.targets ?? []) : [];
      if (targets.some((t) => t.id !== null && inf.program.verbs(t.id).asksLoop === "raises")) asks = true;
    });
  return asks;
}

/** Of a `try` that asks: the variables that behind it keep the answer, false where no loop runs. To be asked before the branches are joined. */
export function answersKept(inf: Inference, { body, orelse, handlers }: Try): readonly string[] {
  const otherwise = assigned(handlers.flatMap((h) => h.body));
  return [...assigned([...body, ...orelse])].flatMap(([name, value]) => {
    if (isFalse(value)) return [];
    const other = otherwise.get(name);
    const isAnswer = other ? isFalse(other) : inf.frame.env.get(name)?.kind === "none";
    return isAnswer ? [name] : [];
  });
}

/** Learns that a variable is true exactly where a loop runs. */
export function keepAnswer(inf: Inference, name: string): void {
  inf.frame.env.learn(answerIn(name));
}

/** What a `return` says about whether a loop runs: "answers" where it is true exactly where one does, "unrelated" where it may be otherwise. */
export function answerOf(inf: Inference, value: Expression | null): "answers" | "unrelated" {
  if (inf.frame.env.knows(NO_LOOP)) return value === null || isFalse(value) ? "answers" : "unrelated";
  if (value?.kind === "literal") return value.text === "True" && inf.frame.askedLoop ? "answers" : "unrelated";
  const call =
    value?.kind === "comparison" && truthOf(value.operators[0]!, value.operands[1]) ? value.operands[0] : value;
  if (call?.kind === "name") return inf.frame.env.knows(answerIn(call.id)) ? "answers" : "unrelated";
  const targets = call?.kind === "call" ? (inf.frame.byNode.get(call)?.targets ?? []) : [];
  return targets.some((t) => t.id !== null && inf.program.verbs(t.id).asksLoop !== null) ? "answers" : "unrelated";
}

/** Whether a function of the project gives the answer. Only one without arguments is asked: the others mostly ask something else. */
function tellsLoop(inf: Inference, id: string, call: Call): boolean {
  if (id.startsWith("lib:") || call.args.length + call.keywords.length > 0) return false;
  return inf.askParameters(id)?.tellsLoop ?? false;
}

function answerIn(name: string): string {
  return `${name} is true where a loop runs`;
}

function assigned(body: readonly Statement[]): ReadonlyMap<string, Expression> {
  const found = new Map<string, Expression>();
  for (const s of body)
    if (s.kind === "assign") for (const t of s.targets) if (t.kind === "name") found.set(t.id, s.value);
  return found;
}

function isFalse(e: Expression): boolean {
  return e.kind === "literal" && /^(None|False|0)$/.test(e.text);
}
