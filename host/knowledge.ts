/** What is known about libraries: the stubs that are shipped, and over them those a project has of its own. */
import { readdirSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { hashText, type KnowledgeBase, layered, loadKnowledge, type Parser, readStubs } from "../analysis/index.ts";
import { readAsset } from "./assets.ts";
import { slashed } from "./exclude.ts";
import { reasonOf } from "./files.ts";
import { type LoadedSettings, readText, type SettingsError } from "./settings.ts";

export interface LoadedKnowledge {
  readonly knowledge: KnowledgeBase;
  /** Differs where the project's own stubs differ. */
  readonly version: string;
  /** Stubs with mistakes, which are left out, and folders that are not there. */
  readonly errors: readonly SettingsError[];
}

/** Reads the stubs of a project. Never throws for what stands in them. `before`: what was loaded last, taken again where nothing has changed. */
export function knowledgeFor(
  settings: LoadedSettings,
  parser: Parser,
  before: LoadedKnowledge | null = null,
): LoadedKnowledge {
  if (settings.stubs.length === 0) return { knowledge: loadShippedKnowledge(), version: "", errors: [] };
  const errors: SettingsError[] = [];
  const stubs = settings.stubs.flatMap((folder) => stubsIn(folder, settings, errors));
  const version = hashText(JSON.stringify([stubs, errors]));
  if (before?.version === version) return before;
  const { knowledge, problems } = readStubs(stubs, parser);
  for (const { path, line, message, remedy } of problems) errors.push({ path, line, key: "", message, remedy });
  return { knowledge: layered(loadKnowledge(knowledge), loadShippedKnowledge()), version, errors };
}

/** The folders the settings name, absolute. */
export function stubFolders(settings: LoadedSettings): readonly string[] {
  return settings.stubs.map((folder) => resolve(settings.base, folder));
}

/** Whether a path (absolute, existing or not) is a stub of the project, or a folder that holds them. */
export function holdsStubs(settings: LoadedSettings, path: string): boolean {
  return stubFolders(settings).some(
    (folder) =>
      path === folder || folder.startsWith(path + sep) || (path.endsWith(".pyi") && path.startsWith(folder + sep)),
  );
}

let shipped: KnowledgeBase | undefined;

/** What libraries do, as compiled into the package; read once. Throws where the package is broken. */
export function loadShippedKnowledge(): KnowledgeBase {
  // It is ASCII, which is decoded in no time.
  shipped ??= loadKnowledge(readAsset("knowledge.json").toString("latin1"));
  return shipped;
}

interface Stub {
  readonly path: string;
  readonly text: string;
  readonly module: string;
}

/** The stubs below a folder, sorted. `acme/client.pyi` describes `acme.client`, `acme/__init__.pyi` describes `acme`. */
function stubsIn(named: string, settings: LoadedSettings, errors: SettingsError[]): readonly Stub[] {
  const folder = resolve(settings.base, named);
  let names: readonly string[];
  try {
    names = readdirSync(folder, { recursive: true }).map((name) => slashed(String(name)));
  } catch (error) {
    const message = `the folder ${named} cannot be read: ${reasonOf(error)}`;
    errors.push(settings.errorAt(["stubs"], message, "make it, or take it off the list"));
    return [];
  }
  // A copy of the verbs, which lets other tools understand the stubs, describes nothing.
  const stubs = names.filter((name) => name.endsWith(".pyi") && name !== "verbs.pyi").sort();
  return stubs.flatMap((name): Stub[] => {
    const path = join(folder, name);
    const module = name
      .replace(/\.pyi$/, "")
      .replace(/(^|\/)__init__$/, "")
      .replaceAll("/", ".");
    try {
      return [{ path: slashed(path), text: readText(path), module }];
    } catch (error) {
      const message = `cannot be read: ${reasonOf(error)}`;
      errors.push({ path, line: null, key: "", message, remedy: "make it readable, or take it away" });
      return [];
    }
  });
}
