/** The cooked nouns rules read. All spans are absolute UTF-16 offsets in their file. */
import type { Range, Span } from "./base/span.ts";
import type { Comment } from "./syntax/tree.ts";

export interface FileView {
  /** Relative to the project root, forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
  /** Comments that mention `holdfast:`. */
  readonly comments: readonly Comment[];
  /** Where the parser found no Python. */
  readonly errors: readonly Span[];
  /** Offset of the line start where a new top-level import goes. */
  readonly importInsertion: number;
  /** Offset of a line start behind the imports at the top, where a new module-level variable goes. */
  readonly variableInsertion: number;
  /** Names bound at the top level of the file; imports give the dotted name they stand for, everything else null. */
  readonly bindings: ReadonlyMap<string, string | null>;
  /** Who imports a library: this file, another of the project, nobody. */
  importer(library: string): "file" | "project" | null;
  /** Whether the text of any file of the project holds `word`. */
  isMentioned(word: string): boolean;
  /** How this file hands work of a kind to a thread. Null where nobody knows a way. */
  threadRunner(kind: BlockingWork["kind"]): ThreadRunner | null;
  /** Every function in source order, nested ones and lambdas included; last comes the module's own top level, named `<module>`. */
  readonly functions: readonly FunctionView[];
  /** The one of that identifier; null where the file has none. */
  function(id: string): FunctionView | null;
  /** The same functions in groups that an edit in one of them leaves alone; the module's own top level is the last. */
  readonly units: readonly UnitView[];
}

/** A function at the top level or in a class, with those inside of it; or the module's own top level. */
export interface UnitView {
  /** That of its function. */
  readonly id: string;
  /** Whether it is the module's own top level. */
  readonly isTopLevel: boolean;
  /** Where in the file something of it stands that is placed as `own` says. */
  at(span: Span): Span;
  /** The place of something of it, such that it stays the same when edits elsewhere move it; null for what is not of it. */
  own(span: Span): Span | null;
  /** In source order. */
  functions(): readonly FunctionView[];
  /**
   * What `work` gave for that asker when it was last run on this unit, in this snapshot or an older one, where everything it read is the same now; otherwise
   * it is run. Places in the unit are as they were then.
   */
  keep<T>(asker: object, work: () => T): T;
}

/** How any function is run in a thread: `await name(f, x)` ("call") or `await name(f)(x)` ("wrap"). */
export interface ThreadRunner {
  /** Dotted, as a file may import it. */
  readonly name: string;
  readonly form: "call" | "wrap";
  /** Whether it hands keyword arguments on. */
  readonly keywords: boolean;
}

/** Where a function's body runs, and who says so. "unknown" is an answer: whoever calls it decides. */
export interface Context {
  readonly where: "loop" | "thread" | "unknown";
  readonly because: string;
}

export interface FunctionView {
  /** `pkg/mod.py#Class.method`; unique in the project. */
  readonly id: string;
  /** `Class.method`, `outer.inner`, `<lambda>` or `<module>`. */
  readonly qualifiedName: string;
  readonly file: FileView;
  /** The whole definition, decorators included. */
  readonly span: Span;
  readonly nameSpan: Span;
  /** The statement of the module it stands in: itself, or the class or function around it. */
  readonly statement: Span;
  readonly parameters: readonly ParameterView[];
  readonly isAsync: boolean;
  readonly runsOn: Context;
  /** An `async def` that a framework would run in a thread if it were a plain `def`, and could: it awaits nothing, and nothing needs it to be a coroutine. Worked out when asked for. */
  couldBePlain(): boolean;
  /** What becomes of a plain function that is made an `async def`. Null where it is one, or where not every call of it is seen and could be awaited. Worked out when asked for. */
  asAsync(): AsyncForm | null;
  /** What runs when the body runs: calls, property reads, constructors, context managers, iterations that call project or library code. In source order. */
  readonly calls: readonly CallView[];
  /** Resources opened in the body, with what becomes of them. Worked out when asked for. */
  resources(): readonly ResourceView[];
  /** What the body makes anew for each request though it is meant to be made once and shared. Worked out when asked for. */
  rebuilt(): readonly RebuiltView[];
  /** Sessions that generators hold which it gives to streaming responses. Worked out when asked for. */
  streaming(): readonly SharedView[];
  /** Sessions, connections and clients that it uses after the `with` that closes them. Worked out when asked for. */
  usedAfterClose(): readonly SharedView[];
  /** Sessions that tasks it starts side by side use together. Worked out when asked for. */
  shared(): readonly SharedView[];
  /** Unchecked request data entering in the body. Worked out when asked for. */
  requestValues(): readonly RequestValueView[];
  /** What the function reads of query strings, paths, headers and cookies; their uses are only those that matter. */
  requestParameters(): readonly RequestValueView[];
  /** Forms and serializers made of unchecked request data in the body. Worked out when asked for. */
  requestForms(): readonly RequestFormView[];
}

