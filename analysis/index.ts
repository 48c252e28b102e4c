/**
 * The façade of the engine: the only entrance for everything outside `analysis/`.
 *
 * A `Project` is an immutable snapshot of all files with everything that was worked out about them; `update` gives the next one and
 * shares whatever an edit did not touch. Views are the cooked nouns rules read.
 */
export { Project, type FileChange, type ProjectOptions } from "./project.ts";
export type {
  CallView,
  FileView,
  FunctionView,
  Hop,
  RequestValueView,
  ResourceView,
  BlockingWork,
} from "./views.ts";
export type { Range, Position, Span } from "./base/span.ts";
export { lineStartsOf, positionAt, rangeOf } from "./base/span.ts";
export { hashText } from "./base/hash.ts";
export { createNativeParser, createWasmParser, type Parser } from "./syntax/index.ts";
export { compileKnowledge, loadKnowledge, type KnowledgeBase, type StubFile, StubError } from "./knowledge/index.ts";
