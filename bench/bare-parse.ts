/** How long tree-sitter alone takes for all files: one parser, and two at the same time. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Time } from "./clock.ts";

export interface Parsed {
  /** Each round: of several parsers, wall time of the slowest and CPU time of all. */
  readonly times: readonly Time[];
  readonly peak: number;
}

/** Null where there is no such parser. */
export async function bareParse(
  folder: string,
  kind: "native" | "wasm",
  parsers: number,
  rounds: number,
): Promise<Parsed | null> {
  const children = Array.from({ length: parsers }, (_, part) =>
    spawn(
      process.execPath,
      ["--import", "tsx", join(__dirname, "parse.ts"), folder, kind, String(part), String(parsers)],
      {
        stdio: ["ignore", "ignore", "ignore", "ipc"],
      },
    ),
  );
  try {
    await Promise.all(children.map(answer));
    const times: Time[] = [];
    let peak = 0;
    // The first round warms up.
    for (let round = 0; round <= rounds; round++) {
      const answers = children.map(answer);
      for (const child of children) child.send("go");
      const told = (await Promise.all(answers)) as { time: Time; peak: number }[];
      peak = told.reduce((sum, each) => sum + each.peak, 0);
      if (round === 0) continue;
      times.push({
        wall: Math.max(...told.map(({ time }) => time.wall)),
        cpu: told.reduce((sum, { time }) => sum + time.cpu, 0),
      });
    }
    return { times, peak };
  } catch {
    return null;
  } finally {
    for (const child of children) child.kill();
  }
}

/** The next message; rejects where the process ends without one. */
async function answer(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const exit = once(child, "exit", { signal: ended.signal }).then(() => {
    throw new Error("the parser does not run here");
  });
  exit.catch(() => {});
  try {
    const [message] = (await Promise.race([once(child, "message"), exit])) as [unknown];
    return message;
  } finally {
    ended.abort();
  }
}
