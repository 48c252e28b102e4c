/** The options about fixes, and `--diff`. */
import { relative, resolve } from "node:path";
import { slashed } from "../host/exclude.ts";
import { unifiedDiff } from "./diff.ts";
import { EXIT, type ExitCode, UsageError } from "./failure.ts";
import type { FileFix } from "./fix.ts";
import { counted } from "./report.ts";

export interface FixOptions {
  readonly fix?: boolean;
  readonly diff?: boolean;
  readonly unsafeFixes?: boolean;
  readonly quiet?: boolean;
}

/** Whether fixes are to be worked out. Throws a `UsageError` where the options make no sense together. */
export function wantsFixes({ fix, diff, unsafeFixes }: FixOptions): boolean {
  if (fix && diff)
    throw new UsageError("--fix changes files, and --diff only shows what it would change; use one of them");
  if (unsafeFixes && !fix && !diff) throw new UsageError("--unsafe-fixes goes with --fix or --diff; add one of them");
  return fix === true || diff === true;
}

interface Fixed {
  readonly task: { readonly root: string };
  readonly changes: readonly FileFix[];
  readonly report: { readonly fixed: number };
}

/** Prints what would change to stdout, how much that is to stderr; 1 where it is anything. */
export function showDiff(
  parts: readonly Fixed[],
  { quiet }: FixOptions,
  { cwd, out, err }: { readonly cwd: string; out(text: string): void; err(text: string): void },
): ExitCode {
  const changes = parts.flatMap(({ task, changes }) =>
    changes.map(({ path, before, after }) => ({
      path: slashed(relative(cwd, resolve(task.root, path))),
      before,
      after,
    })),
  );
  for (const { path, before, after } of changes) out(unifiedDiff(path, before, after));
  const fixed = parts.reduce((sum, { report }) => sum + report.fixed, 0);
  const summary =
    changes.length === 0
      ? "Nothing to fix."
      : `Would fix ${counted(fixed, "problem")} in ${counted(changes.length, "file")}.`;
  if (!quiet) err(`${summary}\n`);
  return changes.length === 0 ? EXIT.clean : EXIT.findings;
}
