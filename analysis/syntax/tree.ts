/**
 * Our own typed tree of Python: what one cursor pass over a tree-sitter tree leaves behind.
 *
 * Nodes are plain, immutable, serialisable objects; nothing above `syntax/` sees tree-sitter. What no analysis needs
 * (operators of arithmetic, number values, comments) is kept only as far as its children matter.
 *
 * Offsets are UTF-16 code units counted from the start of the enclosing *unit*: a function whose enclosing scopes are
 * only classes and the module is a unit of its own, everything inside it (nested functions and lambdas too) counts from
 * the start of its first decorator or `def`; everything else counts from the start of the file, as if each unit were one character
 * long. `places.ts` turns both into offsets of the text, which are called absolute. The `FunctionDef` of a unit
 * holds its absolute place in `unitStart`, so that an unchanged function is reused whole after an edit above it: only
 * `unitStart` is replaced. `Module.units` lists them.
 */
import type { Span } from "../base/span.ts";

export interface Module {
  readonly kind: "module";
  /** Statements of the file. */
  readonly body: readonly Statement[];
  /** Every function that is a unit, in source order. */
  readonly units: readonly FunctionDef[];
  /** The units that count as one character where what stands outside of them is placed: all of them, or, where broken code leaves it open what stands outside, none. */
  readonly leftOut: readonly FunctionDef[];
  /** Stands for all that is outside of the bodies of units: the same object in the next version where that is the same, places included. */
  readonly shell: object;
  /** Comments that mention `holdfast:`; offsets absolute. */
  readonly comments: readonly Comment[];
  /** Places tree-sitter could not read; offsets absolute. Empty for correct Python. */
  readonly errors: readonly Span[];
  /** Offsets at which lines start. */
  readonly lineStarts: readonly number[];
  /** Where a new top-level import goes: after the docstring and `from __future__` imports. Absolute offset of a line start. */
  readonly importInsertion: number;
}

export interface Comment extends Span {
  readonly text: string;
}

// ---------------------------------------------------------------------------------------------------- expressions

export type Expression =
  | Name
  | Attribute
  | Call
  | Subscript
  | Await
  | StringLiteral
  | FString
  | Literal
  | Collection
  | Dict
  | Comprehension
  | Lambda
  | BinaryOperation
  | BooleanOperation
  | Comparison
  | UnaryOperation
  | Conditional
  | Walrus
  | Starred
  | Yield
  | Slice
  | UnknownExpression;

