/** Text into our own tree: what each construct is read as, with either parser, and which objects outlive an edit. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import {
  createNativeParser,
  createWasmParser,
  type Expression,
  type Module,
  type Parser,
  readModule,
  readTree,
  type Statement,
  walkExpressions,
} from "../analysis/syntax/index.ts";
import { FIXTURES, projectIn, ROOT } from "./harness/fixture.ts";
import { checkPlaces, forEachExpression, show, showStatement } from "./harness/syntax-words.ts";

const MODULES = join(ROOT, "node_modules");
const nativeParser = createNativeParser(createRequire(join(ROOT, "package.json")));
let loadingWasm: Promise<Parser> | undefined;

function wasmParser(): Promise<Parser> {
  loadingWasm ??= createWasmParser({
    runtime: readFileSync(join(MODULES, "web-tree-sitter", "tree-sitter.wasm")),
    grammar: readFileSync(join(MODULES, "tree-sitter-python", "tree-sitter-python.wasm")),
  });
  return loadingWasm;
}

const PLACES: Readonly<Record<string, string>> = {
  "a byte order mark": "\uFEFFimport os\nx = os.path\n",
  "carriage returns and line feeds": "import os\r\ndef f():\r\n  return os.path  # x\r\ny = f('a').b\r\n",
  "lone carriage returns": "import os\rdef f():\r  return os.path\ry = f('a').b\r",
  tabs: "if a:\n\tb\n\tif c:\n\t\td.e()\n",
  "form feeds": "\fdef f():\n    pass\n\f\ndef g():\n    a.b\n",
  "characters outside the basic plane": "# 😀\nx = '😀' + 𝒳.ý('😀😀', z)\ndef f(é): return '😀', g(é=1)\n",
  "half a pair of surrogates": "x = '\ud800' + y\n",
  "blanks in odd places": "x = a . b \\\n  . c ( d , e = f )\nfrom . . a . b import c\n",
  "comments in odd places":
    "x = f(a,  # one\n  # two\n  b=1,  # three\n)[0  # four\n]\nif a:  # five\n  # six\n  b\n# seven\nelse: c\n",
  "null characters": "a = 1\u0000\nb = c.d\n",
};

const MONSTERS: Readonly<Record<string, string>> = {
  "a function cut short":
    "def f(:\n  return (\nclass A\n  def g(self):\n    x = [1,\n\nimport\nfrom . import\n@\nx ==\n",
  "a block where none can be": "x = [a, if b: c\n  d = (e\n    def f(): return g(h\n",
  "a call left open": "def f():\n  return a.\n\ndef g():\n  b.c(\n",
  "5,000 parentheses": `a; x = ${"(".repeat(5000)}1${")".repeat(5000)}\n`,
  "5,000 open parentheses": `a; x = ${"(".repeat(5000)}`,
  "5,000 brackets": `x = ${"[".repeat(5000)}1${"]".repeat(5000)}\n`,
  "5,000 open calls in a function": `def f():\n  ${"f(".repeat(5000)}`,
  "a sum of 3,000 terms": `x = ${Array(3000).fill("a()").join(" + ")}\n`,
  "3,000 calls in a row": `x = a${".b()".repeat(3000)}\n`,
  "3,000 targets": `${"a = ".repeat(3000)}1\n`,
  "3,000 lambdas": `a; x = ${"lambda: ".repeat(3000)}1\n`,
  "3,000 conditions": `x = ${"1 if a else ".repeat(3000)}1\n`,
  "5,000 negations": `x = ${"not ".repeat(5000)}1\n`,
  "a pattern of 3,000 brackets": `match x:\n  case ${"[".repeat(3000)}a${"]".repeat(3000)}:\n    pass\n`,
  "10,000 elements": `x = [${"1, ".repeat(10_000)}]\n`,
  "100,000 elements left open": `x = [${"1, ".repeat(100_000)}\n`,
  "2,000 elif": `if a:\n  pass\n${"elif b():\n  c()\n".repeat(2000)}else:\n  d()\n`,
  "150 nested blocks": `a\n${Array.from({ length: 150 }, (_, i) => `${" ".repeat(i)}if a:\n`).join("")}${" ".repeat(150)}pass\n`,
  "300 nested f-strings": `a; x = ${"f'{".repeat(300)}1${"}'".repeat(300)}\n`,
  "quoted annotations without end": `x: "${"A|".repeat(5000)}A" = 1\ny: "${"A[".repeat(5000)}"\nz: "${"*".repeat(9000)}"\n`,
  "5,000 errors": "x = $ ?\n".repeat(5000),
};

for (const binding of ["native", "wasm"] as const) {
  describe(`reading with the ${binding} parser`, () => {
    let parser: Parser;
    before(async () => {
      parser = binding === "native" ? nativeParser : await wasmParser();
    });
    const read = (text: string, previous: Module | null = null) => readModule(parser, text, previous);
    const only = (text: string): Statement => {
      const { body, errors } = read(text);
      assert.deepEqual(errors, []);
      assert.equal(body.length, 1);
      return body[0]!;
    };
    const expression = (text: string): Expression => {
      const statement = only(`${text}\n`);
      assert.equal(statement.kind, "expression");
      return statement.kind === "expression" ? statement.value : assert.fail();
    };

    describe("expressions", () => {
      const CASES: Readonly<Record<string, string>> = {
        "a.b.c(d, *e, f=g, **h)": "(call a.b.c d (starred e) f=g **=h)",
        "a(b, *c(d), *e.f())": "(call a b (starred (call c d)) (starred (call e.f)))",
        "a()()": "(call (call a))",
        "a[b]": "(index a b)",
        "a[b, c]": "(index a (tuple b c))",
        "a[b,]": "(index a (tuple b))",
        "a[1:b]": "(index a (slice 1 b))",
        "await a.b()": "(await (call a.b))",
        "(await a).b": "(await a).b",
        "not a": "(not a)",
        "-a ** b": "(- (** a b))",
        "a + b - c": "(- (+ a b) c)",
        "a and b or c": "(or (and a b) c)",
        "a < b <= c": "(compare a < b <= c)",
        "a not in b is not c": "(compare a not in b is not c)",
        "a if b else c": "(if b a c)",
        "(a := b)": "(walrus a b)",
        "[a, *b]": "(list a (starred b))",
        "{a, b}": "(set a b)",
        "(a,)": "(tuple a)",
        "a, b": "(tuple a b)",
        "{a: b, **c}": "(dict a:b **:c)",
        "[a for b in c if d if e]": "(list-comprehension a for b in c if d if e)",
        "{a: b for a, b in c}": "(dict-comprehension a:b for (tuple a b) in c)",
        "{a async for a in b for c in a}": "(set-comprehension a async for a in b for c in a)",
        "f(a for a in b)": "(call f (generator-comprehension a for a in b))",
        "[a for a in lambda: b, c]": "(list-comprehension a for a in (tuple (lambda  b) c))",
        "lambda a, /, b=c, *d, e, **f: g": "(lambda a/ b=c *d !e **f g)",
        "(yield)": "(yield)",
        "(yield from a)": "(yield-from a)",
        "f'{a!r:>{b}} {{c}} {d=}'": "(fstring a b d)",
        "f'{a[\"k\"]}' 'x' f\"{b + f'{c}'}\"": '(fstring (index a "k") (+ b (fstring c)))',
        "t'{a}'": "(fstring a)",
        "'a' \"b\"": '"ab"',
        "b'a'": 'b"a"',
        "'it\\'s \\n'": '"it\'s \\\\n"',
        "r'\\''": '"\\\\\'"',
        "''": '""',
        "'''a'b'''": '"a\'b"',
        "...": "...",
        "print(a)": "(call print a)",
      };
      for (const [source, expected] of Object.entries(CASES)) {
        it(`reads ${source}`, () => assert.equal(show(expression(source)), expected));
      }
    });

    describe("annotations", () => {
      const CASES: Readonly<Record<string, string>> = {
        '"Foo | None"': "(| Foo None)",
        'Optional["Foo"]': "(index Optional Foo)",
        '"list[a.Foo]"': "(index list a.Foo)",
        "\"dict[str, 'Foo']\"": "(index dict (tuple str Foo))",
        '"Callable[[int, str], None]"': "(index Callable (tuple (list int str) None))",
        '"tuple[Foo, ...]"': "(index tuple (tuple Foo ...))",
        'Literal["a", "b"]': '(index Literal (tuple "a" "b"))',
        "\"typing.Literal['a']\"": '(index typing.Literal "a")',
        'Annotated["Foo", "doc"]': '(index Annotated (tuple Foo "doc"))',
        "Annotated[Foo, Depends(get)]": "(index Annotated (tuple Foo (call Depends get)))",
        '"not a type"': '"not a type"',
        '""': '""',
        "Foo | None": "(| Foo None)",
        "dict[str, list[Foo]]": "(index dict (tuple str (index list Foo)))",
      };
      for (const [source, expected] of Object.entries(CASES)) {
        it(`reads ${source} of variables, parameters and results`, () => {
          const variable = only(`x: ${source}\n`);
          assert.ok(variable.kind === "annotated-assign");
          assert.equal(show(variable.annotation), expected);
          const def = only(`def f(x: ${source} = 1, *y: ${source}) -> ${source}: pass\n`);
          assert.ok(def.kind === "function");
          for (const parameter of def.parameters) assert.equal(show(parameter.annotation!), expected);
          assert.equal(show(def.returns!), expected);
        });
      }

      it("places what stands in quotes where the string stands", () => {
        const variable = only('x: Optional["a.Foo[Bar]"] = None\n');
        assert.ok(variable.kind === "annotated-assign" && variable.annotation.kind === "subscript");
        walkExpressions(variable.annotation.index, (e) => assert.deepEqual([e.start, e.end], [12, 24]));
      });
    });

    describe("statements", () => {
      const CASES: Readonly<Record<string, string>> = {
        "a = b = c": "(assign a b c)",
        "a, *b = c": "(assign (tuple a (starred b)) c)",
        "a, = b": "(assign (tuple a) b)",
        "a += b": "(+= a b)",
        "a: int": "(annotated a int)",
        "a.b: int = c": "(annotated a.b int c)",
        "x = yield a": "(assign x (yield a))",
        "match = type": "(assign match type)",
        "type = 2": "(assign type 2)",
        "type X[T] = list[T]": "(assign X (index list T))",
        "del a, b[c]": "(delete a (index b c))",
        "assert a, b": "(assert a b)",
        "raise a from b": "(raise a b)",
        raise: "(raise)",
        "import a.b as c, d": "(import a.b:c d)",
        "from ..a.b import c as d, e": "(from 2 a.b c:d e)",
        "from . import a": "(from 1  a)",
        "from a import (b, c,)": "(from 0 a b c)",
        "from a import *": "(from 0 a *)",
        "from __future__ import annotations": "(from 0 __future__ annotations)",
        "global a, b": "(global a b)",
        "print 'x', a": '(unknown "x" a)',
        "if a: b\nelif c: d\nelse: e": "(if a [b] [(if c [d] [e])])",
        "while a: b\nelse: c": "(while a [b] [c])",
        "for a, b in c, d: pass\nelse: e": "(for (tuple a b) (tuple c d) [pass] [e])",
        "with a as b, c: d": "(with a:b c [d])",
        "with (a as b, c as (d, e),): f": "(with a:b c:(tuple d e) [f])",
        "with (a as b): c": "(with a:b [c])",
        "with (a, b) as c: d": "(with (tuple a b):c [d])",
        "with a if b else c as d: e": "(with (if b a c):d [e])",
        "with a if b else c if d else e as f, g: h": "(with (if b a (if d c e)):f g [h])",
        "with (a if b else c as d, e as f): g": "(with (if b a c):d e:f [g])",
        "with (a if b else c as d): e": "(with (if b a c):d [e])",
        "with (yield a): b": "(with (yield a) [b])",
        "try: a\nexcept b as c: d\nexcept (e, f): g\nexcept: h\nelse: i\nfinally: j":
          "(try [a] b:c[d] (tuple e f)[g] [h] [i] [j])",
        "try: a\nexcept* b as c: d": "(try [a] b:c[d] [] [])",
        "try: a\nexcept b, c: d": "(try [a] (tuple b c)[d] [] [])",
        "match a, b:\n  case A(c, d=e) | f.B(): g\n  case {'k': h, **i}: j\n  case [k, *l] as m if n: o\n  case p: q\n  case _: r":
          "(match (tuple a b) case c,e <A f.B> [g] case h,i [j] case k,l,m if n [o] case p always [q] case always [r])",
        "match a:\n  case B() as c: d\n  case e.F: g\n  case h, I(): j\n  case k if l: m":
          "(match a case c <B> [d] case [g] case h [j] case k if l [m])",
        "class A(b, c=d, *e): f": "(class A b (starred e) c=d [f])",
        "@a.b(c)\n@d\nclass A[T]: pass": "(@ (call a.b c) d (class A [pass]))",
      };
      for (const [source, expected] of Object.entries(CASES)) {
        it(`reads ${source.replaceAll("\n", " ⏎ ")}`, () => assert.equal(showStatement(only(`${source}\n`)), expected));
      }

      it("reads async loops, blocks and functions as such", () => {
        const def = only("async def f():\n  async for a in b: pass\n  async with c: pass\n  for a in b: pass\n");
        assert.ok(def.kind === "function" && def.isAsync);
        assert.deepEqual(
          def.body.map((s) => (s.kind === "for" || s.kind === "with" ? s.isAsync : null)),
          [true, true, false],
        );
      });

      it("knows all forms of parameters", () => {
        const def = only("def f[T](a, b: int, /, c=1, *d, e: str = 'x', **g): pass\n");
        assert.ok(def.kind === "function");
        assert.deepEqual(
          def.parameters.map(({ name, form }) => `${name} ${form}`),
          ["a positional-only", "b positional-only", "c normal", "d args", "e keyword-only", "g kwargs"],
        );
      });

      it("calls a function a generator for its own yields only", () => {
        const generators = (text: string) => read(text).units.map((unit) => unit.isGenerator);
        assert.deepEqual(generators("def f():\n  yield 1\n"), [true]);
        assert.deepEqual(generators("def f():\n  def g():\n    yield 1\n  return lambda: (yield)\n"), [false]);
      });
    });

    describe("places", () => {
      it("slice to the source text they stand for, in characters of JavaScript", () => {
        for (const text of Object.values(PLACES)) checkPlaces(read(text), text);
        for (const { text } of projectIn(FIXTURES)) checkPlaces(read(text), text);
      });

      it("hold in files longer than any buffer, wherever a pair of surrogates falls", () => {
        for (let shift = 0; shift < 3; shift++) {
          const text = `#${" ".repeat(shift)}\n${"x1 = '😀' * 𝒳𝒳(y)  # é\n".repeat(5000)}`;
          const module = read(text);
          assert.deepEqual([module.errors, module.body.length], [[], 5000]);
          checkPlaces(module, text);
        }
      });

      it("count from the unit in functions and from the file elsewhere", () => {
        const text = "import a\n\nif a:\n    class C:\n        @a.b\n        def f(self):\n            def g(): pass\n";
        const [unit, ...others] = read(text).units;
        assert.ok(unit !== undefined);
        assert.deepEqual(others, []);
        assert.deepEqual(
          [unit.unitStart, unit.start, unit.end],
          [text.indexOf("@"), 0, text.trimEnd().length - text.indexOf("@")],
        );
        const inner = unit.body[0];
        assert.ok(inner?.kind === "function");
        assert.deepEqual([inner.unitStart, inner.hash], [-1, ""]);
        assert.equal(text.slice(unit.unitStart + inner.nameSpan.start, unit.unitStart + inner.nameSpan.end), "g");
      });

      it("know where an import goes", () => {
        const CASES: Readonly<Record<string, string>> = {
          "|": "",
          "|x = 1\n": "",
          "#!/bin/python\n# coding: x\n|x = 1\n": "",
          "|import a\n": "",
          '"""doc"""\n|\nx = 1\n': "",
          '"""doc\n"""\n\n|import a\n': "",
          '"""doc"""\nfrom __future__ import annotations\n|x = 1\n': "",
          "from __future__ import a; import b\n|c\n": "",
          "# licence\n\n|@a\ndef f(): pass\n": "",
          "\uFEFF|import a\n": "",
        };
        for (const marked of Object.keys(CASES)) {
          const text = marked.replace("|", "");
          assert.equal(read(text).importInsertion, marked.indexOf("|"), marked);
        }
      });

      it("keep comments that speak to us, and nothing that only looks like one", () => {
        const text = "x = 1  # holdfast: ignore[a] # holdfast: b\r\ny = '# holdfast: no'\n# other\n#holdfast:ignore";
        const { comments } = read(text);
        assert.deepEqual(
          comments.map((comment) => comment.text),
          ["# holdfast: ignore[a] # holdfast: b", "#holdfast:ignore"],
        );
        for (const { start, end, text: said } of comments) assert.equal(text.slice(start, end), said);
      });
    });

    describe("after an edit", () => {
      const OLD =
        "import a\n\ndef f(x):\n    return a.g(x)\n\nclass C:\n    def m(self):\n        return 1\n\n    def n(self):\n        return 2\n";

      it("takes over functions that did not change", () => {
        const before = read(OLD);
        const after = read(OLD.replace("return 2", "return 3"), before);
        assert.equal(after.units[0], before.units[0]);
        assert.equal(after.units[1], before.units[1]);
        assert.notEqual(after.units[2], before.units[2]);
      });

      it("replaces nothing but the start of functions that moved", () => {
        const before = read(OLD);
        const after = read(`import b\n${OLD}`, before);
        for (const [index, unit] of after.units.entries()) {
          const old = before.units[index]!;
          assert.notEqual(unit, old);
          assert.equal(unit.unitStart, old.unitStart + "import b\n".length);
          assert.deepEqual({ ...unit, unitStart: 0 }, { ...old, unitStart: 0 });
          for (const part of ["body", "parameters", "decorators", "nameSpan"] as const)
            assert.equal(unit[part], old[part]);
        }
        assert.deepEqual(after, read(`import b\n${OLD}`));
      });

      it("says what reading from scratch says, also across broken versions", () => {
        let previous: Module | null = null;
        const versions = [
          OLD,
          OLD.replace("(x):", "(x:"),
          OLD.replace("a.g(x)", "a.g("),
          `(${OLD}`,
          "",
          `@d\n${OLD}`,
          OLD,
        ];
        for (const text of versions) {
          previous = read(text, previous);
          assert.deepEqual(previous, read(text));
        }
      });
    });

    it("reads a document typed letter by letter as if it had been there from the start", () => {
      const typed = "def f(😀a: 'A'):\n  return {a.b}\n";
      let tree = parser.parse("");
      for (let at = 0, row = 0, column = 0; at < typed.length; at++) {
        const isEnd = typed[at] === "\n";
        const [startPoint, newEndPoint] = [
          { row, column },
          isEnd ? { row: row + 1, column: 0 } : { row, column: column + 1 },
        ];
        const edit = { start: at, oldEnd: at, newEnd: at + 1, startPoint, oldEndPoint: startPoint, newEndPoint };
        const text = typed.slice(0, at + 1);
        const next = parser.reparse(tree, [edit], text);
        tree.close();
        tree = next;
        assert.deepEqual(readTree(tree, text), read(text), text);
        ({ row, column } = newEndPoint);
      }
      tree.close();
    });

    describe("broken or monstrous code", () => {
      for (const [what, text] of Object.entries(MONSTERS)) {
        it(`is read as far as it goes: ${what}`, () => {
          const module = read(text);
          let expressions = 0;
          forEachExpression(module.body, null, (root) => walkExpressions(root, () => expressions++));
          assert.ok(expressions > 0);
          const longer = read(`${text}\n`, module);
          assert.equal(longer.kind, "module");
        });
      }

      it("keeps its neighbours", () => {
        const { body, errors, units } = read("def f():\n    return 1\n\nx = = 2\n\ndef g():\n    return h()\n");
        assert.deepEqual(
          units.map((unit) => unit.name),
          ["f", "g"],
        );
        assert.ok(body.some((statement) => statement.kind === "function"));
        assert.ok(errors.length > 0);
      });

      it("names the places it could not read, and none where all is well", () => {
        assert.deepEqual(read("x = 1\n").errors, []);
        assert.deepEqual(read("x = 1\ny = $\n").errors.length, 1);
        assert.ok(read("def f(a:\n  pass\n").errors.length > 0);
        assert.ok(read("x = (1\n").errors.length > 0);
      });

      it("keeps every branch of an endless chain of elif", () => {
        const text = `if a: pass\n${"elif b(): c()\n".repeat(2000)}else: d()\n`;
        const called: string[] = [];
        forEachExpression(read(text).body, null, (root) =>
          walkExpressions(root, (e) => e.kind === "call" && called.push(show(e.callee))),
        );
        assert.equal(called.filter((name) => name === "c").length, 2000);
        assert.equal(called.filter((name) => name === "b").length, 2000);
        assert.equal(called.at(-1), "d");
      });
    });
  });
}

describe("both parsers", () => {
  it("give the same records", async () => {
    const wasm = await wasmParser();
    for (const text of [...Object.values(PLACES), ...Object.values(MONSTERS)]) {
      assert.deepEqual(readModule(wasm, text), readModule(nativeParser, text), text.slice(0, 60));
    }
  });
});

describe("sub-expressions", () => {
  it("come in the order they are evaluated", () => {
    const { body } = readModule(
      nativeParser,
      "{a: b}, c(d, e=f), (h if g else i), [l for k in j if k], (n := m), lambda: z\n",
    );
    const names: string[] = [];
    assert.ok(body[0]?.kind === "expression");
    walkExpressions(body[0].value, (e) => e.kind === "name" && names.push(e.id));
    assert.equal(names.join(" "), "a b c d f g h i j k k l m n");
  });
});
