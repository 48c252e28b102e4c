/** Small random functions that open and close things: made from a grammar, and written out as Python. Same seed, same functions. */
export type Name = "a" | "b";
export type Node =
  | { readonly kind: "open" | "close" | "use" | "clear"; readonly name: Name }
  | { readonly kind: "work" | "break" | "continue" | "pass" }
  /** Null: any of them. */
  | { readonly kind: "raise"; readonly error: Raised | null }
  | { readonly kind: "return"; readonly name: Name | null }
  | { readonly kind: "if"; readonly body: Block; readonly otherwise: Block }
  | { readonly kind: "if-set"; readonly name: Name; readonly none: boolean }
  | { readonly kind: "for"; readonly body: Block; readonly otherwise: Block }
  | { readonly kind: "with"; readonly name: Name; readonly opens: boolean; readonly body: Block }
  | {
      readonly kind: "try";
      readonly body: Block;
      readonly handlers: readonly { readonly catches: Catches; readonly body: Block }[];
      readonly otherwise: Block;
      readonly last: Block;
    };
export type Block = readonly Node[];
export type Raised = "ValueError" | "KeyError" | "OSError";
type Catches = "everything" | "Exception" | "LookupError" | "ValueError";

interface Place {
  readonly random: () => number;
  readonly depth: number;
  readonly finallies: number;
  /** In an arm of an `if`, a loop, or where something is cleaned up. */
  readonly branch: boolean;
  readonly loop: boolean;
  readonly cleanup: boolean;
}

/** A block for a place; the outermost is a function's body. */
export function makeBlock(place: Place): Block {
  const length = 1 + Math.floor(place.random() * (place.depth === 0 ? 5 : 3));
  const block: Node[] = [];
  for (let i = 0; i < length; i++) block.push(makeNode(place));
  return block;
}

function makeNode(place: Place): Node {
  const { random, depth, branch, loop, cleanup, finallies } = place;
  const name: Name = random() < 0.7 ? "a" : "b";
  const inner = { ...place, depth: depth + 1 };
  const settles = !branch;
  const choices: [number, () => Node][] = [
    [2, () => ({ kind: "work" })],
    [2, () => ({ kind: "use", name })],
    [0.3, () => ({ kind: "pass" })],
    [0.4, () => ({ kind: "return", name: null })],
    [0.4, () => ({ kind: "raise", error: null })],
    [0.5, () => ({ kind: "raise", error: pick(random, ["ValueError", "KeyError", "OSError"]) })],
  ];
  if (!branch && !cleanup) choices.push([4, () => ({ kind: "open", name })], [0.3, () => ({ kind: "clear", name })]);
  if (settles) {
    choices.push([2.5, () => ({ kind: "close", name })], [1, () => ({ kind: "if-set", name, none: random() < 0.5 })]);
    if (!cleanup) choices.push([0.5, () => ({ kind: "return", name })]);
  }
  if (loop) choices.push([0.6, () => ({ kind: "break" })], [0.6, () => ({ kind: "continue" })]);
  if (depth < 3) {
    const arm = { ...inner, branch: true };
    choices.push(
      [1, () => ({ kind: "if", body: makeBlock(arm), otherwise: random() < 0.5 ? makeBlock(arm) : [] })],
      [
        0.7,
        () => ({
          kind: "for",
          body: makeBlock({ ...arm, loop: true }),
          otherwise: random() < 0.2 ? makeBlock(arm) : [],
        }),
      ],
    );
    if (!branch && !cleanup) {
      choices.push([0.8, () => ({ kind: "with", name, opens: random() < 0.5, body: makeBlock(inner) })]);
    }
    choices.push([2.5, () => makeTry(inner, finallies)]);
  }
  let at = random() * choices.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, make] of choices) {
    at -= weight;
    if (at < 0) return make();
  }
  return { kind: "pass" };
}

function makeTry(place: Place, finallies: number): Node {
  const { random } = place;
  const handled = random() < 0.7;
  const last = (!handled || random() < 0.5) && finallies < 2;
  const body = makeBlock({ ...place, finallies: finallies + (last ? 1 : 0) });
  const kinds: Catches[] =
    handled || !last
      ? (["everything", "Exception", "LookupError", "ValueError"] as const).filter(() => random() < 0.4)
      : [];
  if (!last && kinds.length === 0) kinds.push("Exception");
  const cleanup = { ...place, cleanup: true };
  // From narrow to wide, as Python wants it.
  const handlers = kinds.reverse().map((catches) => ({ catches, body: makeBlock(cleanup) }));
  return {
    kind: "try",
    body,
    handlers,
    otherwise: handlers.length > 0 && random() < 0.2 ? makeBlock(place) : [],
    last: last ? makeBlock({ ...cleanup, finallies: finallies + 1, loop: false }) : [],
  };
}

function pick<T>(random: () => number, of: readonly T[]): T {
  return of[Math.floor(random() * of.length)]!;
}

/** Numbers from 0 to 1, the same for the same seed. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A block as Python, indented `depth` times. */
export function writeBlock(block: Block, depth: number): string {
  return (block.length === 0 ? [{ kind: "pass" } as const] : block).map((node) => writeNode(node, depth)).join("");
}

function writeNode(node: Node, depth: number): string {
  const line = (text: string): string => `${"    ".repeat(depth)}${text}\n`;
  const below = (block: Block): string => writeBlock(block, depth + 1);
  switch (node.kind) {
    case "open":
      return line(`${node.name} = Session()`);
    case "clear":
      return line(`${node.name} = None`);
    case "close":
      return line(`${node.name}.close()`);
    case "use":
      return line(`${node.name}.use()`);
    case "work":
      return line("work()");
    case "raise":
      return line(node.error === null ? "raise error" : `raise ${node.error}()`);
    case "return":
      return line(node.name === null ? "return" : `return ${node.name}`);
    case "if":
      return (
        line("if flag:") + below(node.body) + (node.otherwise.length > 0 ? line("else:") + below(node.otherwise) : "")
      );
    case "if-set":
      return line(`if ${node.name}${node.none ? " is not None" : ""}:`) + below([{ kind: "close", name: node.name }]);
    case "for":
      return (
        line("for item in items:") +
        below(node.body) +
        (node.otherwise.length > 0 ? line("else:") + below(node.otherwise) : "")
      );
    case "with":
      return line(node.opens ? `with Session() as ${node.name}:` : `with ${node.name}:`) + below(node.body);
    case "try":
      return [
        line("try:") + below(node.body),
        ...node.handlers.map(
          ({ catches, body }) => line(catches === "everything" ? "except:" : `except ${catches}:`) + below(body),
        ),
        node.otherwise.length > 0 ? line("else:") + below(node.otherwise) : "",
        node.last.length > 0 ? line("finally:") + below(node.last) : "",
      ].join("");
    default:
      return line(node.kind);
  }
}
