/**
 * What of a function's body an outline is made of: the functions and classes in it, calls, and names it writes to elsewhere. Looked for once in each body, so
 * that after an edit only the body that was edited is walked.
 */
import type {
  Call,
  ClassDef,
  Expression,
  FunctionDef,
  ImportFrom,
  Lambda,
  Name,
  ScopeDeclaration,
  Statement,
} from "../syntax/tree.ts";
import { blocksOf, childExpressions, expressionsOf } from "../syntax/walk.ts";
import { filledBy } from "./filled.ts";

/** In source order. A name stands for a container of that name which something is put into. */
export type Content = FunctionDef | ClassDef | Lambda | Call | ScopeDeclaration | ImportFrom | Name;

const known = new WeakMap<readonly Statement[], readonly Content[]>();

/** What stands in a body; what stands in the functions and classes of it is left to them. */
export function contentsOf(body: readonly Statement[]): readonly Content[] {
  let found = known.get(body);
  if (!found) {
    const contents: Content[] = [];
    for (const s of body) collect(s, contents);
    found = contents;
    known.set(body, found);
  }
  return found;
}

function collect(s: Statement, contents: Content[]): void {
  switch (s.kind) {
    case "function":
    case "class":
    case "global":
    case "import-from":
      contents.push(s);
      return;
    case "import":
    case "nonlocal":
    case "pass":
    case "break":
    case "continue":
      return;
    default:
      break;
  }
  const container = filledBy(s);
  if (container?.kind === "name") contents.push(container);
  for (const e of expressionsOf(s)) collectIn(e, contents);
  for (const block of blocksOf(s)) for (const inner of block) collect(inner, contents);
}

function collectIn(e: Expression, contents: Content[]): void {
  switch (e.kind) {
    case "name":
    case "literal":
    case "string":
      return;
    case "lambda":
      contents.push(e);
      return;
    // Most of what there is needs no list of its parts.
    case "attribute":
    case "await":
      collectIn(e.value, contents);
      return;
    case "call":
      contents.push(e);
      collectIn(e.callee, contents);
      for (const arg of e.args) collectIn(arg, contents);
      for (const { value } of e.keywords) collectIn(value, contents);
      return;
    default:
      for (const child of childExpressions(e)) collectIn(child, contents);
  }
}
