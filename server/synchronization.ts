/** `textDocument/didOpen`, `didChange`, `didClose`, `didSave`: the documents a client has open. */
import type {
  DidChangeTextDocumentParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
} from "vscode-languageserver";
import { applyChanges, openDocument } from "./documents.ts";
import { following } from "./handlers.ts";
import { pathOfUri } from "./lsp.ts";
import type { Session } from "./session.ts";

export function installSynchronization(session: Session): void {
  const { connection, client, workspace, announcer, typing } = session;
  connection.onDidOpenTextDocument(
    following<DidOpenTextDocumentParams>(connection, "opening a document", ({ textDocument }) =>
      workspace.open(openDocument(textDocument)),
    ),
  );
  connection.onDidChangeTextDocument(
    following<DidChangeTextDocumentParams>(
      connection,
      "changing a document",
      ({ textDocument: { uri, version }, contentChanges }) => {
        const before = workspace.document(uri);
        if (before === undefined) {
          connection.console.warn(`a document that is not open was changed: ${uri}`);
          return undefined;
        }
        typing.changed(uri, contentChanges);
        workspace.change(applyChanges(before, contentChanges, version, client.encoding));
        return announcer.typed(uri);
      },
    ),
  );
  connection.onDidCloseTextDocument(
    following<DidCloseTextDocumentParams>(connection, "closing a document", async ({ textDocument: { uri } }) => {
      await workspace.close(uri);
      announcer.closed(uri);
    }),
  );
  connection.onDidSaveTextDocument(
    following(connection, "saving a document", async ({ textDocument: { uri } }) => {
      // Clients that watch no files still tell what they save; settings are read from disk.
      const path = pathOfUri(uri);
      if (path !== null && !client.watchesFiles) await session.filesChanged([path]);
    }),
  );
}
