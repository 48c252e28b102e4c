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
  if (e.kind === "name" || e.kind === "literal" || e.kind === "string") return;
  if (e.kind === "lambda" || e.kind === "call") contents.push(e);
  if (e.kind === "lambda") return;
  for (const child of childExpressions(e)) collectIn(child, contents);
}
