/** What Holdfast says about a program: findings, where they stand, and the edits that cure them. */
import type { Range, Span } from "../analysis/index.ts";

/** From most to least severe. "off" exists only in settings. */
export type Severity = "error" | "warning" | "information" | "hint";
export const SEVERITIES: readonly Severity[] = ["error", "warning", "information", "hint"];

/** "certain": every step is known. "likely": a step is usual rather than sure; shown with that word. */
export type Confidence = "certain" | "likely";

/** A place in a file; `span` in UTF-16 offsets, `range` 1-based for people. `file` is relative to the project root, with forward slashes. */
export interface Location {
  readonly file: string;
  readonly span: Span;
  readonly range: Range;
}

/** One step of the path that makes a finding true, outermost first. */
export interface Related extends Location {
  readonly message: string;
}

export interface Finding extends Location {
  /** Rule id, such as "async/blocking-call". */
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  readonly related: readonly Related[];
  /** Cures, best first. Their edits are computed when asked for. */
  readonly fixes: readonly Fix[];
  /** Content-based identity: rule, enclosing function and the text of the finding, no line numbers. Equal findings in one function get "-2", "-3". */
  readonly fingerprint: string;
  /** Qualified name of the function it stands in; "<module>" at the top level of a file. */
  readonly function: string;
  /** Of the fingerprint what stays when the function moves to another file or gets another name: the rule and the text. 16 hexadecimal digits. */
  readonly content: string;
}

/** A cure. `safe` ones keep the program's behaviour and may be applied in bulk. */
export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  /** Id of the function it makes another, where the finding is one of several calls of it: the fix cures them all, and is offered there, too. */
  readonly root?: string;
  /** The edits, or null where the fix turns out not to apply. They do not overlap, and stand in one file or several. */
  edits(): readonly TextEdit[] | null;
}

/** Replaces `span` (UTF-16 offsets) of `file` by `text`. */
export interface TextEdit {
  readonly file: string;
  readonly span: Span;
  readonly text: string;
}
