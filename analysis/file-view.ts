/** Builds the cooked nouns that rules read from what the layers below worked out. */
import { callersToAwait } from "./async-form.ts";
import { lineStartsOf, type Span } from "./base/span.ts";
import { runsOn } from "./calls/context.ts";
import { kindsOf } from "./calls/graph.ts";
import { implementationsOf, isAside } from "./calls/implementations.ts";
import type { Way } from "./facts/blocking.ts";
import { surelyCoroutine } from "./facts/coroutines.ts";
import { resourcesOf } from "./facts/resources.ts";
import { behindImports, bindingsOf, type FileState, statementAround } from "./file-state.ts";
import { type Use, usesIn } from "./flow/uses.ts";
import { baseElsewhere, baseOf, hopAt, hopOf, spanAt } from "./hops.ts";
import type { Linker } from "./linker.ts";
import { type FunctionEntity, type FunctionId, importedLibraries, moduleFunctionId } from "./names/outline.ts";
import { dottedNameOfId, functionEntity, keyOfId, type Program, plainId } from "./names/program.ts";
import type { Work } from "./names/verbs.ts";
import { closedUseViews, rebuiltViews, sharedViews, streamingViews } from "./rebuilt-view.ts";
import { couldBePlain, makersOf, siblingOf, staysOnItsThread, threadRunnerOf, worksLater } from "./remedies.ts";
import { requestFormView, requestValueViews } from "./request-view.ts";
import { type Placing, resourceView } from "./resource-view.ts";
import type { Expression } from "./syntax/tree.ts";
import { functionInfo } from "./types/inference/index.ts";
import type { CallRecord } from "./types/record.ts";
import type {
  AsyncForm,
  BlockingWork,
  CallView,
  Context,
  FileView,
  FunctionView,
  Hop,
  LoopStart,
  ThreadRunner,
} from "./views.ts";
import { nameOf, shortName, WORDS } from "./wording.ts";

/** The view of one file of a snapshot. `activate` brings the linker to that snapshot; everything lazy calls it first. `viewOf` gives its other files. */
export function createFileView(
  state: FileState,
  linker: Linker,
  activate: () => void,
  viewOf: (path: string) => FileView | undefined,
): FileView {
  const context: ViewContext = { state, linker, activate, viewOf };
  let functions: readonly FunctionView[] | undefined;
  const threadRunners = new Map<boolean, ThreadRunner | null>();
  let bindings: ReadonlyMap<string, string | null> | undefined;
  let lineStarts: readonly number[] | undefined;
  const view: FileView = {
    path: state.path,
    text: state.text,
    get lineStarts() {
      lineStarts ??= lineStartsOf(state.text);
      return lineStarts;
    },
    get comments() {
      return state.tree.comments;
    },
    get errors() {
      return state.tree.errors;
    },
    get importInsertion() {
      return state.tree.importInsertion;
    },
    get bindings() {
      bindings ??= bindingsOf(state);
      return bindings;
    },
    get variableInsertion() {
      return behindImports(state);
    },
    importer(library) {
      if (importedLibraries(state.outline).has(library)) return "file";
      activate();
      return linker.imports(library) ? "project" : null;
    },
    isMentioned(word) {
      activate();
      return linker.mentioning(word).length > 0;
    },
    threadRunner(kind) {
      const database = kind === "database";
      let runner = threadRunners.get(database);
      if (runner === undefined) {
        activate();
        const runners = linker.knowledge.runners.filter((r) => !r.database || database);
        runner = threadRunnerOf(linker.program, runners, state, (library) => linker.importsItself(library));
        threadRunners.set(database, runner);
      }
      return runner;
    },
    get functions() {
      functions ??= functionsOf(view, context);
      return functions;
    },
  };
  return view;
}

interface ViewContext {
  readonly state: FileState;
  readonly linker: Linker;
  readonly activate: () => void;
  readonly viewOf: (path: string) => FileView | undefined;
}

function functionsOf(file: FileView, context: ViewContext): readonly FunctionView[] {
  const { outline } = context.state;
  const views = [...outline.functions.values()].map((entity) => functionView(file, context, entity));
  const starts = new Map(views.map((v) => [v, v.span.start]));
  views.sort((a, b) => starts.get(a)! - starts.get(b)!);
  views.push(functionView(file, context, null));
  return views;
}

