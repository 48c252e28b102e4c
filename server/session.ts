/**
 * A conversation with one client, from its greeting to its farewell: which parts there are, and in which order they come to life.
 *
 * Nothing is analysed before the client has said hello and been answered. Loading the parser takes a moment; documents that are opened
 * meanwhile wait in the order they came.
 */
import { basename } from "node:path";
import {
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeParams,
  type InitializeResult,
} from "vscode-languageserver";
import { type ClientAbilities, readAbilities, serverCapabilities } from "./capabilities.ts";
import { installCodeActions } from "./code-actions.ts";
import { installCompletion } from "./completion.ts";
import { Configuration } from "./configuration.ts";
import { installDebug } from "./debug.ts";
import { Announcer, installDiagnostics } from "./diagnostics.ts";
import { installExplain } from "./explain.ts";
import { following, logError } from "./handlers.ts";
import { installHover } from "./hover.ts";
import { Progress } from "./indexing.ts";
import { installKnows } from "./knows.ts";
import type { Engine, LiveProject } from "./live-project.ts";
import { pathOfUri } from "./lsp.ts";
import { installNewBaseline } from "./new-baseline.ts";
import { Notebooks } from "./notebooks.ts";
import { Notes } from "./notes.ts";
import { NAME, VERSION } from "./product.ts";
import { installFileStatus, StatusReporter } from "./status.ts";
import { installSynchronization } from "./synchronization.ts";
import { Typing } from "./typing.ts";
import { installWatchedFiles, isProjectFile, watchFiles } from "./watched-files.ts";
import { installWhereItRuns, refreshLenses } from "./where-it-runs.ts";
import { Workspace } from "./workspace.ts";
import { installWorkspaceDiagnostics, MOST_FILES } from "./workspace-diagnostics.ts";

/** What the files of the single requests work with. */
export interface Session {
  readonly connection: Connection;
  readonly client: ClientAbilities;
  readonly workspace: Workspace;
  readonly configuration: Configuration;
  readonly typing: Typing;
  /** So many files are checked at the most where all of the workspace is to be. */
  readonly limit: number;
  /** Tells people something once, in a message. */
  note(text: string): void;
  readonly announcer: Announcer;
  /** Result ids of what the client was last told about each open document. */
  readonly delivered: Map<string, string>;
  /** Paths (absolute) have changed on disk. */
  filesChanged(paths: readonly string[]): Promise<void>;
}

/** Loads what the analysis needs. `parser` is what the client insists on, if it does. */
export type LoadEngine = (parser: unknown) => Promise<Engine>;

/** Gives back memory that was taken and is no longer needed. */
export interface Tidying {
  /** At once: much has been let go of, or is held where no collector sees it. */
  now(): void;
  /** When nothing is done for a while, counted from here. */
  inPause(): void;
}

/** Answers `initialize` on the connection, and from then on everything else. The connection is not listening yet. */
export function serve(connection: Connection, loadEngine: LoadEngine, tidying: Tidying | null = null): void {
  let stop = (): void => {};
  connection.onInitialize((params): InitializeResult => {
    const client = readAbilities(params);
    const started = start(connection, params, client, loadEngine, tidying);
    stop = started.stop;
    return { capabilities: serverCapabilities(client), serverInfo: { name: NAME, version: VERSION } };
  });
  connection.onShutdown(() => stop());
}

/** After so many slices of reading: what the native parser holds of texts read before is seen by no collector, and grows fast. */
const TIDY_EVERY = 32;
/** Reading fewer files leaves nothing worth the while. */
const TIDIED_FROM = 200;

