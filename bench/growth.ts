/** What one more project costs than one half its size: the same measurements on generated corpora of growing length. */
import { join } from "node:path";
import type { CommandLineFigures } from "./command-line.ts";
import { measureCommandLine } from "./command-line.ts";
import { corpusOf, writeCorpus } from "./corpus/index.ts";
import { SCRATCH } from "./processes.ts";
import type { ServerFigures } from "./server.ts";
import { subjectIn } from "./subject.ts";
import { isMet, short } from "./table.ts";

export interface Size {
  readonly lines: number;
  readonly files: number;
  readonly commandLine: CommandLineFigures;
  readonly server: ServerFigures | null;
}

/** The aim: what twice as many files cost at most. */
const MOST_FOR_DOUBLE = 2.2;

/** Measures a corpus of so many lines, in one round. */
export function measureSize(
  lines: number,
  serve: ((root: string, opened: string | null) => ServerFigures) | null,
  say: (what: string) => void,
): Size {
  const root = join(SCRATCH, `corpus-${lines}`);
  writeCorpus(root, corpusOf(lines));
  const subject = subjectIn(root);
  const commandLine = measureCommandLine(subject, 1, say);
  if (serve) say("typing");
  return {
    lines: subject.lines,
    files: subject.files.length,
    commandLine,
    server: serve ? serve(root, commandLine.foundIn) : null,
  };
}

/** A line per measurement, a column per size with the factor to the one before; factors are of CPU time, per file doubled. */
export function growthTable(sizes: readonly Size[]): string {
  const rows: readonly (readonly [string, (size: Size) => number | null | undefined, boolean])[] = [
    ["cold check, CPU ms", ({ commandLine }) => commandLine.cold.one.time.cpu, true],
    ["warm, nothing changed, CPU ms", ({ commandLine }) => commandLine.unchanged.time.cpu, true],
    ["warm, one file changed, CPU ms", ({ commandLine }) => commandLine.leafChanged.time.cpu, true],
    ["warm, helper changed, CPU ms", ({ commandLine }) => commandLine.hubChanged.time.cpu, true],
    ["most memory of a cold check, MB", ({ commandLine }) => commandLine.cold.one.peak / 1e6, true],
    ["cache, MB", ({ commandLine }) => commandLine.cacheBytes / 1e6, true],
    ["server until ready, CPU ms", ({ server }) => server?.ready.cpu, true],
    ["server's memory, MB", ({ server }) => server?.memory.after && server.memory.after / 1e6, true],
    ["first answer in a cold server, ms", ({ server }) => server?.opening.answer, false],
    ["key in a body, p50 ms", ({ server }) => server && server.typing["a body"]!.p50, false],
    ["key in a body, p95 ms", ({ server }) => server && server.typing["a body"]!.p95, false],
    ["key in the helper, p95 ms", ({ server }) => server && server.typing["the body of the helper"]!.p95, false],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.flatMap(([name, of, hasAim]) => {
    const values = sizes.map(of);
    if (values.some((value) => !value)) return [];
    const cells = values.map((value, i) => {
      if (i === 0) return short(value!).padStart(10);
      // Lengths are not exactly double: the factor is what it would be if they were.
      const doublings = Math.log2(sizes[i]!.lines / sizes[i - 1]!.lines);
      const factor = (value! / values[i - 1]!) ** (1 / doublings);
      const verdict = hasAim && !isMet({ unit: "", value: factor, limit: MOST_FOR_DOUBLE }) ? " missed" : "";
      return `${short(value!).padStart(10)}${` ×${factor.toFixed(2)}${verdict}`.padEnd(14)}`;
    });
    return [`${name.padEnd(width)}${cells.join("")}`.trimEnd()];
  });
  const head = `${"".padEnd(width)}${sizes.map(({ lines }, i) => `${String(lines).padStart(10)}${i === 0 ? "" : "".padEnd(14)}`).join("")}`;
  return [
    `growth with lines; × is the factor for twice as many, meant to be ≤ ${MOST_FOR_DOUBLE}`,
    head.trimEnd(),
    ...lines,
  ].join("\n");
}
