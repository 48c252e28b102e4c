/**
 * The façade of the engine: the only entrance for everything outside `analysis/`.
 *
 * A `Project` is an immutable snapshot of all files with everything that was worked out about them; `update` gives the next one and
 * shares whatever an edit did not touch. Views are the cooked nouns rules read.
 */

export { lineStartsAfter } from "./base/difference.ts";
export { hashText } from "./base/hash.ts";
export type { Position, Range, Span } from "./base/span.ts";
export { lineStartsOf, positionAt, rangeOf } from "./base/span.ts";
export { type FileMemory, joinedMemories, type ProjectMemory } from "./dependencies.ts";
export {
  compileKnowledge,
  type KnowledgeBase,
  layered,
  loadKnowledge,
  readStubs,
  StubError,
  type StubFile,
  type StubProblem,
  WAITS,
} from "./knowledge/index.ts";
export { isTest } from "./names/modules.ts";
export type { Taught, UnknownName } from "./names/taught.ts";
export { type FileChange, Project, type ProjectOptions } from "./project.ts";
export { createNativeParser, createWasmParser, type Parser } from "./syntax/index.ts";
export type {
  AsyncForm,
  BlockingWork,
  CallView,
  ColumnView,
  FileView,
  FillingView,
  FunctionView,
  Hop,
  LoopStart,
  RebuiltView,
  RequestFormView,
  RequestShape,
  RequestValueView,
  ResourceView,
  ShapedKey,
  ShapedRead,
  SharedView,
  UnitView,
  ValueUse,
} from "./views.ts";
