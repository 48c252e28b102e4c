/** A text that is read again after each edit is read as if it had been there from the start, with either parser, whatever is done to it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type Module, type Parser, readModule, VersionReader } from "../analysis/syntax/index.ts";
import { FIXTURES, projectIn } from "./harness/fixture.ts";
import { nativeParser, wasmParser } from "./harness/parsers.ts";
import { type Random, randomFrom } from "./harness/random.ts";

const INSERTED = [
  "",
  "x",
  "\n",
  "\r",
  "\r\n",
  "    ",
  "(",
  ")",
  "'''",
  "# c\n",
  "await ",
  "def g():\n    pass\n",
  "é😀",
  ":",
];
const EDITS = 40;

for (const [binding, parserOf] of [
  ["native", async () => nativeParser],
  ["WebAssembly", wasmParser],
] as const) {
  describe(`versions of a text, ${binding}`, () => {
    let parser: Parser;
    before(async () => {
      parser = await parserOf();
    });

    for (const { path, text } of projectIn(join(FIXTURES, "sample")).filter((file) => file.text.length > 600)) {
      it(`are read as fresh texts: ${path}`, () => {
        const random = randomFrom(path.length);
        const reader = new VersionReader(parser);
        let current = text;
        let module: Module = reader.read(path, current, null);
        for (let step = 0; step < EDITS; step++) {
          const next = edited(current, text, random);
          // Most edits break the syntax; half of those are taken back, so that whole texts are edited, too.
          const versions = random.below(2) === 0 ? [next] : [next, current];
          for (const version of versions) {
            module = reader.read(path, version, module);
            assert.deepEqual(module, readModule(parser, version), JSON.stringify(version));
            current = version;
          }
        }
      });
    }

    it("are told apart by name, and may be more than are kept", () => {
      const reader = new VersionReader(parser, 2);
      const texts = ["a = 1\n", "b = (2)\n", "def c():\n    pass\n", "d = [4]\n"];
      for (let round = 0; round < 3; round++)
        for (const [index, text] of texts.entries()) {
          const version = `${text}${"# more\n".repeat(round)}`;
          assert.deepEqual(reader.read(`${index}.py`, version, null), readModule(parser, version));
        }
    });
  });
}

function edited(text: string, original: string, random: Random): string {
  const at = random.below(text.length + 1);
  const from = random.below(original.length);
  const inserted = random.of([...INSERTED, original.slice(from, from + random.below(100))]);
  return text.slice(0, at) + inserted + text.slice(at + random.below(random.below(4) === 0 ? 150 : 4));
}
