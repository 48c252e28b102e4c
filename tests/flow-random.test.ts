/**
 * Thousands of small random functions: what the flow analysis says of each resource in them against what every possible run does.
 *
 * A function is made from a grammar, written out as Python for the analysis, and run here by an interpreter that tries every outcome of every choice: a
 * condition holds or not, a loop runs none, one or two rounds, a call raises one of three exceptions or nothing. The interpreter knows nothing of graphs.
 * What the analysis trades away on purpose (`analysis/flow/ownership.ts`) the grammar leaves out, or the interpreter leaves undone: closing in one arm of an
 * `if` or in a loop, exceptions of cleaning up.
 */
import assert from "node:assert/strict";
import type { ResourceSemantics } from "../analysis/flow/ownership.ts";
import { resourceFates } from "../analysis/flow/ownership.ts";
import { createNativeParser, type Expression, readModule } from "../analysis/syntax/index.ts";
import {
  type Block,
  generator,
  makeBlock,
  type Name,
  type Node,
  type Raised,
  writeBlock,
} from "./harness/random-functions.ts";

const PROGRAMS = 2000;
const SEED = 20_240_611;

describe("random functions", () => {
  it(`leak as the analysis says, in ${PROGRAMS} of them`, () => {
    const random = generator(SEED);
    const parser = createNativeParser();
    let compared = 0;
    let leaking = 0;
    for (let number = 0; number < PROGRAMS; ) {
      const program = makeBlock({ random, depth: 0, finallies: 0, branch: false, loop: false, cleanup: false });
      const source = `def f(flag, items, error):\n${writeBlock(program, 1)}`;
      const runs = everyRun(program);
      if (runs === null) continue;
      number++;
      const unit = readModule(parser, source).units[0]!;
      const leaked = new Set(
        resourceFates(unit, semantics).flatMap((fate) =>
          fate.fate === "leaked" ? [siteAt(source, fate.open.start)] : [],
        ),
      );
      for (const [site, told] of runs) {
        compared++;
        const expected = shouldBeTold(told);
        if (expected) leaking++;
        const shown = `${source}\nresource ${site}: ${JSON.stringify(told)}`;
        assert.equal(leaked.has(site), expected, `${expected ? "missed" : "wrong"} in program ${number}\n${shown}`);
      }
    }
    assert.ok(compared > PROGRAMS / 2, "most programs open something");
    assert.ok(leaking > compared / 10 && leaking < (9 * compared) / 10, "some leak and some do not");
  });
});

/** What all runs together did with what one place opened. */
interface Told {
  closed: boolean;
  escaped: boolean;
  /** Left open by a run in which nothing was raised since the opening. */
  plainLeak: boolean;
  /** Left open by any run. */
  leak: boolean;
}

/** What is promised: leaks on normal ways always; leaks behind an exception where another way closes, or none does anything. */
function shouldBeTold({ closed, escaped, plainLeak, leak }: Told): boolean {
  return plainLeak || (leak && (closed || !escaped));
}

/** The number of the opening at an offset, counted in source order. */
function siteAt(source: string, offset: number): number {
  return source.slice(0, offset).split("Session()").length - 1;
}

// ------------------------------------------------------------------------------------------------- as runs

type End = "next" | "return" | "break" | "continue" | { readonly raised: Raised };

interface Opened {
  readonly site: number;
  state: "open" | "closed" | "escaped";
  excepted: boolean;
}

const MOST_RUNS = 4000;

/** One for each handler there is, and one that none of them names. */
const ERRORS: readonly Raised[] = ["ValueError", "KeyError", "OSError"];

/** What every run of a program does, by opening; null where there are too many runs. */
function everyRun(program: Block): ReadonlyMap<number, Told> | null {
  const sites = numberSites(program);
  const told = new Map<number, Told>();
  let path: number[] = [];
  for (let runs = 0; runs < MOST_RUNS; runs++) {
    const run = new Run(sites, path);
    run.execute(program);
    for (const { site, state, excepted } of run.opened) {
      const all = told.get(site) ?? { closed: false, escaped: false, plainLeak: false, leak: false };
      told.set(site, all);
      if (state === "closed") all.closed = true;
      else if (state === "escaped") all.escaped = true;
      else {
        all.leak = true;
        if (!excepted) all.plainLeak = true;
      }
    }
    path = run.taken.map(({ choice }) => choice);
    let last = path.length - 1;
    while (last >= 0 && path[last]! + 1 >= run.taken[last]!.of) last--;
    if (last < 0) return told;
    path = [...path.slice(0, last), path[last]! + 1];
  }
  return null;
}

/** One run: takes the choices it is given, then the first of each. */
class Run {
  readonly opened: Opened[] = [];
  readonly taken: { readonly choice: number; readonly of: number }[] = [];
  private readonly sites: ReadonlyMap<Node, number>;
  private readonly given: readonly number[];
  private readonly held = new Map<Name, Opened>();
  private cleanup = 0;

  constructor(sites: ReadonlyMap<Node, number>, given: readonly number[]) {
    this.sites = sites;
    this.given = given;
  }

  execute(block: Block): End {
    for (const node of block) {
      const end = this.step(node);
      if (end !== "next") return end;
    }
    return "next";
  }

