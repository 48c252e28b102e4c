/**
 * What a run leaves on disk for the next: one file per combination of version, settings and parser, in a folder of the project.
 *
 * Content decides everything: a file taken from another machine, branch or day is used exactly as far as the texts are the same. What cannot be read, was cut
 * short or changed, or was written by another version is as good as absent; what cannot be written is not. Files are put in place whole, so runs at the
 * same time do not hurt each other: the last one wins.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { StoredRun } from "../lint/stored.ts";
import { reasonOf } from "./files.ts";
import { isTemporary, keepNewest, replaceFile } from "./replace.ts";
import type { LoadedSettings } from "./settings.ts";

/** The folder in the project, where none is named. */
export const CACHE_FOLDER = ".holdfast-cache";

/** Combinations that are kept; those not written for longest go first. */
const KEPT = 8;

const MAGIC = "holdfast-cache";

/** What files are called that may go: whoever names a folder may have others in it. */
const OWN = /^(?:[0-9a-f]{8}-)?[0-9a-f]{24}\.json$/;

/** Replaced by the build with a hash of everything that was built; empty where the program runs from its sources, which may change under a cache. */
const BUILD = process.env.HOLDFAST_BUILD ?? "";

export interface Cache {
  read(): StoredRun | null;
  /** Null where it was written, else what stood in the way. */
  write(run: StoredRun): string | null;
}

export interface CacheRequest {
  /** Absolute. */
  readonly root: string;
  /** Absolute; the project's own folder where left out. */
  readonly folder?: string | null;
  readonly settings: LoadedSettings;
  /** Settings further down that decide about any of the files. */
  readonly nested?: readonly LoadedSettings[];
  /** Differs where the project's own stubs differ. */
  readonly knowledge: string;
}

/** The cache of a project; null where this program must not use one. */
export function cacheOf({ root, folder, settings, nested = [], knowledge }: CacheRequest): Cache | null {
  if (BUILD === "") return null;
  const { enabled, known, taught, identity } = settings;
  const rules = enabled.map(({ rule, severity, options }) => [rule.id, severity, options]);
  const key = hashOf(
    JSON.stringify([BUILD, knowledge, rules, known, taught, identity, nested.map((each) => each.identity)]),
  );
  const place = folder ? resolve(folder) : join(root, CACHE_FOLDER);
  // A folder of one's own may serve many projects.
  const file = join(place, `${folder ? `${hashOf(root).slice(0, 8)}-` : ""}${key.slice(0, 24)}.json`);
  return { read: () => read(file), write: (run) => write(place, file, run) };
}

function read(file: string): StoredRun | null {
  try {
    const text = readFileSync(file, "utf8");
    const end = text.indexOf("\n");
    const body = text.slice(end + 1);
    return text.slice(0, end) === headerOf(body) ? (JSON.parse(body) as StoredRun) : null;
  } catch {
    return null;
  }
}

function write(folder: string, file: string, run: StoredRun): string | null {
  try {
    makeFolder(folder);
    const body = JSON.stringify(run);
    replaceFile(file, `${headerOf(body)}\n${body}`);
    keepNewest(folder, (name) => OWN.test(name), KEPT);
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

function headerOf(body: string): string {
  return `${MAGIC} ${hashOf(body)}`;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** What says so where version control and backups are to leave a folder alone. See https://bford.info/cachedir/ for the tag. */
const LABELS: Readonly<Record<string, string>> = {
  ".gitignore": "*\n",
  "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# Made by Holdfast; may be deleted at any time.\n",
};

/** A folder in which others keep things, too, gets no labels. */
function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const isOurs = readdirSync(folder).every((name) => name in LABELS || OWN.test(name) || isTemporary(name));
  if (!isOurs) return;
  for (const [name, text] of Object.entries(LABELS)) {
    const label = join(folder, name);
    if (!existsSync(label)) replaceFile(label, text);
  }
}
