/**
 * Starts a program of the build: has V8 take up the machine code it made of it the last time, and tells it when to optimise. Reading and compiling a bundle
 * takes a third of a short run. Nothing here may fail a run: without a place to write to, or with code of another V8, the program is compiled as always.
 */
import { createHash } from "node:crypto";
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { basename, dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";
import { homeFolder } from "./home.ts";
import { keepNewest, replaceFile } from "./replace.ts";

/** The names of bundles that `launch` starts. */
export type Program = "cli.program.js" | "server.program.js";

/**
 * When V8 is to optimise, by its version. A check of some seconds runs a great deal of code, most of it not often: left to itself, V8 spends two fifths of the
 * processor time on optimising what has had its turn. Versions that are not named choose well by themselves. Measured with Node 20, 22, 24 and 26.
 */
const OPTIMISING: Readonly<Record<string, readonly string[]>> = {
  "11.3": ["--interrupt-budget=500000", "--no-flush-bytecode"],
  "12.4": ["--invocation-count-for-turbofan=15000"],
};

/**
 * How far the heap of a program that runs for long may grow before it is collected, as a part of what was left the last time. Left to itself V8 lets it grow to four times
 * that. Known to the versions of V8 from the one in Node 20 to the one in Node 26.
 */
const LASTING = "--heap-growing-percent=100";
const KNOWS_LASTING: readonly [first: number, last: number] = [11, 14];

/** Versions of a program and of Node that are kept; those not written for longest go first. */
const KEPT = 4;

const HASH_LENGTH = 20;
const CHECKSUM_BYTES = 20;

/**
 * Runs a program that stands beside this one, once; `lasting`: for so long that memory counts. `NODE_DISABLE_COMPILE_CACHE` in the environment, as Node has it for its own, leaves its code neither read nor kept.
 * Throws what the program throws, and the system's error where it is not there.
 */
export function launch(program: Program, lasting = false): void {
  const [major, minor] = process.versions.v8.split(".").map(Number) as [number, number];
  // An unknown flag would be complained about in the middle of our output, so each version is told only what it knows.
  for (const flag of OPTIMISING[`${major}.${minor}`] ?? []) setFlagsFromString(flag);
  if (lasting && major >= KNOWS_LASTING[0] && major <= KNOWS_LASTING[1]) setFlagsFromString(LASTING);
  const file = join(dirname(fileURLToPath(import.meta.url)), program);
  const source = readFileSync(file, "utf8");
  const place = placeFor(program, source);
  const cachedData = place === null ? undefined : readCode(place);
  const script = new Script(Module.wrap(source), {
    filename: file,
    ...(cachedData && { cachedData }),
  });
  if (place !== null && (!cachedData || script.cachedDataRejected)) {
    // At the end what was run has been compiled, and goes along.
    process.once("exit", () => keep(place, script));
  }
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
}

/** Where the code of a program is kept: by what it says and by what compiled it, since V8 itself compares no more than the length of a source. Null for nowhere. */
function placeFor(program: Program, source: string): string | null {
  const folder = cacheFolder();
  if (folder === null || process.env.NODE_DISABLE_COMPILE_CACHE) return null;
  const hash = createHash("sha1").update(source).update(process.version).update(process.arch).digest("hex");
  return join(folder, "code", `${program}-${hash.slice(0, HASH_LENGTH)}`);
}

/**
 * Where the system wants what may be thrown away (https://specifications.freedesktop.org/basedir-spec/latest/; Apple's File System Programming Guide; FOLDERID_LocalAppData), for us.
 * Null where nothing absolute comes of it.
 */
function cacheFolder(): string | null {
  const { env, platform } = process;
  const home = homeFolder() ?? "";
  const folder =
    platform === "win32"
      ? join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "holdfast", "Cache")
      : platform === "darwin"
        ? join(home, "Library", "Caches", "holdfast")
        : join(env.XDG_CACHE_HOME || join(home, ".cache"), "holdfast");
  return isAbsolute(folder) ? folder : null;
}

/** The code that stands in a file, if it is ours and whole: V8 believes what it is given. */
function readCode(path: string): Buffer | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    if (process.getuid !== undefined && fstatSync(file).uid !== process.getuid()) return undefined;
    const content = readFileSync(file);
    const code = content.subarray(CHECKSUM_BYTES);
    return content.subarray(0, CHECKSUM_BYTES).equals(checksumOf(code)) ? code : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function checksumOf(code: Uint8Array): Buffer {
  return createHash("sha1").update(code).digest();
}

/** Keeps the code of a script for the next time. */
function keep(place: string, script: Script): void {
  const folder = dirname(place);
  const ofProgram = basename(place).slice(0, -HASH_LENGTH);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const code = script.createCachedData();
    replaceFile(place, Buffer.concat([checksumOf(code), code]));
    keepNewest(folder, (name) => name.startsWith(ofProgram), KEPT);
  } catch {
    // The next run compiles it again.
  }
}
