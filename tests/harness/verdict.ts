/** Compares what was found with what the comments state. Gives one line per disagreement; none means they agree. */
import type { Finding } from "../../lint/finding.ts";
import { describeFinding } from "./checking.ts";
import { type Expectation, expectationsOf, type Found } from "./expectations.ts";
import type { SourceFile } from "./fixture.ts";

export function disagreements(files: readonly SourceFile[], findings: readonly Finding[]): string[] {
  const texts = new Map(files.map((file) => [file.path, file.text]));
  const open = new Set(findings);
  const complaints: string[] = [];
  for (const expectation of files.flatMap((file) => expectationsOf(file.path, file.text))) {
    complaints.push(...settle(expectation, open, texts));
  }
  for (const finding of open) complaints.push(`not announced: ${describeFinding(finding)}`);
  return complaints;
}

type Texts = ReadonlyMap<string, string>;

/** Takes the findings an expectation speaks of out of `open` and says what is wrong with them. */
function settle(expectation: Expectation, open: Set<Finding>, texts: Texts): string[] {
  const where = `${expectation.file}:${expectation.line}`;
  const onLine = [...open].filter(
    (finding) => finding.file === expectation.file && finding.range.start.line === expectation.line,
  );
  switch (expectation.kind) {
    case "quiet":
      for (const finding of onLine) open.delete(finding);
      return onLine.map((finding) => `should be quiet: ${describeFinding(finding)}`);
    case "missed":
      return onLine.some((finding) => finding.rule === expectation.rule)
        ? [`${where} is cured: ${expectation.rule} is found, so announce it (was: ${expectation.why})`]
        : [];
    case "wrong": {
      const wrong = onLine.find((finding) => finding.rule === expectation.rule);
      if (!wrong) return [`${where} is cured: ${expectation.rule} is gone, so call it quiet (was: ${expectation.why})`];
      open.delete(wrong);
      return [];
    }
    case "found":
      return settleFound(expectation, onLine, open, texts);
  }
}

function settleFound(expected: Found, onLine: readonly Finding[], open: Set<Finding>, texts: Texts): string[] {
  const candidates = onLine.filter((finding) => finding.rule === expected.rule);
  const exact = candidates.find((finding) => objections(expected, finding, texts).length === 0);
  const nearest = exact ?? candidates[0];
  if (!nearest) return [`not found: ${expected.file}:${expected.line} ${expected.rule} @ ${expected.squiggle ?? "?"}`];
  open.delete(nearest);
  return objections(expected, nearest, texts).map((why) => `${why}: ${describeFinding(nearest)}`);
}

function objections(expected: Found, finding: Finding, texts: Texts): string[] {
  const why: string[] = [];
  const squiggle = textAt(texts, finding);
  if (expected.squiggle !== null && squiggle !== expected.squiggle) {
    why.push(`marks \`${squiggle}\` instead of \`${expected.squiggle}\``);
  }
  if (expected.confidence !== null && finding.confidence !== expected.confidence)
    why.push(`is not ${expected.confidence}`);
  if (expected.message !== null && !finding.message.includes(expected.message)) {
    why.push(`does not say "${expected.message}"`);
  }
  const hops = finding.related.map((hop) => `${hop.message}\n${textAt(texts, hop)}`);
  let next = 0;
  for (const name of expected.via) {
    const at = hops.findIndex((hop, index) => index >= next && hop.includes(name));
    if (at < 0) why.push(`its path does not lead through \`${name}\` (in the order stated)`);
    else next = at;
  }
  if (expected.fix !== null) {
    const { title, offered } = expected.fix;
    const has = finding.fixes.some((fix) => fix.edits() !== null && fix.title.includes(title));
    if (has !== offered) why.push(`${offered ? "does not offer" : "offers"} a fix "${title}"`);
  }
  return why;
}

function textAt(texts: Texts, { file, span }: Pick<Finding, "file" | "span">): string {
  return (texts.get(file) ?? "").slice(span.start, span.end);
}