export interface Name extends Span {
  readonly kind: "name";
  readonly id: string;
}
/** `value.name`; `nameStart` is where the name itself begins, it ends at `end`. */
export interface Attribute extends Span {
  readonly kind: "attribute";
  readonly value: Expression;
  readonly name: string;
  readonly nameStart: number;
}
export interface Call extends Span {
  readonly kind: "call";
  readonly callee: Expression;
  /** Positional arguments in order, `*args` as `Starred`. A sole generator argument is a `Comprehension`. */
  readonly args: readonly Expression[];
  readonly keywords: readonly Keyword[];
}
/** `name=value` in a call or class header; `name` is null for `**value`. */
export interface Keyword extends Span {
  readonly name: string | null;
  readonly value: Expression;
}
/** `value[index]`; several indices are one `Collection` of form "tuple". */
export interface Subscript extends Span {
  readonly kind: "subscript";
  readonly value: Expression;
  readonly index: Expression;
}
export interface Await extends Span {
  readonly kind: "await";
  readonly value: Expression;
}
/** A string or bytes constant without interpolation; adjacent literals are joined. Escapes other than quotes stay as written. */
export interface StringLiteral extends Span {
  readonly kind: "string";
  readonly value: string;
  readonly bytes: boolean;
}
/** An f-string or t-string: the interpolated expressions only. */
export interface FString extends Span {
  readonly kind: "fstring";
  readonly parts: readonly Expression[];
}
/** `None`, `True`, `False`, `...` or a number as written. */
export interface Literal extends Span {
  readonly kind: "literal";
  readonly text: string;
}
export interface Collection extends Span {
  readonly kind: "collection";
  readonly form: "tuple" | "list" | "set";
  readonly items: readonly Expression[];
}
/** `key` is null for `**value`. */
export interface Dict extends Span {
  readonly kind: "dict";
  readonly entries: readonly { readonly key: Expression | null; readonly value: Expression }[];
}
export interface Comprehension extends Span {
  readonly kind: "comprehension";
  readonly form: "list" | "set" | "dict" | "generator";
  /** The element, or the key of a dict comprehension. */
  readonly element: Expression;
  /** The value of a dict comprehension. */
  readonly value: Expression | null;
  readonly clauses: readonly ComprehensionClause[];
}
export interface ComprehensionClause {
  readonly isAsync: boolean;
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
}
/** A lambda is a function named `<lambda>` whose body is one `return`. */
export interface Lambda extends Span {
  readonly kind: "lambda";
  readonly def: FunctionDef;
}
export interface BinaryOperation extends Span {
  readonly kind: "binary";
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}
export interface BooleanOperation extends Span {
  readonly kind: "boolean";
  readonly operator: "and" | "or";
  readonly left: Expression;
  readonly right: Expression;
}
/** `a < b <= c`: operands `[a, b, c]`, operators `["<", "<="]`; also "in", "not in", "is", "is not". */
export interface Comparison extends Span {
  readonly kind: "comparison";
  readonly operators: readonly string[];
  readonly operands: readonly Expression[];
}
export interface UnaryOperation extends Span {
  readonly kind: "unary";
  /** "not", "-", "+" or "~". */
  readonly operator: string;
  readonly value: Expression;
}
export interface Conditional extends Span {
  readonly kind: "conditional";
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}
export interface Walrus extends Span {
  readonly kind: "walrus";
  readonly target: Name;
  readonly value: Expression;
}
export interface Starred extends Span {
  readonly kind: "starred";
  /** `**value` where true, `*value` otherwise. */
  readonly double: boolean;
  readonly value: Expression;
}
export interface Yield extends Span {
  readonly kind: "yield";
  /** `yield from value`. */
  readonly from: boolean;
  readonly value: Expression | null;
}
export interface Slice extends Span {
  readonly kind: "slice";
  readonly parts: readonly Expression[];
}
/** Anything else, broken code included: the expressions found inside. */
export interface UnknownExpression extends Span {
  readonly kind: "unknown";
  readonly parts: readonly Expression[];
}

// ------------------------------------------------------------------------------------------------------ statements

export type Statement =
  | FunctionDef
  | ClassDef
  | Return
  | Assign
  | AugmentedAssign
  | AnnotatedAssign
  | For
  | While
  | If
  | With
  | Match
  | Raise
  | Try
  | Assert
  | Import
  | ImportFrom
  | ScopeDeclaration
  | ExpressionStatement
  | Simple
  | Delete
  | UnknownStatement;