export interface ParameterView {
  readonly name: string;
  /** With its annotation and its default. */
  readonly span: Span;
  readonly annotation: Span | null;
  readonly hasDefault: boolean;
}

/** A function as it would be if it were an `async def`. */
export interface AsyncForm {
  /** It runs on the loop, and its calls may be awaited. */
  readonly fn: FunctionView;
  /** All calls of it, each in an `async def`; it stands in several files. */
  readonly callers: readonly { readonly file: FileView; readonly call: CallView }[];
}

/** One step of an explanation: at this place, this happens. */
export interface Hop {
  readonly file: string;
  readonly span: Span;
  readonly range: Range;
  readonly message: string;
}

/** What a call waits for, as words for people and as a kind for rules. */
export interface BlockingWork {
  readonly kind: "network" | "database" | "clock" | "process" | "lock" | "input" | "disk" | "metadata" | "cpu";
  /** "a network reply", "the clock", "password hashing". */
  readonly what: string;
  readonly likely: boolean;
  /** The library function that does it, in short: `Query.one`, `requests.get`, `open`. */
  readonly by: string;
  /** The class that does it, where an abstract method is called which others implement otherwise, perhaps; null where no such method is on the way. */
  readonly implementation: string | null;
}

export interface CallView {
  /** The whole expression that makes the call. */
  readonly span: Span;
  /** What is called, as written: the squiggle. */
  readonly calleeSpan: Span;
  /** The callee as written, shortened: `self.client.get`. */
  readonly text: string;
  /** Dotted names of what it resolves to: `requests.get`, `app.services.rates.load`. Empty: unknown. */
  readonly targets: readonly string[];
  /** What it waits for while it holds the thread; empty where it does not, or nobody knows. */
  blocking(): readonly BlockingWork[];
  /** The shortest way from this call to the library call that does `work`: the hops below this call, outermost first. */
  pathTo(work: BlockingWork): readonly Hop[];
  /** Whether the value is awaited where it stands (`await x.f()`). */
  readonly awaited: boolean;
  /** A plain call expression that stands where an `await` may be written (inside an `async def`, not in a nested lambda or comprehension of a sync function, not while a lock of threads is held). */
  readonly awaitable: boolean;
  /** The function of the project whose body it runs, where it surely runs that one and nothing else. */
  runs(): FunctionView | null;
  /** Dotted name of an awaitable that takes the same arguments (`asyncio.sleep`), where the callee is known to have one. */
  readonly instead: string | null;
  /** Dotted name of the awaitable counterpart, for advice only. */
  readonly see: string | null;
  /** An `async def` of the same parameters beside the callee (`aget` beside `get`): what to write over `at`, imported as `dotted` where that is not null. */
  sibling(): { readonly name: string; readonly at: Span; readonly dotted: string | null } | null;
  /** Whether it may be handed to another thread, as far as the values it is called on and gives matter. */
  readonly movable: boolean;
  /** Whether a `with` enters its value where it stands. */
  readonly entered: boolean;
  /** The calls in this function whose value its receiver is (`open(p)` for `f.read()`). */
  readonly madeBy: readonly Span[];
  /** Spans of the arguments as written, keyword ones whole. */
  readonly argumentSpans: readonly Span[];
  /** What it gives that somebody has to take care of: a coroutine, which does nothing until it is awaited, or a task that lives as long as it is held. */
  readonly gives: "coroutine" | "task" | null;
  /** What becomes of that value. */
  use(): ValueUse;
  /** Where it starts an event loop on its own thread, itself or further down, without asking whether one runs there; else null. */
  startsLoop(): LoopStart | null;
}

