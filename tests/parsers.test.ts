/**
 * Both parsers give the same records, and so does reading without a tree, on every fixture, on what the generator writes and on text no Python parser likes; nothing throws on
 * anything.
 */
import assert from "node:assert/strict";
import { readModule } from "../analysis/syntax/index.ts";
import { corpusOf } from "../bench/corpus/index.ts";
import { FIXTURES, projectIn } from "./harness/fixture.ts";
import { nativeParser, treesOnly, wasmParser } from "./harness/parsers.ts";
import { randomFrom } from "./harness/random.ts";

const AWKWARD: Readonly<Record<string, string>> = {
  "an empty file": "",
  "a byte order mark": "\uFEFFimport time\n",
  "carriage returns": "import time\r\n\r\nasync def f():\r\n    time.sleep(1)\r\n",
  "lone carriage returns": "import time\rasync def f():\r    time.sleep(1)\r",
  "characters outside the basic plane": 'async def f():\n    x = "🚰🚰"; 𝒙 = f"{x!r:>{10}}"\n',
  "no newline at the end": "def f(): return 1",
  "half a class": "class A(\n    def f(self):\n        return self.\n",
  "unbalanced brackets": "x = [((((({{{\ndef f():\n    pass\n",
  "tabs and form feeds": "if x:\n\tif y:\n\t\tz()\n\f\ndef f():\n\tpass\n",
  "Python 2": "print 'x'\nexcept A, B:\n    raise E, 'x'\n",
  "null characters": "x = 1\u0000\ny = 2\n",
  "new syntax": "def f[T: int](x: T) -> T:\n    match x:\n        case [a, *_] if a: return a\ntype A[T] = list[T]\n",
  "very deep nesting": `x = ${"(".repeat(1500)}1${")".repeat(1500)}\n`,
  "a very long line": `x = [${"1, ".repeat(20_000)}]\n`,
};

/** Code that is rare, where the readings would come apart first. Each is correct or nearly so. */
const RARE = [
  "f(*a.b, *c().d, *e or g, **h)(*i[0])\n",
  "x = [*a.b]; y = {*a()}; z = (*a.b, c); f(*a.b)\n",
  "x = *a.b, c\nreturn *a, b,\n",
  "(a) = 1; (b), c = d; [e, (g)] = h; i, = j; (k.l) += 1\n",
  "for (a) in b: pass\nfor a, in b, c: pass\nfor a.b, c[d] in *e, f: pass\n",
  "with (a): pass\nwith (a, b): pass\nwith (a as b, c): pass\nwith (a, b) as c: pass\nwith (a).b as c, (d) as (e, f): pass\n",
  "with a if b else c as d: pass\nwith a or b as c: pass\nwith (yield a): pass\n",
  "del (a), b\ndel (a, b)\ndel a,\n",
  "await a ** b\n-a ** -b\nnot a in b\na & b ^ c | d\na < b is not c not in d\n",
  "x = (y := a if b else c)\nf(x := 1, y=(z := 2))\na[b := 1]\n",
  "x = a if b else c if d else lambda: e if f else g\n",
  "[a for b, in c if d if e for f in g.h]\n{a: b async for c in d}\nf(a for a in b)\n",
  "a[1:2, ::3, ...][:][b:][b,][(c),][*d]\n",
  'x: A[int] | B | C = 1\ny: A | B[int,] | C\nz: A[int] | B[x] | None\nu: A[a.b[C[int] | D | E], "F[G]"].H\n',
  "type: str\nmatch: int = 3\ntype(a).b = c\ntype(a).b += c\nmatch(a)\nmatch[a] = b\nprint\nprint(a), b\nexec(a)\n",
  "type A = int\nmatch a:\n    case b: pass\nprint a\nexec 'a'\nraise A, B\na <> b\n",
  "try: a\nexcept A, B: c\nexcept* D as e: f\nelse: g\nfinally: h\n",
  "f\"{a!r:>{10}} {b = } {c:%Y-%m} {{d}} {e[f\"g\"]}\" 'h' rf'\\{i}' f'\\N{DASH}{j}'\n",
  "f'{a, b}' f'{c:=5}' f'{lambda: d}' f'''{\n e # f\n}''' f'{g!r}}'\n",
  "x = 'a' \\\n  b'c' u'\\'d\\\\' '''e\n'''\n",
  "def f(a, /, b: int = 1, *, c, **d: e) -> A[b] | C: ...\ndef g(*a: b, c=1): ...\ndef h(a, (b, c)): ...\n",
  "def f[T: int](a: T): pass\nclass A[T](B): pass\nclass C(*d, metaclass=E, **f): pass\n",
  "@a.b(c)  # d\n# e\n@f\nasync def g(): yield\n\n@h\nclass I:\n    @j\n    def k(self): return lambda: (yield)\n",
  "if a:\n    b  # c\n    # d\n  # e\n# f\nelif g: h;  # i\nelse:\n        j\n        # k\n    # l\nm\n",
  "def f():\n    def g():\n        a\n        # b\n    # c\n\n  # d\n    return g # e",
  "class A:\n\tdef f(self):\n\t\tpass\n        # eight blanks\n\tb = 1\n",
  "if a:\n    b\n  c\n",
  "from . import (a as b, c,)\nfrom .. a . b import *\nfrom ...  import d\nimport a.b as c, d\n",
  "x = 0x_f + 0o17 + 0b1 + 1_000 + 1. + .5e-3 + 1e5j + 1if a else 0\n",
  "a = b = yield c\nd = yield\nawait e; f;\nglobal g, h\nassert i, j\nraise K from L\n",
  "x = 1 # holdfast: ignore\n'# holdfast: ignore'\n# holdfast: ignore[a]: b  \r\ny = [ # holdfast: c\n]\n",
];

