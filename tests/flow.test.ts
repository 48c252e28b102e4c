/**
 * The control-flow graph of one function, and what becomes of the resources it opens.
 *
 * Most of it is stated by the Python in `test-fixtures/flow/`: each function begins with a comment per resource it opens, in source order,
 *
 *     # => leaked exception-path: may-raise "borrow(s)", returns "return 1"
 *
 * which gives the fate, the kind of leak ("narrowly" before it where only a child is made) and the steps of the path. In it, `Session()`, `connect()`
 * and `open()` open something that `.close()` and `with` close, `pg()` something that `with` does not close, and `await aconnect()` something that
 * `await x.aclose()` closes. `borrow(x)` uses what it is given, `release(x)` closes it, any other call may keep it. `print()` never
 * raises, `abort()` always does, `exit()` ends the process.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FlowGraph } from "../analysis/flow/graph.ts";
import { buildGraph } from "../analysis/flow/graph.ts";
import type { Opening, ResourceFate, ResourceSemantics } from "../analysis/flow/ownership.ts";
import { resourceFates } from "../analysis/flow/ownership.ts";
import { createNativeParser, type Expression, type FunctionDef, readModule } from "../analysis/syntax/index.ts";
import { FIXTURES } from "./harness/fixture.ts";

const OPENERS: Readonly<Record<string, Opening>> = {
  Session: { what: "database session", closedBy: ["close", "with"], isAsync: false },
  connect: { what: "database connection", closedBy: ["close", "with"], isAsync: false },
  open: { what: "file", closedBy: ["close", "with"], isAsync: false },
  link: { what: "database connection", closedBy: ["disconnect"], isAsync: false },
  checkout: { what: "database connection", closedBy: [], isAsync: false },
  pg: { what: "database connection", closedBy: ["close"], isAsync: false },
};

const semantics: ResourceSemantics = {
  opens(e) {
    if (e.kind === "await") {
      return calleeOf(e.value) === "aconnect" ? { what: "client", closedBy: ["aclose", "with"], isAsync: true } : null;
    }
    return OPENERS[calleeOf(e)] ?? null;
  },
  receiverEffect: (_, method) => (/^a?close$/.test(method) ? "closes" : method === "detach" ? "escapes" : "uses"),
  argumentEffect: (call) => {
    const callee = calleeOf(call);
    return ["borrow", "print"].includes(callee) ? "uses" : callee === "release" ? "closes" : "escapes";
  },
  closedByWith(item) {
    const callee = calleeOf(item);
    if (callee === "closing" || callee === "aclosing") return true;
    return item.kind === "name" ? item.id !== "pg_conn" : callee !== "pg" && callee !== "borrow";
  },
  suppresses: (item) => calleeOf(item) === "suppress",
  cannotRaise: (call) => calleeOf(call) === "print",
  neverReturns: (call) => (calleeOf(call) === "abort" ? "raises" : calleeOf(call) === "exit" ? "ends" : false),
};

function calleeOf(e: Expression): string {
  return e.kind === "call" && e.callee.kind === "name" ? e.callee.id : "";
}

const parser = createNativeParser();

/** The resources in a function, and the text its offsets count in. */
interface Told {
  readonly fates: readonly ResourceFate[];
  readonly text: string;
}

/** One line per resource, as in the fixtures. */
function linesOf({ fates, text }: Told): readonly string[] {
  return fates.map(({ fate, leak }) => {
    if (!leak) return fate;
    const path = leak.path.map(({ step, span }) => `${step} "${text.slice(span.start, span.end)}"`).join(", ");
    return `${leak.narrow ? "narrowly " : ""}${fate} ${leak.kind}${path ? `: ${path}` : ""}`;
  });
}

/** The fates in an `async def` with this body. */
function fates(body: string): Told {
  const source = `async def f(existing=None, flag=None, items=()):\n${indent(dedent(body))}`;
  const unit = readModule(parser, source).units[0]!;
  return { fates: resourceFates(unit, semantics), text: source };
}

function dedent(text: string): string {
  const lines = text.replace(/^\n/, "").trimEnd().split("\n");
  const margin = Math.min(...lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length));
  return `${lines.map((line) => line.slice(margin)).join("\n")}\n`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "    ");
}

