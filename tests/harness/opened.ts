/** A project that somebody has open in an editor and looks at: edits come one at a time, and are taken back. Counts what each costs. */
import type { FileChange, Project } from "../../analysis/index.ts";
import { findingsIn, projectOf } from "./checking.ts";
import { CountingParser, type Counts } from "./counting.ts";
import { nativeParser } from "./parsers.ts";

export interface EditCosts extends Counts, Worked {
  /** Answers that the check of all other files needs besides that of the file edited, of which the rest is. */
  readonly answersForAll: number;
}

/** What a project has worked out since its first snapshot. */
export interface Worked {
  readonly answers: number;
  /** Bodies read for their types. */
  readonly bodies: number;
  /** Functions boiled down to what they wait for. */
  readonly summaries: number;
}

export function workOf({ computed, effort: { bodies, summaries } }: Project): Worked {
  return { answers: computed, bodies, summaries };
}

export class Opened {
  private readonly texts: ReadonlyMap<string, string | null>;
  private readonly parser = new CountingParser(nativeParser);
  private project: Project;

  constructor(files: readonly { readonly path: string; readonly text: string }[]) {
    this.texts = new Map(files.map(({ path, text }) => [path, text]));
    this.project = projectOf(files, this.parser);
    findingsIn(this.project);
  }

  costOf({ path, text }: FileChange): EditCosts {
    const original = this.texts.get(path) ?? null;
    // Typing goes on where somebody has typed: what an editor has to read at the first key of a file is not what keys cost.
    if (original !== null) this.settle({ path, text: `${original}\n` });
    this.settle({ path, text: original });
    this.parser.take();
    const before = workOf(this.project);
    const edited = this.project.update([{ path, text }]);
    findingsIn(edited, text === null ? [] : [path]);
    const counts = this.parser.take();
    const own = workOf(edited);
    findingsIn(edited);
    const all = workOf(edited);
    this.project = edited;
    this.settle({ path, text: original });
    return {
      ...counts,
      answers: own.answers - before.answers,
      bodies: own.bodies - before.bodies,
      summaries: own.summaries - before.summaries,
      answersForAll: all.answers - own.answers,
    };
  }

  private settle(change: FileChange): void {
    this.project = this.project.update([change]);
    findingsIn(this.project);
  }
}
