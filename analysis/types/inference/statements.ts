/** Statements: what they assign, call, return, and where they end. */

import { classEntity, dottedNameOfId } from "../../names/program.ts";
import { meaningsOfImport } from "../../names/resolve.ts";
import type {
  ClassDef,
  Expression,
  For,
  FunctionDef,
  If,
  Match,
  Statement,
  Try,
  While,
  With,
} from "../../syntax/tree.ts";
import { annotationType } from "../annotations.ts";
import { NO_PRESET, NONE, type Type, UNKNOWN, union } from "../type.ts";
import { single } from "./arguments.ts";
import { answerOf, answersKept, asksByTrying, keepAnswer, NO_LOOP } from "./asking.ts";
import { noteAssigned } from "./assigned-bodies.ts";
import { bodyIn, letGo, onlyAsked } from "./bodies.ts";
import { grownBy, readItems } from "./body-shapes.ts";
import { excuseItems } from "./excusing.ts";
import { evaluate, evaluateTest, implicit, itemOf } from "./expressions.ts";
import { excuseForms } from "./forms.ts";
import { declareNested } from "./functions.ts";
import { returned } from "./given-bodies.ts";
import { noteDecorated } from "./handing.ts";
import { isKept, runsOnce, whileKept } from "./keeping.ts";
import { keptUnchecked } from "./kept-bodies.ts";
import { breaksOut, catchesNesting } from "./leaving.ts";
import { memberType } from "./members.ts";
import { meaningType } from "./names.ts";
import { narrow, narrowToClasses } from "./narrowing.ts";
import { enter, exit, isThreadLock, onEach } from "./protocols.ts";
import type { Env, Inference } from "./state.ts";
import { bind } from "./targets.ts";

export function readBlock(inf: Inference, body: readonly Statement[]): void {
  for (const s of body) readStatement(inf, s);
}

function readStatement(inf: Inference, s: Statement): void {
  const { frame } = inf;
  switch (s.kind) {
    case "expression":
      frame.bare = s.value.kind === "await" ? s.value.value : s.value;
      evaluate(inf, s.value);
      return;
    case "assign": {
      const type = whileKept(inf, isKept(inf, s), () => evaluate(inf, s.value));
      noteAssigned(inf, s.targets, s.value, type);
      for (const target of s.targets) {
        const kept = target.kind === "attribute" ? keptUnchecked(inf, target, type) : null;
        if (target.kind === "subscript" || (target.kind === "attribute" && !kept)) letGo(inf, type);
        if (target.kind === "attribute" || target.kind === "subscript") excuseForms(inf, type);
        bind(inf, target, kept ?? type);
      }
      return;
    }
    case "annotated-assign": {
      const declared = annotationType(inf.program, s.annotation, {
        key: inf.key,
        owner: frame.classBody ?? frame.entity?.owner ?? null,
      });
      const value = s.value ? evaluate(inf, s.value) : null;
      if (value) noteAssigned(inf, [s.target], s.value!, value);
      // What a client sent is not what an annotation says it is.
      const sent = value && s.target.kind === "name" ? bodyIn(value) : null;
      const useful =
        value !== null &&
        value.kind !== "unknown" &&
        value.kind !== "none" &&
        value.kind !== "parameter" &&
        value.kind !== "part";
      bind(inf, s.target, sent?.whole ? sent : useful && declared.kind === "unknown" ? value : declared);
      return;
    }
    case "augmented-assign": {
      const added = evaluate(inf, s.value);
      const before = evaluate(inf, s.target);
      // Chunks of raw data put together are raw data.
      if (s.target.kind === "name") inf.assign(s.target.id, grownBy(inf, added) ?? before);
      return;
    }
    case "return": {
      const value = s.value ? evaluate(inf, s.value) : NONE;
      const type = s.value ? returned(inf, s.value, value) : value;
      letGo(inf, value);
      if (!frame.env.dead) {
        frame.returns.push(type);
        frame.answers.add(answerOf(inf, s.value));
      }
      frame.env.dead = true;
      return;
    }
    case "raise":
      if (s.exception) evaluate(inf, s.exception);
      if (s.cause) evaluate(inf, s.cause);
      frame.env.dead = true;
      return;
    case "assert":
      evaluateTest(inf, s.test);
      narrow(inf, s.test, true);
      if (s.message) inf.quietly(() => evaluate(inf, s.message!));
      return;
    case "if":
      readIf(inf, s);
      return;
    case "for":
      readFor(inf, s);
      return;
    case "while":
      readWhile(inf, s);
      return;
    case "with":
      readWith(inf, s);
      return;
    case "try":
      readTry(inf, s);
      return;
    case "match":
      readMatch(inf, s);
      return;
    case "function":
      readDefinition(inf, s);
      return;
    case "class":
      readClass(inf, s);
      return;
    case "import":
      for (const { name, alias } of s.names) {
        const module = alias === null ? name.split(".")[0]! : name;
        importName(inf, alias ?? module, { module, level: 0, member: null });
      }
      return;
    case "import-from":
      for (const { name, alias } of s.names)
        importName(inf, alias ?? name, { module: s.module, level: s.level, member: name });
      return;
    case "global":
      for (const name of s.names) frame.globals.add(name);
      return;
    case "nonlocal":
      for (const name of s.names) frame.nonlocals.add(name);
      return;
    case "break":
      frame.breaks.at(-1)?.push(frame.env);
      frame.env.dead = true;
      return;
    case "continue":
      frame.env.dead = true;
      return;
    case "delete":
      for (const target of s.targets)
        if (target.kind === "subscript") {
          const base = evaluate(inf, target.value);
          const args = single(evaluate(inf, target.index));
          implicit(inf, target, "operator", (targets) => onEach(inf, base, "__delitem__", args, targets));
        } else if (target.kind !== "name") evaluate(inf, target);
      return;
    case "unknown-statement":
      readBlock(inf, s.body);
      return;
    case "pass":
      return;
    default:
      s satisfies never;
  }
}