const sources = projectIn(FIXTURES);
const native = treesOnly(nativeParser);

describe("the parsers", () => {
  it("read every fixture alike", async () => {
    const wasm = treesOnly(await wasmParser());
    for (const { path, text } of sources) {
      assert.deepEqual(readModule(wasm, text), readModule(native, text), path);
    }
  });

  it("read every fixture, and what the generator of the bench writes, as it is read without a tree", () => {
    const files = [...sources, ...corpusOf(6000)];
    for (const { path, text } of files)
      assert.deepEqual(readModule(nativeParser, text), readModule(native, text), path);
    const refused = files.filter(({ text }) => nativeParser.readDirectly(text, new Map()) === null);
    assert.ok(refused.length < files.length / 20, `${refused.length} of ${files.length} need a tree`);
  });

  it("read rare constructs as they are read without a tree, whole and in part", () => {
    for (const text of RARE)
      for (let end = text.length; end >= 0; end--) {
        const part = text.slice(0, end);
        assert.deepEqual(readModule(nativeParser, part), readModule(native, part), JSON.stringify(part));
      }
  });

  for (const [what, text] of Object.entries(AWKWARD)) {
    it(`read ${what} alike, without throwing`, async () => {
      assert.deepEqual(readModule(treesOnly(await wasmParser()), text), readModule(native, text));
      assert.deepEqual(readModule(nativeParser, text), readModule(native, text));
    });
  }

  it("read damaged files alike, without throwing", async () => {
    const wasm = treesOnly(await wasmParser());
    const random = randomFrom(7);
    for (const { path, text } of sources) {
      const start = random.below(text.length + 1);
      const damaged =
        text.slice(0, start) +
        random.of(["(", ")", '"""', "\n", ":", "def ", "  "]) +
        text.slice(start + random.below(40));
      const read = readModule(native, damaged);
      assert.deepEqual(readModule(wasm, damaged), read, `${path} damaged at ${start}`);
      assert.deepEqual(readModule(nativeParser, damaged), read, `${path} damaged at ${start}`);
    }
  });
});
