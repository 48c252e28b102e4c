/** What this program is called, and where its pages are. */
import metadata from "../package.json" with { type: "json" };

export const NAME = "holdfast";
export const VERSION: string = metadata.version;

/** Address of the page about a rule; null as long as the project has no public home. */
export function docsPage(rule: string): string | null {
  const { homepage } = metadata as { readonly homepage?: string };
  if (homepage === undefined) return null;
  return new URL(`docs/rules/${rule}.md`, homepage.endsWith("/") ? homepage : `${homepage}/`).href;
}
