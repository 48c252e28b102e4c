/**
 * Puts files in place whole. What is to be written waits in a temporary file beside its place and takes it by renaming, so that whoever reads, or ends the
 * program at any moment, finds the old file or the new one.
 *
 * A program that is ended by force leaves its temporary files behind. Their names say whose they were, and whoever writes into the folder next takes away those of programs
 * that no longer run. Whole is meant of programs that end, not of machines that lose power: nothing is forced onto the disk.
 */
import { readdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** No finder of Python files takes it for one. */
const TEMPORARY = /^\.holdfast-(\d+)-\d+\.tmp$/;

/** Folders in which all temporary files of this process are in use. */
const cleared = new Set<string>();
let made = 0;

/** Puts `data` (text as UTF-8) at a path (absolute). A link stays one: what it leads to is replaced. Throws the system's error; nothing has changed then. */
export function replaceFile(path: string, data: string | Uint8Array): void {
  const target = targetOf(path);
  const temporary = temporaryIn(dirname(target));
  try {
    writeFileSync(temporary, data, { flag: "wx" });
    renameSync(temporary, target);
  } catch (error) {
    removeFile(temporary);
    throw error;
  }
}

/** A path for a file that is to be renamed or taken away by whoever asked for it. */
export function temporaryIn(folder: string): string {
  clearLeftovers(folder);
  return join(folder, `.holdfast-${process.pid}-${++made}.tmp`);
}

/** Whether a file is a temporary one, in use or not. */
export function isTemporary(name: string): boolean {
  return TEMPORARY.test(name);
}

/** Takes away what programs that were ended have left in a folder (absolute), as far as that may be done; looks once in the life of this process. */
export function clearLeftovers(folder: string): void {
  if (cleared.has(folder)) return;
  cleared.add(folder);
  try {
    for (const name of readdirSync(folder)) {
      const owner = TEMPORARY.exec(name)?.[1];
      if (owner !== undefined && !isRunning(Number(owner))) removeFile(join(folder, name));
    }
  } catch {
    // They are in nobody's way.
  }
}

/** Takes away a file (absolute) that is in nobody's way where that fails. */
export function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The next run tries again.
  }
}

/** Takes away what has not been written for longest of the files in a folder (absolute) whose names are one's own, so that `count` of them stay. */
export function keepNewest(folder: string, isOwn: (name: string) => boolean, count: number): void {
  const files = readdirSync(folder)
    .filter(isOwn)
    .map((name) => join(folder, name))
    .map((path) => ({ path, time: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.time - a.time);
  for (const { path } of files.slice(count)) rmSync(path, { force: true });
}

/** Whether a process that is not this one runs. In containers, numbers come again: what bears ours and is not in use is of one before. */
export function isRunning(id: number): boolean {
  if (id === process.pid) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
