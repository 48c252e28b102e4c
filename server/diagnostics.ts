/**
 * `textDocument/diagnostic`, and `textDocument/publishDiagnostics` for clients that do not ask.
 *
 * An edit of one file may change what is found in others. Some time after the last change all open documents are looked at; where something is other
 * than what the client was told, it is asked to ask again, or is sent the news. Nothing is said about documents that are not open.
 */
import {
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from "vscode-languageserver";
import { diagnosticsOf, resultIdOf } from "./diagnostic.ts";
import { answering, Cancelled, logError, nextTurn } from "./handlers.ts";
import type { Session } from "./session.ts";
import { settingsDiagnostics, settingsDocument } from "./settings-documents.ts";
import { refreshLenses } from "./where-it-runs.ts";

/** How long nothing must have changed before all open documents are looked at. */
const QUIET_MS = 150;

export function installDiagnostics(session: Session): void {
  const { connection, client, workspace, delivered } = session;
  if (!client.pullsDiagnostics) return;
  const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  connection.languages.diagnostics.on(
    answering<DocumentDiagnosticParams, DocumentDiagnosticReport>(
      connection,
      "diagnostics",
      nothing,
      async ({ textDocument, previousResultId }, token) => {
        // Typing sends a request per key; those that were given up by now cost nothing.
        await nextTurn(token);
        const items = (await isShown(textDocument.uri, session)) ? await diagnosticsIn(textDocument.uri, session) : [];
        if (token.isCancellationRequested) throw new Cancelled();
        const resultId = resultIdOf(items);
        if (workspace.document(textDocument.uri) !== undefined) delivered.set(textDocument.uri, resultId);
        if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
        return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
      },
    ),
  );
}

/** Clients ask a last time about a document that is closed; whether that keeps its findings is a matter of the scope. */
async function isShown(uri: string, { workspace, configuration }: Session): Promise<boolean> {
  return workspace.document(uri) !== undefined || (await configuration.showsEverything());
}

/** What is said about a document: findings in Python, mistakes in settings. */
async function diagnosticsIn(uri: string, { client, workspace, typing }: Session): Promise<Diagnostic[]> {
  const settings = settingsDocument(uri, workspace);
  if (settings) return settingsDiagnostics(settings, workspace, client);
  const checked = await workspace.check(uri);
  return checked === null ? [] : diagnosticsOf({ ...checked, findings: typing.settled(uri, checked.findings) }, client);
}

/** Tells the client what has changed, when it has been quiet for a moment. */
export class Announcer {
  private readonly session: Session;
  private readonly onSettled: (findings: number) => void;
  private timer: NodeJS.Timeout | null = null;
  /** Counts changes: a look at the documents that a newer change has overtaken is broken off. */
  generation = 0;
  private waiting: (() => void)[] = [];

  /** `onSettled` is told how much is found in open documents. */
  constructor(session: Session, onSettled: (findings: number) => void) {
    this.session = session;
    this.onSettled = onSettled;
  }

  /** Something may have changed. */
  changed(): void {
    this.generation++;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.look().catch((error) => logError(this.session.connection, "diagnostics", error));
    }, QUIET_MS);
  }

  /** A document was typed in: clients that do not ask are told at once what is found in it, unless the next letter is there already. */
  async typed(uri: string): Promise<void> {
    const { client, workspace } = this.session;
    if (client.pullsDiagnostics) return;
    const { generation } = this;
    await nextTurn();
    if (generation !== this.generation || workspace.document(uri) === undefined) return;
    const diagnostics = await diagnosticsIn(uri, this.session);
    if (generation === this.generation) this.tell(uri, diagnostics, resultIdOf(diagnostics));
  }

  /** Resolves when open documents have been looked at after a change. */
  nextSettled(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Takes back what was said about a document that is closed. */
  closed(uri: string): void {
    const { client, connection, delivered } = this.session;
    delivered.delete(uri);
    this.session.typing.closed(uri);
    if (!client.pullsDiagnostics) void connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.generation++;
  }

  /** Sends what is found in a document where the client knows something else. */
  private tell(uri: string, diagnostics: Diagnostic[], resultId: string): void {
    const { client, connection, workspace, delivered } = this.session;
    if (delivered.get(uri) === resultId) return;
    const version = workspace.document(uri)?.version;
    delivered.set(uri, resultId);
    void connection.sendDiagnostics({
      uri,
      ...(client.diagnosticVersion && version !== undefined && { version }),
      diagnostics,
    });
  }

  private async look(): Promise<void> {
    const { client, connection, workspace, delivered } = this.session;
    const generation = this.generation;
    let findings = 0;
    let outdated = false;
    for (const uri of workspace.openUris) {
      await nextTurn();
      const diagnostics = await diagnosticsIn(uri, this.session);
      if (generation !== this.generation) return;
      if (!settingsDocument(uri, workspace)) findings += diagnostics.length;
      const resultId = resultIdOf(diagnostics);
      const before = delivered.get(uri);
      if (client.pullsDiagnostics) {
        // A document the client has not asked about will be asked about, or is not shown.
        if (before !== undefined && before !== resultId) outdated = true;
      } else this.tell(uri, diagnostics, resultId);
    }
    // Asking is cheap for the client where nothing has changed, as every answer has a name.
    if (outdated) connection.languages.diagnostics.refresh().catch(() => {});
    if (outdated || !client.pullsDiagnostics) refreshLenses(this.session);
    this.onSettled(findings);
    for (const wake of this.waiting.splice(0)) wake();
  }
}
