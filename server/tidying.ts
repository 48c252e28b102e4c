/** Gives back memory that reading a workspace has taken and nobody needs any longer; by itself Node would hold on to it for as long as the editor runs. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Collects garbage now, where this Node lets anybody ask for it. Takes a tenth of a second, so nobody should be waiting. */
export function collectGarbage(): void {
  try {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    collect();
  } catch {
    // It will do so in its own time.
  }
}