/** Reads `body` in a fork of the environment and gives the fork. */
function inBranch(inf: Inference, read: () => void): Env {
  const { frame } = inf;
  const before = frame.env;
  const fork = before.fork();
  fork.dead = before.dead;
  frame.env = fork;
  try {
    read();
  } finally {
    frame.env = before;
  }
  return fork;
}

function readIf(inf: Inference, s: If): void {
  evaluateTest(inf, s.test);
  inf.frame.doubt++;
  const then = inBranch(inf, () => {
    narrow(inf, s.test, true);
    whileKept(inf, runsOnce(inf, s), () => readBlock(inf, s.body));
  });
  const otherwise = inBranch(inf, () => {
    narrow(inf, s.test, false);
    readBlock(inf, s.orelse);
  });
  // What stands behind a branch that returned happens only where the other one was taken; one that raised is an error.
  if (![s.body, s.orelse].some((block) => block.at(-1)?.kind === "return")) inf.frame.doubt--;
  // `if TYPE_CHECKING:` runs never, but what it imports is what annotations mean.
  inf.frame.env.join([then, otherwise]);
}

/** How deep loops are read twice; deeper ones see only what was assigned before. */
const DEEPEST_TWICE = 3;

/** A body that may run again: read once for what it assigns, then for good. */
function readLoopBody(inf: Inference, read: () => void): Env[] {
  const { frame } = inf;
  if (frame.breaks.length < DEEPEST_TWICE) {
    frame.breaks.push([]);
    const first = inf.quietly(() => inBranch(inf, read));
    frame.breaks.pop();
    first.dead = false;
    frame.env.join([first, frame.env.fork()]);
  }
  const breaks: Env[] = [];
  frame.breaks.push(breaks);
  const after = inBranch(inf, read);
  frame.breaks.pop();
  // A `continue` at the end of a body kills its environment, yet the loop goes on.
  after.dead = false;
  return [after];
}

function readFor(inf: Inference, s: For): void {
  const item = itemOf(inf, s.iterable, evaluate(inf, s.iterable), s.isAsync);
  excuseItems(inf, s);
  const { frame } = inf;
  const dead = frame.env.dead;
  const ends = readLoopBody(inf, () => {
    bind(inf, s.target, item);
    readBlock(inf, s.body);
  });
  frame.env.join([...ends, frame.env.fork()]);
  frame.env.dead = dead;
  readBlock(inf, s.orelse);
}

