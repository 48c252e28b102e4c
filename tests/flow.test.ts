/**
 * What becomes of resources in one function, told of small Python functions.
 *
 * In them `Session()`, `connect()` and `open()` open something that `.close()` and `with` close, `pg()` something that `with` does not close, and
 * `await aconnect()` something that `await x.aclose()` closes. `borrow(x)` uses what it is given, `release(x)` closes it, any other call may
 * keep it. `print()` never raises, `abort()` always does, `exit()` ends the process.
 */
import assert from "node:assert/strict";
import type { FlowGraph } from "../analysis/flow/graph.ts";
import { buildGraph } from "../analysis/flow/graph.ts";
import type { Opening, ResourceFate, ResourceSemantics } from "../analysis/flow/ownership.ts";
import { resourceFates } from "../analysis/flow/ownership.ts";
import { createNativeParser, type Expression, type FunctionDef, readModule } from "../analysis/syntax/index.ts";

const OPENERS: Readonly<Record<string, Opening>> = {
  Session: { what: "database session", closedBy: ["close", "with"], isAsync: false },
  connect: { what: "database connection", closedBy: ["close", "with"], isAsync: false },
  open: { what: "file", closedBy: ["close", "with"], isAsync: false },
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

/** The fates in the first function of `body`, which is the body of `def f(…)` unless it brings its own `def`. */
function fates(body: string): { readonly fates: readonly ResourceFate[]; readonly text: string } {
  const def = /^(async )?def /.test(body.trimStart());
  const lines = dedent(body);
  const source = def ? lines : `async def f(existing=None, flag=None, items=()):\n${indent(lines)}`;
  const unit = readModule(parser, source).units[0]!;
  return { fates: resourceFates(unit, semantics), text: source.slice(unit.unitStart) };
}

/** One line per resource: `leaked exception-path: may-raise "borrow(s)"`. */
function told(body: string): string {
  const { fates: all, text } = fates(body);
  const lines = all.map(({ fate, leak }) => {
    if (!leak) return fate;
    const path = leak.path.map(({ step, span }) => `${step} "${text.slice(span.start, span.end)}"`).join(", ");
    return `${leak.narrow ? "narrowly " : ""}${fate} ${leak.kind}${path ? `: ${path}` : ""}`;
  });
  return lines.join("; ");
}

function dedent(text: string): string {
  const lines = text.replace(/^\n/, "").trimEnd().split("\n");
  const margin = Math.min(...lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length));
  return `${lines.map((line) => line.slice(margin)).join("\n")}\n`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "    ");
}

/** `what`: what the code shows. `expected`: see `told`. */
function shows(what: string, body: string, expected: string): void {
  it(what, () => assert.equal(told(body), expected));
}