function start(
  bare: Connection,
  params: InitializeParams,
  client: ClientAbilities,
  loadEngine: LoadEngine,
  tidying: Tidying | null,
): { stop(): void } {
  const notebooks = new Notebooks(client.encoding);
  const connection = notebooks.through(bare);
  const initial = isRecord(params.initializationOptions) ? params.initializationOptions : {};
  const configuration = new Configuration(connection, client, initial.settings);
  const status = new StatusReporter(connection);
  const notes = new Notes(connection);
  let broken = false;
  /** Whether a large project has just been read. */
  let untidy = false;
  // Nobody may be asked or told anything before the client has said that it is ready.
  const greeted = new Promise<void>((resolve) => {
    connection.onInitialized(() => resolve());
  });
  const engine = greeted.then(() => loadEngine(initial.parser));

  const workspace: Workspace = new Workspace(engine, {
    changed() {
      announcer.changed();
      tidying?.inPause();
    },
    indexing(project: LiveProject) {
      // A document that is no file is there at once.
      const name = project.root === null ? null : basename(project.root);
      if (name !== null) status.report({ state: "indexing", message: `reading ${name}` });
      const progress = new Progress(connection, client.showsProgress && name !== null, `Holdfast: reading ${name}`);
      let slices = 0;
      return {
        report(done, total) {
          progress.report(done, total);
          if (++slices % TIDY_EVERY === 0) tidying?.now();
        },
        end: () => progress.end(),
      };
    },
    read(project, milliseconds) {
      if (project.root === null) return;
      const count = project.paths().length;
      if (count > TIDIED_FROM) untidy = true;
      connection.console.info(`${project.root}: ${count} Python files read in ${Math.round(milliseconds)} ms`);
    },
    settingsRead: (settings) => notes.aboutSettings(settings),
    criticised: ({ root }, what, errors) =>
      notes.about(`${what} of ${root}`, `Holdfast ${what}`, errors, what === "names" ? "warning" : "error"),
    notice: (path, message) => notes.once("info", `${path}: ${message}`),
    failure: (what, error) => notes.once("error", `${what}: ${textOf(error)}`),
    editorSettings: (uri) => configuration.of(uri),
  });
  const delivered = new Map<string, string>();
  const session: Session = {
    connection,
    client,
    workspace,
    configuration,
    typing: new Typing(() => announcer.changed()),
    limit: typeof initial.workspaceFileLimit === "number" ? initial.workspaceFileLimit : MOST_FILES,
    note: (text) => notes.remark(text),
    delivered,
    get announcer() {
      return announcer;
    },
    async filesChanged(paths) {
      const about = paths.filter(isProjectFile);
      for (const path of about) await workspace.refresh(path);
      await workspace.relearn(paths);
      const rest = paths.filter((path) => !isProjectFile(path) && !path.endsWith(".pyi"));
      if (rest.length > 0) await workspace.diskChanged(rest);
    },
  };
  const announcer: Announcer = new Announcer(session, (findings) => {
    if (broken || workspace.isIndexing) return;
    status.report({ state: "ready", files: workspace.fileCount, findings });
    if (untidy) tidying?.now();
    untidy = false;
  });

  installSynchronization(session);
  notebooks.install(connection, {
    open: (document) => workspace.open(document),
    change: (document) => workspace.change(document),
    async close(uri) {
      await workspace.close(uri);
      announcer.closed(uri);
    },
  });
  installDiagnostics(session);
  installWorkspaceDiagnostics(session);
  installHover(session);
  installCodeActions(session);
  installExplain(session);
  installWhereItRuns(session);
  installKnows(session);
  installDebug(session);
  installNewBaseline(session);
  installFileStatus(session);
  if (client.completes) installCompletion(session);
  installWatchedFiles(session);
  connection.onDidChangeConfiguration(
    following(connection, "following the settings", async ({ settings }) => {
      configuration.take(settings);
      await workspace.refresh(null);
      refreshLenses(session);
      announcer.changed();
    }),
  );

  void greeted.then(async () => {
    status.report({ state: "starting" });
    if (client.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(
        following(connection, "changing folders", ({ added, removed }) =>
          workspace.changeFolders(pathsOf(added), pathsOf(removed)),
        ),
      );
    }
    register(session).catch((error) => logError(connection, "registering with the client", error));
    await workspace.changeFolders(foldersOf(params), []);
    announcer.changed();
  });
  engine.then(
    ({ parser }) => connection.console.info(`Holdfast ${VERSION}, ${parser.binding} parser, Node ${process.version}`),
    (error) => {
      const message = error instanceof Error ? error.message : String(error);
      broken = true;
      status.report({ state: "error", message });
      notes.show(`Holdfast cannot start: ${message}`);
    },
  );
  return {
    stop() {
      announcer.stop();
      session.typing.stop();
    },
  };
}

async function register(session: Session): Promise<void> {
  const { connection, client } = session;
  await watchFiles(session);
  if (client.announcesConfiguration) {
    await connection.client.register(DidChangeConfigurationNotification.type, { section: "holdfast" });
  }
}

/** The workspace folders as paths; older clients name one root only. */
function foldersOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly string[] {
  if (workspaceFolders) return pathsOf(workspaceFolders);
  if (rootUri) return pathsOf([{ uri: rootUri }]);
  return rootPath ? [rootPath] : [];
}

function pathsOf(folders: readonly { readonly uri: string }[]): readonly string[] {
  return folders.map(({ uri }) => pathOfUri(uri)).filter((path) => path !== null);
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