export interface ValueUse {
  /** Thrown away, given a name nobody reads, tested for truth, compared, put into text, read or computed with; "other" may be fine. */
  readonly kind: "discarded" | "unused" | "condition" | "comparison" | "text" | "operand" | "other";
  /** The local name that holds it. */
  readonly name: string | null;
  /** The statement that throws it away or names it. */
  readonly statement: Span | null;
  /** For a value with a name: the function ends without waiting for anything after that. */
  readonly ends: boolean;
}

export interface LoopStart {
  /** The hops below the call, outermost first; empty where the call itself does it. */
  readonly path: readonly Hop[];
  /** The argument that could be awaited in place of the call, where that is all there is to it. */
  readonly awaitable: { readonly span: Span; readonly needsBrackets: boolean } | null;
}

export interface ResourceView {
  /** "database session", "http client", ... */
  readonly what: string;
  readonly openSpan: Span;
  readonly openText: string;
  /** Local names that hold it; empty where it was never named. */
  readonly names: readonly string[];
  /** "unsure": a condition that is not understood decides whether it is closed. */
  readonly fate: "closed" | "escaped" | "unsure" | "leaked";
  readonly leak: {
    readonly kind: "never" | "exception-path" | "early-return" | "after-yield" | "reassigned";
    /** Only calls that make a child (`conn.cursor()`) stand between the open and its `try`. */
    readonly narrow: boolean;
    /** The path on which it stays open, in order. */
    readonly path: readonly Hop[];
  } | null;
  /** Whether it is an object of the project that keeps such a one. */
  readonly keeps: boolean;
  /** How it may be closed: `with`, or the names of closing methods. */
  readonly closedBy: readonly string[];
  /** Whether closing is awaited (async resource). */
  readonly isAsync: boolean;
  /** Whether the first of the methods that close it is a coroutine. */
  readonly awaitsClose: boolean;
  /** What a `with` around the uses needs; over `contextlib.closing(...)` where `closedBy` has no "with". Null where that would not serve. */
  readonly withFix: {
    /** The statement that opens, `name = open(...)`. */
    readonly statement: Span;
    readonly name: string;
    readonly opener: Span;
    /** Statements after it in the same block that move inside, whole lines. */
    readonly body: readonly Span[];
    /** Texts in them, which may span lines that must stay as they are. */
    readonly texts: readonly Span[];
    /** Statements `name.close()` that become superfluous. */
    readonly redundant: readonly Span[];
  } | null;
}

/** A session that tasks running at the same time use, or that is held while a response is sent. */
export interface SharedView {
  /** "database session". */
  readonly what: string;
  readonly name: string;
  /** What starts the tasks, is given to the response, or is called too late. */
  readonly span: Span;
  /** Where tasks are given it; where it is opened, and the loop that goes on meanwhile; where it is closed. */
  readonly path: readonly Hop[];
  /** Whether it hangs on the version of a framework that nobody asked for. */
  readonly likely?: boolean;
}

/** An engine, a pool or a client that is the same for each request, and made anew for each. */
export interface RebuiltView {
  /** "http client", "database engine", ... */
  readonly what: string;
  readonly span: Span;
  /** What is called, as written. */
  readonly text: string;
  /** The handler or dependency that each request runs, and whether the making stands in it. */
  readonly handler: { readonly name: string; readonly here: boolean };
  /** The calls from there to the making, outermost first; empty where it stands in the handler. */
  readonly path: readonly Hop[];
}

export interface RequestValueView {
  /** "json", "form", "raw" or "parameter". */
  readonly kind: string;
  /** Where the data enters: the read, or the parameter. */
  readonly span: Span;
  readonly text: string;
  /** The same place, as a step of an explanation. */
  readonly entry: Hop;
  /** Where a function of the project that gives it reads it, and the one that gives it to that; empty where it is read here. */
  readonly ways: readonly Hop[];
  /** Uses that trust it, in order: a key read, a write to a model, ... Empty: it is never used, or always checked first. */
  readonly uses: readonly Hop[];
  /** Calls that write its keys, whatever keys there are, to columns or attributes; `text` is what is called. */
  readonly assigned: readonly FillingView[];
  readonly checked: boolean;
  /** Keys read from it by constant name, with the default given and the conversion applied, for the schema a fix writes. */
  readonly keys: readonly RequestKey[];
  /** The `await` over the read, where there is one. */
  readonly awaited: Span | null;
  /** How the function goes about the values that are read in the same words, for a fix that writes a schema of them. Null where not all of it is understood. */
  shape(): RequestShape | null;
  /** Set where the data enters as a parameter. */
  readonly parameter: { readonly name: string; readonly annotation: Span | null } | null;
}

