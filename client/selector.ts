/** Which documents are ours: Python in files and in windows not yet saved. Notebook cells are not: a cell alone is no program. */
export const SELECTOR = [
  { language: "python", scheme: "file" },
  { language: "python", scheme: "untitled" },
] as const;