describe("resources in one function", () => {
  describe("closed", () => {
    shows(
      "by a with over the opening",
      `
      with Session() as s:
          s.query(1)
      `,
      "closed",
    );
    shows(
      "by a with over its name",
      `
      s = Session()
      with s:
          s.query(1)
      `,
      "closed",
    );
    shows(
      "by contextlib.closing over a connection whose own block does not close it",
      `
      with closing(pg()) as conn:
          conn.cursor()
      `,
      "closed",
    );
    shows(
      "by an async with over an awaited opening",
      `
      async with await aconnect() as client:
          client.get()
      `,
      "closed",
    );
    shows(
      "by an async with over an awaited name",
      `
      client = await aconnect()
      async with client:
          client.get()
      `,
      "closed",
    );
    shows(
      "by a finally right behind it",
      `
      s = Session()
      try:
          s.query(1)
          return borrow(s)
      finally:
          s.close()
      `,
      "closed",
    );
    shows(
      "by a finally, whichever way out is taken",
      `
      for item in items:
          s = Session()
          try:
              if item: continue
              if flag: break
              if existing: return 1
              if abort(): raise ValueError()
              borrow(s)
          except KeyError:
              raise
          finally:
              s.close()
      `,
      "closed",
    );
    shows(
      "by a finally that asks whether it was opened",
      `
      session = None
      try:
          session = Session()
          session.query(1)
      finally:
          if session:
              session.close()
      `,
      "closed",
    );
    shows(
      "by a finally that asks with is not None",
      `
      session = None
      try:
          session = Session()
          return session.query(1)
      except ValueError:
          borrow(1)
      finally:
          if session is not None:
              session.close()
      `,
      "closed",
    );
    shows(
      "after a return where it is None",
      `
      s = Session()
      try:
          pass
      finally:
          if not s:
              return None
          s.close()
      `,
      "closed",
    );
    shows(
      "after a return where it == None, and with more behind an and",
      `
      s = Session()
      if None == s:
          return 1
      if s and s.active:
          s.close()
      else:
          s.close()
      `,
      "closed",
    );
    shows(
      "by a conditional expression as a statement",
      `
      s = None
      try:
          s = Session()
          s.query()
      finally:
          s.close() if s else None
      `,
      "closed",
    );
    shows(
      "by s and s.close()",
      `
      s = None
      try:
          s = Session()
          s.query()
      finally:
          s and s.close()
      `,
      "closed",
    );
    shows(
      "in an except that catches all and behind the try",
      `
      s = Session()
      try:
          s.query(1)
      except Exception:
          s.close()
          raise
      s.close()
      `,
      "closed",
    );
    shows(
      "in a bare except and in the else",
      `
      s = Session()
      try:
          s.query(1)
      except:
          s.close()
          raise
      else:
          s.close()
      `,
      "closed",
    );
    shows(
      "behind a suppressing with",
      `
      s = Session()
      with suppress(ValueError):
          s.query(1)
          borrow(s)
      s.close()
      `,
      'leaked exception-path: may-raise "suppress(ValueError)"',
    );
    shows(
      "inside of a suppressing with",
      `
      s = Session()
      try:
          s.query(1)
      finally:
          with suppress(Exception):
              s.close()
      `,
      "closed",
    );
    shows(
      "at once, as a receiver",
      `
      connect().close()
      `,
      "closed",
    );
    shows(
      "by a call that closes what it is given",
      `
      s = Session()
      release(s)
      `,
      "closed",
    );
    shows(
      "under another name",
      `
      s = t = Session()
      u = t
      try:
          u.query()
      finally:
          s.close()
      `,
      "closed",
    );
    shows(
      "by a walrus holder",
      `
      if (s := Session()):
          try:
              s.query()
          finally:
              s.close()
      `,
      "closed",
    );
    shows(
      "in every case of a match",
      `
      s = Session()
      match flag:
          case 1:
              s.close()
          case [a, b] if a:
              s.close()
          case _:
              s.close()
      `,
      "closed",
    );
    shows(
      "in the else of a loop and before its break",
      `
      s = Session()
      for item in items:
          if item:
              s.close()
              break
      else:
          s.close()
      `,
      "closed",
    );
    shows(
      "each round of a loop",
      `
      for item in items:
          with connect() as c:
              c.execute(item)
      while True:
          c = connect()
          try:
              c.execute()
          finally:
              c.close()
      `,
      "closed; closed",
    );
    shows(
      "with only plain steps between opening and try",
      `
      s = Session()
      done = False
      rows = existing.rows
      try:
          rows = s.query()
          done = True
      finally:
          s.close()
      return rows
      `,
      "closed",
    );
    shows(
      "both values of a tuple",
      `
      a, b = Session(), Session()
      try:
          a.query(b.query())
      finally:
          a.close()
          b.close()
      `,
      "closed; closed",
    );
    shows(
      "under the condition that it was opened here",
      `
      own = existing is None
      s = existing or Session()
      try:
          return s.query()
      finally:
          if own:
              s.close()
      `,
      "closed",
    );
    shows(
      "under the same condition in an arm that leaves",
      `
      s = existing
      if existing is None:
          s = Session()
      if existing is None:
          with s:
              return s.query()
      return borrow(s)
      `,
      "closed",
    );
    shows(
      "in a finally behind other cleaning up that may raise",
      `
      conn = connect()
      cur = None
      try:
          cur = conn.cursor()
          cur.execute()
      finally:
          cur.close()
          conn.close()
      `,
      "closed",
    );
    shows(
      "where the process ends otherwise",
      `
      s = Session()
      if not flag:
          exit(1)
      s.close()
      `,
      "closed",
    );
    shows(
      "a generator that closes in finally",
      `
      def f():
          s = Session()
          try:
              yield s
          finally:
              s.close()
      `,
      "closed",
    );
    shows(
      "a generator with a with",
      `
      def f():
          with Session() as s:
              yield s
      `,
      "closed",
    );
    shows(
      "through a configuring call",
      `
      conn = connect()
      try:
          conn = conn.configured(1)
          conn.execute()
      finally:
          conn.close()
      `,
      "closed",
    );
    shows(
      "a comprehension reads it at once",
      `
      s = Session()
      try:
          rows = [s.get(item) for item in items]
          total = sum(s.get(item) for item in items)
      finally:
          s.close()
      `,
      "closed",
    );
    shows(
      "a comprehension variable of the same name is another",
      `
      s = Session()
      [s.close() for s in items]
      `,
      'leaked never: ends "[s.close() for s in items]"',
    );
  });

  describe("closed, as far as anybody can tell", () => {
    shows("its closing method handed over", "s = Session()\nat_exit(s.close)\nborrow(s)", "closed");
    shows("its closing method handed over, awaited", "s = Session()\nawait to_thread(f=s.close)", "closed");
    shows("gathered closings", "s = Session()\nawait gather(s.close(), borrow(1))", "closed");
    shows("unless it is closed already", "s = Session()\nif not s.closed:\n    s.close()", "closed");
    shows("only where the local is bound", "if 's' in locals():\n    s = Session()\n    s.close()", "closed");
    shows("returned by its close", "s = Session()\nreturn s.close()", "closed");
    shows(
      "where the opening failed",
      `
      try:
          s = Session()
      except ValueError:
          return None
      try:
          return s.query()
      finally:
          s.close()
      `,
      "closed",
    );
    shows(
      "by a flag",
      `
      opened = False
      try:
          s = Session()
          opened = True
          s.query()
      finally:
          if opened:
              s.close()
      `,
      "closed",
    );
    shows(
      "in a loop that may run no round",
      `
      s = Session()
      for item in items:
          s.close()
      `,
      "closed",
    );
    shows(
      "by a close that may itself raise",
      `
      s = Session()
      try:
          s.close()
      except Exception:
          raise
      `,
      "closed",
    );
    shows(
      "by a conditional item of a with",
      `
      with (existing if flag else Session()) as s:
          s.query()
      `,
      "closed",
    );
    shows(
      "by a retry loop with break and continue",
      `
      while True:
          s = Session()
          try:
              rows = s.query()
              break
          except ValueError:
              continue
          finally:
              s.close()
      return rows
      `,
      "closed",
    );
    shows(
      "by nested finally blocks, each with a return",
      `
      a = connect()
      try:
          b = connect()
          try:
              if flag: return a.x(borrow(b))
          finally:
              b.close()
          return borrow(a)
      finally:
          a.close()
      `,
      "closed; closed",
    );
  });

  describe("escaped", () => {
    shows("returned", "s = Session()\nreturn s", "escaped");
    shows("returned at once", "return connect()", "escaped");
    shows("returned in a tuple", "s = Session()\nreturn 1, s", "escaped");
    shows("returned by a conditional expression", "s = Session()\nreturn s if flag else None", "escaped");
    shows("stored in an attribute", "existing.session = Session()", "escaped");
    shows("stored in an attribute under a name", "s = Session()\nexisting.session = s", "escaped");
    shows("stored in an annotated attribute", "existing.session: Session = Session()", "escaped");
    shows("stored by key", "existing['s'] = connect()", "escaped");
    shows("put in a list", "pool = [connect() for _ in items]\nmore = [connect()]", "escaped; escaped");
    shows("put in a dict", "d = {'a': connect()}", "escaped");
    shows("appended", "s = Session()\nitems.append(s)", "escaped");
    shows("added in place", "items += [connect()]", "escaped");
    shows("made global", "global s\ns = Session()", "escaped");
    shows("given to an unknown call", "s = Session()\nkeep(s)", "escaped");
    shows("given by keyword", "keep(session=Session())", "escaped");
    shows("given by star", "s = Session()\nborrow(*s)", "escaped");
    shows("deleted", "s = Session()\ndel s", "escaped");
    shows("detached by a method", "s = Session()\nt = s.detach()", "escaped");
    shows("its closing method returned", "s = Session()\nreturn 1, s.close", "escaped");
    shows("raised", "s = Session()\nraise Failure(s)", "escaped");
    shows("captured by a lambda", "s = Session()\nrun(lambda: s.query())", "escaped");
    shows(
      "captured by a nested function defined before",
      `
      x = 1
      def inner():
          return s.query()
      s = Session()
      return inner
      `,
      "escaped",
    );
    shows(
      "declared nonlocal by a nested function",
      `
      x = 1
      def inner():
          nonlocal s
          s = None
      s = Session()
      return inner
      `,
      "escaped",
    );
    shows("kept by a generator expression", "s = Session()\nreturn (s.get(i) for i in items)", "escaped");
    shows("closed by whoever iterates", "a = Session()\nb = Session()\nfor s in (a, b): s.close()", "escaped; escaped");
    shows(
      "returned when all goes well, though something may raise before",
      `
      conn = connect()
      conn.execute("SET x")
      return conn
      `,
      "escaped",
    );
    shows(
      "yielded in a loop",
      `
      def f(items):
          for item in items:
              yield connect(item)
      `,
      "escaped",
    );
    shows("used for ever", "conn = connect()\nwhile True:\n    x = conn.x", "escaped");
    it("at the top level of a module", () => {
      const module = readModule(parser, "client = connect()\nclient.get()\n");
      assert.deepEqual(
        resourceFates(module.body, semantics).map(({ fate }) => fate),
        ["escaped"],
      );
    });
    shows(
      "kept in one arm of a decision, after something that may raise",
      `
      s = Session()
      borrow(1)
      if flag:
          existing.s = s
      return 1
      `,
      "escaped",
    );
    shows("both stored and named", "existing.s = s = Session()\ns.query()", "escaped");
    shows("assigned to several names at once", "a, b = connect()\na.x()", "escaped");
    shows("read by a class body", "s = Session()\nclass A:\n    x = s.query()", "escaped");
    shows("a default of a nested function", "s = Session()\ndef g(x=s):\n    return x", "escaped");
    shows("starred into a list", "s = Session()\nx = [*s]", "escaped");
    shows(
      "kept in one arm of a decision",
      `
      s = Session()
      if flag:
          existing.s = s
      return 1
      `,
      "escaped",
    );
  });

  describe("never closed", () => {
    shows("used and forgotten", "s = Session()\ns.query(1)", 'leaked never: ends "s.query(1)"');
    shows("used in a return", "s = Session()\nreturn s.query(1)", 'leaked never: returns "return s.query(1)"');
    shows("an annotated name", "s: Session = Session()\nborrow(s)", 'leaked never: ends "borrow(s)"');
    shows("never named, used as a receiver", "rows = Session().query(1).all()", "leaked never");
    shows("never named, dropped", "connect()", "leaked never");
    shows("never named, borrowed", "return borrow(connect())", "leaked never");
    shows("never named, iterated", "for line in open('x'):\n    print(line)", "leaked never");
    shows("awaited", "c = await aconnect()\nawait c.get()", 'leaked never: ends "await c.get()"');
    shows(
      "entered by a block that does not close",
      "with pg() as conn:\n    conn.cursor()",
      'leaked never: ends "conn.cursor()"',
    );
    shows(
      "given to a nested function that has its own name for it",
      `
      s = Session()
      def inner(s):
          return s.query()
      return s.query()
      `,
      'leaked never: returns "return s.query()"',
    );
    shows(
      "lent and forgotten",
      `
      def f():
          s = Session()
          yield s
      `,
      'leaked never: ends "yield s"',
    );
    shows("lent at once and forgotten", "def f():\n    yield Session()", "leaked never");
    shows(
      "chosen by a conditional expression",
      "s = Session() if flag else None\nborrow(s)",
      'leaked never: ends "borrow(s)"',
    );
    shows(
      "an opening that another one follows",
      "s = Session()\ns = Session()\ns.close()",
      'leaked never: overwrites "s = Session()"; closed',
    );
    shows(
      "opened in every round",
      "for item in items:\n    c = connect()\n    c.execute(item)",
      'leaked never: overwrites "c = connect()"',
    );
  });

  describe("near misses of tests on the holder", () => {
    shows(
      "asking for another name does not tell",
      `
      s = None
      try:
          s = Session()
          s.query()
      finally:
          if existing is None:
              borrow(1)
      `,
      'leaked never: ends "existing is None"',
    );
    shows(
      "a walrus in a test names it",
      `
      if (s := Session()) is not None:
          borrow(1)
          s.close()
      `,
      'leaked exception-path: may-raise "borrow(1)"',
    );
    shows(
      "a while over the holder ends when it is gone",
      `
      s = Session()
      while s:
          s.close()
          s = None
      `,
      "closed",
    );
  });

  describe("lost under a name that is given another value", () => {
    shows(
      "opened in every round and closed once",
      `
      for item in items:
          c = connect()
          borrow(item)
      c.close()
      `,
      'leaked reassigned: overwrites "c = connect()"',
    );
    shows(
      "set to None on one way",
      `
      c = connect()
      if flag:
          c = None
      else:
          c.close()
      `,
      'leaked reassigned: overwrites "c = None"',
    );
    shows("but not while another name holds it", "c = connect()\nd = c\nc = None\nd.close()", "closed");
  });

  describe("left by an early return", () => {
    shows(
      "in front of the close",
      `
      s = Session()
      if not flag:
          return None
      s.close()
      `,
      'leaked early-return: returns "return None"',
    );
    shows(
      "in front of handing it on",
      `
      conn = connect()
      if conn.bad:
          return None
      return conn
      `,
      'leaked early-return: returns "return None"',
    );
    shows(
      "by the end of the function",
      `
      s = Session()
      if flag:
          s.close()
          return 1
      borrow(s)
      `,
      'leaked early-return: ends "borrow(s)"',
    );
    shows(
      "in one case of a match",
      `
      s = Session()
      match flag:
          case 1:
              return 1
          case _:
              s.close()
      `,
      'leaked early-return: returns "return 1"',
    );
    shows(
      "past a close under an unrelated condition: silent",
      `
      s = Session()
      if flag:
          s.close()
      return 1
      `,
      "closed",
    );
  });

  describe("left by an exception", () => {
    shows(
      "between opening and close",
      `
      s = Session()
      borrow(s)
      s.close()
      `,
      'leaked exception-path: may-raise "borrow(s)"',
    );
    shows(
      "by an index, an import, an assertion, an await",
      `
      a = Session(); x = items[0]; a.close()
      b = Session()
      import y
      b.close()
      c = Session()
      assert flag
      c.close()
      d = Session()
      await flag
      d.close()
      `,
      [
        'leaked exception-path: may-raise "x = items[0]"',
        'leaked exception-path: may-raise "import y"',
        'leaked exception-path: may-raise "assert flag"',
        'leaked exception-path: may-raise "await flag"',
      ].join("; "),
    );
    shows(
      "not by names, attributes and arithmetic",
      `
      s = Session()
      a = flag.x + 1
      b = a if flag else -a
      c: list[int] = existing
      s.close()
      `,
      "closed",
    );
    shows(
      "not by a call known to raise nothing, but by what it is given",
      `
      a = Session()
      print(a)
      a.close()
      b = Session()
      print(borrow(b))
      b.close()
      `,
      'closed; leaked exception-path: may-raise "print(borrow(b))"',
    );
    shows(
      "not by asserting that it is there",
      `
      s = Session()
      assert s is not None, "no session"
      assert s and not None
      s.close()
      `,
      "closed",
    );
    shows(
      "raised on purpose",
      `
      s = Session()
      if not flag:
          raise ValueError
      s.close()
      `,
      'leaked exception-path: raises "raise ValueError"',
    );
    shows(
      "by a call that always raises",
      `
      s = Session()
      if not flag:
          abort(404)
      s.close()
      `,
      'leaked exception-path: may-raise "abort(404)"',
    );
    shows(
      "swallowed by a handler",
      `
      try:
          s = Session()
          borrow(s)
          s.close()
      except Exception as e:
          return None
      `,
      'leaked exception-path: may-raise "borrow(s)", caught "except Exception as e", returns "return None"',
    );
    shows(
      "that no handler is sure to catch",
      `
      s = Session()
      try:
          borrow(s)
      except (ValueError, KeyError):
          s.close()
          raise
      s.close()
      `,
      'leaked exception-path: may-raise "borrow(s)"',
    );
    shows(
      "past a finally that does something else",
      `
      s = Session()
      try:
          borrow(s)
          s.close()
      finally:
          borrow(1)
      `,
      'leaked exception-path: may-raise "borrow(s)"',
    );
    shows(
      "raised again by a handler that forgot",
      `
      s = Session()
      try:
          borrow(s)
      except Exception:
          raise
      s.close()
      `,
      'leaked exception-path: may-raise "borrow(s)", caught "except Exception", raises "raise"',
    );
    shows(
      "before a try that comes too late",
      `
      s = Session()
      rows = load(1)
      try:
          s.query(rows)
      finally:
          s.close()
      `,
      'leaked exception-path: may-raise "rows = load(1)"',
    );
    shows(
      "narrowly, where only a child is made before the try",
      `
      conn = connect()
      cur = conn.cursor()
      try:
          cur.execute()
      finally:
          conn.close()
      `,
      'narrowly leaked exception-path: may-raise "cur = conn.cursor()"',
    );
    shows(
      "narrowly, where only a child is made before the with",
      `
      conn = connect()
      tx = await conn.begin()
      with closing(conn):
          tx.run()
      `,
      'narrowly leaked exception-path: may-raise "tx = await conn.begin()"',
    );
    shows(
      "widely, where nothing is protected",
      `
      conn = connect()
      cur = conn.cursor()
      conn.close()
      `,
      'leaked exception-path: may-raise "cur = conn.cursor()"',
    );
    shows(
      "from an inner with",
      `
      conn = connect()
      with conn.cursor() as cur:
          cur.execute()
      conn.close()
      `,
      'leaked exception-path: may-raise "conn.cursor() as cur"',
    );
    shows(
      "a block that only ends the transaction",
      `
      pg_conn = pg()
      with pg_conn:
          pg_conn.cursor()
      pg_conn.close()
      `,
      'leaked exception-path: may-raise "pg_conn"',
    );
    shows(
      "though a return in finally swallows it",
      `
      s = Session()
      try:
          borrow(s)
          s.close()
      finally:
          return 1
      `,
      'leaked exception-path: may-raise "borrow(s)", returns "return 1"',
    );
  });

  describe("left at a yield", () => {
    shows(
      "closed behind it without finally",
      `
      def f():
          s = Session()
          yield s
          s.close()
      `,
      'leaked after-yield: yields "yield s"',
    );
    shows(
      "committed and closed behind it",
      `
      def f():
          s = Session()
          borrow(s)
          yield s
          s.commit()
          s.close()
      `,
      'leaked after-yield: yields "yield s"',
    );
    shows(
      "except Exception does not see a generator that is given up",
      `
      def f():
          s = Session()
          try:
              yield s
          except Exception:
              s.close()
              raise
          s.close()
      `,
      'leaked after-yield: yields "yield s"',
    );
    shows(
      "except BaseException does",
      `
      def f():
          s = Session()
          try:
              yield s
          except BaseException:
              s.close()
              raise
          s.close()
      `,
      "closed",
    );
    shows(
      "rows yielded while it is open",
      `
      def f():
          conn = connect()
          for row in conn.rows:
              yield row
          conn.close()
      `,
      'leaked after-yield: yields "yield row"',
    );
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
    const none: readonly (readonly [string, string])[] = [
      ["it does not leak", "with Session() as s:\n    s.query()"],
      ["it has no name", "Session().query()"],
      ["with does not close it", "c = pg()\nc.cursor()"],
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
      ["enter", "leave"],
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
