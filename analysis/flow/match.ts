/**
 * `match`: the cases in order, at most one of which runs.
 */
import type { Match, Statement } from "../syntax/tree.ts";
import { after, type Construct, type Frame, type GraphBuilder, type Loose } from "./builder.ts";
import { appendTest, beginArm, endArm, spanOf } from "./conditions.ts";
import type { Branch } from "./graph.ts";

export const matchConstructs: readonly (readonly [Statement["kind"], Construct])[] = [
  ["match", (builder, statement, loose, frame) => appendMatch(builder, statement as Match, loose, frame)],
];

function appendMatch(builder: GraphBuilder, statement: Match, loose: Loose, frame: Frame): Loose {
  const { subject, cases } = statement;
  const branch: Branch = { span: statement, arms: [...cases.map(({ body }) => spanOf(body)), null], tests: [] };
  const start = builder.step({ kind: "evaluate", value: subject, statement }, subject, [subject], loose, frame);
  const ends: Loose[] = [];
  let open: Loose = after(start);
  cases.forEach((each, arm) => {
    if (open.length === 0) return;
    const head = { start: each.start, end: each.body[0]?.start ?? each.end };
    const node = builder.append({ kind: "case", case: each, statement }, head, open);
    const matched = after(node, "true");
    const failed = each.irrefutable ? [] : after(node, "false");
    const guard = each.guard && appendTest(builder, each.guard, statement, matched, frame);
    open = guard ? [...failed, ...guard.whenFalse] : failed;
    const body = builder.block(each.body, beginArm(builder, branch, arm, guard ? guard.whenTrue : matched), frame);
    ends.push(endArm(builder, branch, arm, body));
  });
  ends.push(endArm(builder, branch, cases.length, beginArm(builder, branch, cases.length, open)));
  return ends.flat();
}
