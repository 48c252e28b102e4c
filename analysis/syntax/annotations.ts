/**
 * Annotations: types written as expressions, some of them in quotes.
 *
 * What stands in quotes is read here by hand, because it is a handful of constructs and the parser is busy with the file.
 * Every node inside gets the span of the whole string. Quotes around anything that is not a type stay a string, and so do
 * the values of `Literal["a"]` and everything in `Annotated[T, …]` behind the type.
 */
import type { Span } from "../base/span.ts";
import type { Reader } from "./reader.ts";
import type { Expression } from "./tree.ts";

/** Reads the type under the cursor. */
export function readAnnotation(reader: Reader): Expression {
  const sawString = reader.sawString;
  reader.sawString = false;
  const annotation = reader.expression();
  const quoted = reader.sawString;
  reader.sawString = sawString;
  return quoted ? unquoted(annotation) : annotation;
}

/** The annotation with what stands in quotes replaced by what it says. */
function unquoted(e: Expression): Expression {
  switch (e.kind) {
    case "string":
      return e.bytes ? e : (typeInText(e.value, e) ?? e);
    case "binary":
      return { ...e, left: unquoted(e.left), right: unquoted(e.right) };
    case "collection":
      return { ...e, items: e.items.map(unquoted) };
    case "starred":
      return { ...e, value: unquoted(e.value) };
    case "subscript":
      return { ...e, index: unquotedIndex(lastName(e.value), e.index) };
    default:
      return e;
  }
}

function unquotedIndex(of: string, index: Expression): Expression {
  if (of === "Literal") return index;
  if (of !== "Annotated" || index.kind !== "collection") return unquoted(index);
  return { ...index, items: index.items.map((item, i) => (i === 0 ? unquoted(item) : item)) };
}

/** `List` of `List` and of `typing.List`. */
function lastName(e: Expression): string {
  if (e.kind === "name") return e.id;
  return e.kind === "attribute" ? e.name : "";
}

/** The type a string says, or null where it says none. */
export function typeInString(e: Expression & { kind: "string" }): Expression | null {
  return e.bytes ? null : typeInText(e.value, e);
}

/** The type `text` says, or null where it says none; every node gets the span. */
export function typeInText(text: string, span: Span): Expression | null {
  const tokens = tokensOf(text);
  if (tokens === null) return null;
  const parser = new TypeParser(tokens, span);
  const type = parser.union();
  return type !== null && parser.atEnd() ? unquoted(type) : null;
}

const TOKEN =
  /\s*(?:([\p{XID_Start}_][\p{XID_Continue}]*)|(-?\d[\w.]*)|([bBuUrR]{0,2}(?:"[^"\\\n]*"|'[^'\\\n]*'))|(\.\.\.|\*\*|[.,|*()[\]]))/uy;

interface Token {
  readonly kind: "name" | "number" | "string" | "mark";
  readonly text: string;
}

function tokensOf(text: string): Token[] | null {
  const tokens: Token[] = [];
  const source = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const found = TOKEN.exec(source);
    if (found === null) return null;
    const [, name, number, string, mark] = found;
    if (string !== undefined) tokens.push({ kind: "string", text: string });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else tokens.push({ kind: "mark", text: mark ?? "" });
  }
  return tokens;
}

/** Brackets in a quoted annotation nested deeper than this are not read. */
const MAX_BRACKETS = 30;

/** Recursive descent over the tokens; each method gives null where the text is not what it reads. */
class TypeParser {
  private readonly tokens: readonly Token[];
  private readonly start: number;
  private readonly end: number;
  private at = 0;
  private brackets = 0;

  constructor(tokens: readonly Token[], span: Span) {
    this.tokens = tokens;
    this.start = span.start;
    this.end = span.end;
  }

  atEnd(): boolean {
    return this.at === this.tokens.length;
  }

  /** `A | B`. */
  union(): Expression | null {
    const { start, end } = this;
    let left = this.primary();
    for (let terms = 1; left !== null && this.take("|"); terms++) {
      const right = terms < MAX_UNION ? this.primary() : null;
      left = right && { kind: "binary", start, end, operator: "|", left, right };
    }
    return left;
  }

  /** A name with its attributes and brackets, a constant, or a list. */
  private primary(): Expression | null {
    const { start, end } = this;
    let type = this.atom();
    for (let links = 0; type !== null && links < MAX_BRACKETS; links++) {
      if (this.take(".")) {
        const name = this.tokens[this.at++];
        if (name?.kind !== "name") return null;
        type = { kind: "attribute", start, end, value: type, name: name.text, nameStart: start };
      } else if (this.take("[")) {
        const items = this.list("]");
        const only = items?.[0];
        if (items === null || only === undefined) return null;
        const index: Expression = items.length === 1 ? only : { kind: "collection", start, end, form: "tuple", items };
        type = { kind: "subscript", start, end, value: type, index };
      } else break;
    }
    return type;
  }

  private atom(): Expression | null {
    const { start, end } = this;
    const token = this.tokens[this.at++];
    if (token === undefined) return null;
    const { text } = token;
    if (token.kind === "number" || text === "..." || CONSTANTS.has(text)) return { kind: "literal", start, end, text };
    if (token.kind === "name") return { kind: "name", start, end, id: text };
    if (token.kind === "string") {
      const quote = text.search(/["']/);
      return { kind: "string", start, end, value: text.slice(quote + 1, -1), bytes: /b/i.test(text.slice(0, quote)) };
    }
    if (text === "*" || text === "**") {
      if (this.brackets >= MAX_BRACKETS) return null;
      this.brackets++;
      const value = this.primary();
      this.brackets--;
      return value && { kind: "starred", start, end, double: text === "**", value };
    }
    if (text !== "[" && text !== "(") return null;
    const items = this.list(text === "[" ? "]" : ")");
    if (items === null) return null;
    const only = items[0];
    if (text === "(" && items.length === 1 && only !== undefined) return only;
    return { kind: "collection", start, end, form: text === "[" ? "list" : "tuple", items };
  }

  /** Types with commas between them, up to the bracket that closes them. */
  private list(closing: string): Expression[] | null {
    const items: Expression[] = [];
    if (this.brackets >= MAX_BRACKETS) return null;
    this.brackets++;
    while (!this.take(closing)) {
      const item = this.union();
      if (item === null) return null;
      items.push(item);
      if (this.take(",")) continue;
      if (this.take(closing)) break;
      return null;
    }
    this.brackets--;
    return items;
  }

  private take(mark: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== "mark" || token.text !== mark) return false;
    this.at++;
    return true;
  }
}

const MAX_UNION = 100;
const CONSTANTS: ReadonlySet<string> = new Set(["None", "True", "False"]);
