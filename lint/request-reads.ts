/** Reads of request data, put together as people see them. */
import type { RequestValueView } from "../analysis/index.ts";

/** The values that are used unchecked, those read in the same words together: `request.form["a"]` and `request.form["b"]` are one mistake. */
export function readsBySource(
  values: readonly RequestValueView[],
): Iterable<readonly [RequestValueView, ...RequestValueView[]]> {
  const found = new Map<string, [RequestValueView, ...RequestValueView[]]>();
  for (const value of values) {
    if (value.checked || value.uses.length === 0) continue;
    const others = found.get(value.text);
    if (others) others.push(value);
    else found.set(value.text, [value]);
  }
  return found.values();
}
