/**
 * The contract of a rule.
 *
 * A rule is a value: what it is called, what it says to people, and a pure generator from cooked nouns (a function with its calls, its
 * resources, its request values) to reports. It names no library, walks no tree and keeps no state; settings, JSON schema, documentation, hover text
 * and `holdfast explain` all derive from the value.
 */
import type { FileView, FunctionView, Hop, Span } from "../analysis/index.ts";
import type { Confidence, Severity, TextEdit } from "./finding.ts";

export interface Rule {
  /** Family and name; equals the path below `rules/`. */
  readonly id: string;
  /** One line, a statement about the code ("A blocking call freezes every task on the event loop"). */
  readonly summary: string;
  readonly severity: Severity;
  /** It runs only where the settings ask for it by name: what it says is true of many programs that do well. */
  readonly optIn?: true;
  /** What it marks could as well not be there; editors show it faded. */
  readonly unnecessary?: true;
  readonly docs: RuleDocs;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** What `check` is called with: each function of a file (the module's own top level counts as one). */
  readonly on: "function";
  check(fn: FunctionView, context: RuleContext): Iterable<Report>;
}

/** Markdown for people. `bad` and `good` are whole Python files and run as tests: `bad` must give a finding of the rule, `good` none. */
export interface RuleDocs {
  readonly why: string;
  readonly instead: string;
  readonly bad: string;
  readonly good: string;
  /** When it stays silent, one clause each. */
  readonly silentWhen: readonly string[];
}

/** A setting of a rule, with its default; type and documentation of the setting derive from it. */
export type OptionSpec =
  | { readonly type: "names"; readonly default: readonly string[]; readonly help: string }
  | { readonly type: "boolean"; readonly default: boolean; readonly help: string };

export interface RuleContext {
  readonly file: FileView;
  /** The value of each option, defaults filled in. */
  readonly options: Readonly<Record<string, readonly string[] | boolean>>;
}

/** A finding before the runner adds what it knows (severity, file, ranges, fingerprint). Spans are absolute UTF-16 offsets. */
export interface Report {
  readonly at: Span;
  readonly message: string;
  readonly confidence: Confidence;
  /** The path that makes it true, outermost first. */
  readonly path: readonly Hop[];
  readonly fixes: readonly ReportFix[];
}

export interface ReportFix {
  readonly title: string;
  readonly safe: boolean;
  /** Id of the function it makes another, where it cures all calls of that. */
  readonly root?: string;
  edits(): readonly TextEdit[] | null;
}

/** Checks at compile time that a value is a rule and keeps its narrow type. */
export function defineRule<R extends Rule>(rule: R): R {
  return rule;
}
