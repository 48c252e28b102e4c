/** `holdfast/status`: what the server is doing, for the client's status item. Clients that do not know it ignore it. */
import type { Connection } from "vscode-languageserver";

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
