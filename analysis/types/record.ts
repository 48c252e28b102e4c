/** What inference leaves behind of a unit: for each function in it what it calls, returns and yields. Offsets count from the unit, as in the tree. */
import type { FunctionId } from "../names/outline.ts";
import type { Work } from "../names/verbs.ts";
import type { Expression, FunctionDef } from "../syntax/tree.ts";
import type { Given, ParameterTest } from "./conditions.ts";
import type { Type } from "./type.ts";

export interface UnitInfo {
  readonly unit: FunctionId;
  readonly def: FunctionDef | null;
  readonly functions: ReadonlyMap<FunctionId, FunctionInfo>;
  /** Types of module-level names it assigns. */
  readonly globals: ReadonlyMap<string, Type>;
  /** Types of attributes it assigns, by `ClassId.name`. */
  readonly attributes: ReadonlyMap<string, Type>;
  /** What it asked of other units' inferred types, each once, and was told. */
  readonly asked: readonly Asked[];
  /** Functions it gives to others uncalled. */
  readonly handed: readonly HandedOver[];
  /** Functions it gives to a framework that runs them for each request. */
  readonly served: readonly Served[];
}

/** A function that a framework runs for each request: a handler, or a dependency of handlers. */
export interface Served {
  readonly fn: FunctionId;
  /** Name of the callable it is given to. */
  readonly by: string;
  /** Dotted name of the class of the request it is given; null where nobody says. */
  readonly request: string | null;
}

/** A function given to a framework, a loop or an executor that runs it. */
export interface HandedOver {
  readonly fn: FunctionId;
  readonly where: "loop" | "thread";
  /** Name of the callable it is given to. */
  readonly by: string;
}

export interface Query {
  readonly what: "returns" | "yields" | "attribute" | "global" | "request" | "parameters";
  readonly id: string;
  readonly name: string;
}

export interface Asked {
  readonly query: Query;
  readonly answer: Type | ParameterFacts | null;
}

export interface FunctionInfo {
  readonly id: FunctionId;
  readonly def: FunctionDef | null;
  readonly calls: readonly CallRecord[];
  /** The record of a call expression, and of an await over it. */
  readonly byNode: ReadonlyMap<Expression, CallRecord>;
  /** Types of what its `with` statements enter. */
  readonly contexts: ReadonlyMap<Expression, Type>;
  /** What it returns; for `async def` what awaiting gives. */
  readonly returns: Type;
  readonly yields: Type;
  parameters: ParameterFacts;
  /** Parameters of functions around it that it calls on its own thread. */
  readonly borrowed: readonly { readonly of: FunctionId; readonly name: string }[];
  /** Values in it that came unchecked with a request. */
  readonly bodies: readonly BodyRecord[];
  /** Forms made in it of unchecked data. */
  readonly forms: readonly FormRecord[];
}

/** What a function does with values handed to it, names of its parameters, sorted; and whether it answers a question about its thread. */
export interface ParameterFacts {
  /** Calls them on its own thread. */
  readonly called: readonly string[];
  /** Checks, keeps or hands them on where nobody can follow. */
  readonly kept: readonly string[];
  /** Reads keys, items or attributes. */
  readonly read: readonly string[];
  /** Writes their keys to columns or attributes. */
  readonly assigned: readonly string[];
  /** Has them called on the event loop: by an `async def` inside it, or by whoever it gives them to. */
  readonly looped: readonly string[];
  /** Has them called in a thread. */
  readonly offloaded: readonly string[];
  /** What it returns is true exactly where a loop runs on its thread. */
  readonly tellsLoop: boolean;
  /** It hands data of the request, which it reads itself, to somebody who checks it, or may; so does whatever stands in it. */
  readonly checksBody: boolean;
}

