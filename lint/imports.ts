/** Names for what a fix needs imported. */
import type { FileView, Span } from "../analysis/index.ts";
import type { TextEdit } from "./finding.ts";

export interface ImportedName {
  /** How the thing is written in this file. */
  readonly name: string;
  /** The import that makes it so, empty where it is there already. */
  readonly edits: readonly TextEdit[];
}

/**
 * How to write `dotted` ("asyncio.to_thread") in a file, and the edits that import its module where needed.
 * With `member` the name itself is imported (`from pydantic import BaseModel`). Null where the name it would be imported under means something else.
 */
export function importedName(
  file: FileView,
  dotted: string,
  { member: wantsMember = false }: { readonly member?: boolean } = {},
): ImportedName | null {
  const dot = dotted.lastIndexOf(".");
  const module = dotted.slice(0, dot);
  const member = dotted.slice(dot + 1);
  const known = namesOf(file);
  const own = known.get(dotted);
  if (own !== undefined) return { name: own, edits: [] };
  const through = known.get(module);
  if (through !== undefined) return { name: `${through}.${member}`, edits: [] };
  const bound = wantsMember ? member : module.split(".", 1)[0]!;
  const taken = file.bindings.get(bound);
  // `import a` is there already and `import a.b` may stand beside it.
  const beside = !wantsMember && taken === bound;
  if (taken !== undefined && !beside) return null;
  if (beside && importsBelow(file, false).some((each) => each.plain && each.module === module))
    return { name: dotted, edits: [] };
  const lineBreak = /\r\n/.test(file.text) ? "\r\n" : "\n";
  const at = wantsMember ? placeOfFrom(file, module) : placeOfPlain(file, module);
  const startsLine = at === 0 || /[\r\n\uFEFF]/.test(file.text[at - 1]!);
  const statement = wantsMember ? `from ${module} import ${member}` : `import ${module}`;
  const text = `${startsLine ? "" : lineBreak}${statement}${lineBreak}`;
  return { name: wantsMember ? member : dotted, edits: [{ file: file.path, span: { start: at, end: at }, text }] };
}

/** Names for several things, imported together: what stands in a module that the file already imports from is added there. */
export interface Importer {
  /** How `dotted` is written in the file. Null where its name means something else, and so does that of its module. */
  name(dotted: string): string | null;
  edits(): readonly TextEdit[];
}

export function importer(file: FileView): Importer {
  const members = new Map<string, Set<string>>();
  const plain: TextEdit[] = [];
  const pending = new Map<string, string>();
  return {
    name(dotted) {
      const known = pending.get(dotted) ?? importedName(file, dotted, { member: true });
      if (typeof known === "string") return known;
      const dot = dotted.lastIndexOf(".");
      const [module, member] = [dotted.slice(0, dot), dotted.slice(dot + 1)];
      const isTaken = [...pending].some(([other, name]) => name === member && other !== dotted);
      const found =
        known && !isTaken ? known : /^[A-Z]/.test(member) ? importedName(file, dotted) : renamed(file, dotted);
      if (!found) return null;
      pending.set(dotted, found.name);
      if (found !== known) plain.push(...found.edits);
      else if (found.edits.length > 0) members.set(module, (members.get(module) ?? new Set<string>()).add(member));
      return found.name;
    },
    edits: () => [...plain, ...[...members].map(([module, wanted]) => fromImport(file, module, [...wanted].sort()))],
  };
}

/** A module, or a function, under a name of its own: `from django import forms as django_forms`. */
function renamed(file: FileView, dotted: string): ImportedName | null {
  const dot = dotted.lastIndexOf(".");
  const [module, member] = [dotted.slice(0, dot), dotted.slice(dot + 1)];
  const name = `${module.split(".", 1)[0]!}_${member}`;
  if (file.bindings.has(name)) return null;
  return { name, edits: [fromImport(file, module, [`${member} as ${name}`])] };
}

/** The edit that imports `members` of a module: in the statement that is there, else in one of its own. */
function fromImport(file: FileView, module: string, members: readonly string[]): TextEdit {
  const lineBreak = /\r\n/.test(file.text) ? "\r\n" : "\n";
  for (const { start, end, plain, module: other } of importsBelow(file, false)) {
    if (plain || other !== module) continue;
    const [all, head, listed] = FROM.exec(file.text.slice(start, end)) ?? [];
    if (all === undefined || head === undefined || listed === undefined) continue;
    const there = listed.split(/\s*,\s*/);
    const isSorted = there.every((name, i) => i === 0 || inImportOrder(there[i - 1]!, name) <= 0);
    const together = [...there, ...members];
    const text = (isSorted ? together.sort(inImportOrder) : together).join(", ");
    return { file: file.path, span: { start: start + head.length, end: start + all.length }, text };
  }
  const at = placeAmongInstalled(file, module) ?? placeOfFrom(file, module);
  const startsLine = at === 0 || /[\r\n\uFEFF]/.test(file.text[at - 1]!);
  const text = `${startsLine ? "" : lineBreak}from ${module} import ${[...members].sort(inImportOrder).join(", ")}${lineBreak}`;
  return { file: file.path, span: { start: at, end: at }, text };
}

