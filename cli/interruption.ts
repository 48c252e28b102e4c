/** What becomes of Ctrl-C, a closed terminal and a friendly `kill` while files are written. */
import { constants } from "node:os";

const SIGNALS: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * From now on, an interruption ends the process only when it comes to a pause, with the exit code shells expect (128 and the number of the signal). So work that is done in
 * one go is done wholly or not at all. Whoever listens already, as `--watch` does, goes on deciding.
 */
export function finishBeforeInterruption(): void {
  for (const signal of SIGNALS) {
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}
