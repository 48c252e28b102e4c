/** The summary of a job on GitHub: a table of findings in Markdown, worst first, as many as there is room for. */
import { counted, type FormatOptions, type Report, type Reported } from "../report.ts";
import { headline } from "./prose.ts";
import { worstFirst } from "./ranking.ts";
import { repositoryPath } from "./repository.ts";

/** At most `room` bytes of UTF-8; empty where not even the first lines have room. */
export function githubSummary(report: Report, options: FormatOptions, room: number): string {
  const { reported, files, failures } = report;
  const gating = reported.filter(({ gates }) => gates).length;
  const verdict =
    reported.length === 0
      ? `No problems in ${counted(files, "file")}.`
      : `${counted(reported.length, "problem")} in ${counted(files, "file")}, ${gating} of them at or above the gate.`;
  const broken = failures.map(({ file, message }) => `- ${plainText(`${file}: ${message}`)}`);
  const head = ["## Holdfast", "", verdict, "", ...broken, ...(broken.length > 0 ? [""] : [])];
  if (reported.length > 0) head.push("| Severity | Place | Rule | Finding |", "| --- | --- | --- | --- |");
  let text = `${head.join("\n")}\n`;
  // Room for the last line and its number.
  let left = room - Buffer.byteLength(text) - LAST_LINE_BYTES;
  if (left < 0) return "";
  const rows = worstFirst(reported).map((each) => row(each, options));
  for (const [index, line] of rows.entries()) {
    left -= Buffer.byteLength(line);
    if (left < 0) return `${text}\n${rows.length - index} more are in the log.\n`;
    text += line;
  }
  return text;
}

const LAST_LINE_BYTES = 64;

function row(each: Reported, { cwd, env }: FormatOptions): string {
  const { finding, origin } = each;
  const path = repositoryPath(cwd, env.GITHUB_WORKSPACE, origin.show(finding.file));
  const { line } = finding.range.start;
  const place = plainText(`${path}:${line}`);
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = env;
  const url =
    server && repository && commit
      ? `${server}/${repository}/blob/${commit}/${path.split("/").map(encodeURIComponent).join("/")}#L${line}`
      : null;
  const cells = [finding.severity, url ? `[${place}](${url})` : place, `\`${finding.rule}\``, prose(headline(each))];
  return `| ${cells.join(" | ")} |\n`;
}

/** Code in backticks stays code; in a table, a bar ends the cell even there. */
function prose(text: string): string {
  const parts = text.split(/(`[^`]+`)/);
  return parts.map((part, index) => (index % 2 === 1 ? part.replaceAll("|", "\\|") : plainText(part))).join("");
}

function plainText(text: string): string {
  return text
    .replace(/[\r\n]+/g, " ")
    .replace(/[\\`*_{}[\]()#+!|~]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
