/** `workspace/didChangeWatchedFiles`: what happens on disk behind the editor's back, such as a branch that is switched. */
import { basename } from "node:path";
import {
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesParams,
  type DidChangeWatchedFilesRegistrationOptions,
  WatchKind,
} from "vscode-languageserver";
import { BASELINE_FILE } from "../host/baseline.ts";
import { SETTINGS_FILES } from "../host/settings.ts";
import { following } from "./handlers.ts";
import { pathOfUri } from "./lsp.ts";
import type { Session } from "./session.ts";

/** A change of these changes which files are checked, or how. */
const PROJECT_FILES: readonly string[] = [...SETTINGS_FILES, ".gitignore", BASELINE_FILE];

export function installWatchedFiles(session: Session): void {
  const { connection } = session;
  connection.onDidChangeWatchedFiles(
    following<DidChangeWatchedFilesParams>(connection, "following the disk", ({ changes }) =>
      session.filesChanged(changes.map(({ uri }) => pathOfUri(uri)).filter((path) => path !== null)),
    ),
  );
}

/** Asks the client to watch. Resolves when it has agreed; does nothing where it cannot. */
export async function watchFiles({ connection, client }: Session): Promise<void> {
  if (!client.watchesFiles) return;
  const options: DidChangeWatchedFilesRegistrationOptions = {
    watchers: [
      ...["*.py", "*.pyw", "*.pyi", ...PROJECT_FILES].map((name) => ({ globPattern: `**/${name}` })),
      // Of a folder that goes, some clients announce nothing but the folder.
      { globPattern: "**", kind: WatchKind.Delete },
    ],
  };
  await connection.client.register(DidChangeWatchedFilesNotification.type, options);
}

/** Tells files that say how a project is checked from those that are checked. */
export function isProjectFile(path: string): boolean {
  return PROJECT_FILES.includes(basename(path));
}
