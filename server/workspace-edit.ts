/** Edits of Holdfast as the protocol's, in the files of a project and in the settings file beside it. */
import { basename, join } from "node:path";
import type { CreateFile, TextEdit as LspTextEdit, TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver";
import { lineStartsOf } from "../analysis/index.ts";
import { isThere } from "../host/assets.ts";
import { readSource } from "../host/project.ts";
import { switchRuleOff } from "../host/settings-edit.ts";
import type { TextEdit } from "../lint/finding.ts";
import type { ClientAbilities } from "./capabilities.ts";
import { type Source, toRange, uriOfPath } from "./lsp.ts";
import type { CheckedFile, Workspace } from "./workspace.ts";

/** Per document, with the version the edits were computed for where the client can check it. Edits to files that have gone are left out. */
export function toWorkspaceEdit(
  edits: readonly TextEdit[],
  checked: CheckedFile,
  client: ClientAbilities,
): WorkspaceEdit {
  const byFile = new Map<string, LspTextEdit[]>();
  for (const edit of edits) {
    const file = checked.project.file(edit.file);
    if (file === undefined) continue;
    const list = byFile.get(edit.file) ?? [];
    list.push({ range: toRange(file, edit.span, client.encoding), newText: edit.text });
    byFile.set(edit.file, list);
  }
  const documents = [...byFile].map(([file, list]) => ({
    uri: checked.uriOf(file),
    version: checked.versionOf(file),
    edits: list,
  }));
  return editOf(documents, client);
}

/** The settings file in which a rule is switched off for a project: the one that counts, or the one where people look for it. Null for documents in no folder. */
export function settingsFileOf({ project, file }: CheckedFile): string | null {
  const { root, settings } = project;
  const { source } = root === null ? settings : settings.nearest(join(root, file.path));
  if (source !== null) return source;
  return root === null ? null : join(root, "pyproject.toml");
}

/** The edit of that file that switches a rule off; null where none is sure. */
export function switchedOff(
  rule: string,
  checked: CheckedFile,
  workspace: Workspace,
  client: ClientAbilities,
): { readonly uri: string; readonly edit: WorkspaceEdit } | null {
  const path = settingsFileOf(checked);
  if (path === null) return null;
  const uri = uriOfPath(path);
  const isNew = !isThere(path);
  if (isNew && !client.createsFiles) return null;
  const source = workspace.document(uri) ?? sourceAt(path);
  if (source === null) return null;
  const insertion = switchRuleOff(source.text, rule, basename(path) === "pyproject.toml");
  if (insertion === null) return null;
  const range = toRange(source, { start: insertion.offset, end: insertion.offset }, client.encoding);
  const version = workspace.document(uri)?.version ?? null;
  return { uri, edit: editOf([{ uri, version, edits: [{ range, newText: insertion.text }] }], client, isNew) };
}

interface EditedDocument {
  readonly uri: string;
  readonly version: number | null;
  readonly edits: LspTextEdit[];
}

function editOf(documents: readonly EditedDocument[], client: ClientAbilities, create = false): WorkspaceEdit {
  if (!client.documentChanges) return { changes: Object.fromEntries(documents.map(({ uri, edits }) => [uri, edits])) };
  const documentChanges = documents.flatMap(({ uri, version, edits }): (CreateFile | TextDocumentEdit)[] => [
    ...(create ? [{ kind: "create" as const, uri, options: { ignoreIfExists: true } }] : []),
    { textDocument: { uri, version }, edits },
  ]);
  return { documentChanges };
}

/** The text of a file on disk; empty where there is none, null where it cannot be read. */
function sourceAt(path: string): Source | null {
  if (!isThere(path)) return { text: "", lineStarts: [0] };
  const read = readSource(path);
  return "text" in read ? { text: read.text, lineStarts: lineStartsOf(read.text) } : null;
}
