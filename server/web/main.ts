/**
 * The language server's program in a web worker: the same server, on a copy of the workspace in memory.
 *
 * The first message of the client is no part of the protocol: it brings the files that are shipped with the program and those of the workspace. From then on
 * both speak the protocol; files that change arrive as `holdfast/files`, before the notification that they have.
 */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { loadShippedKnowledge } from "../../host/knowledge.ts";
import { loadParser } from "../../host/parser.ts";
import { logError } from "../handlers.ts";
import { pathOfUri } from "../lsp.ts";
import { serve } from "../session.ts";
import { put, putFolder } from "./node.ts";

/** A file as the client sends it; null where it is gone. */
interface SentFile {
  readonly uri: string;
  readonly bytes: Uint8Array | null;
}

interface Greeting {
  /** Folders of the workspace. */
  readonly folders: readonly string[];
  /** By name, those that stand beside the program elsewhere. */
  readonly assets: Readonly<Record<string, Uint8Array>>;
  readonly files: readonly SentFile[];
}

/** What a worker has of itself, as far as it matters here. */
interface WorkerScope {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  addEventListener(type: "unhandledrejection", listener: (event: { readonly reason: unknown }) => void): void;
}

const scope = globalThis as unknown as WorkerScope;
scope.onmessage = ({ data }) => {
  const { folders, assets, files } = data as Greeting;
  for (const uri of folders) putFolder(pathOfUri(uri)!);
  for (const [name, bytes] of Object.entries(assets)) put(`/holdfast/dist/${name}`, bytes);
  receive(files);
  listen();
};

function listen(): void {
  const port = scope as unknown as ConstructorParameters<typeof BrowserMessageReader>[0];
  const connection = createConnection(new BrowserMessageReader(port), new BrowserMessageWriter(port));
  scope.addEventListener("unhandledrejection", ({ reason }) => logError(connection, "unexpected", reason));
  connection.onNotification("holdfast/files", ({ files }: { readonly files: readonly SentFile[] }) => receive(files));
  serve(connection, async () => ({ parser: await loadParser("wasm"), knowledge: loadShippedKnowledge() }));
  connection.listen();
}

function receive(files: readonly SentFile[]): void {
  for (const { uri, bytes } of files) {
    const path = pathOfUri(uri);
    if (path !== null) put(path, bytes);
  }
}
