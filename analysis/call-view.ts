/** The view of one call: what it runs, what it waits for, what becomes of its value. */
import type { Span } from "./base/span.ts";
import { kindsOf } from "./calls/graph.ts";
import { implementationsOf, isAside } from "./calls/implementations.ts";
import type { Way } from "./facts/blocking.ts";
import { surelyCoroutine } from "./facts/coroutines.ts";
import type { FileState } from "./file-state.ts";
import type { Use } from "./flow/uses.ts";
import { hopOf, type Placer } from "./hops.ts";
import type { Linker } from "./linker.ts";
import type { FunctionId } from "./names/outline.ts";
import { dottedNameOfId, functionEntity, keyOfId, type Program, plainId } from "./names/program.ts";
import type { Work } from "./names/verbs.ts";
import { makersOf, siblingOf, staysOnItsThread, worksLater } from "./remedies.ts";
import type { Expression } from "./syntax/tree.ts";
import { functionInfo } from "./types/inference/index.ts";
import type { CallRecord } from "./types/record.ts";
import type { BlockingWork, CallView, FileView, FunctionView, Hop, LoopStart } from "./views.ts";
import { nameOf, shortName, WORDS } from "./wording.ts";

/** What all views of a file have in common. */
export interface ViewContext {
  readonly state: FileState;
  readonly linker: Linker;
  readonly activate: () => void;
  readonly viewOf: (path: string) => FileView | undefined;
}

/** What the calls of one function have in common. */
export interface Caller {
  readonly context: ViewContext;
  readonly id: FunctionId;
  /** Gives the places of what stands in it. */
  readonly at: Placer;
  readonly isAsync: boolean;
  readonly useOf: (e: Expression) => Use | undefined;
}

/** A class, because there are very many of them: what they do is shared, and what nobody asks for takes no room. */
export class CallOf implements CallView {
  private readonly caller: Caller;
  private readonly record: CallRecord;
  private found: readonly { readonly work: BlockingWork; readonly way: Way | null }[] | null = null;
  private foundIn = 0;

  constructor(caller: Caller, record: CallRecord) {
    this.caller = caller;
    this.record = record;
  }

  get span(): Span {
    return this.at(this.record);
  }

  get calleeSpan(): Span {
    return this.at({ start: this.record.calleeStart, end: this.record.calleeEnd });
  }

  get text(): string {
    return this.record.text;
  }

  get targets(): readonly string[] {
    const program = this.program();
    return this.record.targets.flatMap((t) => (t.id !== null ? [dottedNameOfId(program, t.id)] : (t.name ?? [])));
  }

  blocking(): readonly BlockingWork[] {
    this.program();
    const { reading } = this.caller.context.linker;
    if (this.found === null || this.foundIn !== reading) this.found = this.search();
    this.foundIn = reading;
    return this.found.map(({ work }) => work);
  }

  pathTo(work: BlockingWork): readonly Hop[] {
    this.program();
    const does = `${work.kind === "cpu" ? "does" : "waits for"} ${work.what}`;
    const way = this.found?.find((each) => each.work === work)?.way;
    return (way?.steps ?? []).map((step) => hopOf(this.caller.context.linker, step, does));
  }

  get awaited(): boolean {
    return this.record.awaited;
  }

  get awaitable(): boolean {
    const { record, caller } = this;
    return caller.isAsync && record.awaitable && record.how === "call" && !record.awaited;
  }

  runs(): FunctionView | null {
    const [first, ...others] = this.record.targets;
    const id = first && others.length === 0 && first.works.length === 0 ? first.runs : null;
    if (id === null || implementationsOf(this.program(), this.record, first!).length > 0) return null;
    const plain = plainId(id);
    this.caller.context.linker.textOf(keyOfId(id));
    return this.caller.context.viewOf(keyOfId(id))?.function(plain) ?? null;
  }

  get instead(): string | null {
    return this.works().find((w) => w.instead !== null)?.instead ?? null;
  }

  get see(): string | null {
    const { runners } = this.caller.context.linker.knowledge;
    return this.works().find((w) => w.see !== null && !runners.some((r) => r.name === w.see))?.see ?? null;
  }

