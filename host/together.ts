/**
 * Changes several Python files as one: all of them or none, also where the program is ended by force in between.
 *
 * Before the first of several files takes its place, a note at the top of the project says what all of them are to become. It goes when the last one is there. Whoever finds
 * one of a program that no longer runs can tell from the files how far that came, and does the rest. Where nobody got further than the first file, or somebody has put
 * back what was there, nothing is left to do.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { slashed } from "./exclude.ts";
import { type Notice, reasonOf } from "./files.ts";
import { isRunning, removeFile, replaceFile } from "./replace.ts";
import { type Staged, stageBytes, stageSource } from "./write.ts";

export interface Rewrite {
  /** Absolute. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** What stands in the way, by path (absolute). */
export type Obstacles = ReadonlyMap<string, string>;

/** Texts that wait beside their files. One of the two is to be called. */
export interface StagedTogether {
  /** Puts them in place. Nothing is changed where something stands in the way, which is returned; empty where it went well. */
  commit(): Obstacles;
  discard(): void;
}

/** Puts new texts beside the files of a project at `root` (absolute), in the encodings and with the permissions they have; else says what stands in the way. */
export function stageTogether(root: string, rewrites: readonly Rewrite[]): StagedTogether | Obstacles {
  const staged: (Rewrite & { readonly staged: Staged })[] = [];
  const obstacles = new Map<string, string>();
  const discard = (): void => {
    for (const each of staged) each.staged.discard();
  };
  for (const rewrite of rewrites) {
    const one = stageSource(rewrite.path, rewrite.before, rewrite.after);
    if (typeof one === "string") obstacles.set(rewrite.path, one);
    else staged.push({ ...rewrite, staged: one });
  }
  if (obstacles.size > 0) {
    discard();
    return obstacles;
  }
  return {
    commit: () => {
      let note: string | null = null;
      try {
        if (staged.length > 1) note = writeNote(root, staged);
      } catch (error) {
        discard();
        return new Map(staged.map(({ path }) => [path, `${root} cannot be written to: ${reasonOf(error)}`]));
      }
      for (const [done, { path, staged: one }] of staged.entries()) {
        const trouble = one.commit();
        if (trouble === null) continue;
        for (const each of staged.slice(done + 1)) each.staged.discard();
        const stuck = staged.slice(0, done).flatMap(putBack);
        if (note !== null) removeFile(note);
        return new Map([[path, trouble], ...stuck]);
      }
      if (note !== null) removeFile(note);
      return new Map();
    },
    discard,
  };
}

/** Does the rest of what programs that were ended had begun below `root` (absolute), and says so. */
export function finishUnfinished(root: string): readonly Notice[] {
  return notesIn(root).flatMap((note) => {
    const { begun, open, strange } = standOf(root, note);
    const said: Notice[] = [];
    const say = (path: string, message: string): void => void said.push({ path, message, skipped: false });
    if (begun) {
      for (const { path, after } of open) {
        const staged = stageBytes(path, after);
        const trouble = typeof staged === "string" ? staged : staged.commit();
        say(path, trouble === null ? "completed what a run that was ended had begun" : `not completed: ${trouble}`);
      }
      for (const path of strange) {
        say(
          path,
          "a run that was ended was to change it, with others, and somebody else did since; compare it with them",
        );
      }
    }
    removeFile(note);
    return said;
  });
}

/** How many files below `root` (absolute) wait for the rest of what an ended program had begun with others. */
export function countUnfinished(root: string): number {
  const stands = notesIn(root).map((note) => standOf(root, note));
  return stands.reduce((sum, { begun, open }) => sum + (begun ? open.length : 0), 0);
}

const NOTE = /^\.holdfast-(\d+)\.unfinished$/;

interface Note {
  readonly files: readonly {
    /** Relative to the top of the project. */
    readonly path: string;
    /** Hash of the bytes before the change. */
    readonly before: string;
    /** The bytes behind it, in base64. */
    readonly after: string;
  }[];
}

/** Gives its path. Throws the system's error. */
function writeNote(root: string, staged: readonly (Rewrite & { readonly staged: Staged })[]): string {
  const note: Note = {
    files: staged.map(({ path, staged: { bytes } }) => ({
      path: slashed(relative(root, path)),
      before: hashOf(readFileSync(path)),
      after: Buffer.from(bytes).toString("base64"),
    })),
  };
  const path = join(root, `.holdfast-${process.pid}.unfinished`);
  replaceFile(path, JSON.stringify(note));
  return path;
}

function putBack({ path, before, after }: Rewrite): readonly (readonly [string, string])[] {
  const staged = stageSource(path, after, before);
  const trouble = typeof staged === "string" ? staged : staged.commit();
  return trouble === null ? [] : [[path, `changed, and not put back: ${trouble}`]];
}

/** Of programs that no longer run. */
function notesIn(root: string): readonly string[] {
  try {
    return readdirSync(root)
      .filter((name) => {
        const owner = NOTE.exec(name)?.[1];
        return owner !== undefined && !isRunning(Number(owner));
      })
      .map((name) => join(root, name));
  } catch {
    return [];
  }
}

interface Stand {
  /** Whether a file is changed already. */
  readonly begun: boolean;
  /** Files that are as they were. */
  readonly open: readonly { readonly path: string; readonly after: Uint8Array }[];
  /** Files that are neither as they were nor as they were to become. */
  readonly strange: readonly string[];
}

function standOf(root: string, note: string): Stand {
  const open: { path: string; after: Uint8Array }[] = [];
  const strange: string[] = [];
  let begun = false;
  for (const { path: name, before, after } of read(note).files) {
    const path = join(root, name);
    const bytes = Buffer.from(after, "base64");
    const now = hashAt(path);
    if (now === hashOf(bytes)) begun = true;
    else if (now === before) open.push({ path, after: bytes });
    else strange.push(path);
  }
  return { begun, open, strange };
}

/** One that cannot be read says nothing. */
function read(note: string): Note {
  try {
    return JSON.parse(readFileSync(note, "utf8")) as Note;
  } catch {
    return { files: [] };
  }
}

function hashAt(path: string): string | null {
  try {
    return hashOf(readFileSync(path));
  } catch {
    return null;
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