  private step(node: Node): End {
    switch (node.kind) {
      case "open":
        return this.open(node, node.name);
      case "clear":
        this.held.delete(node.name);
        return "next";
      case "close":
        this.settle(node.name, "closed");
        return this.call();
      case "use":
      case "work":
        return this.call();
      case "raise":
        return this.raise(node.error ?? ERRORS[this.choose(ERRORS.length)]!);
      case "return":
        if (node.name !== null) this.settle(node.name, "escaped");
        return "return";
      case "break":
      case "continue":
        return node.kind;
      case "if":
        return this.execute(this.choose(2) === 0 ? node.body : node.otherwise);
      case "if-set":
        // A name that holds nothing from here may hold something from elsewhere.
        return this.held.has(node.name) || this.choose(2) === 1
          ? this.step({ kind: "close", name: node.name })
          : "next";
      case "for":
        return this.loop(node);
      case "with":
        return this.enter(node);
      case "try":
        return this.attempt(node);
      default:
        return "next";
    }
  }

  private open(node: Node, name: Name): End {
    const end = this.call();
    if (end !== "next") return end;
    const opened: Opened = { site: this.sites.get(node)!, state: "open", excepted: false };
    this.opened.push(opened);
    this.held.set(name, opened);
    return "next";
  }

  private settle(name: Name, state: "closed" | "escaped"): void {
    const held = this.held.get(name);
    if (held?.state === "open") held.state = state;
  }

  private loop(node: Node & { kind: "for" }): End {
    for (let round = 0; round < 2 && this.choose(2) === 1; round++) {
      const end = this.execute(node.body);
      if (end === "break") return "next";
      if (end !== "next" && end !== "continue") return end;
    }
    return this.execute(node.otherwise);
  }

  private enter(node: Node & { kind: "with" }): End {
    if (node.opens) {
      const end = this.open(node, node.name);
      if (end !== "next") return end;
    }
    const context = this.held.get(node.name);
    const entered = this.call();
    if (entered !== "next") {
      if (context?.state === "open") context.state = "closed";
      return entered;
    }
    const end = this.execute(node.body);
    if (context?.state === "open") context.state = "closed";
    if (end !== "next") return end;
    return this.call();
  }

  private attempt(node: Node & { kind: "try" }): End {
    let end = this.execute(node.body);
    if (end === "next") end = this.execute(node.otherwise);
    else if (typeof end === "object") {
      const { raised } = end;
      const handler = node.handlers.find(({ catches }) => isCaught(raised, catches));
      if (handler) end = this.cleanUp(handler.body);
    }
    if (node.last.length === 0) return end;
    const last = this.cleanUp(node.last);
    return last === "next" ? end : last;
  }

  private cleanUp(block: Block): End {
    this.cleanup++;
    const end = this.execute(block);
    this.cleanup--;
    return end;
  }

  /** A call may raise, but what fails while cleaning up is not told. */
  private call(): End {
    if (this.cleanup > 0) return "next";
    const outcome = this.choose(1 + ERRORS.length);
    return outcome === 0 ? "next" : this.raise(ERRORS[outcome - 1]!);
  }

  private raise(raised: Raised): End {
    for (const each of this.opened) each.excepted ||= each.state === "open";
    return { raised };
  }

  private choose(of: number): number {
    const choice = this.given[this.taken.length] ?? 0;
    this.taken.push({ choice, of });
    return choice;
  }
}

function isCaught(raised: string, type: string): boolean {
  if (type === "ValueError") return raised === "ValueError";
  return type !== "LookupError" || raised === "KeyError";
}

/** The openings of a program, numbered from 0 in source order. */
function numberSites(program: Block): ReadonlyMap<Node, number> {
  const sites = new Map<Node, number>();
  const visit = (block: Block): void => {
    for (const node of block) {
      if (node.kind === "open" || (node.kind === "with" && node.opens)) sites.set(node, sites.size);
      for (const inner of blocksOf(node)) visit(inner);
    }
  };
  visit(program);
  return sites;
}

function blocksOf(node: Node): readonly Block[] {
  switch (node.kind) {
    case "if":
      return [node.body, node.otherwise];
    case "for":
      return [node.body, node.otherwise];
    case "with":
      return [node.body];
    case "try":
      return [node.body, ...node.handlers.map(({ body }) => body), node.otherwise, node.last];
    default:
      return [];
  }
}

// ------------------------------------------------------------------------------------- what the calls mean

const semantics: ResourceSemantics = {
  opens: (e) =>
    calls(e, "Session") ? { what: "database session", closedBy: ["close", "with"], isAsync: false } : null,
  receiverEffect: (_, method) => (method === "close" ? "closes" : "uses"),
  argumentEffect: () => "uses",
  closedByWith: () => true,
  suppresses: () => false,
  cannotRaise: () => false,
  neverReturns: () => false,
  raised: (e) => (e.kind === "call" && e.callee.kind === "name" ? e.callee.id : null),
  catches: (type, raised) => (type.kind === "name" ? isCaught(raised, type.id) : null),
};

function calls(e: Expression, name: string): boolean {
  return e.kind === "call" && e.callee.kind === "name" && e.callee.id === name;
}
