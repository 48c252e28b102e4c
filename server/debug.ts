/** `holdfast/debug` and `holdfast/checkWorkspace`: what to put into a report about Holdfast itself, and a look at everything when a person asks for it. */
import { join } from "node:path";
import { answering } from "./handlers.ts";
import { VERSION } from "./product.ts";
import type { Session } from "./session.ts";

export function installDebug({ connection, client, workspace, configuration, announcer }: Session): void {
  connection.onRequest(
    "holdfast/debug",
    answering<{ readonly uri?: string | null }, string>(connection, "debug information", "", async ({ uri }) => {
      const editor = await configuration.of(uri ?? null);
      const checked = uri ? await workspace.check(uri) : null;
      const settings = checked?.project.settings;
      const path = join(checked?.project.root ?? "", checked?.file.path ?? "");
      const source = settings?.nearest(path).source ?? null;
      const enabled = (checked && settings?.forFile(checked.file).enabled) ?? [];
      const memory = process.memoryUsage();
      const lines = [
        `Holdfast ${VERSION}, Node ${process.version}, ${process.platform} ${process.arch}`,
        `Positions: ${client.encoding}; diagnostics: ${client.pullsDiagnostics ? "asked for" : "sent"}`,
        `Python files: ${workspace.fileCount}${workspace.isIndexing ? ", still reading" : ""}; open: ${workspace.openUris.length}`,
        `Memory: ${Math.round(memory.rss / 1e6)} MB, of which ${Math.round(memory.heapUsed / 1e6)} MB in use`,
        `Settings of the editor: \`${JSON.stringify(editor)}\``,
        checked === null
          ? "The document in front is not checked."
          : `Document: ${checked.file.path} in ${checked.project.root}`,
        `Settings file: ${source ?? "none"}`,
        `Rules that run on it: ${enabled.map(({ rule, severity }) => `${rule.id} (${severity})`).join(", ") || "none"}`,
        `Findings in it: ${checked?.findings.length ?? 0}`,
      ];
      return `# Holdfast\n\n${lines.map((line) => `- ${line}`).join("\n")}\n`;
    }),
  );
  connection.onRequest("holdfast/checkWorkspace", () => {
    configuration.everything = true;
    announcer.changed();
    return null;
  });
}
