/**
 * A project in several threads.
 *
 * Each thread reads a part of the files and tells the others what they may depend on in it; then each checks a part, and reads of the other parts only what it
 * comes to need. What they give is taken like what an earlier run has left on disk. Where anything goes wrong in a thread there is no such thing, and
 * the check goes on without.
 */
import { fileURLToPath } from "node:url";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { type FileMemory, joinedMemories, type ProjectMemory } from "../analysis/index.ts";
import { sizesOf } from "../host/files.ts";
import type { StoredRun } from "../lint/stored.ts";
import { checkShard, type ShardRequest } from "./shard.ts";

type Message =
  | { readonly kind: "digests"; readonly digests: readonly FileMemory[] }
  | { readonly kind: "checked" }
  | { readonly kind: "done"; readonly run: StoredRun | null };

/** Whether this program can start itself in threads: only what was built is one file that knows how. */
export const canUseThreads = (process.env.HOLDFAST_BUILD ?? "") !== "";

/** Checks the paths of a request in `count` threads. Null where one of them failed. `onProgress`: how many files are checked. */
export async function checkInThreads(
  request: ShardRequest,
  count: number,
  onProgress: (done: number) => void,
): Promise<StoredRun | null> {
  const { root, paths } = request;
  const workers = divided(paths, sizesOf(root, paths), count).map((part) => {
    const shard: ShardRequest = { ...request, paths: part };
    return new Worker(fileURLToPath(import.meta.url), {
      workerData: { shard },
      // Most of what an analysis makes is thrown away at once: with room for it less is looked through.
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    });
  });
  try {
    let checked = 0;
    const runs = await talkTo(workers, () => onProgress(++checked));
    const whole = runs.filter((run) => run !== null);
    return whole.length === workers.length ? joined(whole) : null;
  } catch {
    return null;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function talkTo(workers: readonly Worker[], onChecked: () => void): Promise<readonly (StoredRun | null)[]> {
  const digests = new Map<Worker, readonly FileMemory[]>();
  return Promise.all(
    workers.map(
      (worker) =>
        new Promise<StoredRun | null>((resolve, reject) => {
          worker.on("error", reject);
          worker.on("exit", () => reject(new Error("a thread ended early")));
          worker.on("message", (message: Message) => {
            if (message.kind === "checked") onChecked();
            else if (message.kind === "done") resolve(message.run);
            else {
              digests.set(worker, message.digests);
              if (digests.size < workers.length) return;
              for (const each of workers)
                each.postMessage([...digests].flatMap(([from, read]) => (from === each ? [] : read)));
            }
          });
        }),
    ),
  );
}

/** The paths in `count` runs of about the same size. Neighbours stay together, because they use each other. */
function divided(paths: readonly string[], sizes: readonly number[], count: number): readonly (readonly string[])[] {
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  const parts: string[][] = Array.from({ length: count }, () => []);
  let before = 0;
  for (const [index, path] of paths.entries()) {
    parts[Math.min(count - 1, Math.floor((before * count) / Math.max(1, whole)))]!.push(path);
    before += sizes[index]!;
  }
  return parts;
}

function joined(runs: readonly StoredRun[]): StoredRun {
  const memories = runs.map(({ memory }) => memory) as [ProjectMemory, ...ProjectMemory[]];
  return { memory: joinedMemories(memories), results: Object.assign({}, ...runs.map(({ results }) => results)) };
}

/** What a thread of `checkInThreads` was started for; null in any other program. */
export function shardOfThisThread(): ShardRequest | null {
  const data = parentPort && (workerData as { shard?: ShardRequest } | null);
  return data?.shard ?? null;
}

/** Does what this thread was started for. */
export async function runShard(request: ShardRequest): Promise<void> {
  const port = parentPort!;
  const send = (message: Message): void => port.postMessage(message);
  const run = await checkShard(request, {
    exchange: (digests) =>
      new Promise((resolve) => {
        port.once("message", resolve);
        send({ kind: "digests", digests });
      }),
    checked: () => send({ kind: "checked" }),
  });
  send({ kind: "done", run });
}
