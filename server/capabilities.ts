/** What the client can do, read once from its greeting, and what we answer that we can do. */
import {
  CodeActionKind,
  DiagnosticTag,
  type InitializeParams,
  MarkupKind,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { type Encoding, negotiateEncoding } from "./lsp.ts";

/** Below this kind, editors find what fixes a whole file when it is saved. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.holdfast`;

/** The kind of notebooks whose cells are checked. */
const NOTEBOOK = "jupyter-notebook";

/** The client's abilities we make a difference for. */
export interface ClientAbilities {
  readonly encoding: Encoding;
  /** It asks for diagnostics, and can be told that those it has are out of date. A client that only asks would keep stale ones, so it is sent them. */
  readonly pullsDiagnostics: boolean;
  /** It may ask about files that are not open. One that keeps what it knew of closed files says at the start that it does not want to. */
  readonly wantsWorkspace: boolean;
  readonly relatedInformation: boolean;
  readonly diagnosticData: boolean;
  /** It shows a link to a page beside the rule's name. */
  readonly codeDescription: boolean;
  readonly diagnosticVersion: boolean;
  /** It shows what is unnecessary faded. */
  readonly fadesUnnecessary: boolean;
  /** It understands code actions, not only commands. */
  readonly codeActionLiterals: boolean;
  /** It asks for the edit of a code action once that is chosen. */
  readonly resolvesEdits: boolean;
  readonly preferredActions: boolean;
  readonly documentChanges: boolean;
  /** An edit may make a file. */
  readonly createsFiles: boolean;
  /** Commands of the client that actions and links may name, as it listed them in its greeting. */
  readonly commands: ReadonlySet<string>;
  readonly markdownHover: boolean;
  readonly completes: boolean;
  readonly showsLenses: boolean;
  /** It can be told that lenses are out of date. */
  readonly refreshesLenses: boolean;
  readonly watchesFiles: boolean;
  readonly announcesConfiguration: boolean;
  /** It can be asked for settings. */
  readonly tellsConfiguration: boolean;
  readonly showsProgress: boolean;
  readonly workspaceFolders: boolean;
  /** It tells of notebooks with their cells. */
  readonly notebooks: boolean;
}

export function readAbilities({ capabilities, initializationOptions }: InitializeParams): ClientAbilities {
  const { textDocument, workspace, general, window, notebookDocument } = capabilities;
  const diagnostics = { ...textDocument?.publishDiagnostics, ...textDocument?.diagnostic };
  const action = textDocument?.codeAction;
  return {
    encoding: negotiateEncoding(general?.positionEncodings),
    pullsDiagnostics: textDocument?.diagnostic !== undefined && workspace?.diagnostics?.refreshSupport === true,
    wantsWorkspace:
      (initializationOptions as { workspaceDiagnostics?: unknown } | null | undefined)?.workspaceDiagnostics !== false,
    relatedInformation: diagnostics.relatedInformation === true,
    diagnosticData: diagnostics.dataSupport === true,
    codeDescription: diagnostics.codeDescriptionSupport === true,
    fadesUnnecessary: diagnostics.tagSupport?.valueSet.includes(DiagnosticTag.Unnecessary) === true,
    diagnosticVersion: textDocument?.publishDiagnostics?.versionSupport === true,
    codeActionLiterals: action?.codeActionLiteralSupport !== undefined,
    resolvesEdits: action?.dataSupport === true && action.resolveSupport?.properties.includes("edit") === true,
    preferredActions: action?.isPreferredSupport === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    createsFiles:
      workspace?.workspaceEdit?.documentChanges === true &&
      workspace.workspaceEdit.resourceOperations?.includes("create") === true,
    commands: new Set(namesIn((initializationOptions as { commands?: unknown } | null | undefined)?.commands)),
    markdownHover: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) === true,
    showsLenses: textDocument?.codeLens !== undefined,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    completes: textDocument?.completion !== undefined,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    announcesConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    tellsConfiguration: workspace?.configuration === true,
    showsProgress: window?.workDoneProgress === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    notebooks: notebookDocument?.synchronization !== undefined,
  };
}

export function serverCapabilities(client: ClientAbilities): ServerCapabilities {
  return {
    positionEncoding: client.encoding,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    ...(client.notebooks && {
      notebookDocumentSync: { notebookSelector: [{ notebook: NOTEBOOK, cells: [{ language: "python" }] }] },
    }),
    hoverProvider: true,
    ...(client.showsLenses && { codeLensProvider: { resolveProvider: false } }),
    ...(client.completes && { completionProvider: { triggerCharacters: ["[", ",", '"', "/", ":"] } }),
    ...(client.codeActionLiterals && {
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL],
        resolveProvider: client.resolvesEdits,
      },
    }),
    ...(client.pullsDiagnostics && {
      diagnosticProvider: {
        identifier: "holdfast",
        interFileDependencies: true,
        workspaceDiagnostics: client.wantsWorkspace,
      },
    }),
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}

function namesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
