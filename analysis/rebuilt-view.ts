/** Views of what should be shared and is not, and of what should not be and is. */
import type { Span } from "./base/span.ts";
import type { Step } from "./facts/blocking.ts";
import { usedAfterClose } from "./facts/closed-use.ts";
import { lentWhileStreaming } from "./facts/lending.ts";
import { rebuiltIn } from "./facts/rebuilding.ts";
import { sharedIn } from "./facts/sharing.ts";
import { heldWhileStreaming } from "./facts/streaming.ts";
import type { Linker } from "./linker.ts";
import type { FunctionId } from "./names/outline.ts";
import type { Program } from "./names/program.ts";
import type { Placing } from "./resource-view.ts";
import type { Hop, RebuiltView, SharedView } from "./views.ts";
import { nameOf } from "./wording.ts";

/** Those of a function; `at` gives the place of a span of its unit, `hop` says a step in words. */
export function rebuiltViews(
  linker: Linker,
  id: FunctionId,
  at: (span: Span) => Span,
  hop: (step: Step) => Hop,
): readonly RebuiltView[] {
  return rebuiltIn(linker.program, id).flatMap(({ what, record, leaves }): readonly RebuiltView[] => {
    const way = linker.servedWay(id, leaves);
    if (!way) return [];
    const handler = { name: nameOf(way.handler), here: way.handler === id };
    return [{ what, span: at(record), text: record.text, handler, path: way.steps.map(hop) }];
  });
}

/** The sessions that tasks started by a function share. */
export function sharedViews(program: Program, id: FunctionId, { at, hop }: Placing): readonly SharedView[] {
  return sharedIn(program, id).map(({ what, name, at: span, uses }) => ({
    what,
    name,
    span: at(span),
    path: uses.map((use, index) =>
      hop(
        use,
        uses.length < 2
          ? `every round gives \`${name}\` to a task`
          : `${index === 0 ? "a" : "another"} task is given \`${name}\``,
      ),
    ),
  }));
}

/** What a function uses after the `with` that closes it. */
export function closedUseViews(program: Program, id: FunctionId, { at, hop }: Placing): readonly SharedView[] {
  return usedAfterClose(program, id).map(({ what, name, use, closed }) => ({
    what,
    name,
    span: at(use),
    path: [hop(closed, `the block that begins here closes \`${name}\` when it ends`)],
  }));
}

/** What the generators hold that a function gives to streaming responses; `placed` knows the place of a function's unit. */
export function streamingViews(
  program: Program,
  id: FunctionId,
  placed: (of: FunctionId) => Placing,
): readonly SharedView[] {
  const held = heldWhileStreaming(program, id).map(({ what, name, given, generator, opened, loop }) => ({
    what,
    name,
    span: placed(id).at(given),
    path: [
      placed(generator).hop(opened, `${nameOf(generator)} opens \`${name}\``),
      placed(generator).hop(loop, "this goes on for as long as the client reads"),
    ],
  }));
  const lent = lentWhileStreaming(program, id).map(({ what, name, given, parameter, use, loop, generator }) => ({
    what,
    name,
    span: placed(id).at(given),
    likely: true,
    path: [
      placed(id).hop(parameter, `a dependency lends \`${name}\` until the response is over`),
      ...(use ? [placed(id).hop(use, `\`${name}\` is used here, which takes a connection`)] : []),
      ...(loop ? [placed(generator).hop(loop, "this goes on for as long as the client reads")] : []),
    ],
  }));
  return [...held, ...lent];
}
