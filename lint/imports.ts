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
 * With `member` the name itself is imported (`from pydantic import BaseModel`). Null where the name it would be imported under means something else.
 */
export function importedName(
  file: FileView,
  dotted: string,
  { member: wantsMember = false }: { readonly member?: boolean } = {},
): ImportedName | null {
  const dot = dotted.lastIndexOf(".");
  const module = dotted.slice(0, dot);
  const member = dotted.slice(dot + 1);
  for (const [name, stands] of file.bindings) {
    if (stands === dotted) return { name, edits: [] };
    if (stands === module) return { name: `${name}.${member}`, edits: [] };
  }
  const bound = wantsMember ? member : module.split(".", 1)[0]!;
  if (file.bindings.has(bound)) return null;
  const at = file.importInsertion;
  const lineBreak = /\r\n/.test(file.text) ? "\r\n" : "\n";
  const startsLine = at === 0 || /[\r\n]/.test(file.text[at - 1]!);
  const statement = wantsMember ? `from ${module} import ${member}` : `import ${module}`;
  const text = `${startsLine ? "" : lineBreak}${statement}${lineBreak}`;
  return { name: wantsMember ? member : dotted, edits: [{ file: file.path, span: { start: at, end: at }, text }] };
}