  sibling(): ReturnType<CallView["sibling"]> {
    const found = siblingOf(this.program(), this.record, this.caller.id);
    return found && { ...found, at: this.at(found.at) };
  }

  get movable(): boolean {
    const program = this.program();
    return !staysOnItsThread(program, this.record) && !worksLater(program, this.record);
  }

  get entered(): boolean {
    return functionInfo(this.program(), this.caller.id)?.contexts.has(this.record.node) ?? false;
  }

  get madeBy(): readonly Span[] {
    const def = functionEntity(this.program(), this.caller.id)?.def ?? null;
    return makersOf(this.record, def).map((span) => this.at(span));
  }

  get argumentSpans(): readonly Span[] {
    const { node } = this.record;
    return node.kind === "call" ? [...node.args, ...node.keywords].map((a) => this.at(a)) : [];
  }

  get gives(): CallView["gives"] {
    const { gives } = this.record;
    if (gives?.what !== "coroutine") return gives?.what ?? null;
    const having = (name: string) => this.caller.context.linker.classesHaving(name);
    return surelyCoroutine(this.program(), gives.fn, having) ? "coroutine" : null;
  }

  use(): ReturnType<CallView["use"]> {
    const { kind, name, statement, ends } = this.caller.useOf(this.record.node) ?? UNSEEN;
    return { kind, name, statement: statement && this.at(statement), ends };
  }

  startsLoop(): LoopStart | null {
    this.program();
    return loopStart(this.caller.context, this.record, this.caller.at);
  }

  private search(): NonNullable<CallOf["found"]> {
    const { record } = this;
    const { linker } = this.caller.context;
    const { blocking } = linker;
    return kindsOf(blocking.workOfCall(record)).flatMap(({ kind, likely }) => {
      if (kind === "loop") return [];
      const way = blocking.wayFrom(record, kind, likely);
      const last = way?.steps.at(-1)?.record ?? record;
      const by = last.targets.find((t) => t.works.some((w) => w === way?.work));
      const what = way?.work.what ?? WORDS[kind];
      const owner = way?.implementation ? functionEntity(linker.program, way.implementation)?.owner : null;
      // A test decides which implementation it uses, and mostly for one that does nothing.
      if (owner && isAside(this.caller.context.state.path)) return [];
      const implementation = owner ? nameOf(owner) : null;
      return [{ work: { kind, likely, what, by: shortName(by, last.text), implementation }, way }];
    });
  }

  /** What the library functions it calls do, as their stubs say. */
  private works(): readonly Work[] {
    return this.record.targets.flatMap((t) => t.works);
  }

  /** The program, brought to the snapshot the call belongs to. */
  private program(): Program {
    this.caller.context.activate();
    return this.caller.context.linker.program;
  }

  private at(span: Span): Span {
    return this.caller.at(span);
  }
}

const UNSEEN: Use = { kind: "other", name: null, statement: null, ends: false };

function loopStart(context: ViewContext, record: CallRecord, at: Placer): LoopStart | null {
  const { linker } = context;
  const found = kindsOf(linker.blocking.workOfCall(record)).find(({ kind }) => kind === "loop");
  if (!found || linker.nestsLoops) return null;
  const way = linker.blocking.wayFrom(record, found.kind, found.likely);
  if (!way) return null;
  const path = way.steps.map((step) => hopOf(context.linker, step, "starts an event loop"));
  const [only, ...others] = record.node.kind === "call" ? record.node.args : [];
  const awaits = record.targets.some((t) => t.id !== null && linker.program.verbs(t.id).runsLoop?.parameter);
  const sole = only && only.kind !== "starred" && others.length === 0 && argumentCount(record) === 1;
  if (!awaits || !sole) return { path, awaitable: null };
  const needsBrackets = !["name", "attribute", "call", "subscript"].includes(only.kind);
  return { path, awaitable: { span: at(only), needsBrackets } };
}

function argumentCount({ node }: CallRecord): number {
  return node.kind === "call" ? node.args.length + node.keywords.length : 0;
}
