/**
 * Measures the engine on one folder, in a process of its own: what each phase of a first check costs, what a check after an edit costs, what stays in memory.
 * Run by `main.ts`; prints one line of JSON.
 *
 * The phases are the product's own functions called layer by layer, each for all files before the next. The product goes file by file instead, but
 * computes the same. The bare parse that everything is compared with comes last, when the parser is warm: it is the hardest measure.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { resourcesOf } from "../analysis/facts/resources.ts";
import { FileState } from "../analysis/file-state.ts";
import { createFileView } from "../analysis/file-view.ts";
import { type FileView, loadKnowledge, Project } from "../analysis/index.ts";
import { Linker, unitsOf } from "../analysis/linker.ts";
import { dottedName, parentOf, rootOf } from "../analysis/names/modules.ts";
import { moduleFunctionId } from "../analysis/names/outline.ts";
import { unitInfo } from "../analysis/types/inference/index.ts";
import { formatJson } from "../cli/formats/json.ts";
import type { Reported } from "../cli/report.ts";
import { findPythonFiles } from "../host/files.ts";
import { loadParser } from "../host/parser.ts";
import { projectPath, readSource } from "../host/project.ts";
import { sourceRootsOf } from "../host/roots.ts";
import { excludesOf, loadSettings } from "../host/settings.ts";
import { checkFile, checkProject } from "../lint/run.ts";
import { rules } from "../rules/index.ts";
import { median, quantile, start, type Time, timed } from "./clock.ts";
import { editBody, editSignature } from "./edits.ts";

export interface EngineFigures {
  readonly files: number;
  readonly lines: number;
  readonly characters: number;
  readonly findings: number;
  /** A bare tree-sitter parse of all files. */
  readonly parse: Time;
  readonly phases: Readonly<Record<string, Time>>;
  /** Median and 95th percentile over several files, after an edit of the kind named. */
  readonly edits: Readonly<Record<string, { readonly p50: Time; readonly p95: Time; readonly computed: number }>>;
  /** Bytes that stay after a collection: before any file, with all files checked. */
  readonly memory: { readonly before: number; readonly after: number; readonly rss: number };
}

/** Files that are edited, spread evenly over those long enough to be somebody's daily work. */
const EDITED = 9;
const DAILY_LINES = 150;

