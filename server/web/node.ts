/**
 * What the server uses of Node, for a worker of a browser: the build puts this file in the place of `node:fs` and its like.
 *
 * The disk is a copy in memory of the files that matter, which the client fills and keeps up to date. It knows folders, files and nothing else: no links, no
 * permissions, no times. Whatever writes is refused, because the editor does all writing. Paths are those of POSIX.
 */
import { Buffer } from "buffer";

/** Parts of a path to what stands there: bytes, or a folder. */
type Folder = Map<string, Uint8Array | Folder>;

const disk: Folder = new Map();

/** Puts a file at a path (absolute), or takes away what stands there with everything below. */
export function put(path: string, bytes: Uint8Array | null): void {
  const parts = partsOf(path);
  const name = parts.pop();
  if (name === undefined) return;
  if (bytes === null) {
    const folder = lookUp(parts);
    if (folder instanceof Map) folder.delete(name);
  } else makeFolder(parts).set(name, bytes);
}

/** Makes sure that a folder is there, as one without files that matter is, too. */
export function putFolder(path: string): void {
  makeFolder(partsOf(path));
}

export function existsSync(path: string): boolean {
  return lookUp(partsOf(path)) !== undefined;
}

/** Bytes, or with an encoding text. Throws as Node does. */
export function readFileSync(path: string, encoding?: BufferEncoding): Buffer | string {
  const found = at(path);
  if (found instanceof Map) throw refusal("EISDIR", path);
  const bytes = Buffer.from(found.buffer, found.byteOffset, found.byteLength);
  return encoding === undefined ? bytes : bytes.toString(encoding);
}

export function statSync(path: string): { isFile(): boolean; isDirectory(): boolean; readonly size: number } {
  const found = at(path);
  return found instanceof Map
    ? { isFile: () => false, isDirectory: () => true, size: 0 }
    : { isFile: () => true, isDirectory: () => false, size: found.byteLength };
}

interface Entry {
  readonly name: string;
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

interface ListOptions {
  readonly withFileTypes?: boolean;
  readonly recursive?: boolean;
}

/** Names in a folder; those of all folders below, too, with `recursive`; with `withFileTypes` what they are. Throws as Node does. */
export function readdirSync(path: string, { withFileTypes, recursive }: ListOptions = {}): (string | Entry)[] {
  const found = at(path);
  if (!(found instanceof Map)) throw refusal("ENOTDIR", path);
  if (recursive) return namesBelow(found, "");
  return [...found].map(([name, what]) => {
    const isFolder = what instanceof Map;
    return withFileTypes
      ? { name, isFile: () => !isFolder, isDirectory: () => isFolder, isSymbolicLink: () => false }
      : name;
  });
}

/** The path itself, as there are no links. Throws where nothing is. */
export function realpathSync(path: string): string {
  at(path);
  return `/${partsOf(path).join("/")}`;
}

export const writeFileSync = refuse;
export const renameSync = refuse;
export const rmSync = refuse;

/** Of `node:url`. */
export function fileURLToPath(url: string | URL): string {
  return decodeURIComponent(new URL(url).pathname);
}

/** Of `node:os`: nobody's home. */
export function homedir(): string {
  return "/";
}

/** Of `node:module`: there are no modules besides the bundle. */
export function createRequire(): (name: string) => never {
  return (name) => {
    throw new Error(`${name} cannot be loaded in a browser`);
  };
}

/** Of `node:util`, for what JSON can hold. */
export function isDeepStrictEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(b, key) &&
      isDeepStrictEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}

function partsOf(path: string): string[] {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts;
}

function lookUp(parts: readonly string[]): Uint8Array | Folder | undefined {
  let found: Uint8Array | Folder | undefined = disk;
  for (const part of parts) {
    if (!(found instanceof Map)) return undefined;
    found = found.get(part);
  }
  return found;
}

function at(path: string): Uint8Array | Folder {
  const found = lookUp(partsOf(path));
  if (found === undefined) throw refusal("ENOENT", path);
  return found;
}

/** A file that stands where a folder should be gives way: the client has seen the folder. */
function makeFolder(parts: readonly string[]): Folder {
  let folder = disk;
  for (const part of parts) {
    let next = folder.get(part);
    if (!(next instanceof Map)) {
      next = new Map();
      folder.set(part, next);
    }
    folder = next;
  }
  return folder;
}

function namesBelow(folder: Folder, prefix: string): string[] {
  return [...folder].flatMap(([name, what]) => {
    const path = prefix + name;
    return what instanceof Map ? [path, ...namesBelow(what, `${path}/`)] : [path];
  });
}

function refuse(path: string): never {
  throw refusal("EROFS", path);
}

function refusal(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}
