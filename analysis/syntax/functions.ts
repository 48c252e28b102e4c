/**
 * Functions, lambdas, their parameters; classes; decorators.
 *
 * A function that is a unit is read only if no function with the same text is at hand: its offsets count from its own
 * start, so what was read before an edit elsewhere still holds.
 */

import { hashText } from "../base/hash.ts";
import type { Span } from "../base/span.ts";
import { trimmed } from "../base/trimmed.ts";
import { readAnnotation, typeInText } from "./annotations.ts";
import { onlyChild, readArguments } from "./expressions.ts";
import { K } from "./grammar.ts";
import type { ExpressionReader, Reader, ReaderTable, StatementReader } from "./reader.ts";
import type {
  ClassDef,
  Expression,
  FunctionDef,
  Keyword,
  Lambda,
  Parameter,
  Statement,
  TypeParameter,
} from "./tree.ts";

export const definitionReaders: ReaderTable<StatementReader> = [
  [K.function_definition, readFunction],
  [K.class_definition, readClass],
  [K.decorated_definition, readDecorated],
];

export const lambdaReaders: ReaderTable<ExpressionReader> = [[K.lambda, readLambda]];

/** A function, decorated where the cursor stands on a `decorated_definition`. */
function readFunction(reader: Reader, kind: number): FunctionDef {
  if (reader.inFunction) return readDefinition(reader, kind, -1, "");
  const start = reader.cursor.start();
  const end = reader.cursor.end();
  const hash = hashText(reader.text, start, end);
  const known = reader.reusable.get(hash);
  const unit =
    known !== undefined && known.end === end - start ? moved(known, start) : readUnit(reader, kind, start, hash);
  reader.units.push(unit);
  reader.leaveOut(start, end);
  return unit;
}

function moved(unit: FunctionDef, unitStart: number): FunctionDef {
  return unit.unitStart === unitStart ? unit : { ...unit, unitStart };
}

function readUnit(reader: Reader, kind: number, start: number, hash: string): FunctionDef {
  // The same text must give the same tree wherever it stands: neither offsets nor depth count from outside.
  const { base, depth } = reader;
  reader.base = start;
  reader.depth = 0;
  reader.inFunction = true;
  const unit = readDefinition(reader, kind, start, hash);
  reader.inFunction = false;
  reader.depth = depth;
  reader.base = base;
  return unit;
}

function readDefinition(reader: Reader, kind: number, unitStart: number, hash: string): FunctionDef {
  const { start, end } = reader.span();
  const outer = reader.strays;
  reader.strays = [];
  const header = new FunctionHeader(start);
  const decorators = readDecorators(reader, kind, () => readParts(reader, header));
  // What was set aside in the header counts from this unit, so it must not leave it.
  const body = reader.strays.length === 0 ? header.body : [...reader.strays, ...header.body];
  reader.strays = outer;
  const { name, nameSpan, isAsync, isGenerator, parameters, returns, typeParameters } = header;
  return {
    kind: "function",
    start,
    end,
    name,
    nameSpan,
    isAsync,
    isGenerator,
    decorators,
    parameters,
    returns,
    typeParameters,
    body,
    unitStart,
    hash,
  };
}

/** What is found between `def` and the end of the body. */
class FunctionHeader {
  name = "";
  nameSpan: Span;
  isAsync = false;
  isGenerator = false;
  parameters: readonly Parameter[] = [];
  returns: Expression | null = null;
  typeParameters: readonly TypeParameter[] = [];
  body: readonly Statement[] = [];

  constructor(start: number) {
    this.nameSpan = { start, end: start };
  }
}

/** Reads the `function_definition` under the cursor. */
function readParts(reader: Reader, header: FunctionHeader): void {
  header.isAsync = reader.text.charAt(reader.cursor.start()) === "a";
  if (!reader.down()) return;
  do {
    if (reader.kind === K.identifier) {
      header.name = reader.source();
      header.nameSpan = reader.span();
    } else if (reader.kind === K.parameters) header.parameters = readParameters(reader);
    else if (reader.kind === K.type) header.returns = readAnnotation(reader);
    else if (reader.kind === K.type_parameter) header.typeParameters = readTypeParameters(reader);
    else if (reader.kind === K.block) {
      const sawYield = reader.sawYield;
      reader.sawYield = false;
      header.body = reader.block();
      header.isGenerator = reader.sawYield;
      reader.sawYield = sawYield;
    }
  } while (reader.next());
  reader.up();
}

/** Reads the parameters under the node under the cursor, of a function or a lambda. */
function readParameters(reader: Reader): readonly Parameter[] {
  let parameters: Parameter[] = [];
  let keywordOnly = false;
  if (!reader.down()) return parameters;
  do {
    if (reader.kind === K.keyword_separator) keywordOnly = true;
    else if (reader.kind === K.positional_separator) {
      parameters = parameters.map((parameter) => ({ ...parameter, form: "positional-only" }));
    } else {
      const parameter = readParameter(reader, keywordOnly);
      if (parameter.form === "args") keywordOnly = true;
      parameters.push(parameter);
    }
  } while (reader.next());
  reader.up();
  return trimmed(parameters);
}

