/**
 * Compiled stubs as a text that can be read in parts.
 *
 * It is JSON with a line per module, and plain ASCII. A reader finds the lines without parsing them, and parses those it comes to need.
 */
import type { CompiledKnowledge } from "./compile.ts";

export type Header = Omit<CompiledKnowledge, "modules">;

/** `modules` are JSON each, without line ends. */
export function writeKnowledge({ modules, ...header }: CompiledKnowledge): string {
  const lines = Object.entries(modules).map(([name, body]) => `${JSON.stringify(name)}:${body}`);
  const text = `${JSON.stringify(header).slice(0, -1)},${OPENING}\n${lines.join(",\n")}\n}}\n`;
  return text.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** What `writeKnowledge` wrote. Throws where the text is something else. */
export function readKnowledge(text: string): CompiledKnowledge {
  const first = text.indexOf("\n");
  const head = text.slice(0, Math.max(first, 0));
  if (!head.endsWith(`,${OPENING}`)) throw new Error("these are no compiled stubs; build again");
  const header = JSON.parse(`${head.slice(0, -OPENING.length - 1)}}`) as Header;
  const modules: Record<string, string> = {};
  for (let start = first + 1; text.startsWith('"', start); ) {
    const end = text.indexOf("\n", start);
    const colon = text.indexOf('":', start);
    const body = text.slice(colon + 2, text[end - 1] === "," ? end - 1 : end);
    modules[text.slice(start + 1, colon)] = body;
    start = end + 1;
  }
  return { ...header, modules };
}

const OPENING = '"modules":{';
