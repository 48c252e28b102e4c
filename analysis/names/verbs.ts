/**
 * What the stubs say about a declaration, as data. The decorators that say it are described in `knowledge/verbs.pyi`; reading them is the
 * business of `analysis/knowledge`.
 */

/** Everything a thread may be held by; "loop" is driving an event loop. The order is that of the bits in a summary. */
export const WORK_KINDS = [
  "network",
  "database",
  "clock",
  "process",
  "lock",
  "input",
  "disk",
  "metadata",
  "cpu",
  "loop",
] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

/** Work that holds the thread it runs on. */
export interface Work {
  readonly kind: WorkKind;
  /** In words for people: "a network reply", "password hashing". */
  readonly what: string;
  /** Usually, not always. */
  readonly likely: boolean;
  /** Where this holds of the arguments, there is no such work. */
  readonly unless: Condition | null;
  readonly instead: string | null;
  readonly see: string | null;
}

export type Condition =
  | { readonly kind: "given"; readonly argument: string }
  /** `value` as written in Python: `False`, `0`, `"r"`. */
  | { readonly kind: "equals"; readonly argument: string; readonly value: string }
  /** The argument is a number below `limit`. */
  | { readonly kind: "below"; readonly argument: string; readonly limit: number }
  /** The argument is an instance of the class with that dotted name. */
  | { readonly kind: "instance"; readonly argument: string; readonly cls: string }
  /** The argument is made of flags (`LOCK_EX | LOCK_NB`), one of which has that name. */
  | { readonly kind: "flag"; readonly argument: string; readonly flag: string }
  | { readonly kind: "not"; readonly operand: Condition }
  | { readonly kind: "and" | "or"; readonly operands: readonly Condition[] };

export interface Verbs {
  readonly works: readonly Work[];
  readonly neverReturns: boolean;
  readonly neverRaises: boolean;
  readonly opens: {
    readonly what: string;
    readonly closedBy: readonly string[];
    readonly unless: Condition | null;
  } | null;
  /** What it makes is meant to be made once and shared: what that is, and the arguments that give it what somebody else made. */
  readonly madeOnce: { readonly what: string; readonly shares: readonly string[] } | null;
  /** The parameter it goes on taking items from while a response is sent. */
  readonly streams: string | null;
  /** Parameters it closes; null is the receiver. */
  readonly closes: readonly (string | null)[];
  readonly owns: readonly string[];
  readonly requestBody: string | null;
  /** The parameter that names the key of which it gives the value; null where it gives all of the data. */
  readonly requestKey: string | null;
  /** What the parameter decides: "a file", "SQL", "an address", "a command". */
  readonly reaches: { readonly what: string; readonly parameter: string } | null;
  readonly passes: readonly string[];
  /** What it passes on has only the keys that the caller names. */
  readonly picks: boolean;
  /** Parameters it checks; null is all of them. */
  readonly validates: readonly (string | null)[];
  /** Answers whether what it is given is fine, null is the receiver; where `unless` holds it raises instead. */
  readonly checks: { readonly parameter: string | null; readonly unless: Condition | null } | null;
  /** What is made with that argument, null is any, holds what a client sent: `members` are to be used after a check, `answers` tell how it went. */
  readonly holdsData: {
    readonly parameter: string | null;
    readonly members: readonly string[];
    readonly answers: readonly string[];
  } | null;
  /** Parameters whose keys become columns or attributes; on a class `**` of them when it is made. */
  readonly assigns: readonly string[];
  /** The class method that checks a value against a subclass of it. */
  readonly schema: string | null;
  readonly offloads: readonly string[];
  /** Runs any callable in a thread and can be awaited: what a fix may write. `main`: the way its library recommends; `database`: for work with databases, one call at a time. */
  readonly runner: "any" | "main" | "database" | null;
  /** On a class: its instances work only on the thread that made them. */
  readonly threadBound: boolean;
  readonly spawns: readonly string[];
  /** Nobody but the caller holds the task it gives. */
  readonly weak: boolean;
  /** An `async def` whose work starts when it is called; awaiting waits for it. */
  readonly starts: boolean;
  /** Drives an event loop; the parameter it waits for, null where it takes no awaitable. */
  readonly runsLoop: { readonly parameter: string | null } | null;
  /** Asks whether a loop runs: gives the answer, or raises where none does. */
  readonly asksLoop: "tells" | "raises" | null;
  /** Where what it gives is true (`holds`), or false, these methods of the same receiver do not wait. */
  readonly spares: { readonly methods: readonly string[]; readonly holds: boolean } | null;
  /** Calling it makes loops that run inside of loops possible. */
  readonly nestsLoops: boolean;
  readonly runsOn: "loop" | "thread" | null;
  /** It is said of the methods that override this one, not of functions given to it. */
  readonly runsOverrides: boolean;
  /** Where this holds of the arguments, nothing is said of where. */
  readonly runsOnUnless: Condition | null;
  readonly handlesRequests: "body" | "request" | "none" | null;
  /** Dotted name of the class of the request object a handler is given. */
  readonly requestClass: string | null;
  /** What the names of methods begin with that handle requests, of an object that is registered; null where functions are. */
  readonly responders: string | null;
  /** The only parameter a handler's body goes to; null where the annotation decides. */
  readonly bodyParameter: string | null;
  readonly injects: string | null;
  readonly calls: readonly string[];
  readonly contextManager: boolean;
  /** As a decorator of a generator: it is taken up again after its `yield`, whatever happened meanwhile. */
  readonly resumes: boolean;
  readonly turnsProperty: boolean;
  /** As a decorator: the body runs once, its result is kept. */
  readonly caches: boolean;
  /** An instance kept as a class attribute works for that class, its first type parameter. */
  readonly belongsToClass: boolean;
  /** The settings say that a call of it is never reported. */
  readonly harmless: boolean;
}

export const NO_VERBS: Verbs = {
  works: [],
  neverReturns: false,
  neverRaises: false,
  opens: null,
  madeOnce: null,
  streams: null,
  closes: [],
  owns: [],
  requestBody: null,
  requestKey: null,
  reaches: null,
  passes: [],
  picks: false,
  validates: [],
  checks: null,
  holdsData: null,
  assigns: [],
  schema: null,
  offloads: [],
  runner: null,
  threadBound: false,
  spawns: [],
  weak: false,
  starts: false,
  runsLoop: null,
  asksLoop: null,
  spares: null,
  nestsLoops: false,
  runsOn: null,
  runsOverrides: false,
  runsOnUnless: null,
  handlesRequests: null,
  requestClass: null,
  responders: null,
  bodyParameter: null,
  injects: null,
  calls: [],
  contextManager: false,
  resumes: false,
  turnsProperty: false,
  caches: false,
  belongsToClass: false,
  harmless: false,
};

/** Whether request data of a kind is what a client says besides a body. */
export function isParameterKind(kind: string): boolean {
  return /^(query|path|header|environ|cookie)$/.test(kind);
}
