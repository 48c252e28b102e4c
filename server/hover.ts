/**
 * `textDocument/hover` on a finding: what is wrong, why that matters, what to do instead, and the path that makes it true; and on the name of a rule or
 * setting, in ignore comments and settings files: what it means.
 */
import { type Hover, type HoverParams, type MarkupContent, MarkupKind } from "vscode-languageserver";
import type { Finding, Related } from "../lint/finding.ts";
import type { Rule } from "../lint/rule.ts";
import { locationOf } from "./diagnostic.ts";
import { ALL_RULES } from "./explain.ts";
import { answering, nextTurn } from "./handlers.ts";
import { type Source, toOffset, toRange } from "./lsp.ts";
import { firstParagraph, ruleLink, selectorHelp, settingHelp } from "./rule-help.ts";
import type { Session } from "./session.ts";
import { settingsDocument } from "./settings-documents.ts";
import type { CheckedFile } from "./workspace.ts";

export function installHover(session: Session): void {
  const { connection } = session;
  connection.onHover(
    answering<HoverParams, Hover | null>(connection, "hover", null, async ({ textDocument, position }, token) => {
      await nextTurn(token);
      const settings = settingsDocument(textDocument.uri, session.workspace);
      if (settings) return aboutName(settings, toOffset(settings, position, session.client.encoding), session, true);
      const checked = await session.workspace.check(textDocument.uri);
      if (checked === null) return null;
      const offset = toOffset(checked.file, position, session.client.encoding);
      const under = checked.findings.filter(({ span }) => span.start <= offset && offset <= span.end);
      if (under.length === 0) return inComment(checked, offset, session);
      const texts = under.map((finding) =>
        (session.client.markdownHover ? markdown : plain)(finding, checked, session),
      );
      const widest = { start: under[0]!.span.start, end: Math.max(...under.map(({ span }) => span.end)) };
      const contents: MarkupContent = session.client.markdownHover
        ? { kind: MarkupKind.Markdown, value: texts.join("\n\n---\n\n") }
        : { kind: MarkupKind.PlainText, value: texts.join("\n\n") };
      return { contents, range: toRange(checked.file, widest, session.client.encoding) };
    }),
  );
}

function inComment({ file }: CheckedFile, offset: number, session: Session): Hover | null {
  const comment = file.comments.find(({ start, end }) => start <= offset && offset <= end);
  return comment && /holdfast:\s*ignore/i.test(comment.text) ? aboutName(file, offset, session, false) : null;
}

/** What the rule, the family or (in settings files) the setting means whose name stands at `offset`. */
function aboutName(source: Source, offset: number, { client }: Session, isSettings: boolean): Hover | null {
  const from = offset - /[\w/-]*$/.exec(source.text.slice(Math.max(0, offset - 80), offset))![0].length;
  const name = /^[\w/-]*/.exec(source.text.slice(from, from + 80))![0];
  const line = source.text.slice(source.text.lastIndexOf("\n", from) + 1, from);
  const isKey = isSettings && /^\s*$/.test(line);
  const value = isKey ? settingHelp(name) : selectorHelp(name, client);
  // A bare word in other tables may be anything.
  if (value === null || (isSettings && !isKey && !/["']$/.test(line))) return null;
  if (isKey && !/^\s*\[(?:tool\.)?holdfast/m.test(source.text)) return null;
  const contents: MarkupContent = client.markdownHover
    ? { kind: MarkupKind.Markdown, value }
    : { kind: MarkupKind.PlainText, value: value.replaceAll("**", "") };
  return { contents, range: toRange(source, { start: from, end: from + name.length }, client.encoding) };
}

/** The path first, because it is what nobody can see; the general reasons below it. */
function markdown(finding: Finding, checked: CheckedFile, session: Session): string {
  const rule = ruleOf(finding);
  const parts = [`**${escapeMarkdown(rule?.summary ?? finding.message)}**`];
  const steps = pathOf(finding).map((step, i) => {
    const location = locationOf(step, checked, session.client);
    const label = escapeMarkdown(`${step.file}:${step.range.start.line}`);
    const where = location === null ? label : `[${label}](${location.uri}#L${step.range.start.line})`;
    return `${i + 1}. ${where} ${escapeMarkdown(step.message)}`;
  });
  parts.push(steps.join("\n"));
  if (finding.confidence === "likely") parts.push("*Likely: one step of this is usual rather than sure.*");
  if (rule !== null) {
    parts.push(`**Why** ${firstParagraph(rule.docs.why)}`);
    parts.push(`**Instead** ${firstParagraph(rule.docs.instead)}`);
  }
  parts.push(ruleLink(finding.rule, session.client));
  return parts.join("\n\n");
}

function plain(finding: Finding): string {
  const rule = ruleOf(finding);
  const lines = [rule?.summary ?? finding.message];
  for (const { file, range, message } of pathOf(finding)) lines.push(`  ${file}:${range.start.line} ${message}`);
  if (finding.confidence === "likely") lines.push("Likely: one step of this is usual rather than sure.");
  if (rule !== null) {
    lines.push(`Why: ${firstParagraph(rule.docs.why)}`, `Instead: ${firstParagraph(rule.docs.instead)}`);
  }
  lines.push(`${finding.rule}; more with: holdfast explain ${finding.rule}`);
  return lines.join("\n");
}

/** The finding itself, and each step below it. */
function pathOf(finding: Finding): readonly Related[] {
  return [finding, ...finding.related];
}

function ruleOf(finding: Finding): Rule | null {
  return ALL_RULES.find(({ id }) => id === finding.rule) ?? null;
}

/** Underscores inside a word are no markup, and escaped ones are hard to read where Markdown is shown as it is. */
const MARKUP = /[\\*{}[\]<>#|~!]|(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])/g;

/** Keeps text from the analysed program from being read as markup; what stands in backticks already is safe from it. */
function escapeMarkdown(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(MARKUP, (found) => found.replace(/./g, "\\$&"))))
    .join("");
}
