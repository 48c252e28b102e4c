/**
 * The node types of the Python grammar that reading tells apart, as small numbers.
 *
 * Numbers are given here and not taken from the grammar's own symbol table, so that both bindings (and later versions of
 * the grammar) give the same ones. Types not listed are punctuation and read as `0`.
 */

const OPERATOR_TOKENS = [
  "+",
  "-",
  "*",
  "/",
  "//",
  "%",
  "**",
  "@",
  "|",
  "&",
  "^",
  "<<",
  ">>",
  "~",
  "and",
  "or",
  "<",
  "<=",
  "==",
  "!=",
  ">=",
  ">",
  "<>",
  "in",
  "not in",
  "is",
  "is not",
  "from",
  "_",
  "+=",
  "-=",
  "*=",
  "/=",
  "//=",
  "%=",
  "**=",
  "@=",
  "|=",
  "&=",
  "^=",
  "<<=",
  ">>=",
] as const;

const NAMED_TYPES = [
  "aliased_import",
  "argument_list",
  "as_pattern",
  "as_pattern_target",
  "assert_statement",
  "assignment",
  "attribute",
  "augmented_assignment",
  "await",
  "binary_operator",
  "block",
  "boolean_operator",
  "break_statement",
  "call",
  "case_clause",
  "case_pattern",
  "chevron",
  "class_definition",
  "class_pattern",
  "comparison_operator",
  "complex_pattern",
  "concatenated_string",
  "conditional_expression",
  "constrained_type",
  "continue_statement",
  "decorated_definition",
  "decorator",
  "default_parameter",
  "delete_statement",
  "dict_pattern",
  "dictionary",
  "dictionary_comprehension",
  "dictionary_splat",
  "dictionary_splat_pattern",
  "dotted_name",
  "elif_clause",
  "ellipsis",
  "else_clause",
  "except_clause",
  "exec_statement",
  "expression_list",
  "expression_statement",
  "false",
  "finally_clause",
  "float",
  "for_in_clause",
  "for_statement",
  "format_expression",
  "format_specifier",
  "function_definition",
  "future_import_statement",
  "generator_expression",
  "generic_type",
  "global_statement",
  "identifier",
  "if_clause",
  "if_statement",
  "import_from_statement",
  "import_prefix",
  "import_statement",
  "integer",
  "interpolation",
  "keyword_argument",
  "keyword_pattern",
  "keyword_separator",
  "lambda",
  "lambda_parameters",
  "list",
  "list_comprehension",
  "list_pattern",
  "list_splat",
  "list_splat_pattern",
  "match_statement",
  "member_type",
  "module",
  "named_expression",
  "none",
  "nonlocal_statement",
  "not_operator",
  "pair",
  "parameters",
  "parenthesized_expression",
  "pass_statement",
  "pattern_list",
  "positional_separator",
  "print_statement",
  "raise_statement",
  "relative_import",
  "return_statement",
  "set",
  "set_comprehension",
  "slice",
  "splat_pattern",
  "splat_type",
  "string",
  "string_start",
  "subscript",
  "true",
  "try_statement",
  "tuple",
  "tuple_pattern",
  "type",
  "type_alias_statement",
  "type_parameter",
  "typed_default_parameter",
  "typed_parameter",
  "unary_operator",
  "union_pattern",
  "union_type",
  "while_statement",
  "wildcard_import",
  "with_clause",
  "with_item",
  "with_statement",
  "yield",
] as const;

type NamedType = (typeof NAMED_TYPES)[number];

/** Punctuation, comments and whatever else reading passes over. */
export const SKIPPED = 0;
/** A place the parser could not read. */
export const ERROR = 1;
/** Operator tokens have the numbers from here up to `FIRST_NAMED`; most readers pass over them. */
export const FIRST_TOKEN = 2;
export const FIRST_NAMED = FIRST_TOKEN + OPERATOR_TOKENS.length;
/** One more than the highest number of a node type. */
export const KIND_COUNT = FIRST_NAMED + NAMED_TYPES.length;

/** The number of each named node type. */
export const K = Object.freeze(
  Object.fromEntries(NAMED_TYPES.map((name, index) => [name, FIRST_NAMED + index])),
) as Readonly<Record<NamedType, number>>;

/** The numbers of the two tokens that matter besides operators. */
export const FROM = FIRST_TOKEN + OPERATOR_TOKENS.indexOf("from");
export const UNDERSCORE = FIRST_TOKEN + OPERATOR_TOKENS.indexOf("_");

/** The number for a node type of the grammar; `named` tells `await` the expression from `await` the word. */
export function kindOfType(type: string, named: boolean): number {
  if (type === "ERROR") return ERROR;
  return (named ? NAMED_NUMBERS.get(type) : TOKEN_NUMBERS.get(type)) ?? NAMED_ALIASES.get(type) ?? SKIPPED;
}

/** How an operator token is spelled, by its number; "" for anything else. */
export function operatorText(kind: number): string {
  return OPERATOR_TOKENS[kind - FIRST_TOKEN] ?? "";
}

const NAMED_NUMBERS = new Map<string, number>(Object.entries(K));
const TOKEN_NUMBERS = new Map<string, number>(OPERATOR_TOKENS.map((token, index) => [token, FIRST_TOKEN + index]));
/** `not in` and `is not` are aliases, which the grammar may count as named. */
const NAMED_ALIASES = new Map<string, number>(
  (["not in", "is not"] as const).map((token) => [token, FIRST_TOKEN + OPERATOR_TOKENS.indexOf(token)]),
);
