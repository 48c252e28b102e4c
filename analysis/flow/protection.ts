/**
 * What stands in the way of leaving a block: `try` with its handlers and `finally`, and `with`.
 */
import type { ExceptHandler, Expression, Statement, Try, With, WithItem } from "../syntax/tree.ts";
import { after, type Construct, type Frame, type GraphBuilder, isRaised, type Loose, type WayOut } from "./builder.ts";
import type { GraphSemantics } from "./graph.ts";
import { catches } from "./raising.ts";

export const protectionConstructs: readonly (readonly [Statement["kind"], Construct])[] = [
  ["try", (builder, statement, loose, frame) => appendTry(builder, statement as Try, loose, frame)],
  ["with", (builder, statement, loose, frame) => appendWith(builder, statement as With, 0, loose, frame)],
];

/** A `finally` inside of so many others is built once for all ways: copies of copies would grow exponentially. */
const MAX_FINALLY_COPIES_DEPTH = 2;

/** As many classes of raised exceptions are followed through a `finally` each on their own. */
const MAX_CLASSES_APART = 3;

function appendTry(builder: GraphBuilder, statement: Try, loose: Loose, frame: Frame): Loose {
  const { finalbody } = statement;
  if (finalbody.length === 0) return appendHandled(builder, statement, loose, frame);
  const guarded = new FinallyFrame(builder, finalbody, frame);
  const ends = appendHandled(builder, statement, loose, guarded);
  return ends.length === 0 ? ends : guarded.fallOut(ends);
}

/** The body, its handlers and its `else`; `frame` already has the `finally`. */
function appendHandled(builder: GraphBuilder, statement: Try, loose: Loose, frame: Frame): Loose {
  const { body, handlers, orelse } = statement;
  if (handlers.length === 0) return builder.block(orelse, builder.block(body, loose, frame), frame);
  const raised = new HandlersFrame(builder, statement, frame);
  const tried = builder.block(body, loose, raised);
  const ends = [...builder.block(orelse, tried, frame)];
  for (const handler of handlers) ends.push(...appendHandler(builder, statement, handler, raised, frame));
  return ends;
}

function appendHandler(
  builder: GraphBuilder,
  statement: Try,
  handler: ExceptHandler,
  raised: HandlersFrame,
  frame: Frame,
): Loose {
  const loose = raised.caughtBy(handler);
  if (loose.length === 0) return loose;
  return builder.inCleanup(() => {
    const head = {
      start: handler.start,
      end: handler.name?.end ?? handler.type?.end ?? handler.start + "except".length,
    };
    const node = builder.append({ kind: "caught", handler, statement }, head, loose);
    return builder.block(handler.body, after(node), frame);
  });
}

/** In the body of a `try`: exceptions lead to the handlers, and past them where none is sure to match. */
class HandlersFrame implements Frame {
  private readonly builder: GraphBuilder;
  private readonly statement: Try;
  private readonly outer: Frame;
  private readonly dispatchers = new Map<WayOut, number>();

  constructor(builder: GraphBuilder, statement: Try, outer: Frame) {
    this.builder = builder;
    this.statement = statement;
    this.outer = outer;
  }

  leave(way: WayOut): number {
    if (way !== "exception" && way !== "given-up" && !isRaised(way)) return this.outer.leave(way);
    const known = this.dispatchers.get(way);
    if (known !== undefined) return known;
    const dispatcher = this.builder.node({ kind: "join" }, { start: this.statement.start, end: this.statement.start });
    this.dispatchers.set(way, dispatcher);
    const surely = this.statement.handlers.some((handler) => this.match(handler, way) === "surely");
    if (!surely) this.builder.edge(dispatcher, this.outer.leave(way), "next");
    return dispatcher;
  }

  /** The ends that lead into a handler. To be asked once the body is built. */
  caughtBy(handler: ExceptHandler): Loose {
    const { handlers } = this.statement;
    const before = handlers.slice(0, handlers.indexOf(handler));
    return [...this.dispatchers].flatMap(([way, dispatcher]) => {
      if (this.match(handler, way) === "never") return [];
      return before.some((earlier) => this.match(earlier, way) === "surely") ? [] : after(dispatcher);
    });
  }

  private match(handler: ExceptHandler, way: WayOut): "surely" | "perhaps" | "never" {
    return match(handler, way, this.builder.semantics);
  }
}

function match(
  handler: Pick<ExceptHandler, "type">,
  way: WayOut,
  semantics: GraphSemantics,
): "surely" | "perhaps" | "never" {
  const caught = catches(handler);
  if (caught === "everything") return "surely";
  if (isRaised(way) && handler.type !== null) {
    const told = semantics.catches?.(handler.type, way.slice("raise ".length)) ?? null;
    if (told !== null) return told ? "surely" : "never";
  }
  if (way === "given-up") return caught === "closing" ? "surely" : "never";
  return caught === "exceptions" ? "surely" : "perhaps";
}

/** In a `try` with a `finally`: every way out runs a copy of it and then goes on as it would have. */
class FinallyFrame implements Frame {
  private readonly builder: GraphBuilder;
  private readonly body: readonly Statement[];
  private readonly outer: Frame;
  /** How many `finally` this one stands in; it may be copied while others are being built that it does not stand in. */
  private readonly depth: number;
  private readonly copies = new Map<WayOut, number>();
  /** Where ways are merged: where the one copy begins, and how it ends. */
  private merged: { readonly start: number; readonly ends: Loose } | null = null;

