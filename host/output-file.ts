/**
 * Writes reports: whole or not at all, in the way of `replace.ts`. What is no regular file (`/dev/null`, a pipe) is written to as it stands.
 */
import { appendFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { reasonOf } from "./files.ts";
import { replaceFile } from "./replace.ts";

/** Why a report cannot be written to `path` (absolute), as far as that shows before; null where nothing stands in the way. */
export function obstacleTo(path: string): "no-folder" | "a-folder" | null {
  if (kindAt(path) === "folder") return "a-folder";
  return kindAt(dirname(path)) === "folder" ? null : "no-folder";
}

/** Writes `text` as UTF-8. Null where it went well, else the reason; what stood at `path` is untouched then. */
export function writeReport(path: string, text: string): string | null {
  try {
    if (kindAt(path) === "other") writeFileSync(path, text);
    else replaceFile(path, text);
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

/** Appends `text` as UTF-8 to a file that others write to, too. Null where it went well, else the reason. */
export function appendReport(path: string, text: string): string | null {
  try {
    appendFileSync(path, text);
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

/** Bytes of a file; 0 where there is none. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function kindAt(path: string): "file" | "folder" | "other" | null {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return null;
    if (stats.isDirectory()) return "folder";
    return stats.isFile() ? "file" : "other";
  } catch {
    return null;
  }
}
