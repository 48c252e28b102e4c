/** `textDocument/completion`: rules in ignore comments, and settings, rules and values in the settings files. Nothing else is completed. */
import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionParams,
  InsertTextFormat,
  MarkupKind,
  type Range,
} from "vscode-languageserver";
import { keyPathsOf } from "../host/toml-keys.ts";
import { SEVERITIES } from "../lint/finding.ts";
import { FAIL_ON, SETTINGS_HELP } from "../lint/options.ts";
import { ALL_RULES } from "./explain.ts";
import { answering, nextTurn } from "./handlers.ts";
import { nameOfUri, type Source, toOffset, toRange } from "./lsp.ts";
import { selectors } from "./rule-help.ts";
import type { Session } from "./session.ts";
import { settingsDocument } from "./settings-documents.ts";

export function installCompletion(session: Session): void {
  const { connection, client, workspace } = session;
  connection.onCompletion(
    answering<CompletionParams, CompletionItem[]>(connection, "completion", [], async (params, token) => {
      const { uri } = params.textDocument;
      await nextTurn(token);
      const document = workspace.document(uri);
      if (document === undefined) return [];
      const offset = toOffset(document, params.position, client.encoding);
      const before = document.text.slice(document.lineStarts[params.position.line] ?? offset, offset);
      const at = (word: string): Range =>
        toRange(document, { start: offset - word.length, end: offset }, client.encoding);
      if (settingsDocument(uri, workspace)) return inSettings(document, nameOfUri(uri), offset, before, at);
      if (!/#+\s*holdfast:/i.test(before)) return [];
      const names = /#+\s*holdfast:\s*ignore(?:-file|-function)?\s*\[(?:[^\]]*[,\s])?([\w/-]*)$/i.exec(before);
      if (names) return rulesHere(await foundAround(uri, params.position.line, session), at(names[1]!));
      const directive = /#+\s*holdfast:\s*([\w-]*)$/i.exec(before);
      return directive ? directives(at(directive[1]!)) : [];
    }),
  );
}

/** Rules with findings on a line or the one below it: most likely one of them is meant. */
async function foundAround(uri: string, line: number, { workspace }: Session): Promise<ReadonlySet<string>> {
  const checked = await workspace.check(uri);
  const near = checked?.findings.filter(({ range }) => [line + 1, line + 2].includes(range.start.line)) ?? [];
  return new Set(near.map(({ rule }) => rule));
}

function rulesHere(found: ReadonlySet<string>, range: Range): CompletionItem[] {
  return selectors()
    .filter(({ name }) => !name.startsWith("holdfast"))
    .map((each) => ({
      ...item(each.name, each.about, range),
      sortText: `${found.has(each.name) ? 0 : 1}${each.name}`,
    }));
}

function directives(range: Range): CompletionItem[] {
  const about: readonly (readonly [string, string])[] = [
    ["ignore", "Findings of this line, or, alone on a line, of the statement below"],
    ["ignore-function", "Findings of the whole function, on its `def` or alone above it"],
    ["ignore-file", "Findings of the whole file, above its first statement"],
  ];
  return about.map(([name, text], i) => ({
    ...item(name, text, range, CompletionItemKind.Keyword, `${name}[`),
    sortText: String(i),
  }));
}

function inSettings(
  document: Source,
  name: string,
  offset: number,
  before: string,
  at: (word: string) => Range,
): CompletionItem[] {
  const prefix = name === "pyproject.toml" ? ["tool", "holdfast"] : [];
  const header = /^\s*\[\s*((?:[\w-]+\.)*)rules\."([\w/-]*)$/.exec(before);
  if (header && header[1] === prefix.map((part) => `${part}.`).join(""))
    return ALL_RULES.map(({ id, summary }) => item(id, summary, at(header[2]!)));
  const places = keyPathsOf(document.text.slice(0, offset - before.length));
  const table = tableAbove(document.text.slice(0, offset - before.length));
  if (!prefix.every((part, i) => table[i] === part)) return [];
  const inside = table.slice(prefix.length);

  const value = /(?:^|[\s[,=])(["']?)([\w/-]*)$/.exec(before);
  const key = openKey(document.text, offset) ?? /^\s*([\w-]+)\s*=/.exec(before)?.[1] ?? null;
  if (key !== null) {
    if (!value) return [];
    const range = at(value[2]!);
    const quote = value[1] === "" ? '"' : "";
    if (key === "select" || key === "ignore")
      return selectors().map((each) =>
        item(each.name, each.about, range, CompletionItemKind.Value, quote + each.name + quote),
      );
    const words = key === "fail-on" ? FAIL_ON : key === "severity" ? [...SEVERITIES, "off"] : [];
    return words.map((word) => item(word, "", range, CompletionItemKind.EnumMember, quote + word + quote));
  }
  const begun = /^\s*([\w-]*)$/.exec(before);
  if (!begun) return [];
  const taken = new Set(places.filter(({ path }) => path.length === table.length + 1).map(({ path }) => path.at(-1)!));
  if (inside.length === 0) {
    return Object.entries(SETTINGS_HELP)
      .filter(([name]) => !taken.has(name) && name !== "rules")
      .map(([name, about]) => item(name, about, at(begun[1]!), CompletionItemKind.Property, `${name} = `));
  }
  if (inside[0] !== "rules" || inside.length !== 2) return [];
  const options = Object.entries(ALL_RULES.find(({ id }) => id === inside[1])?.options ?? {});
  return [
    ["severity", "How severe findings of the rule are"] as const,
    ...options.map(([name, { help }]) => [name, help] as const),
  ].map(([name, about]) => item(name, about, at(begun[1]!), CompletionItemKind.Property, `${name} = `));
}

/** The table that the last header opens. */
function tableAbove(text: string): readonly string[] {
  const headers = [...text.matchAll(/^[ \t]*\[\[?([^\n]*?)\]\]?[ \t]*(?:#.*)?$/gm)];
  const last = headers.at(-1)?.[0];
  return last === undefined ? [] : (keyPathsOf(last)[0]?.path ?? []);
}

/** The key whose list is open at `offset`. */
function openKey(text: string, offset: number): string | null {
  const before = text.slice(Math.max(0, offset - 4_000), offset);
  return /(?:^|\n)[ \t]*([\w-]+)[ \t]*=[ \t]*\[[^\]]*$/.exec(before)?.[1] ?? null;
}

function item(
  label: string,
  about: string,
  range: Range,
  kind: CompletionItemKind = CompletionItemKind.Value,
  newText: string = label,
): CompletionItem {
  return {
    label,
    kind,
    insertTextFormat: InsertTextFormat.PlainText,
    textEdit: { range, newText },
    ...(about !== "" && { documentation: { kind: MarkupKind.Markdown, value: about } }),
  };
}
