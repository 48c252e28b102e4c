/**
 * Measures the built language server on one folder, in a conversation over a pipe as an editor holds it: from a keystroke to the diagnostics of the state after it.
 * Run by `main.ts`; prints one line of JSON.
 *
 * A line is typed in the middle of a file, letter by letter, each letter after the answer to the one before. Nothing is written to disk.
 */
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { findPythonFiles } from "../host/files.ts";
import { excludesOf, loadSettings } from "../host/settings.ts";
import { rules } from "../rules/index.ts";
import { Editor, EVERYTHING } from "../tests/harness-lsp.ts";
import { start, type Time } from "./clock.ts";
import { headerIn } from "./edits.ts";

export interface ServerFigures {
  /** From the start of the process until every file is known. `cpu` is that of the server. */
  readonly ready: Time;
  /** Milliseconds from keystroke to diagnostics. */
  readonly typing: Readonly<Record<string, { readonly lines: number; readonly p50: number; readonly p95: number }>>;
  /** Bytes the server occupies at the end and at most; null where the system does not tell. */
  readonly rss: number | null;
  readonly peak: number | null;
}

const TYPED = 'bench_value = len("typed while you wait")';
const MIDDLE_LINES = 300;
const LARGE_LINES = 5000;

async function measure(root: string): Promise<ServerFigures> {
  const { files } = findPythonFiles(root, {
    exclude: excludesOf(loadSettings({ rules, root, file: null, overrides: {} })),
  });
  const middle = middleFile(files);
  const began = start();
  const editor = new Editor(root, { capabilities: EVERYTHING });
  try {
    await editor.greet();
    await editor.ready();
    const ready: Time = { wall: began().wall, cpu: cpuOf(editor.process.pid!) };
    const copies = Math.ceil(LARGE_LINES / middle.text.split("\n").length);
    const typing = {
      "middle-sized file": await type(editor, relative(root, middle.path), middle.text),
      "file of 5,000 lines": await type(editor, "bench_large.py", middle.text.repeat(copies)),
    };
    const [rss, peak] = memoryOf(editor.process.pid!);
    await editor.end();
    return { ready, typing, rss, peak };
  } finally {
    editor.kill();
  }
}

/** Types a line at the start of a function in the middle of `text`, and waits for the diagnostics after each letter. */
async function type(editor: Editor, path: string, text: string): Promise<ServerFigures["typing"][string]> {
  const file = path.split("\\").join("/");
  const header = headerIn(text)!;
  let typed = `${header.indent}b`;
  const before = text.slice(0, header.end);
  await editor.open(file, `${before}${typed}\n${text.slice(header.end)}`);
  await editor.pull(file);
  const times: number[] = [];
  for (const letter of TYPED.slice(1)) {
    // What stands before makes the place the only one of its kind.
    const line = before.slice(before.lastIndexOf("\n", before.length - 2) + 1);
    const began = start();
    await editor.replace(file, `${line}${typed}\n`, `${line}${typed}${letter}\n`);
    await editor.pull(file);
    times.push(began().wall);
    typed += letter;
  }
  await editor.close(file);
  times.sort((a, b) => a - b);
  const at = (q: number): number => times[Math.floor(q * times.length)]!;
  return { lines: text.split("\n").length, p50: at(0.5), p95: at(0.95) };
}

/** The file whose length is nearest to that of an ordinary module, among those in which a line can be typed. */
function middleFile(files: readonly string[]): { readonly path: string; readonly text: string } {
  const candidates = files
    .map((path) => ({ path, text: readFileSync(path, "utf8") }))
    .filter(({ text }) => headerIn(text));
  const distance = ({ text }: { readonly text: string }): number => Math.abs(text.split("\n").length - MIDDLE_LINES);
  const [first] = candidates.sort((a, b) => distance(a) - distance(b));
  if (!first) throw new Error("no file of the project has a function to type in");
  return first;
}

/** Milliseconds of CPU a process has used; zero where the system does not tell. */
function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(join("/proc", String(pid), "stat"), "utf8")
      .split(") ")[1]!
      .split(" ");
    // User and system time, in hundredths of a second on every Linux that Node runs on.
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}

function memoryOf(pid: number): readonly [rss: number | null, peak: number | null] {
  try {
    const status = readFileSync(join("/proc", String(pid), "status"), "utf8");
    const bytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)![1]) * 1024;
    return [bytes("VmRSS"), bytes("VmHWM")];
  } catch {
    return [null, null];
  }
}

measure(process.argv[2]!).then((figures) => console.log(JSON.stringify(figures)));
