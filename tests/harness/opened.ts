/** A project that somebody has open in an editor and looks at, with rules that remember as they do there: edits come one at a time, and are taken back. Counts what each costs. */
import assert from "node:assert/strict";
import type { FileChange, Project } from "../../analysis/index.ts";
import { keptOutcomes } from "../../lint/kept.ts";
import { resolveSettings } from "../../lint/options.ts";
import type { Rule } from "../../lint/rule.ts";
import { type CheckSettings, checkFile } from "../../lint/run.ts";
import { rules } from "../../rules/index.ts";
import { projectOf } from "./checking.ts";
import { CountingParser, type Counts } from "./counting.ts";
import { nativeParser } from "./parsers.ts";

export interface EditCosts extends Counts, Worked {
  /** How often a rule looked at a function. */
  readonly looks: number;
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
  private readonly settings: CheckSettings;
  private looks = 0;
  private project: Project;

  constructor(files: readonly { readonly path: string; readonly text: string }[]) {
    this.texts = new Map(files.map(({ path, text }) => [path, text]));
    const counted = rules.map(
      (rule): Rule => ({
        ...rule,
        check: (fn, context) => {
          this.looks++;
          return rule.check(fn, context);
        },
      }),
    );
    this.settings = { ...resolveSettings(counted, { select: ["all"] }).settings, today: "2026-01-01" };
    this.project = projectOf(files, this.parser);
    this.check(this.project);
  }

  costOf({ path, text }: FileChange): EditCosts {
    const original = this.texts.get(path) ?? null;
    // Typing goes on where somebody has typed: what an editor has to read at the first key of a file is not what keys cost.
    if (original !== null) this.settle({ path, text: `${original}\n` });
    this.settle({ path, text: original });
    this.parser.take();
    const before = workOf(this.project);
    const edited = this.project.update([{ path, text }]);
    this.looks = 0;
    this.check(edited, text === null ? [] : [path]);
    const counts = this.parser.take();
    const { looks } = this;
    const own = workOf(edited);
    this.check(edited);
    const all = workOf(edited);
    this.project = edited;
    this.settle({ path, text: original });
    return {
      ...counts,
      looks,
      answers: own.answers - before.answers,
      bodies: own.bodies - before.bodies,
      summaries: own.summaries - before.summaries,
      answersForAll: all.answers - own.answers,
    };
  }

  private settle(change: FileChange): void {
    this.project = this.project.update([change]);
    this.check(this.project);
  }

  private check(project: Project, paths: readonly string[] = project.paths()): void {
    for (const path of paths) {
      const { failures } = checkFile(project.file(path)!, this.settings, keptOutcomes);
      assert.deepEqual(failures, [], path);
    }
  }
}
