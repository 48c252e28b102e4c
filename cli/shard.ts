/**
 * A part of a check in a thread of its own: reads some of the project's files for everybody, and checks some.
 *
 * What it finds out is plain data, just what a run leaves for the next one, so that whoever puts the parts together goes on as if they had been kept on disk.
 */
import type { FileMemory } from "../analysis/index.ts";
import type { ExcludeGlobs } from "../host/exclude.ts";
import { knowledgeFor } from "../host/knowledge.ts";
import { loadParser } from "../host/parser.ts";
import { loadProject } from "../host/project.ts";
import { loadSettings } from "../host/settings.ts";
import { RememberingCheck, type StoredRun } from "../lint/stored.ts";
import { rules } from "../rules/index.ts";
import { type SettingsOptions, settingsFromOptions } from "./settings.ts";

/** Plain data: it is sent to a thread. */
export interface ShardRequest {
  /** Absolute. */
  readonly root: string;
  readonly cwd: string;
  readonly parser: "any" | "native" | "wasm";
  readonly options: SettingsOptions;
  readonly exclude: readonly ExcludeGlobs[];
  /** Files, absolute, that belong to the project whatever excludes them. */
  readonly extraFiles: readonly string[];
  /** Relative to the root, forward slashes: the files to check, and to read for the others. */
  readonly paths: readonly string[];
}

/** How a shard talks to the others. */
export interface ShardTalk {
  /** Gives what others may depend on in the files that this one has read, and waits for what they have of theirs. */
  exchange(digests: readonly FileMemory[]): Promise<readonly FileMemory[]>;
  /** A file was checked. */
  checked(): void;
}

/** Does the part. Null where there is nothing to keep. */
export async function checkShard(request: ShardRequest, talk: ShardTalk): Promise<StoredRun | null> {
  const { root, cwd, exclude, extraFiles } = request;
  const settings = loadSettings({ rules, root, ...settingsFromOptions(request.options, cwd) });
  const parser = await loadParser(request.parser);
  const { knowledge } = knowledgeFor(settings, parser);
  const { project } = await loadProject({
    root,
    settings,
    parser,
    knowledge,
    exclude,
    extraFiles,
    memory: null,
    late: true,
  });
  project.supply(await talk.exchange(project.digests(request.paths)));
  const check = new RememberingCheck(project, settings, null);
  for (const _ of check.run(request.paths)) talk.checked();
  return check.outcome();
}
