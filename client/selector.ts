/** Which documents are checked: Python in files and in windows not yet saved. */
import type { DocumentFilter } from "vscode";

/** Those that are checked. `schemes`: of the addresses of files. */
export function checkedDocuments(schemes: readonly string[]): DocumentFilter[] {
  return [...schemes, "untitled"].map((scheme) => ({ language: "python", scheme }));
}

/** Documents the server is told of: those that are checked, and the settings, whatever language the editor takes them for. */
export function servedDocuments(schemes: readonly string[]): { language?: string; scheme: string; pattern?: string }[] {
  const settings = ["**/pyproject.toml", "**/holdfast.toml"];
  return [
    ...[...schemes, "untitled"].map((scheme) => ({ language: "python", scheme })),
    ...schemes.flatMap((scheme) => settings.map((pattern) => ({ scheme, pattern }))),
  ];
}