/** One line, no brackets: what stands before the names, and the names. */
const FROM =
  /^(from[ \t]+[\w.]+[ \t]+import[ \t]+)(\w+(?: as \w+)?(?:[ \t]*,[ \t]*\w+(?: as \w+)?)*)(?=[ \t]*(?:#|\r?\n|$))/;

/** By name in the first block that imports something which has to be installed, for a module that has to be, too; null where there is none. */
function placeAmongInstalled(file: FileView, module: string): number | null {
  if (!INSTALLED.test(module)) return null;
  const all = importsBelow(file, false).filter((each) => !each.plain);
  const first = all.findIndex((each) => INSTALLED.test(each.module));
  if (first < 0) return null;
  let start = first;
  while (start > 0 && all[start - 1]!.end === all[start]!.start) start--;
  let last = first;
  while (last + 1 < all.length && all[last]!.end === all[last + 1]!.start) last++;
  const block = all.slice(start, last + 1);
  const company = block.findLast((each) => each.module.split(".", 1)[0] === module.split(".", 1)[0]);
  return company?.end ?? block.find((each) => module < each.module)?.start ?? block.at(-1)!.end;
}

/** Libraries that programs which answer requests are made of. */
const INSTALLED =
  /^(aiohttp|bottle|django|falcon|fastapi|flask|flask_\w+|marshmallow|pydantic|pyramid|quart|rest_framework|sanic|sqlalchemy|sqlmodel|starlette|tornado|werkzeug)(\.|$)/;

/** Constants, classes, functions, each by name: as isort has it. */
function inImportOrder(a: string, b: string): number {
  const rank = (name: string): number =>
    /^[A-Z][A-Z0-9_]*( |$)/.test(name) && name.length > 1 ? 0 : /^[A-Z]/.test(name) ? 1 : 2;
  return rank(a) - rank(b) || (a.toLowerCase() < b.toLowerCase() ? -1 : 1);
}

const names = new WeakMap<FileView, ReadonlyMap<string, string>>();

/** The first name under which a file has what stands behind a dotted name. */
function namesOf(file: FileView): ReadonlyMap<string, string> {
  const known = names.get(file);
  if (known) return known;
  const found = new Map<string, string>();
  for (const [name, stands] of file.bindings) if (stands !== null && !found.has(stands)) found.set(stands, name);
  names.set(file, found);
  return found;
}

/** `import module` stands in the first block of imports, by name among the others of its kind, which stand above those with `from`. */
function placeOfPlain(file: FileView, module: string): number {
  const block = importsBelow(file, true);
  const plain = block.filter((each) => each.plain);
  const behind = plain.find((each) => module < each.module);
  if (behind) return behind.start;
  return plain.at(-1)?.end ?? block[0]?.start ?? file.importInsertion;
}

/** `from module import name` stands with the others of its library, else by name in the first block. */
function placeOfFrom(file: FileView, module: string): number {
  const library = (name: string): string => name.split(".", 1)[0]!;
  const company = importsBelow(file, false).findLast((each) => library(each.module) === library(module));
  if (company) return company.end;
  const block = importsBelow(file, true);
  const behind = block.find((each) => !each.plain && module < each.module);
  return behind?.start ?? block.at(-1)?.end ?? file.importInsertion;
}

/** An import statement on lines of its own; `end` is the start of the line after it. */
interface ImportLines extends Span {
  readonly plain: boolean;
  readonly module: string;
}

const STATEMENT = /(import|from)[ \t]+([\w.]+)(?:#[^\n]*|[^\n\\(#]|\((?:#[^\n]*|[^)#])*\)|\\\r?\n)*(?:\n|$)/y;
const NOTHING = /[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y;

/** The imports at the head of the file, up to the first line that is something else; `together`: up to the first line that is no import. */
function importsBelow({ text, importInsertion }: FileView, together: boolean): readonly ImportLines[] {
  const found: ImportLines[] = [];
  for (let at = importInsertion; at < text.length; ) {
    STATEMENT.lastIndex = at;
    NOTHING.lastIndex = at;
    const statement = STATEMENT.exec(text);
    if (statement) {
      const end = at + statement[0].length;
      found.push({ start: at, end, plain: statement[1] === "import", module: statement[2]! });
      at = end;
    } else if (NOTHING.test(text) && !(together && found.length > 0)) at = NOTHING.lastIndex;
    else break;
  }
  return found;
}
