/** Reads the verbs of a stub from its decorators. What each means is written in `knowledge/verbs.pyi`. */
import { type Condition, NO_VERBS, type Verbs, type Work, type WorkKind } from "../names/verbs.ts";
import type { Call, Expression } from "../syntax/tree.ts";
import { readCondition } from "./conditions.ts";

export interface Problem {
  readonly at: Expression;
  readonly message: string;
}

/** The verbs among `decorators`; decorators that are no verbs are left out. What is wrong goes to `problems`. */
export function readVerbs(decorators: readonly Expression[], problems: Problem[] = []): Verbs {
  const verbs: Draft = {};
  let any = false;
  for (const d of decorators) {
    const head = d.kind === "call" ? d.callee : d;
    const read = head.kind === "name" ? READERS[head.id] : undefined;
    if (!read) continue;
    any = true;
    read(verbs, new Arguments(d, problems));
  }
  return any ? { ...NO_VERBS, ...verbs } : NO_VERBS;
}

/** Whether `name` is a verb. */
export function isVerb(name: string): boolean {
  return name in READERS || name === "module";
}

/** The verb that a name was probably meant to be: one begins with the other; null where there is none. */
export function verbLike(name: string): string | null {
  const verbs = Object.keys(READERS).filter(
    (verb) => name.length > 2 && (verb.startsWith(name) || name.startsWith(verb)),
  );
  return verbs[0] ?? null;
}

/** Everything that can be waited for, in words, with its kind. */
export const WAITS: Readonly<Record<string, WorkKind>> = {
  "a network reply": "network",
  "a database reply": "database",
  "the clock": "clock",
  "another process": "process",
  "a lock": "lock",
  "another thread": "lock",
  "user input": "input",
  "the disk": "disk",
  "file metadata": "metadata",
};

const RESOURCES = new Set([
  "database session",
  "database connection",
  "database cursor",
  "database engine",
  "connection pool",
  "http client",
  "database client",
  "client",
  "file",
  "socket",
]);

type Draft = { -readonly [K in keyof Verbs]?: Verbs[K] };
type Reader = (verbs: Draft, args: Arguments) => void;

const READERS: Readonly<Record<string, Reader>> = {
  blocks(verbs, args) {
    const what = args.text(0, "what");
    const kind = WAITS[what];
    if (!kind) args.complain(`"${what}" is not something to wait for; it is one of ${quoted(Object.keys(WAITS))}`);
    else verbs.works = [...(verbs.works ?? []), args.work(kind, what)];
  },
  cpu(verbs, args) {
    verbs.works = [...(verbs.works ?? []), args.work("cpu", args.text(0, "what"))];
  },
  never_returns(verbs) {
    verbs.neverReturns = true;
  },
  never_raises(verbs) {
    verbs.neverRaises = true;
  },
  opens(verbs, args) {
    const what = args.text(0, "what");
    if (!RESOURCES.has(what)) args.complain(`"${what}" is not a resource; it is one of ${quoted([...RESOURCES])}`);
    verbs.opens = { what, closedBy: args.texts("closed_by"), unless: args.condition("unless") };
  },
  made_once(verbs, args) {
    verbs.madeOnce = { what: args.text(0, "what"), shares: args.texts("shares") };
  },
  streams(verbs, args) {
    verbs.streams = args.text(0, "parameter");
  },
  closes(verbs, args) {
    verbs.closes = [...(verbs.closes ?? []), args.optional(0, "parameter")];
  },
  owns(verbs, args) {
    verbs.owns = [...(verbs.owns ?? []), args.text(0, "parameter")];
  },
  borrows() {},
  request_body(verbs, args) {
    verbs.requestBody = args.text(0, "kind");
    verbs.requestKey = args.optional(Number.POSITIVE_INFINITY, "key");
  },
  reaches(verbs, args) {
    verbs.reaches = { what: args.text(0, "what"), parameter: args.text(1, "parameter") };
  },
  passes(verbs, args) {
    verbs.passes = [...(verbs.passes ?? []), args.text(0, "parameter")];
    if (args.flag("picks")) verbs.picks = true;
  },
  validates(verbs, args) {
    verbs.validates = [...(verbs.validates ?? []), args.optional(0, "parameter")];
  },
  schema(verbs, args) {
    verbs.schema = args.text(0, "check");
  },
  checks(verbs, args) {
    verbs.checks = { parameter: args.optional(0, "parameter"), unless: args.condition("unless") };
  },
  holds_data(verbs, args) {
    verbs.holdsData = {
      parameter: args.optional(0, "parameter"),
      members: args.texts("members"),
      answers: args.texts("answers"),
    };
  },
  assigns(verbs, args) {
    verbs.assigns = [...(verbs.assigns ?? []), args.text(0, "parameter")];
  },
  offloads(verbs, args) {
    verbs.offloads = [...(verbs.offloads ?? []), args.text(0, "parameter")];
    const runner = args.optional(Number.POSITIVE_INFINITY, "runner");
    if (runner === "any" || runner === "main" || runner === "database") verbs.runner = runner;
    else if (runner !== null) args.complain(`"${runner}" is none of "any", "main" and "database"`);
  },
  thread_bound(verbs) {
    verbs.threadBound = true;
  },
  spawns(verbs, args) {
    verbs.spawns = [...(verbs.spawns ?? []), args.text(0, "parameter")];
    if (args.flag("weak")) verbs.weak = true;
  },
  starts(verbs) {
    verbs.starts = true;
  },
  runs_loop(verbs, args) {
    verbs.runsLoop = { parameter: args.optional(0, "parameter") };
    verbs.works = [...(verbs.works ?? []), args.work("loop", "an event loop")];
  },
  asks_loop(verbs, args) {
    const how = args.text(0, "how");
    if (how !== "tells" && how !== "raises") args.complain(`"${how}" is neither "tells" nor "raises"`);
    else verbs.asksLoop = how;
  },
  spares(verbs, args) {
    const given = args.optional(Number.POSITIVE_INFINITY, "when");
    if (given !== "true" && given !== "false") args.complain('when is neither "true" nor "false"');
    else verbs.spares = { methods: args.texts("methods", 0), holds: given === "true" };
  },
  nests_loops(verbs) {
    verbs.nestsLoops = true;
  },
  runs_on(verbs, args) {
    const where = args.text(0, "where");
    if (where !== "loop" && where !== "thread") args.complain(`"${where}" is neither "loop" nor "thread"`);
    else {
      verbs.runsOn = where;
      verbs.runsOnUnless = args.condition("unless");
      const whom = args.optional(Number.POSITIVE_INFINITY, "whom") ?? "given";
      if (whom !== "given" && whom !== "overrides") args.complain(`"${whom}" is neither "given" nor "overrides"`);
      verbs.runsOverrides = whom === "overrides";
    }
  },
  handles_requests(verbs, args) {
    const how = args.optional(0, "parameters") ?? "none";
    if (how !== "body" && how !== "request" && how !== "none")
      args.complain(`"${how}" is none of "body", "request" and "none"`);
    else verbs.handlesRequests = how;
    verbs.requestClass = args.optional(Number.POSITIVE_INFINITY, "request");
    verbs.responders = args.optional(Number.POSITIVE_INFINITY, "methods");
    verbs.bodyParameter = args.optional(Number.POSITIVE_INFINITY, "body");
  },
  injects(verbs, args) {
    verbs.injects = args.text(0, "parameter");
  },
  calls(verbs, args) {
    verbs.calls = [...(verbs.calls ?? []), args.text(0, "parameter")];
  },
  context_manager(verbs) {
    verbs.contextManager = true;
  },
  resumes(verbs) {
    verbs.resumes = true;
  },
  turns_property(verbs) {
    verbs.turnsProperty = true;
  },
  caches(verbs) {
    verbs.caches = true;
  },
  evaluates() {},
  belongs_to_class(verbs) {
    verbs.belongsToClass = true;
  },
  awaits_twin(_verbs, args) {
    args.text(0, "name");
  },
};

