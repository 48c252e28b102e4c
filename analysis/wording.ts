/** Work, calls and functions in words for people. */
import type { FunctionId } from "./names/outline.ts";
import { keyOfId, plainId } from "./names/program.ts";
import type { WorkKind } from "./names/verbs.ts";
import type { CallRecord, Target } from "./types/record.ts";

/** `Query.one`, `requests.get`, `open`; as written where the stub's name is no name for people. */
export function shortName(target: Target | undefined, written: string): string {
  const id = target?.id ?? null;
  if (id === null) return target?.name ?? written;
  const key = keyOfId(id);
  const path = id
    .slice(key.length + 1)
    .replace(/\.__(?!getattr)\w+__$/, "")
    .split(".");
  if (path.some((name) => name.startsWith("_"))) return written;
  // Settings may say so of a function of the project, too.
  const plain = key.replace(/^lib:/, "").replace(/(\/__init__)?\.pyw?$/, "");
  const module = plain.slice(Math.max(plain.lastIndexOf("."), plain.lastIndexOf("/")) + 1);
  return path.length > 1 || module === "builtins" ? path.slice(-2).join(".") : `${module}.${path[0]}`;
}

/** What is waited for, where a stub says no more than its kind. */
export const WORDS: Readonly<Record<WorkKind, string>> = {
  network: "a network reply",
  database: "a database reply",
  clock: "the clock",
  process: "another process",
  lock: "a lock",
  input: "user input",
  disk: "the disk",
  metadata: "file metadata",
  cpu: "computation",
  loop: "an event loop",
};

/** What a function does with what it names. */
export const VERBS: Readonly<Record<CallRecord["how"], string>> = {
  call: "calls",
  property: "reads",
  enter: "enters",
  exit: "leaves",
  iterate: "iterates over",
  operator: "evaluates",
};

/** `Class.method`, without the numbers that tell equal names apart. */
export function nameOf(id: FunctionId): string {
  const plain = plainId(id);
  return plain.slice(plain.lastIndexOf("#") + 1).replace(/@\d+/g, "");
}
