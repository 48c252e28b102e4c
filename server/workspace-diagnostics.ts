/**
 * `workspace/diagnostic`: what is found in files that are not open, where the setting `diagnosticsScope` asks for that.
 *
 * The answer is held back until there is something to tell, and given in parts, so that the list grows while a large project is checked; files about which
 * the client knows everything are left out. After an edit the walk waits for a longer pause than open documents do. A project of very many files is not walked: its
 * open files are checked, and a note says so.
 */
import {
  type CancellationToken,
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import { diagnosticsOf, resultIdOf } from "./diagnostic.ts";
import { answering, Cancelled, nextTurn } from "./handlers.ts";
import type { Session } from "./session.ts";

/** So many files are walked at the most, unless the client's greeting says otherwise. */
export const MOST_FILES = 5_000;
/** So many reports are sent at once. */
const PART = 50;

/** Tells results of the walk from those of single documents. */
const OF_WALK = "workspace-";

type Tell = (items: WorkspaceDocumentDiagnosticReport[]) => void;

export function installWorkspaceDiagnostics(session: Session): void {
  const { connection, client } = session;
  if (!client.pullsDiagnostics) return;
  connection.languages.diagnostics.onWorkspace(async (params, token, _progress, parts) => {
    const answer = answering<WorkspaceDiagnosticParams, WorkspaceDiagnosticReport>(
      connection,
      "workspace diagnostics",
      { items: [] },
      async ({ previousResultIds }) => {
        const known = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
        for (;;) {
          const rest: WorkspaceDocumentDiagnosticReport[] = [];
          const tell: Tell = (items) => (parts ? parts.report({ items }) : rest.push(...items));
          const told = await walk(known, tell, token, session);
          if (told > 0) return { items: rest };
          await nextChange(token, session);
        }
      },
    );
    return (await answer(params, token)) as WorkspaceDiagnosticReport;
  });
}

/** Tells what is other than the client knows; gives about how many files. */
async function walk(
  known: Map<string, string>,
  tell: Tell,
  token: CancellationToken,
  session: Session,
): Promise<number> {
  const { workspace, client, announcer, configuration } = session;
  const isWanted = await configuration.showsEverything();
  const uris = isWanted && !workspace.isIndexing ? filesWithin(session) : [];
  const { generation } = announcer;
  let told = 0;
  let part: WorkspaceDocumentDiagnosticReport[] = [];
  const add = (report: WorkspaceDocumentDiagnosticReport): void => {
    part.push(report);
    told++;
    if (part.length < PART) return;
    tell(part);
    part = [];
  };
  for (const uri of uris) {
    await nextTurn(token);
    // An edit makes the rest of this walk superfluous; the next one follows.
    if (announcer.generation !== generation) break;
    const checked = await workspace.check(uri);
    const items = checked === null ? [] : diagnosticsOf(checked, client);
    const resultId = `${OF_WALK}${resultIdOf(items)}`;
    const before = known.get(uri);
    // Of files that were always without findings nothing need be said.
    if (before === resultId || `${OF_WALK}${before}` === resultId || (before === undefined && items.length === 0))
      continue;
    known.set(uri, resultId);
    add({ kind: DocumentDiagnosticReportKind.Full, uri, version: checked?.version ?? null, resultId, items });
  }
  const current = new Set(uris);
  for (const [uri, resultId] of [...known]) {
    // What an open document was told about itself is no matter of the walk.
    if (current.has(uri) || workspace.isIndexing || !resultId.startsWith(OF_WALK)) continue;
    known.delete(uri);
    add({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: [] });
  }
  if (part.length > 0) tell(part);
  return told;
}

function filesWithin({ workspace, limit, note }: Session): readonly string[] {
  const uris = workspace.fileUris;
  if (uris.length <= limit) return uris;
  note(`The workspace holds ${uris.length} Python files, more than ${limit}: only open files are checked.`);
  return [];
}

async function nextChange(token: CancellationToken, { announcer }: Session): Promise<void> {
  await new Promise<void>((resolve) => {
    const listening = token.onCancellationRequested(() => resolve());
    void announcer.nextSettled().then(() => {
      listening.dispose();
      resolve();
    });
  });
  if (token.isCancellationRequested) throw new Cancelled();
}
