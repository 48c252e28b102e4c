/**
 * Parses all files of a folder with nothing but tree-sitter: the measure everything else is held against. Run by `bare-parse.ts` in a process of its own, which
 * it tells on each message how long one round took. Texts are in memory before, and each tree is let go at once.
 *
 *   parse.ts FOLDER native|wasm PART PARTS
 */
import { readFileSync } from "node:fs";
import { loadParser } from "../host/parser.ts";
import { timed } from "./clock.ts";
import { pythonFiles } from "./subject.ts";

async function main([folder, kind, part, parts]: readonly string[]): Promise<void> {
  const parser = await loadParser(kind as "native" | "wasm");
  const texts = pythonFiles(folder!)
    .map((file) => readFileSync(file, "utf8"))
    .sort((a, b) => b.length - a.length)
    // Dealt like cards, so that all parts are about as long.
    .filter((_, i) => i % Number(parts) === Number(part));
  process.on("message", () => {
    const [, time] = timed(() => {
      for (const text of texts) parser.parse(text).close();
    });
    process.send!({ time, peak: process.resourceUsage().maxRSS * 1024 });
  });
  process.send!("ready");
}

void main(process.argv.slice(2));
