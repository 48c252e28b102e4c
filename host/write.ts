/** Changes Python files. */
import { writeFileSync } from "node:fs";
import { reasonOf } from "./files.ts";
import { readSource } from "./project.ts";
import { encodeSource } from "./text.ts";

/**
 * Writes `after` over a Python file whose text was `before`, in the encoding it has. Null where it went well, else what stood in the way: nothing is
 * written then.
 */
export function writeSource(path: string, before: string, after: string): string | null {
  const current = readSource(path);
  if ("refused" in current) return current.refused;
  if (current.text !== before) return "somebody changed it meanwhile";
  const bytes = encodeSource(after, current);
  if (bytes === null) return `its encoding (${current.encoding}) is one Holdfast does not write`;
  try {
    writeFileSync(path, bytes);
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}
