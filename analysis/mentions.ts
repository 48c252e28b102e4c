/**
 * Where a file writes a name: as what is called, as a value, in an import, as text.
 *
 * It reads one tree and resolves nothing: that two mentions mean the same is for whoever asks to find out. Parameters, keywords and patterns only bind
 * names and are left out; comments and strings that stand alone are no program.
 */
import type { FileState } from "./file-state.ts";
import { type FunctionId, moduleFunctionId } from "./names/outline.ts";
import type { Attribute, Call, ClassDef, Expression, FunctionDef, ImportFrom, Name, Statement } from "./syntax/tree.ts";
import { blocksOf, expressionsOf, walkExpressions } from "./syntax/walk.ts";

export type Mention =
  /** `name` or `x.name`. `call` is the call made of it, in the body of the function `fn`. */
  | {
      readonly kind: "reference";
      readonly node: Name | Attribute;
      readonly call: Call | null;
      readonly fn: FunctionId;
      /** It stands where no `await` may: in a decorator, a default, an annotation, the body of a class. */
      readonly outside: boolean;
    }
  /** `from … import name`, or something imported by that name. */
  | { readonly kind: "import"; readonly node: ImportFrom; readonly member: string; readonly alias: string | null }
  /** A string that is the name, or a path that ends in it: what `getattr`, `__all__` and replacing for tests take. */
  | { readonly kind: "text" }
  /** `global name`. */
  | { readonly kind: "scope" };

/** Every mention of `name` in a file, declarations left out. */
export function mentionsOf(state: FileState, name: string): readonly Mention[] {
  const found: Mention[] = [];
  const read = (e: Expression, fn: FunctionId, outside: boolean): void => {
    const calls = new Map<Expression, Call>();
    walkExpressions(e, (inner) => {
      if (inner.kind === "call") calls.set(inner.callee, inner);
      if ((inner.kind === "name" && inner.id === name) || (inner.kind === "attribute" && inner.name === name))
        found.push({ kind: "reference", node: inner, call: calls.get(inner) ?? null, fn, outside });
      if (inner.kind === "string" && namesIt(inner.value, name)) found.push({ kind: "text" });
    });
  };
  const header = (def: FunctionDef | ClassDef, fn: FunctionId): void => {
    const parts =
      def.kind === "class"
        ? [...def.bases, ...def.keywords.map((keyword) => keyword.value)]
        : [def.returns, ...def.parameters.flatMap((p) => [p.annotation, p.default])];
    for (const e of [...def.decorators, ...parts]) if (e) read(e, fn, true);
  };
  const block = (body: readonly Statement[], fn: FunctionId, outside: boolean): void => {
    for (const s of body) {
      if (s.kind === "import-from") {
        for (const { name: member, alias } of s.names)
          if (member === name || alias === name) found.push({ kind: "import", node: s, member, alias });
      } else if (s.kind === "global" || s.kind === "nonlocal") {
        if (s.names.includes(name)) found.push({ kind: "scope" });
      } else if (s.kind === "class") {
        header(s, fn);
        block(s.body, fn, true);
      } else if (s.kind === "annotated-assign") read(s.annotation, fn, true);
      if (s.kind === "expression" && s.value.kind === "string") continue;
      for (const e of expressionsOf(s)) read(e, fn, outside);
      if (s.kind === "match") for (const c of s.cases) for (const e of c.classes) read(e, fn, true);
      for (const inner of blocksOf(s)) block(inner, fn, outside);
    }
  };
  block(state.tree.body, moduleFunctionId(state.path), false);
  for (const { id, def } of state.outline.functions.values()) {
    header(def, id);
    block(def.body, id, false);
  }
  return found;
}

function namesIt(text: string, name: string): boolean {
  return text.endsWith(name) && (text.length === name.length || /[.:]/.test(text[text.length - name.length - 1]!));
}

/** The import statements of a file wherever they stand. */
export function importsOf(state: FileState): readonly Extract<Statement, { kind: "import" | "import-from" }>[] {
  const known = imports.get(state);
  if (known) return known;
  const found: Extract<Statement, { kind: "import" | "import-from" }>[] = [];
  const block = (body: readonly Statement[]): void => {
    for (const s of body) {
      if (s.kind === "import" || s.kind === "import-from") found.push(s);
      if (s.kind === "class") block(s.body);
      for (const inner of blocksOf(s)) block(inner);
    }
  };
  block(state.tree.body);
  for (const { def } of state.outline.functions.values()) block(def.body);
  imports.set(state, found);
  return found;
}

const imports = new WeakMap<FileState, readonly Extract<Statement, { kind: "import" | "import-from" }>[]>();