function readParameter(reader: Reader, keywordOnly: boolean): Parameter {
  const { start, end } = reader.span();
  const kind = reader.kind;
  const parts: { name: string; form: Parameter["form"] } = { name: "", form: keywordOnly ? "keyword-only" : "normal" };
  let annotation: Expression | null = null;
  let value: Expression | null = null;
  if (kind !== K.default_parameter && kind !== K.typed_parameter && kind !== K.typed_default_parameter) {
    readParameterName(reader, parts);
  } else if (reader.down()) {
    readParameterName(reader, parts);
    while (reader.next()) {
      if (reader.kind === K.type) annotation = readAnnotation(reader);
      else value = reader.expression();
    }
    reader.up();
  }
  return { start, end, name: parts.name, form: parts.form, annotation, default: value };
}

/** `name`, `*name` or `**name`; a tuple, which Python 2 allowed, has no name. */
function readParameterName(reader: Reader, parts: { name: string; form: Parameter["form"] }): void {
  if (reader.kind === K.identifier) {
    parts.name = reader.source();
    return;
  }
  if (reader.kind === K.list_splat_pattern) parts.form = "args";
  else if (reader.kind === K.dictionary_splat_pattern) parts.form = "kwargs";
  else return;
  const value = onlyChild(reader);
  if (value.kind === "name") parts.name = value.id;
}

function readLambda(reader: Reader): Lambda {
  const { start, end } = reader.span();
  let parameters: readonly Parameter[] = [];
  let value: Expression = { kind: "unknown", start: end, end, parts: [] };
  const sawYield = reader.sawYield;
  reader.sawYield = false;
  if (reader.down()) {
    do {
      if (reader.kind === K.lambda_parameters) parameters = readParameters(reader);
      else value = reader.expression();
    } while (reader.next());
    reader.up();
  }
  const isGenerator = reader.sawYield;
  reader.sawYield = sawYield;
  const def: FunctionDef = {
    kind: "function",
    start,
    end,
    name: "<lambda>",
    nameSpan: { start, end: start + "lambda".length },
    isAsync: false,
    isGenerator,
    decorators: [],
    parameters,
    returns: null,
    typeParameters: [],
    body: [{ kind: "return", start: value.start, end: value.end, value }],
    unitStart: -1,
    hash: "",
  };
  return { kind: "lambda", start, end, def };
}

function readClass(reader: Reader, kind: number): ClassDef {
  const start = reader.start();
  const close = reader.cursor.end();
  let name = "";
  let nameSpan: Span = { start, end: start };
  const bases: Expression[] = [];
  const keywords: Keyword[] = [];
  let typeParameters: readonly TypeParameter[] = [];
  let body: readonly Statement[] = [];
  const decorators = readDecorators(reader, kind, () => {
    if (!reader.down()) return;
    do {
      if (reader.kind === K.identifier) {
        name = reader.source();
        nameSpan = reader.span();
      } else if (reader.kind === K.argument_list) readArguments(reader, reader.end(), bases, keywords);
      else if (reader.kind === K.type_parameter) typeParameters = readTypeParameters(reader);
      else if (reader.kind === K.block) body = reader.block();
    } while (reader.next());
    reader.up();
  });
  const end = close - reader.base;
  return {
    kind: "class",
    start,
    end,
    name,
    nameSpan,
    decorators,
    bases: trimmed(bases),
    typeParameters,
    keywords: trimmed(keywords),
    body,
  };
}

/** `[T, U: Bound, *Ts, **P]` behind the name of a function or class. */
function readTypeParameters(reader: Reader): TypeParameter[] {
  const found: TypeParameter[] = [];
  if (!reader.down()) return found;
  do {
    const source = reader.source();
    const [head = "", name, bound] =
      /^\*{0,2}\s*([\p{XID_Start}_][\p{XID_Continue}]*)\s*(?::\s*([^=]*[^=\s]))?/u.exec(source) ?? [];
    if (name === undefined) continue;
    const start = reader.span().start + head.length - (bound?.length ?? 0);
    found.push({ name, bound: bound === undefined ? null : typeInText(bound, { start, end: start + bound.length }) });
  } while (reader.next());
  reader.up();
  return found;
}

function readDecorated(reader: Reader, kind: number): Statement {
  return isFunction(reader) ? readFunction(reader, kind) : readClass(reader, kind);
}

/** Reads the decorators of a `decorated_definition` and calls `definition` when the cursor stands on what they decorate. */
function readDecorators(reader: Reader, kind: number, definition: () => void): readonly Expression[] {
  const decorators: Expression[] = [];
  if (kind !== K.decorated_definition) {
    definition();
    return trimmed(decorators);
  }
  if (!reader.down()) return decorators;
  do {
    if (reader.kind === K.decorator) decorators.push(onlyChild(reader));
    else if (reader.kind === K.function_definition || reader.kind === K.class_definition) definition();
  } while (reader.next());
  reader.up();
  return trimmed(decorators);
}

/** Whether a function is decorated, asked before anything is read: its decorators count from its start. */
function isFunction({ cursor }: Reader): boolean {
  if (!cursor.firstChild()) return false;
  let found = false;
  do {
    if (cursor.kind() === K.function_definition) found = true;
  } while (!found && cursor.nextSibling());
  cursor.parent();
  return found;
}