/** `asAsync`: as it would be if it were an `async def`. */
function functionView(
  file: FileView,
  context: ViewContext,
  entity: FunctionEntity | null,
  asAsync = entity?.isAsync ?? false,
): FunctionView {
  const { state, linker, activate } = context;
  const id = entity?.id ?? moduleFunctionId(state.path);
  const base = entity ? baseOf(state, entity) : 0;
  const def = entity?.def;
  let calls: readonly CallView[] | undefined;
  const requestValues = (parameters: boolean) => {
    activate();
    const info = functionInfo(linker.program, id);
    const placed = (of: FunctionId) => placing(context, baseElsewhere(context.linker, of), keyOfId(of));
    const reader = { program: linker.program, activate, entity, info, placed };
    return requestValueViews(reader, placing(context, base), parameters);
  };
  return {
    id,
    qualifiedName: entity ? entity.qualifiedName : "<module>",
    file,
    span: def ? { start: def.start + base, end: def.end + base } : { start: 0, end: state.text.length },
    nameSpan: def ? { start: def.nameSpan.start + base, end: def.nameSpan.end + base } : { start: 0, end: 0 },
    get statement() {
      return statementAround(state, this.span);
    },
    get parameters() {
      return (entity?.parameters ?? []).map((p) => ({
        name: p.name,
        span: spanAt(p, base),
        annotation: p.annotation && spanAt(p.annotation, base),
        hasDefault: p.default !== null,
      }));
    },
    isAsync: asAsync,
    get runsOn(): Context {
      activate();
      if (asAsync && entity?.isAsync === false) return { where: "loop", because: "it would be an async def" };
      return runsOn(linker.program, id);
    },
    asAsync() {
      return entity && !asAsync ? asyncForm(file, context, entity) : null;
    },
    couldBePlain() {
      activate();
      return couldBePlain(linker, id);
    },
    get calls() {
      if (calls) return calls;
      activate();
      const info = functionInfo(linker.program, id);
      let uses: ReadonlyMap<Expression, Use> | undefined;
      const useOf = (e: Expression): Use | undefined => {
        uses ??= usesIn(info?.def ?? null, info?.def?.body ?? state.tree.body);
        return uses.get(e);
      };
      const caller: Caller = { context, id, base, isAsync: asAsync, useOf };
      calls = (info?.calls ?? []).map((record) => new CallOf(caller, record));
      return calls;
    },
    streaming() {
      activate();
      return streamingViews(linker.program, id, (of) =>
        placing(context, baseElsewhere(context.linker, of), keyOfId(of)),
      );
    },
    usedAfterClose() {
      activate();
      return closedUseViews(linker.program, id, placing(context, base));
    },
    shared() {
      activate();
      return sharedViews(linker.program, id, placing(context, base));
    },
    rebuilt() {
      activate();
      return rebuiltViews(
        linker,
        id,
        (span) => spanAt(span, base),
        (step) => hopOf(context.linker, step, ""),
      );
    },
    resources() {
      activate();
      return resourcesOf(linker.program, id).map((fate) => resourceView(fate, placing(context, base)));
    },
    requestValues: () => requestValues(false),
    requestParameters: () => requestValues(true),
    requestForms() {
      activate();
      const forms = functionInfo(linker.program, id)?.forms ?? [];
      return forms.map((form) => requestFormView(form, placing(context, base)));
    },
  };
}

function asyncForm(file: FileView, context: ViewContext, entity: FunctionEntity): AsyncForm | null {
  const { linker, viewOf } = context;
  context.activate();
  const callers = callersToAwait(linker, entity.id);
  if (callers === null) return null;
  return {
    fn: functionView(file, context, entity, true),
    callers: callers.flatMap(({ fn, record }) => {
      const path = keyOfId(fn);
      const view = viewOf(path);
      const state = linker.textOf(path);
      const calling = state?.outline.functions.get(plainId(fn));
      if (!view || !state || !calling) return [];
      const caller = {
        context: { ...context, state },
        id: fn,
        base: baseOf(state, calling),
        isAsync: true,
        useOf: nobodyUses,
      };
      return [{ file: view, call: new CallOf(caller, record) }];
    }),
  };
}

const nobodyUses = (): undefined => undefined;

/** What the calls of one function have in common. */
interface Caller {
  readonly context: ViewContext;
  readonly id: FunctionId;
  /** What offsets in it count from. */
  readonly base: number;
  readonly isAsync: boolean;
  readonly useOf: (e: Expression) => Use | undefined;
}

/** A class, because there are very many of them: what they do is shared, and what nobody asks for takes no room. */
class CallOf implements CallView {
  private readonly caller: Caller;
  private readonly record: CallRecord;
  private found: readonly { readonly work: BlockingWork; readonly way: Way | null }[] | null = null;

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
    this.found ??= this.search();
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
    return this.caller.context.viewOf(keyOfId(id))?.functions.find((fn) => fn.id === plain) ?? null;
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
    return loopStart(this.caller.context, this.record, this.caller.base);
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

  private at({ start, end }: Span): Span {
    return { start: start + this.caller.base, end: end + this.caller.base };
  }
}

const UNSEEN: Use = { kind: "other", name: null, statement: null, ends: false };

function loopStart(context: ViewContext, record: CallRecord, base: number): LoopStart | null {
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
  return { path, awaitable: { span: { start: only.start + base, end: only.end + base }, needsBrackets } };
}

function argumentCount({ node }: CallRecord): number {
  return node.kind === "call" ? node.args.length + node.keywords.length : 0;
}

function placing(context: ViewContext, base: number, file = context.state.path): Placing {
  const at = (span: Span): Span => ({ start: span.start + base, end: span.end + base });
  return { at, hop: (span, message) => hopAt(context.linker, file, at(span), message) };
}