function readWhile(inf: Inference, s: While): void {
  const { frame } = inf;
  const dead = frame.env.dead;
  const forever = s.test.kind === "literal" && /^(True|1)$/.test(s.test.text);
  evaluateTest(inf, s.test);
  const ends = readLoopBody(inf, () => {
    narrow(inf, s.test, true);
    readBlock(inf, s.body);
  });
  frame.env.join([...ends, frame.env.fork()]);
  frame.env.dead = dead || (forever && !breaksOut(s.body));
  if (!forever) narrow(inf, s.test, false);
  readBlock(inf, s.orelse);
}

function readWith(inf: Inference, s: With): void {
  const contexts = s.items.map((item) => {
    const type = evaluate(inf, item.context);
    if (s.isAsync) inf.excuseName(item.context);
    inf.frame.contexts.set(item.context, type);
    const entered = implicit(inf, item.context, "enter", (targets) => enter(inf, type, s.isAsync, targets));
    if (item.target) bind(inf, item.target, entered);
    return { item, type };
  });
  const dead = inf.frame.env.dead;
  const swallowed = s.items.flatMap(({ context }) => (suppresses(inf, context) ? [context] : []));
  const expects = swallowed.some((c) => c.kind === "call" && c.args.some(catchesNesting)) ? 1 : 0;
  const { awaitable } = inf.frame;
  inf.frame.expectsNesting += expects;
  // Whoever awaits with a lock of threads in hand lets others on the loop wait for it, who hold the thread that would give it back.
  if (!s.isAsync && contexts.some(({ type }) => isThreadLock(inf, type))) inf.frame.awaitable = false;
  readBlock(inf, s.body);
  inf.frame.expectsNesting -= expects;
  inf.frame.awaitable = awaitable;
  const ended = inf.frame.env.dead;
  inf.frame.env.dead = dead;
  for (const { item, type } of contexts.reverse())
    implicit(inf, item.context, "exit", (targets) => exit(inf, type, s.isAsync, targets));
  // What is swallowed on the way out goes on behind the block.
  inf.frame.env.dead = ended && (dead || swallowed.length === 0);
}

function readTry(inf: Inference, s: Try): void {
  const { frame } = inf;
  const tries = s.handlers.length > 0 ? 1 : 0;
  const expects = s.handlers.some((h) => h.type !== null && catchesNesting(h.type)) ? 1 : 0;
  frame.tries += tries;
  frame.expectsNesting += expects;
  const body = inBranch(inf, () => readBlock(inf, s.body));
  frame.tries -= tries;
  frame.expectsNesting -= expects;
  const ended = body.dead;
  // A handler may start after any statement of the body.
  const start = frame.env.fork();
  body.dead = false;
  for (const [name, type] of body.own()) {
    const before = frame.env.get(name);
    if (type) start.set(name, before ? union([before, type]) : type);
  }
  body.dead = ended;
  const asks = asksByTrying(inf, s);
  const handlers = s.handlers.map((h) => {
    const before = frame.env;
    const env = frame.env.fork();
    if (asks) env.learn(NO_LOOP);
    for (const [name, type] of start.own()) if (type) env.set(name, type);
    frame.env = env;
    if (h.type) {
      const caught = evaluate(inf, h.type);
      if (h.name)
        inf.assign(h.name.id, caught.kind === "class" ? { kind: "instance", cls: caught.cls, args: [] } : UNKNOWN);
    }
    frame.doubt++;
    readBlock(inf, h.body);
    frame.doubt--;
    frame.env = before;
    return env;
  });
  if (!body.dead && s.orelse.length > 0) {
    const before = frame.env;
    frame.env = body;
    readBlock(inf, s.orelse);
    frame.env = before;
  }
  const wasDead = frame.env.dead;
  const answers = asks ? answersKept(inf, s) : [];
  frame.env.join([body, ...handlers]);
  for (const name of answers) keepAnswer(inf, name);
  const dead = frame.env.dead;
  frame.env.dead = wasDead;
  readBlock(inf, s.finalbody);
  if (dead) frame.env.dead = true;
}

