/** A text that is read again after each edit is read as if it had been there from the start, with either parser, whatever is done to it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type Before, type Module, type Parser, readModule, VersionReader } from "../analysis/syntax/index.ts";
import type { FunctionDef } from "../analysis/syntax/tree.ts";
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
/** Lines that are no Python at one letter or another. */
const TYPED = ['x = len("a")', "for x in f(1): pass", "with open(p) as f: pass", "y = [z for z in {1: 2}]"];

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
            module = reader.read(path, version, { text: current, module });
            assert.deepEqual(module, readModule(parser, version), JSON.stringify(version));
            current = version;
          }
        }
      });
    }

    it("that are being typed leave the functions around as they were, and are read as fresh texts once they are whole", () => {
      const broken: number[] = [];
      for (const { path, text } of projectIn(join(FIXTURES, "sample")).filter((file) => file.text.length > 600))
        for (const typed of TYPED) {
          const [header] = [...text.matchAll(/^( *)(?:async )?def \w+\(.*\).*:\n/gm)].slice(-2);
          if (!header) continue;
          const at = header.index + header[0].length;
          const reader = new VersionReader(parser);
          const first = readModule(parser, text);
          let before: Before = { text, module: first };
          for (let letters = 1; letters <= typed.length; letters++) {
            const next: string = `${text.slice(0, at)}${header[1]}    ${typed.slice(0, letters)}\n${text.slice(at)}`;
            const module = reader.read(path, next, before, true);
            const fresh = readModule(parser, next);
            if (fresh.errors.length === 0) assert.deepEqual(module, fresh, next);
            else {
              broken.push(letters);
              const isOther = ({ hash }: FunctionDef): boolean => first.units.some((unit) => unit.hash === hash);
              assert.equal(module.units.filter(isOther).length, first.units.length - 1, next);
              assert.equal(module.errors.length, 1);
            }
            before = { text: next, module };
          }
        }
      assert.ok(broken.length > 0);
    });

    it("that are being typed between functions belong to what follows", () => {
      const above = "def f():\n    return 1\n";
      const below = "def g():\n    return 2\n";
      for (const indent of ["", "    "])
        for (const typed of ["@cache", "@wraps(f)", "import os", "class A: pass"]) {
          const inner = (text: string): string => text.replace(/^(?=.)/gm, indent);
          const head = `${indent === "" ? "" : "class B:\n"}${inner(above)}\n`;
          const reader = new VersionReader(parser);
          const empty = `${head}\n${inner(below)}`;
          const whole = `${head}${indent}${typed}\n${inner(below)}`;
          let before: Before = { text: empty, module: reader.read("a.py", empty, null) };
          const letters = [...typed].map((_, index) => `${head}${indent}${typed.slice(0, index + 1)}\n${inner(below)}`);
          for (const next of [whole, empty, ...letters, ...letters.slice(0, -1).reverse(), empty, whole]) {
            const module = reader.read("a.py", next, before, true);
            const fresh = readModule(parser, next);
            if (fresh.errors.length === 0) assert.deepEqual(module, fresh, next);
            before = { text: next, module };
          }
        }
    });

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
