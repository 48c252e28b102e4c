/** The immutable snapshot of a project. */
import type { KnowledgeBase } from "./knowledge/index.ts";
import type { Parser } from "./syntax/index.ts";
import type { FileView } from "./views.ts";

export interface ProjectOptions {
  readonly parser: Parser;
  readonly knowledge: KnowledgeBase;
  /** Folders whose files are imported by names that start there ("" is the project root, "src"), relative, forward slashes. */
  readonly roots: readonly string[];
}

/** `text` null: the file is gone. `path` relative to the project root, forward slashes. */
export interface FileChange {
  readonly path: string;
  readonly text: string | null;
}

export class Project {
  static create(options: ProjectOptions): Project {
    return new Project(options);
  }

  private constructor(_options: ProjectOptions) {}

  /** The next snapshot. Unchanged files and everything an edit does not reach are shared with this one. */
  update(_changes: Iterable<FileChange>): Project {
    return this;
  }

  /** Paths of all files, sorted. */
  paths(): readonly string[] {
    return [];
  }

  file(_path: string): FileView | undefined {
    return undefined;
  }
}
