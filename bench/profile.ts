/** Where a cold check spends its time: self time of each function, grouped by the part of the house its source stands in. */
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { SourceMap } from "node:module";
import { basename, dirname, join } from "node:path";
import { COMMAND_LINE } from "../tests/harness-lsp.ts";
import { runNode, SCRATCH } from "./processes.ts";

export interface Cost {
  readonly area: string;
  /** Of the whole run, 0 to 1. */
  readonly share: number;
  readonly ms: number;
  /** The functions that cost most, with milliseconds. */
  readonly functions: readonly (readonly [name: string, ms: number])[];
}

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
      readonly columnNumber: number;
    };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** What `COMMAND_LINE` starts. */
const PROGRAM = join(dirname(COMMAND_LINE), "cli.program.js");

const TOLD_FUNCTIONS = 5;

/** The areas of a first check of `root` in one thread, dearest first. */
export function profileOf(root: string, options: readonly string[]): readonly Cost[] {
  const folder = join(SCRATCH, "profile");
  rmSync(folder, { recursive: true, force: true });
  runNode([
    "--cpu-prof",
    "--cpu-prof-dir",
    folder,
    COMMAND_LINE,
    "check",
    "--no-cache",
    "--output-format",
    "json",
    ...options,
    root,
  ]);
  const [file] = readdirSync(folder);
  const profile = JSON.parse(readFileSync(join(folder, file!), "utf8")) as Profile;
  // Node's types know `payload` as an interface of all optional parts.
  const map = `${PROGRAM}.map`;
  if (!existsSync(map)) return [];
  const sources = new SourceMap(JSON.parse(readFileSync(map, "utf8")));
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const placeOf = (id: number): readonly [area: string, name: string] => {
    const { callFrame } = nodes.get(id)!;
    const { functionName: name, url, lineNumber, columnNumber } = callFrame;
    if (name === "(garbage collector)") return ["garbage collection", name];
    if (name === "(idle)") return ["waiting", name];
    if (url.startsWith("wasm:") || /\/(?:web-)?tree-sitter\//.test(url)) return ["tree-sitter", name];
    if (url.startsWith("node:")) return ["Node", `${url} ${name}`];
    if (url.endsWith(basename(PROGRAM))) {
      const entry = sources.findEntry(lineNumber, columnNumber) as { originalSource?: string };
      const source = (entry.originalSource ?? "").replace(/^(\.\.\/)+/, "");
      return [areaOf(source), `${source.replace(/^analysis\//, "")} ${name || "(anonymous)"}`];
    }
    const parent = parents.get(id);
    if (url !== "") return ["libraries", name];
    if (name === "(program)" || parent === undefined) return ["Node", name];
    // Compiled code has no place: it belongs to whoever calls it, and the parser's to the parser.
    const [area] = placeOf(parent);
    return [area === "reading" && /native\.ts/.test(placeOf(parent)[1]) ? "tree-sitter" : area, name];
  };
  const places = new Map(profile.nodes.map(({ id }) => [id, placeOf(id)]));
  const areas = new Map<string, Map<string, number>>();
  let total = 0;
  for (const [i, id] of profile.samples.entries()) {
    const ms = (profile.timeDeltas[i] ?? 0) / 1000;
    const [area, name] = places.get(id)!;
    if (area === "waiting") continue;
    total += ms;
    const functions = areas.get(area) ?? new Map<string, number>();
    areas.set(area, functions.set(name, (functions.get(name) ?? 0) + ms));
  }
  const costs = [...areas].map(([area, functions]): Cost => {
    const ms = [...functions.values()].reduce((sum, each) => sum + each, 0);
    const dearest = [...functions].sort(([, a], [, b]) => b - a).slice(0, TOLD_FUNCTIONS);
    return { area, ms, share: ms / total, functions: dearest };
  });
  return costs.sort((a, b) => b.ms - a.ms);
}

/** By the beginning of a source's path, the first that fits. */
const AREAS: readonly (readonly [RegExp, string])[] = [
  [/^analysis\/syntax\//, "reading"],
  [/^analysis\/names\/digest|^analysis\/dependencies|^lint\/stored|^host\/cache/, "cache"],
  [/^analysis\/names\/|^analysis\/file-state/, "outlines"],
  [/^analysis\/types\/inference\//, "inference"],
  [/^analysis\/(?:types|calls|linker|base\/memo)/, "linking"],
  [/^analysis\/facts\//, "facts"],
  [/^analysis\/flow\//, "flow"],
  [/^analysis\/knowledge\//, "knowledge"],
  [/^analysis\//, "views"],
  [/^(?:rules|lint)\//, "rules"],
  [/^host\//, "disk and settings"],
  [/^cli\//, "command line"],
];

function areaOf(source: string): string {
  return AREAS.find(([pattern]) => pattern.test(source))?.[1] ?? "libraries";
}
