/** What is known about libraries: the compiled stubs, and the declarations and verbs in them. */
import type { LibraryKind } from "../names/modules.ts";
import { type Outline, outlineOf } from "../names/outline.ts";
import { NO_VERBS, type Verbs } from "../names/verbs.ts";
import type { Statement } from "../syntax/tree.ts";
import { unpack } from "./compact.ts";
import { type CompiledKnowledge, KNOWLEDGE_VERSION, treeOf } from "./compile.ts";
import { readKnowledge } from "./text.ts";
import { readVerbs } from "./verbs.ts";

export {
  compileKnowledge,
  type Runner,
  readStubs,
  StubError,
  type StubFile,
  type StubProblem,
} from "./compile.ts";
export { layered } from "./layers.ts";
export { WAITS } from "./verbs.ts";

export interface KnowledgeBase {
  /** Functions that run others in a thread, those of the standard library first. */
  readonly runners: CompiledKnowledge["runners"];
  /** Functions that make loops inside of loops possible. */
  readonly loopNesters: CompiledKnowledge["loopNesters"];
  /** Whose stub describes the library with that top-level name. */
  libraryOf(topLevel: string): LibraryKind;
  /** Whether the project's own stubs have a module, or modules below it. */
  isInHouse(module: string): boolean;
  /** Whether a stub says something in the module `lib:a.b` itself. */
  describes(key: string): boolean;
  /** The key of a module, `lib:a.b`, where a stub has it or modules below it; else null. */
  moduleKey(name: string): string | null;
  /** The declarations of the module `lib:a.b`. */
  outline(key: string): Outline | undefined;
  /** What a stub says about one of its functions or classes. */
  verbs(id: string): Verbs;
}

/** Loads what `compileKnowledge` gave. Throws where the text is not that. */
export function loadKnowledge(text: string): KnowledgeBase {
  const compiled = readKnowledge(text);
  if (compiled.version !== KNOWLEDGE_VERSION) throw new Error("the compiled stubs are of another version; build again");
  const packages = new Set<string>();
  const libraries = new Set<string>();
  for (const name of Object.keys(compiled.modules)) {
    const parts = name.split(".");
    libraries.add(parts[0]!);
    for (let i = 1; i <= parts.length; i++) packages.add(parts.slice(0, i).join("."));
  }
  const outlines = new Map<string, Outline>();
  const verbs = new Map<string, Verbs>();

  const outline = (key: string): Outline | undefined => {
    const known = outlines.get(key);
    if (known) return known;
    const module = key.slice("lib:".length);
    if (!packages.has(module)) return undefined;
    const body = Object.hasOwn(compiled.modules, module)
      ? (unpack(JSON.parse(compiled.modules[module]!), compiled.shapes) as Statement[])
      : [];
    const made = outlineOf(treeOf(body), { key, module, package: module, isStub: true });
    outlines.set(key, made);
    return made;
  };

  return {
    runners: compiled.runners,
    loopNesters: compiled.loopNesters,
    libraryOf: (name) => (libraries.has(name) ? "shipped" : null),
    isInHouse: () => false,
    describes: (key) => Object.hasOwn(compiled.modules, key.slice("lib:".length)),
    moduleKey: (name) => (packages.has(name) ? `lib:${name}` : null),
    outline,
    verbs(id) {
      if (!id.startsWith("lib:")) return NO_VERBS;
      const known = verbs.get(id);
      if (known) return known;
      const found = outline(id.slice(0, id.lastIndexOf("#")));
      const decorators = found?.functions.get(id)?.decorators ?? found?.classes.get(id)?.decorators ?? [];
      const read = readVerbs(decorators);
      verbs.set(id, read);
      return read;
    },
  };
}
