/**
 * Changes Python files, each as a whole and in the way of `replace.ts`, but in two steps: the new texts of all files wait before the first takes its place.
 */
import { chmodSync, realpathSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { reasonOf } from "./files.ts";
import { readSource } from "./project.ts";
import { removeFile, temporaryIn } from "./replace.ts";
import { encodeSource } from "./text.ts";

/** A text that waits beside its file. One of the two is to be called. */
export interface Staged {
  /** Puts it in place; null where it went well, else what stood in the way. */
  commit(): string | null;
  /** Takes it away again. */
  discard(): void;
  /** What waits. */
  readonly bytes: Uint8Array;
}

/**
 * Writes `after` over a Python file whose text was `before`, in the encoding and with the permissions it has. Null where it went well, else what stood
 * in the way: nothing is written then.
 */
export function writeSource(path: string, before: string, after: string): string | null {
  const staged = stageSource(path, before, after);
  return typeof staged === "string" ? staged : staged.commit();
}

/** The first half of `writeSource`, after which hardly anything can stand in the way any more; else what does. */
export function stageSource(path: string, before: string, after: string): Staged | string {
  const current = readSource(path);
  if ("refused" in current) return current.refused;
  if (current.text !== before) return "somebody changed it meanwhile";
  const bytes = encodeSource(after, current);
  if (bytes === null) return `its encoding (${current.encoding}) is one Holdfast does not write`;
  return stageBytes(path, bytes);
}

/** Puts bytes beside the file at a path, whatever stands in it; else says what stands in the way. */
export function stageBytes(path: string, bytes: Uint8Array): Staged | string {
  let temporary: string | null = null;
  const discard = (): void => {
    if (temporary !== null) removeFile(temporary);
  };
  try {
    // A link stays one: what it leads to is changed.
    const real = realpathSync(path);
    const { mode } = statSync(real);
    if ((mode & 0o200) === 0) return "it is write-protected";
    temporary = temporaryIn(dirname(real));
    const name = temporary;
    writeFileSync(name, bytes, { flag: "wx" });
    chmodSync(name, mode & 0o7777);
    return {
      commit: () => {
        try {
          renameSync(name, real);
          return null;
        } catch (error) {
          discard();
          return reasonOf(error);
        }
      },
      discard,
      bytes,
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") discard();
    return reasonOf(error);
  }
}
