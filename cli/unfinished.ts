/** What becomes of changes to several files that somebody ended by force in between. */
import { relative } from "node:path";
import { slashed } from "../host/exclude.ts";
import { countUnfinished, finishUnfinished } from "../host/together.ts";
import { counted } from "./report.ts";

export interface RewriteOptions {
  readonly fix?: boolean;
  readonly quiet?: boolean;
  /** Python files are going to be changed, and not by fixes. */
  readonly rewrites?: boolean;
}

/** Below a root (absolute): completes them before a run that changes files itself; any other changes nothing and says that they wait. */
export function settleUnfinished(
  root: string,
  { fix, rewrites, quiet }: RewriteOptions,
  { cwd, err }: { readonly cwd: string; err(text: string): void },
): void {
  const say = (path: string, message: string): void => {
    if (!quiet) err(`holdfast: ${slashed(relative(cwd, path)) || "."}: ${message}\n`);
  };
  if (fix || rewrites) {
    for (const { path, message } of finishUnfinished(root)) say(path, message);
    return;
  }
  const open = countUnfinished(root);
  if (open === 0) return;
  say(
    root,
    `a run that changed files together was ended in between, and ${counted(open, "file")} still ${open === 1 ? "waits" : "wait"}; \`holdfast check --fix\` completes that first`,
  );
}