for (const file of readdirSync(join(FIXTURES, "flow")).sort()) {
  describe(`test-fixtures/flow/${file}`, () => {
    const source = readFileSync(join(FIXTURES, "flow", file), "utf8");
    for (const unit of readModule(parser, source).units) {
      const text = source.slice(unit.unitStart, unit.unitStart + unit.end);
      const stated = [...text.matchAll(/# => (.+)/g)].map(([, line]) => line);
      it(unit.name.replaceAll("_", " "), () => {
        assert.ok(stated.length > 0, "the function states nothing");
        assert.deepEqual(linesOf({ fates: resourceFates(unit, semantics), text }), stated);
      });
    }
  });
}

describe("resources in one function", () => {
  it("at the top level of a module live as long as their names", () => {
    const text = "client = connect()\nclient.get()\nconnect()\n";
    const module = readModule(parser, text);
    assert.deepEqual(linesOf({ fates: resourceFates(module.body, semantics), text }), ["escaped", "leaked never"]);
  });

  describe("what a with would take", () => {
    it("moves what stands before the close", () => {
      const { fates: all, text } = fates(`
        s = Session()
        rows = s.query(1)
        s.close()
        return rows
      `);
      assert.deepEqual(fixTexts(all[0]!, text), {
        statement: "s = Session()",
        name: "s",
        opener: "Session()",
        body: ["rows = s.query(1)"],
        redundant: ["s.close()"],
      });
    });
    it("moves everything where nothing closes", () => {
      const { fates: all, text } = fates(`
        if flag:
            s: Session = Session()
            rows = s.query(1)
            return [row.x for row in rows]
        return []
      `);
      assert.deepEqual(fixTexts(all[0]!, text), {
        statement: "s: Session = Session()",
        name: "s",
        opener: "Session()",
        body: ["rows = s.query(1)", "return [row.x for row in rows]"],
        redundant: [],
      });
    });
    it("takes closings away on the early ways too, unless they are alone in their block", () => {
      const { fates: all, text } = fates(`
        c = await aconnect()
        if flag:
            await c.aclose()
            return 1
        try:
            await c.get()
        except ValueError:
            await c.aclose()
        await c.aclose()
      `);
      assert.deepEqual(fixTexts(all[0]!, text)?.redundant, ["await c.aclose()", "await c.aclose()"]);
      assert.equal(fixTexts(all[0]!, text)?.opener, "await aconnect()");
    });
    it("is offered where only closing() would close it", () => {
      assert.equal(fates("c = pg()\nc.cursor()").fates[0]!.withFix?.name, "c");
    });
    it("is offered where only another method closes it, for a try with finally", () => {
      assert.equal(fates("c = link()\nc.cursor()").fates[0]!.withFix?.name, "c");
    });
    const none: readonly (readonly [string, string])[] = [
      ["it does not leak", "with Session() as s:\n    s.query()"],
      ["it has no name", "Session().query()"],
      ["nobody knows what closes it", "c = checkout()\nc.cursor()"],
      ["its name is used outside of the block", "s = None\nif flag:\n    s = Session()\n    s.query()\nprint(s)"],
      ["it has two names", "s = t = Session()\ns.query()"],
      ["it is used again behind its close", "s = Session()\ns.query()\ns.close()\nprint(s)"],
      ["its name is bound again", "s = Session()\ns = Session()\ns.close()"],
      ["it is one value of several", "a, b = Session(), 1\na.query()"],
      ["nothing follows", "s = Session()"],
    ];
    for (const [why, body] of none) {
      it(`offers nothing where ${why}`, () => assert.equal(fates(body).fates[0]!.withFix, null));
    }
  });

  it("tells what was opened, where, and under which names", () => {
    const { fates: all, text } = fates("client = await aconnect()\nalso = client\nawait also.get()");
    const [fate] = all;
    assert.ok(fate);
    assert.equal(text.slice(fate.open.start, fate.open.end), "await aconnect()");
    assert.equal(fate.statement.kind, "assign");
    assert.deepEqual(fate.names, ["client", "also"]);
    assert.equal(fate.what, "client");
    assert.deepEqual(fate.closedBy, ["aclose", "with"]);
    assert.equal(fate.isAsync, true);
  });

  it("reads broken code as far as it goes", () => {
    assert.doesNotThrow(() => fates("s = Session()\nif s.query(:\n    return )\ns.close(\nbreak\nexcept:\n"));
  });
});

function fixTexts({ withFix }: ResourceFate, text: string) {
  const at = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
  return (
    withFix && {
      statement: at(withFix.statement),
      name: withFix.name,
      opener: at(withFix.opener),
      body: withFix.body.map(at),
      redundant: withFix.redundant.map(at),
    }
  );
}

describe("the control-flow graph", () => {
  it("leaves out what cannot be reached", () => {
    assert.deepEqual(statementsIn("return 1\nborrow(2)"), ["return 1"]);
    assert.deepEqual(statementsIn("while True:\n    borrow(1)\nborrow(2)"), ["borrow(1)"]);
    assert.deepEqual(statementsIn("while True:\n    break\nborrow(2)"), ["borrow(2)"]);
    assert.deepEqual(statementsIn("abort()\nborrow(2)"), ["abort()"]);
    assert.deepEqual(statementsIn("if False:\n    borrow(1)\nelse:\n    borrow(2)"), ["borrow(2)"]);
    assert.deepEqual(statementsIn("try:\n    x = 1\nexcept ValueError:\n    borrow(1)"), ["x = 1"]);
  });

  it("runs a finally once for each way that leads through it", () => {
    const body = "try:\n    if flag: return 1\n    borrow(1)\nfinally:\n    borrow(2)";
    assert.equal(statementsIn(body).filter((text) => text === "borrow(2)").length, 3);
  });

  it("sends every exception of a function without handlers out of it", () => {
    const graph = graphOf("borrow(1)\nx = 1\nraise ValueError");
    const sources = graph.nodes.filter(({ edges }) =>
      edges.some(({ to, kind }) => to === graph.uncaught.id && kind === "exception"),
    );
    assert.equal(sources.length, 2);
    assert.ok(!graph.nodes.some(({ edges }) => edges.some(({ to }) => to === graph.exit.id)));
  });

  it("stays linear where finally blocks are nested deeply", () => {
    const nested = (depth: number): string =>
      depth === 0 ? "borrow(1)\n" : `try:\n    borrow(0)\nfinally:\n${indent(nested(depth - 1))}`;
    const small = graphOf(nested(20)).nodes.length;
    const large = graphOf(nested(40)).nodes.length;
    assert.ok(large < small * 2.5, `${small} nodes at depth 20, ${large} at depth 40`);
  });

  it("names the loop, the handler and the ways of an edge", () => {
    const graph = graphOf("for x in flag:\n    try:\n        yield x\n    except KeyError as e:\n        continue\n");
    const kinds = new Set(graph.nodes.map(({ action }) => action.kind));
    for (const kind of ["iterate", "exhausted", "caught", "statement"] as const) assert.ok(kinds.has(kind), kind);
    const edges = new Set(graph.nodes.flatMap((node) => node.edges.map(({ kind }) => kind)));
    assert.deepEqual([...edges].sort(), ["exception", "false", "given-up", "next", "true"]);
  });

  it("swallows exceptions behind a with that suppresses them", () => {
    const graph = graphOf("with suppress(KeyError):\n    flag()\nx = 1");
    const raising = graph.nodes.filter(({ edges }) => edges.some(({ to }) => to === graph.uncaught.id));
    assert.deepEqual(
      raising.map(({ action }) => action.kind),
      ["leave"],
    );
  });

  it("takes an elif chain of any length", () => {
    const chain = Array.from({ length: 3000 }, (_, i) => `elif flag == ${i}:\n    borrow(${i})\n`).join("");
    assert.ok(graphOf(`if flag:\n    pass\n${chain}`).nodes.length > 3000);
  });
});

function graphOf(body: string): FlowGraph {
  const { def } = parsed(body);
  return buildGraph(def, semantics);
}

function parsed(body: string): { readonly def: FunctionDef; readonly text: string } {
  const source = `def f(flag):\n${indent(body)}\n`;
  return { def: readModule(parser, source).units[0]!, text: source };
}

function statementsIn(body: string): readonly string[] {
  const { text } = parsed(body);
  return graphOf(body)
    .nodes.filter(({ action }) => action.kind === "statement")
    .map(({ span }) => text.slice(span.start, span.end));
}
