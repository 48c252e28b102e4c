/** Both parsers give the same records, on every fixture and on text no Python parser likes; neither throws on anything. */
import assert from "node:assert/strict";
import { readModule } from "../analysis/syntax/index.ts";
import { FIXTURES, projectIn } from "./harness/fixture.ts";
import { nativeParser, wasmParser } from "./harness/parsers.ts";
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

const sources = projectIn(FIXTURES);

describe("the parsers", () => {
  it("read every fixture alike", async () => {
    const wasm = await wasmParser();
    for (const { path, text } of sources) {
      assert.deepEqual(readModule(wasm, text), readModule(nativeParser, text), path);
    }
  });

  for (const [what, text] of Object.entries(AWKWARD)) {
    it(`read ${what} alike, without throwing`, async () => {
      assert.deepEqual(readModule(await wasmParser(), text), readModule(nativeParser, text));
    });
  }

  it("read damaged files alike, without throwing", async () => {
    const wasm = await wasmParser();
    const random = randomFrom(7);
    for (const { path, text } of sources) {
      const start = random.below(text.length + 1);
      const damaged =
        text.slice(0, start) +
        random.of(["(", ")", '"""', "\n", ":", "def ", "  "]) +
        text.slice(start + random.below(40));
      assert.deepEqual(readModule(wasm, damaged), readModule(nativeParser, damaged), `${path} damaged at ${start}`);
    }
  });
});
