/**
 * `holdfast/status`: what the server is doing, for the client's status item; clients that do not know it ignore it. And `holdfast/file`: how it stands with one
 * document, for the client that asks.
 */
import type { Connection } from "vscode-languageserver";
import { answering, nextTurn } from "./handlers.ts";
import type { Session } from "./session.ts";

export interface Status {
  readonly state: "starting" | "indexing" | "ready" | "error";
  /** Python files known, over all projects. */
  readonly files?: number;
  /** Findings in open documents. */
  readonly findings?: number;
  readonly message?: string;
}

export class StatusReporter {
  private readonly connection: Connection;
  private last = "";

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Says nothing twice. */
  report(status: Status): void {
    const text = JSON.stringify(status);
    if (text === this.last) return;
    this.last = text;
    void this.connection.sendNotification("holdfast/status", status);
  }
}

/** How it stands with a document: what is found in it and how long looking took now, in milliseconds; null where it is not checked. */
type FileStatus = { readonly findings: number; readonly milliseconds: number } | null;

export function installFileStatus({ connection, workspace }: Session): void {
  connection.onRequest(
    "holdfast/file",
    answering<{ readonly textDocument: { readonly uri: string } }, FileStatus>(
      connection,
      "the state of a document",
      null,
      async ({ textDocument }, token) => {
        await nextTurn(token);
        const begun = performance.now();
        const checked = await workspace.check(textDocument.uri);
        if (checked === null) return null;
        return { findings: checked.findings.length, milliseconds: Math.round(performance.now() - begun) };
      },
    ),
  );
}
