/**
 * `holdfast/baseline`: what the baseline files of the workspace would say, for clients that write them: all that is found now, so that from then on only what is new is shown.
 *
 * An existing file is left alone: it is brought up to date on the command line, where one sees what goes in.
 */
import { basename, join } from "node:path";
import { BASELINE_FILE, baselineOf, baselineText } from "../host/baseline.ts";
import { kindOf } from "../host/targets.ts";
import { asKnown } from "../lint/baseline.ts";
import type { Finding } from "../lint/finding.ts";
import { answering, nextTurn } from "./handlers.ts";
import { uriOfPath } from "./lsp.ts";
import type { Session } from "./session.ts";

/** A file that is to be written, or a reason why there is none. */
interface NewBaseline {
  readonly uri: string;
  readonly text?: string;
  readonly findings?: number;
  readonly refused?: string;
}

export function installNewBaseline({ connection, workspace }: Session): void {
  connection.onRequest(
    "holdfast/baseline",
    answering<unknown, readonly NewBaseline[]>(connection, "a new baseline", [], async (_params, token) => {
      const files: NewBaseline[] = [];
      for (const project of workspace.projects) {
        const { root, settings } = project;
        if (root === null) continue;
        const path = baselineOf(root, settings) ?? join(root, BASELINE_FILE);
        const uri = uriOfPath(path);
        if (kindOf(path) !== null) {
          const refused = `${basename(path)} is there already; \`holdfast baseline update --add\` adds what is new`;
          files.push({ uri, refused });
          continue;
        }
        const found: Finding[] = [];
        for (const file of project.paths()) {
          await nextTurn(token);
          found.push(...(project.check(file)?.findings ?? []));
        }
        files.push({ uri, text: baselineText(path, root, asKnown(found)), findings: found.length });
      }
      return files;
    }),
  );
}
