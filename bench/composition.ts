/**
 * What a project is made of, as figures: how long its files are, how many functions they hold, how many of these are coroutines, what their lines do.
 *
 * Corpora are generated after such figures, and `npm run bench -- --composition FOLDER...` prints them beside each other, so that whoever doubts a generated
 * corpus can hold it against a real project. Text and patterns only: a tenth of a percent more or less changes nothing here, and the engine that is measured stays out.
 */

/** Shares are of 1. */
export interface Composition {
  readonly files: number;
  readonly lines: number;
  readonly charactersPerLine: number;
  readonly linesPerFile: { readonly p25: number; readonly p50: number; readonly p75: number; readonly p95: number };
  readonly shareOfBlankLines: number;
  readonly shareOfCommentLines: number;
  readonly shareOfLinesInTextBlocks: number;
  readonly functionsPer1000Lines: number;
  readonly classesPer1000Lines: number;
  readonly importsPerFile: number;
  readonly shareOfFilesWithoutFunctions: number;
  readonly shareOfTestFileLines: number;
  readonly shareOfAsyncFunctions: number;
  readonly shareOfAnnotatedFunctions: number;
  readonly decoratorsPerFunction: number;
  readonly linesPerFunction: number;
  readonly callsPerFunction: number;
  readonly methodCallsPerCall: number;
  readonly awaitsPerAsyncFunction: number;
  readonly branchesPerFunction: number;
  readonly withsPerFunction: number;
  readonly triesPerFunction: number;
  readonly comprehensionsPerFunction: number;
  readonly assignmentsPerFunction: number;
  /** Files in which nothing stands that a rule could have to do with: no coroutine, request, session, connection, client or wait. */
  readonly shareOfIrrelevantFiles: number;
}

const RELEVANT =
  /\basync def\b|\bawait\b|\brequests?\b|\bhttpx\b|\bsession\b|\bconnect(?:ion)?\b|\bcursor\b|\bsleep\b|\burlopen\b|\bsubprocess\b|\bopen\(|\.objects\b|\bredis\b|\bengine\b/i;

/** `files` are paths and texts. */
export function compositionOf(files: readonly (readonly [path: string, text: string])[]): Composition {
  const lengths = files.map(([, text]) => linesOf(text).length).sort((a, b) => a - b);
  const at = (q: number): number => lengths[Math.min(lengths.length - 1, Math.floor(q * lengths.length))] ?? 0;
  const characters = files.reduce((sum, [, text]) => sum + text.length, 0);
  const lines = lengths.reduce((sum, length) => sum + length, 0);
  const blocks = files.map(([, text]) => withoutTextBlocks(text));
  const code = blocks.map((block) => block.code);
  const count = (pattern: RegExp): number => code.reduce((sum, text) => sum + (text.match(pattern)?.length ?? 0), 0);
  const functions = count(/^\s*(?:async )?def /gm);
  const coroutines = count(/^\s*async def /gm);
  const calls = count(/[\w)\]](?=\()/g) - functions - count(/^\s*class \w+\(/gm);
  const tests = files.filter(([path]) => /(^|\/)(tests?|conftest)(\/|\.py|_)|_test\.py$/.test(path));
  return {
    files: files.length,
    lines,
    charactersPerLine: characters / lines,
    linesPerFile: { p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) },
    shareOfBlankLines: count(/^[ \t]*$/gm) / lines,
    shareOfCommentLines: count(/^[ \t]*#/gm) / lines,
    shareOfLinesInTextBlocks: blocks.reduce((sum, block) => sum + block.lines, 0) / lines,
    functionsPer1000Lines: (1000 * functions) / lines,
    classesPer1000Lines: (1000 * count(/^\s*class \w/gm)) / lines,
    importsPerFile: count(/^\s*(?:from [\w.]+ import|import )/gm) / files.length,
    shareOfFilesWithoutFunctions: code.filter((text) => !/^\s*(?:async )?def /m.test(text)).length / files.length,
    shareOfTestFileLines: tests.reduce((sum, [, text]) => sum + linesOf(text).length, 0) / lines,
    shareOfAsyncFunctions: coroutines / functions,
    shareOfAnnotatedFunctions: count(/^[^\n#]*\) ->/gm) / functions,
    decoratorsPerFunction: count(/^\s*@\w/gm) / functions,
    linesPerFunction: lines / functions,
    callsPerFunction: calls / functions,
    methodCallsPerCall: count(/\.\w+(?=\()/g) / calls,
    awaitsPerAsyncFunction: count(/\bawait\b/g) / Math.max(1, coroutines),
    branchesPerFunction: count(/^\s*(?:if|elif|for|while|async for)\b/gm) / functions,
    withsPerFunction: count(/^\s*(?:async )?with\b/gm) / functions,
    triesPerFunction: count(/^\s*try:/gm) / functions,
    comprehensionsPerFunction: count(/[[({][^[\](){}\n]*\bfor \w[\w, ]* in\b/g) / functions,
    assignmentsPerFunction: count(/^\s*[\w.]+(?:: [^=\n]+)? = /gm) / functions,
    shareOfIrrelevantFiles: files.filter(([, text]) => !RELEVANT.test(text)).length / files.length,
  };
}

/** Compositions beside each other, a line per figure. */
export function compositionTable(all: Readonly<Record<string, Composition>>): string {
  const names = Object.keys(all);
  const flat = Object.values(all).map((composition) =>
    Object.entries(composition).flatMap(([key, value]): [string, number][] =>
      typeof value === "number" ? [[key, value]] : Object.entries(value as object).map(([q, v]) => [`${key}.${q}`, v]),
    ),
  );
  const rows = flat[0]!.map(([key], row) => [key, ...flat.map((figures) => figures[row]![1])]);
  const width = Math.max(...rows.map(([key]) => String(key).length));
  const cells = (values: readonly string[]): string => values.map((value) => value.padStart(12)).join("");
  return [
    `${"".padEnd(width)}${cells(names.map((name) => name.slice(0, 11)))}`,
    ...rows.map(([key, ...values]) => `${String(key).padEnd(width)}${cells((values as number[]).map(short))}`),
  ].join("\n");
}

function short(value: number): string {
  return value >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toFixed(value < 1 ? 3 : 1);
}

function linesOf(text: string): readonly string[] {
  const lines = text.split("\n");
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

/** The text with strings over several lines emptied, and how many lines these took. */
function withoutTextBlocks(text: string): { readonly code: string; readonly lines: number } {
  let lines = 0;
  const code = text.replace(/\n$/, "").replace(/("""|''')[\s\S]*?\1/g, (block) => {
    lines += block.split("\n").length;
    return "''";
  });
  return { code, lines };
}
