/**
 * Statements without blocks of their own, and those among them that choose between two values.
 */
import type { Span } from "../base/span.ts";
import type { Assign, BooleanOperation, Conditional, Expression, Statement } from "../syntax/tree.ts";
import { after, type Construct, type Frame, type GraphBuilder, type Loose } from "./builder.ts";
import { appendTest, beginArm, endArm } from "./conditions.ts";
import type { Branch } from "./graph.ts";

export const simpleConstructs: readonly (readonly [Statement["kind"], Construct])[] = [
  ["function", appendSimple],
  ["class", appendSimple],
  ["augmented-assign", appendSimple],
  ["annotated-assign", appendAssignment],
  ["assign", appendAssignment],
  ["expression", appendExpression],
  ["delete", appendSimple],
  ["import", appendRaising],
  ["import-from", appendRaising],
  ["assert", appendAssert],
  ["global", passOver],
  ["nonlocal", passOver],
  ["pass", passOver],
  ["raise", appendRaise],
  ["return", appendReturn],
  ["break", (builder, _, loose, frame) => leave(builder, loose, frame.leave("break"))],
  ["continue", (builder, _, loose, frame) => leave(builder, loose, frame.leave("continue"))],
  ["unknown-statement", (builder, statement, loose, frame) => builder.block(childrenOf(statement), loose, frame)],
];

/** What a statement without blocks evaluates, assignment targets included; of an `assert` what follows its test. */
export function evaluatedBy(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case "expression":
      return [statement.value];
    case "assign":
      return [statement.value, ...statement.targets];
    case "annotated-assign":
      return statement.value === null ? [] : [statement.value, statement.target];
    case "augmented-assign":
      return [statement.target, statement.value];
    case "return":
      return statement.value === null ? [] : [statement.value];
    case "raise":
      return [statement.exception, statement.cause].filter((e) => e !== null);
    case "assert":
      return statement.message === null ? [] : [statement.message];
    case "delete":
      return statement.targets;
    case "function":
      return [...statement.decorators, ...statement.parameters.flatMap(({ default: d }) => (d === null ? [] : [d]))];
    case "class":
      return [...statement.decorators, ...statement.bases, ...statement.keywords.map((keyword) => keyword.value)];
    default:
      return [];
  }
}

function appendSimple(builder: GraphBuilder, statement: Statement, loose: Loose, frame: Frame): Loose {
  return after(step(builder, statement, loose, frame));
}

function step(builder: GraphBuilder, statement: Statement, loose: Loose, frame: Frame): number {
  return builder.step({ kind: "statement", statement }, headOf(statement), evaluatedBy(statement), loose, frame);
}

function appendRaising(builder: GraphBuilder, statement: Statement, loose: Loose, frame: Frame): Loose {
  const node = step(builder, statement, loose, frame);
  builder.edge(node, frame.leave("exception"), "exception");
  return after(node);
}

/** Raises where its test fails, so that what the test tells about a name holds behind it. */
function appendAssert(builder: GraphBuilder, statement: Statement, loose: Loose, frame: Frame): Loose {
  if (statement.kind !== "assert") return loose;
  const { whenTrue, whenFalse } = appendTest(builder, statement.test, statement, loose, frame);
  if (whenFalse.length > 0) appendRaising(builder, statement, whenFalse, frame);
  return whenTrue;
}

/** Where the class is known, the exception goes to the handlers of that class only. */
function appendRaise(builder: GraphBuilder, statement: Statement, loose: Loose, frame: Frame): Loose {
  const exception = statement.kind === "raise" ? statement.exception : null;
  const cls = exception && (builder.semantics.raised?.(exception) ?? null);
  if (statement.kind !== "raise" || !exception || cls === null) {
    appendRaising(builder, statement, loose, frame);
    return [];
  }
  // Making an exception raises nothing worth a thought; its arguments may.
  const made = exception.kind === "call" ? [...exception.args, ...exception.keywords.map((k) => k.value)] : [];
  const evaluated = statement.cause === null ? made : [...made, statement.cause];
  const node = builder.step({ kind: "statement", statement }, statement, evaluated, loose, frame);
  builder.edge(node, frame.leave(`raise ${cls}`), "exception");
  return [];
}

function appendReturn(builder: GraphBuilder, statement: Statement, loose: Loose, frame: Frame): Loose {
  return leave(builder, appendSimple(builder, statement, loose, frame), frame.leave("return"));
}

