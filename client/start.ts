/**
 * The extension wherever it runs: starts the language server beside the editor, shows what it is doing, and gives people a way to restart it.
 *
 * No analysis happens here, and no file is read: whatever can be said over the language server protocol is said there, so that every other
 * editor gets the same. What is left for this folder is the status item, the output channel, the commands, and what to do about a server that died.
 */
import { commands, type ExtensionContext, type LogOutputChannel, l10n, window, workspace } from "vscode";
import { type BaseLanguageClient, type LanguageClientOptions, State } from "vscode-languageclient";
import { registerCommands, SERVER_COMMANDS } from "./commands.ts";
import { CrashHandler } from "./crashes.ts";
import { Pages } from "./pages.ts";
import { servedDocuments } from "./selector.ts";
import { StatusItem, type StatusParams } from "./status.ts";
import { provideTasks } from "./tasks.ts";

/** How the server is reached: as a process of its own, or in a worker. */
export type MakeClient = (options: LanguageClientOptions, output: LogOutputChannel) => BaseLanguageClient;

/** `schemes`: of the addresses whose documents are checked. */
export async function start(
  context: ExtensionContext,
  schemes: readonly string[],
  makeClient: MakeClient,
): Promise<void> {
  const output = window.createOutputChannel("Holdfast", { log: true });
  const status = new StatusItem(schemes);
  const crashes = new CrashHandler(output);
  let everything = false;
  const options: LanguageClientOptions = {
    documentSelector: servedDocuments(schemes),
    // Of what is sent unasked; what is asked for has a collection of its own, named by the server.
    diagnosticCollectionName: "holdfast-sent",
    outputChannel: output,
    errorHandler: crashes,
    // Messages of the server that matter to people arrive as messages; the channel never pushes itself in front.
    initializationFailedHandler: (error) => {
      output.error(`the language server could not be started: ${String(error)}`);
      return false;
    },
    diagnosticPullOptions: { onChange: true, onSave: false, onTabs: false },
    // A client that may be told of closed files keeps what it was told of them, so it is said at the start whether it may.
    initializationOptions: () => ({
      parser: "wasm",
      commands: SERVER_COMMANDS,
      workspaceDiagnostics: everything || wantsWorkspace(),
    }),
    // Links in hovers may run what shows something, and nothing else.
    markdown: { isTrusted: { enabledCommands: ["holdfast.explainRule", "holdfast.showPath"] } },
  };
  const client = makeClient(options, output);
  const pages = new Pages(client);
  const restart = async (): Promise<void> => {
    output.info("restarting the language server");
    crashes.forget();
    status.show({ state: "starting" });
    try {
      if (client.state === State.Running) await client.stop();
      await client.start();
    } catch (error) {
      output.error(`restarting failed: ${String(error)}`);
      status.show({ state: "error", message: l10n.t("The language server could not be started") });
    }
  };
  crashes.onRestartWanted = restart;
  crashes.onGivenUp = () =>
    status.show({ state: "error", message: l10n.t("The language server stopped and stays down") });

  context.subscriptions.push(
    output,
    status,
    client,
    pages,
    status.follow(({ uri }) =>
      client.sendRequest("holdfast/file", { textDocument: { uri: client.code2ProtocolConverter.asUri(uri) } }),
    ),
    provideTasks(),
    ...registerCommands(client, pages),
    commands.registerCommand("holdfast.checkWorkspace", async () => {
      everything = true;
      await restart();
      await client.sendRequest("holdfast/checkWorkspace");
      await commands.executeCommand("workbench.actions.view.problems");
    }),
    workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration("holdfast.diagnosticsScope")) return;
      everything = false;
      void restart();
    }),
    client.onNotification("holdfast/status", (params: StatusParams) => status.show(params)),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) status.show({ state: "starting" });
      if (newState === State.StartFailed)
        status.show({ state: "error", message: l10n.t("The language server could not be started") });
    }),
    commands.registerCommand("holdfast.restart", restart),
    commands.registerCommand("holdfast.showOutput", () => output.show(true)),
  );
  try {
    await client.start();
  } catch {
    // Said in the output by the handler above; the commands stay usable, so that a restart can be tried.
    void offerRestart(restart, () => output.show(true));
  }
}

function wantsWorkspace(): boolean {
  return workspace.getConfiguration("holdfast").get("diagnosticsScope") === "workspace";
}

async function offerRestart(restart: () => Promise<void>, showOutput: () => void): Promise<void> {
  const again = l10n.t("Restart");
  const show = l10n.t("Show Output");
  const chosen = await window.showErrorMessage(l10n.t("Holdfast could not be started."), again, show);
  if (chosen === again) await restart();
  if (chosen === show) showOutput();
}
