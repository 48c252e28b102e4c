/** Which documents are checked: Python in files, in windows not yet saved, and in cells of notebooks. */
import type { DocumentFilter } from "vscode";

/** Those that are checked. `schemes`: of the addresses of files. */
export function checkedDocuments(schemes: readonly string[]): DocumentFilter[] {
  return [
    ...[...schemes, "untitled"].map((scheme) => ({ language: "python", scheme })),
    { language: "python", notebookType: NOTEBOOK },
  ];
}

const NOTEBOOK = "jupyter-notebook";

/** As the language client has it. */
type ServedFilter =
  | { readonly language?: string; readonly scheme: string; readonly pattern?: string }
  | { readonly language: string; readonly notebook: string };

/** Documents the server is told of: those that are checked, and the settings, whatever language the editor takes them for. */
export function servedDocuments(schemes: readonly string[]): ServedFilter[] {
  const settings = ["**/pyproject.toml", "**/holdfast.toml"];
  return [
    ...[...schemes, "untitled"].map((scheme) => ({ language: "python", scheme })),
    { language: "python", notebook: NOTEBOOK },
    ...schemes.flatMap((scheme) => settings.map((pattern) => ({ scheme, pattern }))),
  ];
}
