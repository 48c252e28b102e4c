/** What a writer of schemas is given to work on, and what it leaves: the text of a class, how a value is checked with it, how its keys are read afterwards. */
import type {
  FileView,
  FunctionView,
  RequestShape,
  RequestValueView,
  ShapedKey,
  ShapedRead,
} from "../../analysis/index.ts";

export interface Job {
  readonly file: FileView;
  readonly fn: FunctionView;
  readonly value: RequestValueView;
  readonly shape: RequestShape;
  /** The code of the function. */
  readonly code: string;
  /** Name of the class to be written. */
  readonly name: string;
}

/** Text with names in it that have to be imported first: `asks(dotted)` gives how the thing is written in the file. */
export type Names = (dotted: string) => string;

export interface Writer {
  /** What the name of the class ends with. */
  readonly suffix: string;
  /** Null where the library cannot say it. */
  write(job: Job, names: Names): Written | null;
}

export interface Written {
  /** The class, without a line break at its end. */
  readonly declaration: string;
  /** Statements that go before the check, without indentation. */
  readonly before: (source: string) => readonly string[];
  /** The checked value, in terms of the unchecked one. */
  readonly checked: (source: string) => string;
  /** Statements after `except … as error:` where the check raises; null where it need not be caught. */
  readonly handler: { readonly exception: string; readonly lines: readonly string[] } | null;
  /** What is written in place of a read, of the value called `name`; null where the read stays as it is, apart from that name. */
  readonly read: (key: ShapedKey, read: ShapedRead, name: string) => string | null;
}

/** Names a writer gives to what it makes: the first that the function does not mention. */
export function freeName(code: string, candidates: readonly string[]): string {
  const isFree = (name: string): boolean => !new RegExp(String.raw`(?<![.\w])${name}\b`).test(code);
  const found = candidates.find(isFree);
  if (found !== undefined) return found;
  for (let n = 2; ; n++) if (isFree(`${candidates[0]!}_${n}`)) return `${candidates[0]!}_${n}`;
}

/** `CreateOrder`: what a class for the body of a handler is called, before what says what it is. */
export function baseName({ fn }: Pick<Job, "fn">): string {
  const parts = fn.qualifiedName.split(".").filter((part) => !part.startsWith("<"));
  const [method, owner] = [parts.at(-1)!, parts.at(-2)];
  const words = (name: string): string =>
    name
      .split("_")
      .filter(Boolean)
      .map((w) => w[0]!.toUpperCase() + w.slice(1))
      .join("");
  const own = words(method);
  if (owner === undefined || /^[a-z_]/.test(owner)) return own || "Request";
  const view = words(owner).replace(/(API|Api)?(View|ViewSet|Viewset|Resource|Handler|Endpoint)$/, "");
  return view.endsWith(own) ? view : `${view}${own}`;
}

/** A string constant of Python. */
export function quoted(value: string): string {
  return JSON.stringify(value);
}

/** Whether a key can be the name of a variable. */
export function isIdentifier(key: string): boolean {
  return /^[A-Za-z_]\w*$/.test(key) && !KEYWORDS.has(key);
}

const KEYWORDS = new Set(
  "and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield None True False".split(
    " ",
  ),
);

/** The defaults that reads of a key are given, as they are written, each once. */
export function fallbacksOf({ file }: Job, key: ShapedKey): readonly string[] {
  const written = key.reads.flatMap((r) =>
    r.fallback ? [file.text.slice(r.fallback.span.start, r.fallback.span.end)] : [],
  );
  return [...new Set(written)];
}

/** The constant that stands for a key that is not sent: null where it is read without one, or with several. */
export function defaultOf(job: Job, key: ShapedKey): string | null {
  const reads = key.reads.filter((r) => r.how === "get");
  const [only, ...others] = fallbacksOf(job, key);
  if (only === undefined || others.length > 0 || only === "None") return null;
  return reads.length > 0 && reads.every((r) => r.fallback?.constant === true) ? only : null;
}

/** Whether a key names what has to arrive letter by letter. */
export function isSecret(key: string): boolean {
  return /passw|secret|token|credential|signature/i.test(key);
}
