/** Names for what a fix needs imported. */
import type { FileView } from "../analysis/index.ts";
import type { TextEdit } from "./finding.ts";

export interface ImportedName {
  /** How the thing is written in this file. */
  readonly name: string;
  /** The import that makes it so, empty where it is there already. */
  readonly edits: readonly TextEdit[];
}

/**
 * How to write `dotted` ("asyncio.to_thread") in a file, and the edits that import its module where needed.
 * Null where the name it would be imported under means something else in the file.
 */
export function importedName(file: FileView, dotted: string): ImportedName | null {
  const dot = dotted.lastIndexOf(".");
  const module = dotted.slice(0, dot);
  const member = dotted.slice(dot + 1);
  for (const [name, stands] of file.bindings) {
    if (stands === dotted) return { name, edits: [] };
    if (stands === module) return { name: `${name}.${member}`, edits: [] };
  }
  const top = module.split(".", 1)[0]!;
  if (file.bindings.has(top)) return null;
  const at = file.importInsertion;
  const lineBreak = /\r\n/.test(file.text) ? "\r\n" : "\n";
  const startsLine = at === 0 || /[\r\n]/.test(file.text[at - 1]!);
  const text = `${startsLine ? "" : lineBreak}import ${module}${lineBreak}`;
  return { name: dotted, edits: [{ file: file.path, span: { start: at, end: at }, text }] };
}
