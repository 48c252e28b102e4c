/** `textDocument/hover` on a finding: what is wrong, why that matters, what to do instead, and the path that makes it true. */
import { type Hover, type HoverParams, type MarkupContent, MarkupKind } from "vscode-languageserver";
import type { Finding, Related } from "../lint/finding.ts";
import type { Rule } from "../lint/rule.ts";
import { locationOf } from "./diagnostic.ts";
import { answering, nextTurn } from "./handlers.ts";
import { toOffset, toRange } from "./lsp.ts";
import { docsPage } from "./product.ts";
import type { Session } from "./session.ts";
import type { CheckedFile } from "./workspace.ts";

export function installHover(session: Session): void {
  const { connection } = session;
  connection.onHover(
    answering<HoverParams, Hover | null>(connection, "hover", null, async ({ textDocument, position }, token) => {
      await nextTurn(token);
      const checked = await session.workspace.check(textDocument.uri);
      if (checked === null) return null;
      const offset = toOffset(checked.file, position, session.client.encoding);
      const under = checked.findings.filter(({ span }) => span.start <= offset && offset <= span.end);
      if (under.length === 0) return null;
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

/** The path first, because it is what nobody can see; the general reasons below it. */
function markdown(finding: Finding, checked: CheckedFile, session: Session): string {
  const rule = ruleOf(finding, checked);
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
  const page = docsPage(finding.rule);
  const name = page === null ? `\`${finding.rule}\`` : `[${finding.rule}](${page})`;
  parts.push(`${name} · more with \`holdfast explain ${finding.rule}\``);
  return parts.join("\n\n");
}

function plain(finding: Finding, checked: CheckedFile): string {
  const rule = ruleOf(finding, checked);
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

function ruleOf(finding: Finding, checked: CheckedFile): Rule | null {
  return checked.project.settings.enabled.find(({ rule }) => rule.id === finding.rule)?.rule ?? null;
}

function firstParagraph(text: string): string {
  return (text.trim().split(/\n\s*\n/, 1)[0] ?? "").replace(/\s*\n\s*/g, " ");
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