export interface FunctionDef extends Span {
  readonly kind: "function";
  readonly name: string;
  /** Span of the name alone; for a lambda the word `lambda`. */
  readonly nameSpan: Span;
  readonly isAsync: boolean;
  /** Whether a `yield` stands in the body itself (not in nested functions). */
  readonly isGenerator: boolean;
  readonly decorators: readonly Expression[];
  readonly parameters: readonly Parameter[];
  /** The return annotation; string annotations are already read. */
  readonly returns: Expression | null;
  /** `T` of `def first[T](…)`. */
  readonly typeParameters: readonly TypeParameter[];
  readonly body: readonly Statement[];
  /** Absolute offset of this unit's start where this function is a unit, otherwise -1. */
  readonly unitStart: number;
  /** Hash of the unit's source text where this function is a unit, otherwise "". Same hash, same offsets, same tree. */
  readonly hash: string;
}
export interface Parameter extends Span {
  readonly name: string;
  readonly form: "positional-only" | "normal" | "keyword-only" | "args" | "kwargs";
  readonly annotation: Expression | null;
  readonly default: Expression | null;
}
/** `T`, `*Ts`, `**P` or `T: Bound`; the stars are left out. */
export interface TypeParameter {
  readonly name: string;
  readonly bound: Expression | null;
}
export interface ClassDef extends Span {
  readonly kind: "class";
  readonly name: string;
  readonly nameSpan: Span;
  readonly decorators: readonly Expression[];
  readonly bases: readonly Expression[];
  readonly typeParameters: readonly TypeParameter[];
  readonly keywords: readonly Keyword[];
  readonly body: readonly Statement[];
}
export interface Return extends Span {
  readonly kind: "return";
  readonly value: Expression | null;
}
/** `a = b = value`: targets `[a, b]`. */
export interface Assign extends Span {
  readonly kind: "assign";
  readonly targets: readonly Expression[];
  readonly value: Expression;
}
export interface AugmentedAssign extends Span {
  readonly kind: "augmented-assign";
  readonly target: Expression;
  readonly operator: string;
  readonly value: Expression;
}
export interface AnnotatedAssign extends Span {
  readonly kind: "annotated-assign";
  readonly target: Expression;
  readonly annotation: Expression;
  readonly value: Expression | null;
}
export interface For extends Span {
  readonly kind: "for";
  readonly isAsync: boolean;
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}
export interface While extends Span {
  readonly kind: "while";
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}
/** `elif` is an `If` alone in `orelse`. */
export interface If extends Span {
  readonly kind: "if";
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}
export interface With extends Span {
  readonly kind: "with";
  readonly isAsync: boolean;
  readonly items: readonly WithItem[];
  readonly body: readonly Statement[];
}
export interface WithItem extends Span {
  readonly context: Expression;
  readonly target: Expression | null;
}
export interface Match extends Span {
  readonly kind: "match";
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}
export interface MatchCase extends Span {
  /** Names the pattern binds. */
  readonly captures: readonly Name[];
  /** Those of them that take parts of the subject whatever they are, outside of any class pattern. */
  readonly untyped: readonly Name[];
  /** Classes of class patterns at the top of the pattern (`case Foo() | Bar():`). */
  readonly classes: readonly Expression[];
  /** What binds the subject itself: `case Foo() as name:`, `case name:`. */
  readonly whole: Name | null;
  /** Names that bind attributes of the subject: `case Foo(client=name):`. */
  readonly fields: readonly { readonly attribute: string; readonly capture: Name }[];
  /** `case _:` or `case name:` without a guard. */
  readonly irrefutable: boolean;
  readonly guard: Expression | null;
  readonly body: readonly Statement[];
}
export interface Raise extends Span {
  readonly kind: "raise";
  readonly exception: Expression | null;
  readonly cause: Expression | null;
}
export interface Try extends Span {
  readonly kind: "try";
  readonly body: readonly Statement[];
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: readonly Statement[];
  readonly finalbody: readonly Statement[];
}
export interface ExceptHandler extends Span {
  /** The exception expression (a `Collection` for several), null for a bare `except:`. */
  readonly type: Expression | null;
  readonly name: Name | null;
  readonly body: readonly Statement[];
}
export interface Assert extends Span {
  readonly kind: "assert";
  readonly test: Expression;
  readonly message: Expression | null;
}
/** `import a.b as c, d`: one statement, several names. */
export interface Import extends Span {
  readonly kind: "import";
  readonly names: readonly ImportedName[];
}
export interface ImportedName extends Span {
  /** `a.b` as written. */
  readonly name: string;
  readonly alias: string | null;
}
/** `from ..module import names`; `level` counts the dots, `star` is `import *`. */
export interface ImportFrom extends Span {
  readonly kind: "import-from";
  readonly module: string;
  readonly level: number;
  readonly star: boolean;
  readonly names: readonly ImportedName[];
}
export interface ScopeDeclaration extends Span {
  readonly kind: "global" | "nonlocal";
  readonly names: readonly string[];
}
export interface ExpressionStatement extends Span {
  readonly kind: "expression";
  readonly value: Expression;
}
export interface Simple extends Span {
  readonly kind: "pass" | "break" | "continue";
}
export interface Delete extends Span {
  readonly kind: "delete";
  readonly targets: readonly Expression[];
}
/** Broken code: the statements and expressions found inside. */
export interface UnknownStatement extends Span {
  readonly kind: "unknown-statement";
  readonly body: readonly Statement[];
}

export type Node = Expression | Statement;
