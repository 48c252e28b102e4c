/** The VS Code extension in a browser: the server is a web worker, which gets a copy of the files of the workspace that matter. */
import { type ExtensionContext, Uri, workspace } from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from "vscode-languageclient/browser";
import { start } from "./start.ts";
import { Addresses } from "./web/addresses.ts";
import { Mirror } from "./web/mirror.ts";

/** What is used of a browser; an extension has no types of it. */
declare const Worker: new (
  address: string,
) => {
  postMessage(message: unknown): void;
  terminate(): void;
};
declare const Blob: new (parts: readonly Uint8Array[], options: { readonly type: string }) => object;
declare const URL: { createObjectURL(blob: object): string };

/** Called by VS Code with the first Python file. */
export function activate(context: ExtensionContext): Promise<void> {
  const folders = workspace.workspaceFolders ?? [];
  const schemes = [...new Set(["file", ...folders.map(({ uri }) => uri.scheme)])];
  const addresses = new Addresses(schemes);
  const mirror = new Mirror(addresses);
  const place = (name: string): Uri => Uri.joinPath(context.extensionUri, "dist", name);
  let running: InstanceType<typeof Worker> | null = null;
  const server = async (): Promise<MessageTransports> => {
    running?.terminate();
    const greeting = await mirror.greeting(place);
    // Not every editor starts a worker from where extensions lie.
    const program = await workspace.fs.readFile(place("web/server.js"));
    const address = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
    running = new Worker(address);
    running.postMessage(greeting);
    const port = running as unknown as ConstructorParameters<typeof BrowserMessageReader>[0];
    return { reader: new BrowserMessageReader(port), writer: new BrowserMessageWriter(port) };
  };
  return start(context, schemes, (options) => {
    const client = new LanguageClient("holdfast", "Holdfast", server, {
      ...options,
      uriConverters: {
        code2Protocol: (uri) => addresses.toServer(uri),
        protocol2Code: (uri) => addresses.toEditor(uri),
      },
      middleware: {
        workspace: {
          async didChangeWatchedFile(event, next) {
            await client.sendNotification("holdfast/files", { files: [await mirror.now(event.uri)] });
            await next(event);
          },
        },
      },
    });
    return client;
  });
}
