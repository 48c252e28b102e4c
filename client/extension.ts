/** The VS Code extension where it runs under Node: beside a desktop editor, or on the machine the editor works on. The server is a process of its own. */
import type { ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { start } from "./start.ts";

/** Called by VS Code with the first Python file. */
export function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath("dist/server.js");
  const server = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6019"] } },
  };
  return start(context, ["file"], (options) => new LanguageClient("holdfast", "Holdfast", server, options));
}
