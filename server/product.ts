/** What this program is called, and where its pages are. */
import { fileURLToPath } from "node:url";
import { isThere } from "../host/assets.ts";
import metadata from "../package.json" with { type: "json" };
import type { ClientAbilities } from "./capabilities.ts";

export const NAME = "holdfast";
export const VERSION: string = metadata.version;

/**
 * Address of the page about a rule: inside the editor where that can show it, else in the project's public home, else on this disk where the pages came with
 * the program; null where there is none of these.
 */
export function rulePage(rule: string, { commands }: Pick<ClientAbilities, "commands">): string | null {
  if (commands.has("holdfast.explainRule"))
    return `command:holdfast.explainRule?${encodeURIComponent(JSON.stringify([rule]))}`;
  const { homepage } = metadata as { readonly homepage?: string };
  if (homepage !== undefined)
    return new URL(`docs/rules/${rule}.md`, homepage.endsWith("/") ? homepage : `${homepage}/`).href;
  const shipped = new URL(`../docs/rules/${rule}.md`, import.meta.url);
  return isThere(fileURLToPath(shipped)) ? shipped.href : null;
}
