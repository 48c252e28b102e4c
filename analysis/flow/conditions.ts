/**
 * Tests, `if` with its `elif`, and values chosen by a test.
 */
import type { Span } from "../base/span.ts";
import type { Expression, If, Statement } from "../syntax/tree.ts";
import { after, type Construct, type Frame, type GraphBuilder, type Loose } from "./builder.ts";
import type { Branch } from "./graph.ts";

export const conditionalConstructs: readonly (readonly [Statement["kind"], Construct])[] = [
  ["if", (builder, statement, loose, frame) => appendIf(builder, statement as If, loose, frame)],
];

export interface Outcomes {
  readonly whenTrue: Loose;
  readonly whenFalse: Loose;
}

/** Appends a test operand by operand, as Python evaluates it. `kept`: see the action `test`. */
export function appendTest(
  builder: GraphBuilder,
  test: Expression,
  statement: Statement,
  loose: Loose,
  frame: Frame,
  kept = false,
): Outcomes {
  if (loose.length === 0) return { whenTrue: loose, whenFalse: loose };
  if (test.kind === "unary" && test.operator === "not") {
    const { whenTrue, whenFalse } = appendTest(builder, test.value, statement, loose, frame);
    return { whenTrue: whenFalse, whenFalse: whenTrue };
  }
  if (test.kind === "boolean") {
    const left = appendTest(builder, test.left, statement, loose, frame, kept);
    if (test.operator === "and") {
      const right = appendTest(builder, test.right, statement, left.whenTrue, frame, kept);
      return { whenTrue: right.whenTrue, whenFalse: [...left.whenFalse, ...right.whenFalse] };
    }
    const right = appendTest(builder, test.right, statement, left.whenFalse, frame, kept);
    return { whenTrue: [...left.whenTrue, ...right.whenTrue], whenFalse: right.whenFalse };
  }
  const constant = constantTruth(test);
  if (constant !== null) return { whenTrue: constant ? loose : [], whenFalse: constant ? [] : loose };
  const node = builder.step({ kind: "test", test, kept, statement }, test, [test], loose, frame);
  return { whenTrue: after(node, "true"), whenFalse: after(node, "false") };
}

/** Begins the arm `arm` of `branch`. */
export function beginArm(builder: GraphBuilder, branch: Branch, arm: number, loose: Loose): Loose {
  if (loose.length === 0) return loose;
  return after(builder.append({ kind: "arm", at: "start", branch, arm }, branch.arms[arm] ?? branch.span, loose));
}

/** Ends it, where its end can be reached. */
export function endArm(builder: GraphBuilder, branch: Branch, arm: number, loose: Loose): Loose {
  if (loose.length === 0) return loose;
  return after(builder.append({ kind: "arm", at: "end", branch, arm }, branch.arms[arm] ?? branch.span, loose));
}

/** Where a block stands; null for none. */
export function spanOf(statements: readonly Statement[]): Span | null {
  const first = statements[0];
  return first ? { start: first.start, end: statements.at(-1)!.end } : null;
}

/**
 * An `if` and every `elif` are one decision: exactly one arm runs. The chain is followed in a loop because it can be longer
 * than the call stack.
 */
function appendIf(builder: GraphBuilder, statement: If, loose: Loose, frame: Frame): Loose {
  const chain: If[] = [statement];
  for (let last = statement; last.orelse.length === 1 && last.orelse[0]!.kind === "if"; ) {
    last = last.orelse[0]!;
    chain.push(last);
  }
  const orelse = chain.at(-1)!.orelse;
  const branch: Branch = {
    span: statement,
    arms: [...chain.map((link) => spanOf(link.body)), spanOf(orelse)],
    tests: chain.map((link) => link.test),
  };
  const ends: Loose[] = [];
  let open = loose;
  chain.forEach((link, arm) => {
    const { whenTrue, whenFalse } = appendTest(builder, link.test, link, open, frame);
    const body = builder.block(link.body, beginArm(builder, branch, arm, whenTrue), frame);
    ends.push(endArm(builder, branch, arm, body));
    open = whenFalse;
  });
  const otherwise = builder.block(orelse, beginArm(builder, branch, chain.length, open), frame);
  ends.push(endArm(builder, branch, chain.length, otherwise));
  return ends.flat();
}

function constantTruth(test: Expression): boolean | null {
  if (test.kind !== "literal") return null;
  if (test.text === "True" || test.text === "1") return true;
  if (test.text === "False" || test.text === "0" || test.text === "None") return false;
  return null;
}
