/** Which documents are checked: Python in files and in windows not yet saved. Notebook cells are not: a cell alone is no program. */
export const SELECTOR = [
  { language: "python", scheme: "file" },
  { language: "python", scheme: "untitled" },
] as const;

/** Documents the server is told of: those that are checked, and the settings, whatever language the editor takes them for. */
export const SERVED = [
  ...SELECTOR,
  { scheme: "file", pattern: "**/pyproject.toml" },
  { scheme: "file", pattern: "**/holdfast.toml" },
] as const;