function suppresses(inf: Inference, context: Expression): boolean {
  const targets = inf.frame.byNode.get(context)?.targets;
  return !!targets?.some((t) => t.id !== null && dottedNameOfId(inf.program, t.id) === "contextlib.suppress");
}

function readMatch(inf: Inference, s: Match): void {
  const subject = bodyIn(evaluate(inf, s.subject));
  const sent = subject?.whole ? subject : null;
  // What is only compared with constants goes nowhere.
  if (!s.cases.some((c) => c.captures.length > 0)) onlyAsked(inf, s.subject);
  const branches: Env[] = [];
  let exhaustive = false;
  for (const c of s.cases) {
    branches.push(
      inBranch(inf, () => {
        if (c.classes.length > 0) narrowToClasses(inf, s.subject, c.classes, true);
        for (const capture of c.captures) {
          const taken = sent && c.untyped.includes(capture) && c.whole !== capture;
          inf.assign(capture.id, taken ? readItems(inf, capture, sent) : UNKNOWN);
        }
        if (c.whole)
          inf.assign(
            c.whole.id,
            inf.quietly(() => evaluate(inf, s.subject)),
          );
        if (c.classes.length === 1)
          for (const { attribute, capture } of c.fields)
            inf.assign(
              capture.id,
              memberType(
                inf,
                inf.quietly(() => evaluate(inf, s.subject)),
                attribute,
                [],
              ),
            );
        if (c.guard) evaluateTest(inf, c.guard);
        inf.frame.doubt++;
        readBlock(inf, c.body);
        inf.frame.doubt--;
      }),
    );
    if (c.irrefutable) exhaustive = true;
  }
  inf.frame.env.join(exhaustive ? branches : [...branches, inf.frame.env.fork()]);
}

function readDefinition(inf: Inference, def: FunctionDef): void {
  const isUnit = def.unitStart >= 0;
  // Decorators and defaults of a unit count from the unit, so their calls would be recorded at the wrong place.
  const readHeader = (): void => {
    for (const d of def.decorators) evaluate(inf, d);
    for (const p of def.parameters) if (p.default) evaluate(inf, p.default);
  };
  if (isUnit) {
    inf.quietly(readHeader);
    // `ask_long = partialmethod(ask, 10)` further down in the class.
    const { classBody, env } = inf.frame;
    const [method] =
      (classBody === null ? undefined : classEntity(inf.program, classBody)?.members.get(def.name)) ?? [];
    if (method?.kind === "function" && def.decorators.length === 0)
      env.set(def.name, { kind: "function", fn: method.id, receiver: null, given: 0, preset: NO_PRESET });
    return;
  }
  readHeader();
  const nested = declareNested(inf, def);
  inf.assign(def.name, nested);
  if (nested.kind === "function") noteDecorated(inf, nested.fn, def.decorators);
}

function readClass(inf: Inference, def: ClassDef): void {
  const { frame } = inf;
  const entity = inf.declared?.classes.get(def);
  for (const d of def.decorators) evaluate(inf, d);
  for (const k of def.keywords) evaluate(inf, k.value);
  const before = frame.env;
  const outer = frame.classBody;
  const env = before.fork();
  frame.env = env;
  frame.classBody = entity?.id ?? outer;
  readBlock(inf, def.body);
  if (entity)
    for (const [name, type] of env.own())
      if (type && !name.includes(".") && !entity.members.get(name)?.every((b) => b.kind === "function"))
        inf.noteAttribute(entity.id, name, type);
  frame.env = before;
  frame.classBody = outer;
  if (entity) inf.assign(def.name, { kind: "class", cls: entity.id, args: [] });
}

function importName(
  inf: Inference,
  name: string,
  binding: { module: string; level: number; member: string | null },
): void {
  const meanings = meaningsOfImport(inf.program, inf.key, binding);
  const types: Type[] = meanings.map((m) => meaningType(inf, m));
  inf.assign(name, types.length > 0 ? union(types) : UNKNOWN);
}