  constructor(builder: GraphBuilder, body: readonly Statement[], outer: Frame) {
    this.builder = builder;
    this.body = body;
    this.outer = outer;
    this.depth = builder.finallyDepth;
  }

  leave(wanted: WayOut): number {
    const way = this.wayFor(wanted);
    const known = this.copies.get(way);
    if (known !== undefined) return known;
    if (this.depth >= MAX_FINALLY_COPIES_DEPTH) {
      const { start, ends } = this.mergedCopy();
      this.copies.set(way, start);
      if (ends.length > 0) this.builder.attach(ends, this.outer.leave(way));
      return start;
    }
    const start = this.startNode();
    this.copies.set(way, start);
    const ends = this.copy(after(start));
    if (ends.length > 0) this.builder.attach(ends, this.outer.leave(way));
    return start;
  }

  /** Exceptions of many classes share a copy. */
  private wayFor(way: WayOut): WayOut {
    if (!isRaised(way) || this.copies.has(way)) return way;
    return [...this.copies.keys()].filter(isRaised).length < MAX_CLASSES_APART ? way : "exception";
  }

  fallOut(loose: Loose): Loose {
    if (this.depth < MAX_FINALLY_COPIES_DEPTH) return this.copy(loose);
    const { start, ends } = this.mergedCopy();
    this.builder.attach(loose, start);
    return ends;
  }

  private mergedCopy(): { readonly start: number; readonly ends: Loose } {
    if (this.merged === null) {
      const start = this.startNode();
      this.merged = { start, ends: this.copy(after(start)) };
    }
    return this.merged;
  }

  private startNode(): number {
    const start = this.body[0]!.start;
    return this.builder.node({ kind: "join" }, { start, end: start });
  }

  private copy(loose: Loose): Loose {
    const before = this.builder.finallyDepth;
    this.builder.finallyDepth = this.depth + 1;
    const ends = this.builder.inCleanup(() => this.builder.block(this.body, loose, this.outer));
    this.builder.finallyDepth = before;
    return ends;
  }
}

/** The items of a `with` from `index` on, each inside of the one before. */
function appendWith(builder: GraphBuilder, statement: With, index: number, loose: Loose, frame: Frame): Loose {
  const item = statement.items[index];
  if (item === undefined) return builder.block(statement.body, loose, frame);
  const evaluated = item.target === null ? [item.context] : [item.context, item.target];
  const suppresses = builder.semantics.suppresses(item.context);
  const action = { kind: "enter", item, statement } as const;
  const enter = builder.step(action, item, suppresses ? argumentsOf(item.context) : evaluated, loose, frame);
  if (!suppresses) builder.edge(enter, frame.leave("exception"), "exception");
  const inside = new WithFrame(builder, statement, item, suppresses ? argumentsOf(item.context) : null, frame);
  const ends = appendWith(builder, statement, index + 1, after(enter), inside);
  const on: Loose = ends.length === 0 ? [] : after(leaveNode(builder, statement, item, ends));
  if (!suppresses) for (const { from } of on) builder.edge(from, frame.leave("exception"), "exception");
  return [...on, ...inside.suppressed()];
}

function argumentsOf(context: Expression): readonly Expression[] {
  return context.kind === "call" ? context.args : [];
}

class WithFrame implements Frame {
  private readonly builder: GraphBuilder;
  private readonly statement: With;
  private readonly item: WithItem;
  /** The classes of exceptions that are swallowed; null for none. */
  private readonly swallowed: readonly Expression[] | null;
  private readonly outer: Frame;
  private readonly exits = new Map<WayOut, number>();

  constructor(
    builder: GraphBuilder,
    statement: With,
    item: WithItem,
    swallowed: readonly Expression[] | null,
    outer: Frame,
  ) {
    this.builder = builder;
    this.statement = statement;
    this.item = item;
    this.swallowed = swallowed;
    this.outer = outer;
  }

  leave(way: WayOut): number {
    const known = this.exits.get(way);
    if (known !== undefined) return known;
    const exit = leaveNode(this.builder, this.statement, this.item, []);
    this.exits.set(way, exit);
    if (this.swallows(way) !== "surely") this.builder.edge(exit, this.outer.leave(way), "next");
    return exit;
  }

  /** The ends behind the block where an exception was swallowed. To be asked once the body is built. */
  suppressed(): Loose {
    return [...this.exits].flatMap(([way, exit]) => (this.swallows(way) === "never" ? [] : after(exit)));
  }

  private swallows(way: WayOut): ReturnType<typeof match> {
    if (this.swallowed === null || (way !== "exception" && way !== "given-up" && !isRaised(way))) return "never";
    const { start, end } = this.item.context;
    const type: Expression = { kind: "collection", form: "tuple", start, end, items: [...this.swallowed] };
    return match({ type }, way, this.builder.semantics);
  }
}

function leaveNode(builder: GraphBuilder, statement: With, item: WithItem, loose: Loose): number {
  return builder.append({ kind: "leave", item, statement }, item, loose);
}