async function measure(root: string): Promise<EngineFigures> {
  const phases: Record<string, Time> = {};
  const phase = <T>(name: string, work: () => T): T => {
    const [result, time] = timed(work);
    phases[name] = time;
    return result;
  };
  const stop = start();
  const parser = await loadParser();
  phases["load parser"] = stop();
  const knowledge = phase("load knowledge", () =>
    loadKnowledge(readFileSync(join(__dirname, "..", "dist", "knowledge.json"), "utf8")),
  );
  const before = heap();
  const settings = loadSettings({ rules, root, file: null, overrides: {} });
  const [found, roots] = phase("find files", () => {
    const { files } = findPythonFiles(root, { exclude: excludesOf(settings) });
    return [files, sourceRootsOf(root, files, [])] as const;
  });
  const texts = phase("read files", () =>
    found.flatMap((file): [string, string][] => {
      const read = readSource(file);
      return "refused" in read ? [] : [[projectPath(root, file), read.text]];
    }),
  );
  const layered = layers();
  const edits: Record<string, EngineFigures["edits"][string]> = {};
  let project = Project.create({ parser, knowledge, roots }).update(texts.map(([path, text]) => ({ path, text })));
  const findings = [...checkProject(project, settings)].reduce((sum, each) => sum + each.findings.length, 0);
  if (findings !== layered) throw new Error(`${layered} findings layer by layer, ${findings} file by file`);
  const after = heap();
  const { rss } = process.memoryUsage();
  measureEdits();
  const [, parse] = timed(() => {
    for (const [, text] of texts) parser.parse(text).close();
  });
  return {
    files: texts.length,
    lines: texts.reduce((sum, [, text]) => sum + text.split("\n").length, 0),
    characters: texts.reduce((sum, [, text]) => sum + text.length, 0),
    findings,
    parse,
    phases,
    edits,
    memory: { before, after, rss },
  };

  /** A first check, layer by layer. Gives the number of findings. */
  function layers(): number {
    const paths = new Set(texts.map(([path]) => path));
    const files = new Map(
      texts.map(([path, text]): [string, FileState] => {
        const top = rootOf(path, roots, (folder) => paths.has(`${folder}/__init__.py`));
        const module = dottedName(path, top);
        const isPackage = /(^|\/)__init__\.py$/.test(path);
        const origin = {
          key: path,
          module,
          package: isPackage ? module : dottedName(parentOf(path), top),
          isStub: false,
        };
        return [path, new FileState(parser, origin, text, null)];
      }),
    );
    phase("parse and read", () => {
      for (const state of files.values()) void state.tree;
    });
    phase("outlines", () => {
      for (const state of files.values()) void state.outline;
    });
    const linker = new Linker(knowledge, roots, null);
    phase("link", () => linker.activate(files));
    phase("inference", () => {
      for (const { path, outline } of files.values()) {
        for (const unit of unitsOf(outline)) unitInfo(linker.program, unit);
        unitInfo(linker.program, moduleFunctionId(path));
      }
    });
    phase("facts", () => {
      for (const { outline } of files.values())
        for (const id of outline.functions.keys()) {
          linker.blocking.workOf(id);
          resourcesOf(linker.program, id);
        }
    });
    const views = new Map<string, FileView>();
    const viewOf = (path: string): FileView | undefined => views.get(path);
    for (const state of files.values())
      views.set(
        state.path,
        createFileView(state, linker, () => {}, viewOf),
      );
    const results = phase("rules", () => [...views.values()].map((view) => checkFile(view, settings)));
    phase("output", () => {
      const origin = { show: (path: string) => path, source: (path: string) => views.get(path) };
      const reported = results.flatMap(({ findings }) =>
        findings.map((finding): Reported => ({ finding, origin, gates: false })),
      );
      const report = {
        reported,
        files: files.size,
        suppressed: 0,
        known: 0,
        existing: 0,
        notices: [],
        failures: [],
        fixed: 0,
      };
      formatJson(report);
    });
    return results.reduce((sum, { findings }) => sum + findings.length, 0);
  }

  function measureEdits(): void {
    const daily = texts.filter(([, text]) => text.split("\n").length >= DAILY_LINES && editBody(text) !== null);
    const candidates = daily.length > 0 ? daily : texts.filter(([, text]) => editBody(text) !== null);
    const step = Math.max(1, Math.floor(candidates.length / EDITED));
    const chosen = candidates.filter((_, i) => i % step === 0).slice(0, EDITED);
    for (const [what, edit] of [
      ["body", editBody],
      ["signature", editSignature],
    ] as const)
      for (const asked of ["file", "project"] as const) {
        const times: Time[] = [];
        const { computed } = project;
        for (const [path, text] of chosen) {
          const edited = edit(text)!;
          const [next, time] = timed(() => {
            const updated = project.update([{ path, text: edited }]);
            for (const _ of checkProject(updated, settings, asked === "file" ? [path] : undefined));
            return updated;
          });
          times.push(time);
          project = next;
        }
        const each = Math.round((project.computed - computed) / Math.max(1, chosen.length));
        edits[`${what}, ${asked} checked`] = { p50: median(times), p95: quantile(times, 0.95), computed: each };
        project = project.update(chosen.map(([path, text]) => ({ path, text })));
        for (const _ of checkProject(project, settings));
      }
  }
}

/** Bytes in use after a collection. */
function heap(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
}

measure(process.argv[2]!).then((figures) => console.log(JSON.stringify(figures)));
