/**
 * Gives back memory that reading a workspace and typing have taken and nobody needs any longer; by itself Node would hold on to it for as long as the editor runs.
 */
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Tidying } from "./session.ts";

/** After so much time without a change somebody has paused: what is done now is in nobody's way. */
const PAUSE_MS = 3_000;
/** Bytes that the heap has to have grown by since it was last tidied. */
const WORTH = 16 * 2 ** 20;

export class HeapTidying implements Tidying {
  private readonly timer: NodeJS.Timeout;
  /** Bytes of the heap after it was last tidied. */
  private left = 0;

  constructor() {
    this.timer = setTimeout(() => {
      if (getHeapStatistics().total_heap_size > this.left + WORTH) this.now();
    }, PAUSE_MS);
    this.timer.unref();
  }

  now(): void {
    collectGarbage();
    this.left = getHeapStatistics().total_heap_size;
  }

  inPause(): void {
    this.timer.refresh();
  }
}

/** Collects all garbage there is, where this Node lets anybody ask for it. Takes a tenth of a second. */
function collectGarbage(): void {
  try {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as (options?: object) => void;
    // The code that is kept between starts is right only under the flags it was compiled with.
    setFlagsFromString("--no-expose-gc");
    // The last resort has the young generation shrink, too. To the V8 of Node 20 any argument means that it alone is to be collected.
    if (Number.parseInt(process.versions.v8, 10) < 12) collect();
    else collect({ type: "major", execution: "sync", flavor: "last-resort" });
  } catch {
    // It will do so in its own time.
  }
}