/** A call that writes every key there is. */
export interface FillingView extends Hop {
  /** What is called. */
  readonly text: string;
  /** The columns it may write, where it is known, with what a schema of them is checked in front of: `Order(**data)`. */
  shape(): { readonly columns: readonly ColumnView[]; readonly argument: Span; readonly shape: RequestShape } | null;
}

export interface ColumnView {
  readonly name: string;
  /** As of a key. */
  readonly type: string | null;
  /** It may be left out of a new row. */
  readonly optional: boolean;
  /** It identifies the row, or the program sets it by itself. */
  readonly own: boolean;
}

/** What a schema of request data has to say, and where it may say it. */
export interface RequestShape {
  /** Module of the library that hands the data over: `flask`, `rest_framework.request`; null where a function of the project does. */
  readonly library: string | null;
  /** Whether the framework checks a body against the type of the parameter it goes to. */
  readonly typed: boolean;
  /** The whole value where it is first read: `await request.json()`, `json.loads(request.body)`. */
  readonly source: Span;
  /** Whether JSON text is decoded in it. */
  readonly decoded: boolean;
  /** The local name that is given the value and the statement that does so; null where it is read where it stands. */
  readonly holder: { readonly name: string; readonly statement: Span; readonly annotation: Span | null } | null;
  /** The statement before which it has to be checked; null for a parameter. */
  readonly before: Span | null;
  /** Whether that stands in the outermost block of the function. */
  readonly outermost: boolean;
  /** Whether the data is read whenever that statement runs. */
  readonly certain: boolean;
  /** Whether the function catches what is raised there. */
  readonly caught: boolean;
  /** Whether keys are put in or taken out, or it is asked whether there is any, so that only a dict can stand for it. */
  readonly asDict: boolean;
  readonly keys: readonly ShapedKey[];
}

export interface ShapedKey {
  readonly name: string;
  /** Every valid request has it. */
  readonly required: boolean;
  /** It may be null: it is read without a default. */
  readonly nullable: boolean;
  /** Whether it is compared with `None`. */
  readonly none: boolean;
  /** "str", "int", "float", "number", "bool", "list", "list[str]", "list[int]", "list[dict]", "dict", "datetime", "date", "decimal", "uuid", "file"; null where nothing tells. */
  readonly type: string | null;
  readonly reads: readonly ShapedRead[];
}

export interface ShapedRead {
  /** `data["key"]`, `data.get("key", 1)`, or the whole of `"key" in data`. */
  readonly span: Span;
  /** What stands for the data in it. */
  readonly data: Span;
  readonly how: "item" | "get" | "list" | "take" | "ask" | "write";
  /** The default that is given. */
  readonly fallback: { readonly span: Span; readonly constant: boolean } | null;
}

/** A form, a serializer: it holds what a client sent and has to be asked whether that is valid. */
export interface RequestFormView {
  /** Where it is made. */
  readonly made: Hop;
  /** How it is checked so that it raises: `is_valid(raise_exception=True)`. Null where it cannot be told to. */
  readonly check: string | null;
  /** The method that tells whether it is valid, and the module of the library it is from. */
  readonly asks: { readonly name: string; readonly library: string } | null;
  /** Where its data is taken and no check stands before, in order. Empty: it is checked, or nothing is taken. */
  readonly uses: readonly (Hop & { readonly text: string })[];
  /** The check whose answer nobody looks at; `raising` is the argument with which it would raise and the offset where that goes. */
  readonly dropped:
    | (Hop & { readonly text: string; readonly raising: { readonly text: string; readonly at: number } | null })
    | null;
}

export interface RequestKey {
  readonly name: string;
  readonly required: boolean;
  /** The default that all reads give, as it is written; "…" for one that is no constant, or where they differ. Null where none is given. */
  readonly fallback: string | null;
  /** Python type the uses suggest: "str", "int", ... or null. */
  readonly type: string | null;
  /** The accesses, `data["name"]` whole. */
  readonly spans: readonly Span[];
}