/** The arguments of one decorator; complaints go to the list of problems. */
class Arguments {
  private readonly decorator: Expression;
  private readonly call: Call | null;
  private readonly problems: Problem[];

  constructor(decorator: Expression, problems: Problem[]) {
    this.decorator = decorator;
    this.call = decorator.kind === "call" ? decorator : null;
    this.problems = problems;
  }

  complain(message: string, at: Expression = this.decorator): void {
    this.problems.push({ at, message });
  }

  optional(position: number, name: string): string | null {
    const e = this.keyword(name) ?? this.call?.args[position];
    if (!e) return null;
    if (e.kind === "string") return e.value;
    this.complain(`${name} must be a string`, e);
    return null;
  }

  text(position: number, name: string): string {
    const value = this.optional(position, name);
    if (value === null) this.complain(`${name} is missing`);
    return value ?? "";
  }

  texts(name: string, position = Number.POSITIVE_INFINITY): string[] {
    const e = this.keyword(name) ?? this.call?.args[position];
    if (!e) return [];
    if (e.kind === "collection" && e.items.every((i) => i.kind === "string"))
      return e.items.map((i) => (i.kind === "string" ? i.value : ""));
    this.complain(`${name} must be a list of strings`, e);
    return [];
  }

  work(kind: WorkKind, what: string): Work {
    return {
      kind,
      what,
      likely: this.flag("likely"),
      unless: this.condition("unless"),
      instead: this.optional(Number.POSITIVE_INFINITY, "instead"),
      see: this.optional(Number.POSITIVE_INFINITY, "see"),
    };
  }

  flag(name: string): boolean {
    const e = this.keyword(name);
    return e?.kind === "literal" && e.text === "True";
  }

  condition(name: string): Condition | null {
    const e = this.keyword(name);
    if (!e) return null;
    const read = readCondition(e);
    if ("condition" in read) return read.condition;
    this.complain(read.problem, read.at);
    return null;
  }

  private keyword(name: string): Expression | undefined {
    return this.call?.keywords.find((k) => k.name === name)?.value;
  }
}

function quoted(names: readonly string[]): string {
  return names.map((n) => `"${n}"`).join(", ");
}