export interface CallRecord {
  readonly node: Expression;
  readonly how: "call" | "property" | "enter" | "exit" | "iterate" | "operator";
  readonly start: number;
  readonly end: number;
  /** The part naming what is called. */
  readonly calleeStart: number;
  readonly calleeEnd: number;
  /** The callee as written, shortened. */
  readonly text: string;
  readonly targets: readonly Target[];
  readonly awaited: boolean;
  /** What it costs is not paid by every caller: its value is kept for the process, or no loop runs where it happens. */
  readonly once: boolean;
  /** A plain call where an `await` may be written, if its function is an `async def`: no lock of threads is held there. */
  readonly awaitable: boolean;
  /** The tests of parameters that came out so, where it happens. */
  readonly tests: readonly ParameterTest[];
  /** It happens whenever the function runs to there: no condition stands before it, and none that returns. */
  readonly sure: boolean;
  /** The function whose call gives a coroutine or a task here, as far as its declaration says; null where it gives anything else, or may. */
  readonly gives: { readonly what: "coroutine" | "task"; readonly fn: FunctionId } | null;
}

export interface Target {
  /** Function or class that is called; null where only a name is known. */
  readonly id: string | null;
  /** Dotted name of something outside of what is known. */
  readonly name: string | null;
  /** What a library does here, its conditions weighed against the arguments. */
  readonly works: readonly Work[];
  /** The project function whose body runs here and now. */
  readonly runs: FunctionId | null;
  /** What it gives the parameters that matter to `runs`. */
  readonly given: readonly Given[];
  /** It may not happen, or something else may be called: the receiver may be of another class, the code is for debugging, the value is kept by an object. */
  readonly perhaps: boolean;
  /** What the called method is bound to. */
  readonly receiver: Type | null;
  /** False where the arguments excuse the call from opening what its verbs say it opens. */
  readonly opens: boolean;
}

/** Unchecked data of a request: where it enters and what is done with it. */
export interface BodyRecord {
  readonly kind: string;
  readonly node: Expression | null;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The `await` over it. */
  readonly awaited: { readonly start: number; readonly end: number } | null;
  /** The parameter that holds it, where it entered as one. */
  readonly parameter: string | null;
  /** Identifier of the library function or property that hands it over; null where none does. */
  readonly by: string | null;
  readonly uses: readonly BodyUse[];
  /** Of a parameter: where it goes that matters. */
  readonly sinks: readonly BodyUse[];
  /** Where its keys become columns or attributes, whatever they are. */
  readonly assigned: readonly Assignment[];
  /** Whether it reached a schema, or something that may be one. */
  readonly checked: boolean;
  /** Whether callers are given it as it came. */
  readonly given: boolean;
  /** The function of the project that gave it, where it came from one. */
  readonly through: FunctionId | null;
}

export interface BodyUse {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly key: string | null;
  /** Read without a default, so that a missing key fails. */
  readonly required: boolean;
  /** The constant given as a default, as it is written; null where it is none. */
  readonly fallback: string | null;
  /** Name of the builtin it is converted with (`int(data["n"])`). */
  readonly conversion: string | null;
}

/** Keys that the client chose are written, each to the column or attribute of its name. */
export interface Assignment {
  readonly start: number;
  readonly end: number;
  /** What writes them, as written: `Order(…)`. */
  readonly text: string;
}

/** A form, a serializer: it holds what a client sent. */
export interface FormRecord {
  readonly start: number;
  readonly end: number;
  /** The call that made it, shortened. */
  readonly text: string;
  /** How it is checked so that it raises, as it is written behind the form; null where that is not to be had. */
  readonly check: string | null;
  /** The method that tells whether it is valid, and the module of the library it is from. */
  readonly asks: { readonly name: string; readonly library: string } | null;
  /** The check whose answer nobody looks at. */
  readonly dropped: {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    /** The argument with which it raises, where it takes one and has none. */
    readonly raising: string | null;
  } | null;
  /** Where its data is taken though nobody has heeded a check. */
  readonly uses: readonly { readonly start: number; readonly end: number; readonly text: string }[];
}