function passOver(_builder: GraphBuilder, _statement: Statement, loose: Loose): Loose {
  return loose;
}

function leave(builder: GraphBuilder, loose: Loose, to: number): Loose {
  builder.attach(loose, to);
  return [];
}

/** A call that never returns ends the path; `a and b()` and `b() if a else None` decide like an `if`. */
function appendExpression(builder: GraphBuilder, statement: Statement, loose: Loose, frame: Frame): Loose {
  if (statement.kind !== "expression") return loose;
  const choice = choiceIn(statement.value);
  if (choice) return appendChoice(builder, choice, statement, loose, frame, null);
  const call = statement.value.kind === "await" ? statement.value.value : statement.value;
  const fate = call.kind === "call" ? builder.semantics.neverReturns(call) : false;
  if (fate === "ends") {
    builder.append({ kind: "statement", statement }, statement, loose);
    return [];
  }
  const ends = appendSimple(builder, statement, loose, frame);
  return fate === "raises" ? [] : ends;
}

/** `x = a if t else b` and `x = a or b` decide like an `if` whose arms assign. */
function appendAssignment(builder: GraphBuilder, statement: Statement, loose: Loose, frame: Frame): Loose {
  const assign = asAssign(statement);
  const choice = assign && choiceIn(assign.value);
  if (!choice) return appendSimple(builder, statement, loose, frame);
  return appendChoice(builder, choice, statement, loose, frame, assign.targets);
}

function appendChoice(
  builder: GraphBuilder,
  choice: Conditional | BooleanOperation,
  statement: Statement,
  loose: Loose,
  frame: Frame,
  targets: readonly Expression[] | null,
): Loose {
  const test = choice.kind === "conditional" ? choice.test : choice.left;
  const { whenTrue, whenFalse } = appendTest(builder, test, statement, loose, frame, choice.kind === "boolean");
  // Of `a and b` the test itself is the value when it fails, of `a or b` when it holds.
  const arms: [Arm, Arm] =
    choice.kind === "conditional"
      ? [arm(choice.then, whenTrue), arm(choice.otherwise, whenFalse)]
      : choice.operator === "or"
        ? [arm(choice.left, whenTrue, true), arm(choice.right, whenFalse)]
        : [arm(choice.right, whenTrue), arm(choice.left, whenFalse, true)];
  const branch: Branch = { span: choice, arms: arms.map(({ value }) => value), tests: [] };
  return arms.flatMap(({ value, loose: begin, evaluated }, index) => {
    const started = beginArm(builder, branch, index, begin);
    if (started.length === 0) return [];
    const ends = appendValue(builder, value, evaluated, statement, started, frame, targets);
    return endArm(builder, branch, index, ends);
  });
}

function appendValue(
  builder: GraphBuilder,
  value: Expression,
  evaluated: boolean,
  statement: Statement,
  loose: Loose,
  frame: Frame,
  targets: readonly Expression[] | null,
): Loose {
  const choice = evaluated ? null : choiceIn(value);
  if (choice) return appendChoice(builder, choice, statement, loose, frame, targets);
  if (targets === null && evaluated) return loose;
  if (targets === null) {
    return after(builder.step({ kind: "evaluate", value, statement }, statement, [value], loose, frame));
  }
  const action = { kind: "bind", targets, value, evaluated, statement } as const;
  return after(builder.step(action, statement, evaluated ? targets : [value, ...targets], loose, frame));
}

interface Arm {
  readonly value: Expression;
  readonly loose: Loose;
  readonly evaluated: boolean;
}

function arm(value: Expression, loose: Loose, evaluated = false): Arm {
  return { value, loose, evaluated };
}

function choiceIn(value: Expression): Conditional | BooleanOperation | null {
  return value.kind === "conditional" || value.kind === "boolean" ? value : null;
}

function asAssign(statement: Statement): Pick<Assign, "targets" | "value"> | null {
  if (statement.kind === "assign") return statement;
  if (statement.kind !== "annotated-assign" || statement.value === null) return null;
  return { targets: [statement.target], value: statement.value };
}

/** What of a statement to show: definitions by their name, everything else whole. */
function headOf(statement: Statement): Span {
  return statement.kind === "function" || statement.kind === "class" ? statement.nameSpan : statement;
}

function childrenOf(statement: Statement): readonly Statement[] {
  return statement.kind === "unknown-statement" ? statement.body : [];
}
