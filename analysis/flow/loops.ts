/**
 * `for` and `while`, each with its `else`.
 */
import type { For, Statement, While } from "../syntax/tree.ts";
import { after, type Construct, type Frame, type GraphBuilder, type Loose } from "./builder.ts";
import { appendTest } from "./conditions.ts";

export const loopConstructs: readonly (readonly [Statement["kind"], Construct])[] = [
  ["for", (builder, statement, loose, frame) => appendFor(builder, statement as For, loose, frame)],
  ["while", (builder, statement, loose, frame) => appendWhile(builder, statement as While, loose, frame)],
];

function appendFor(builder: GraphBuilder, statement: For, loose: Loose, frame: Frame): Loose {
  const { iterable, target } = statement;
  const start = builder.step({ kind: "evaluate", value: iterable, statement }, iterable, [iterable], loose, frame);
  const head = builder.step({ kind: "iterate", statement }, iterable, [target], after(start), frame);
  if (statement.isAsync) builder.edge(head, frame.leave("exception"), "exception");
  return appendRounds(builder, statement, head, after(head, "true"), after(head, "false"), frame);
}

function appendWhile(builder: GraphBuilder, statement: While, loose: Loose, frame: Frame): Loose {
  const head = builder.append({ kind: "join" }, statement.test, loose);
  const { whenTrue, whenFalse } = appendTest(builder, statement.test, statement, after(head), frame);
  return appendRounds(builder, statement, head, whenTrue, whenFalse, frame);
}

function appendRounds(
  builder: GraphBuilder,
  statement: For | While,
  head: number,
  again: Loose,
  over: Loose,
  frame: Frame,
): Loose {
  let breakTo = -1;
  const loop: Frame = {
    leave: (way) => {
      if (way === "continue") return head;
      if (way !== "break") return frame.leave(way);
      if (breakTo < 0) breakTo = builder.node({ kind: "join" }, { start: statement.end, end: statement.end });
      return breakTo;
    },
  };
  builder.attach(builder.block(statement.body, again, loop), head);
  let ends: Loose = [];
  if (over.length > 0) {
    const exhausted = builder.append(
      { kind: "exhausted", statement },
      { start: statement.start, end: statement.start },
      over,
    );
    ends = builder.block(statement.orelse, after(exhausted), frame);
  }
  return breakTo < 0 ? ends : [...ends, ...after(breakTo)];
}
