/** Builds the cooked nouns that rules read from what the layers below worked out. */
import { callersToAwait } from "./async-form.ts";
import { lineStartsOf, type Span } from "./base/span.ts";
import { type Caller, CallOf, type ViewContext } from "./call-view.ts";
import { runsOn } from "./calls/context.ts";
import { resourcesOf } from "./facts/resources.ts";
import { behindImports, bindingsOf, type FileState, statementAround } from "./file-state.ts";
import { type Use, usesIn } from "./flow/uses.ts";
import { hopAt, hopOf, type Placer, placerElsewhere, placerOf } from "./hops.ts";
import { Lasting } from "./lasting.ts";
import type { Linker } from "./linker.ts";
import { type FunctionEntity, type FunctionId, importedLibraries, moduleFunctionId } from "./names/outline.ts";
import { keyOfId, plainId } from "./names/program.ts";
import { closedUseViews, rebuiltViews, sharedViews, streamingViews } from "./rebuilt-view.ts";
import { couldBePlain, threadRunnerOf } from "./remedies.ts";
import { requestFormView, requestValueViews } from "./request-view.ts";
import { type Placing, resourceView } from "./resource-view.ts";
import { ownSpanIn, spanIn } from "./syntax/places.ts";
import type { Expression } from "./syntax/tree.ts";
import { functionInfo } from "./types/inference/index.ts";
import type { AsyncForm, CallView, Context, FileView, FunctionView, ThreadRunner, UnitView } from "./views.ts";

/** The view of one file of a snapshot. `activate` brings the linker to that snapshot; everything lazy calls it first. `viewOf` gives its other files. */
export function createFileView(
  state: FileState,
  linker: Linker,
  activate: () => void,
  viewOf: (path: string) => FileView | undefined,
): FileView {
  const context: ViewContext = { state, linker, activate, viewOf };
  let functions: readonly FunctionView[] | undefined;
  const threadRunners = new Map<boolean, Lasting<ThreadRunner | null>>();
  const single = new Map<FunctionId, FunctionView>();
  const functionOf = (entity: FunctionEntity): FunctionView => {
    let known = single.get(entity.id);
    if (!known) {
      known = functionView(view, context, entity);
      single.set(entity.id, known);
    }
    return known;
  };
  let bindings: ReadonlyMap<string, string | null> | undefined;
  let lineStarts: readonly number[] | undefined;
  /** Kept work that reads more of the file than one unit has to be done again after each edit. */
  const readAll = (): void => {
    if (linker.reading === 0) return;
    activate();
    linker.textOf(state.path);
  };
  const readOutline = (): void => {
    activate();
    linker.readDeclarations(state.path);
  };
  const view: FileView = {
    path: state.path,
    get text() {
      readAll();
      return state.text;
    },
    get lineStarts() {
      readAll();
      lineStarts ??= lineStartsOf(state.text);
      return lineStarts;
    },
    get comments() {
      readAll();
      return state.tree.comments;
    },
    get errors() {
      readAll();
      return state.tree.errors;
    },
    get importInsertion() {
      readAll();
      return state.tree.importInsertion;
    },
    get bindings() {
      readOutline();
      bindings ??= bindingsOf(state);
      return bindings;
    },
    get variableInsertion() {
      readAll();
      return behindImports(state);
    },
    importer(library) {
      readOutline();
      if (importedLibraries(state.outline).has(library)) return "file";
      return linker.imports(library) ? "project" : null;
    },
    isMentioned(word) {
      activate();
      return linker.mentioning(word).length > 0;
    },
    threadRunner(kind) {
      const database = kind === "database";
      let runner = threadRunners.get(database);
      if (!runner) {
        runner = new Lasting(linker, () => {
          readOutline();
          const runners = linker.knowledge.runners.filter((r) => !r.database || database);
          return threadRunnerOf(linker.program, runners, state, (library) => linker.importsItself(library));
        });
        threadRunners.set(database, runner);
      }
      return runner.value;
    },
    get functions() {
      readAll();
      functions ??= [...functionsOf(state, functionOf), functionView(view, context, null)];
      return functions;
    },
    function(id) {
      readAll();
      const entity = state.outline.functions.get(id);
      return entity ? functionOf(entity) : null;
    },
    get units() {
      return unitsOf(view, context);
    },
  };
  return view;
}

/** The functions of a file by unit, those of the module's own top level last. */
function unitsOf(file: FileView, context: ViewContext): readonly UnitView[] {
  const { path, outline } = context.state;
  const top = moduleFunctionId(path);
  const byUnit = new Map<FunctionId, FunctionEntity[]>();
  const atTop: FunctionEntity[] = [];
  for (const entity of outline.functions.values()) {
    const known = entity.unit === top ? atTop : byUnit.get(entity.unit);
    if (known) known.push(entity);
    else byUnit.set(entity.unit, [entity]);
  }
  byUnit.set(top, atTop);
  return [...byUnit].map(([id, entities]) => new UnitOf(file, context, id, entities));
}

/** A class, because there are many of them, and at each key others. */
class UnitOf implements UnitView {
  readonly id: FunctionId;
  private readonly file: FileView;
  private readonly context: ViewContext;
  private readonly entities: readonly FunctionEntity[];

  constructor(file: FileView, context: ViewContext, id: FunctionId, entities: readonly FunctionEntity[]) {
    this.file = file;
    this.context = context;
    this.id = id;
    this.entities = entities;
  }

  get isTopLevel(): boolean {
    return this.start === null;
  }

  at(span: Span): Span {
    return spanIn(this.context.state.tree, this.start, span);
  }

  own(span: Span): Span | null {
    return ownSpanIn(this.context.state.tree, this.start, span);
  }

  functions(): readonly FunctionView[] {
    const { file, context, entities } = this;
    const views = inOrder(entities.map((entity) => functionView(file, context, entity)));
    return this.isTopLevel ? [...views, functionView(file, context, null)] : views;
  }

  keep<T>(asker: object, work: () => T): T {
    const { activate, linker } = this.context;
    activate();
    return linker.keep(asker, this.id, () => {
      linker.program.unit(this.id);
      return work();
    });
  }

  /** Null for the module's own top level. */
  private get start(): number | null {
    return this.context.state.outline.functions.get(this.id)?.def.unitStart ?? null;
  }
}

function inOrder(views: FunctionView[]): readonly FunctionView[] {
  return views.sort((a, b) => a.span.start - b.span.start);
}

/** In source order. */
function functionsOf({ outline }: FileState, viewOf: (entity: FunctionEntity) => FunctionView): FunctionView[] {
  const views = [...outline.functions.values()].map(viewOf);
  const starts = new Map(views.map((v) => [v, v.span.start]));
  return views.sort((a, b) => starts.get(a)! - starts.get(b)!);
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
  const at = placerOf(state, entity);
  const def = entity?.def;
  const readAll = (): void => {
    activate();
    linker.textOf(state.path);
  };
  const calls = new Lasting(linker, (): readonly CallView[] => {
    activate();
    const info = functionInfo(linker.program, id);
    let uses: ReadonlyMap<Expression, Use> | undefined;
    const useOf = (e: Expression): Use | undefined => {
      // What becomes of something at the top level depends on the functions that read it.
      if (!info?.def) readAll();
      uses ??= usesIn(info?.def ?? null, info?.def?.body ?? state.tree.body);
      return uses.get(e);
    };
    const caller: Caller = { context, id, at, isAsync: asAsync, useOf };
    return (info?.calls ?? []).map((record) => new CallOf(caller, record));
  });
  const requestValues = (parameters: boolean) => {
    activate();
    const info = functionInfo(linker.program, id);
    const placed = (of: FunctionId) => placing(context, placerElsewhere(context.linker, of), keyOfId(of));
    const reader = { program: linker.program, activate, entity, info, placed };
    return requestValueViews(reader, placing(context, at), parameters);
  };
  return {
    id,
    qualifiedName: entity ? entity.qualifiedName : "<module>",
    file,
    get span() {
      if (def) return at(def);
      readAll();
      return { start: 0, end: state.text.length };
    },
    nameSpan: def ? at(def.nameSpan) : { start: 0, end: 0 },
    get statement() {
      readAll();
      return statementAround(state, this.span);
    },
    get parameters() {
      return (entity?.parameters ?? []).map((p) => ({
        name: p.name,
        span: at(p),
        annotation: p.annotation && at(p.annotation),
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
      return calls.value;
    },
    streaming() {
      activate();
      return streamingViews(linker.program, id, (of) =>
        placing(context, placerElsewhere(context.linker, of), keyOfId(of)),
      );
    },
    usedAfterClose() {
      activate();
      return closedUseViews(linker.program, id, placing(context, at));
    },
    shared() {
      activate();
      return sharedViews(linker.program, id, placing(context, at));
    },
    rebuilt() {
      activate();
      return rebuiltViews(linker, id, at, (step) => hopOf(context.linker, step, ""));
    },
    resources() {
      activate();
      return resourcesOf(linker.program, id).map((fate) => resourceView(fate, placing(context, at)));
    },
    requestValues: () => requestValues(false),
    requestParameters: () => requestValues(true),
    requestForms() {
      activate();
      const forms = functionInfo(linker.program, id)?.forms ?? [];
      return forms.map((form) => requestFormView(form, placing(context, at)));
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
        at: placerOf(state, calling),
        isAsync: true,
        useOf: nobodyUses,
      };
      return [{ file: view, call: new CallOf(caller, record) }];
    }),
  };
}

const nobodyUses = (): undefined => undefined;

function placing(context: ViewContext, at: Placer, file = context.state.path): Placing {
  const { state, linker } = context;
  // What stands in the unit itself moves with it; the places of others may change by themselves.
  const lineStarts = (): readonly number[] | null => (file === state.path ? state.tree.lineStarts : null);
  return { at, hop: (span, message) => hopAt(linker, file, at(span), message, lineStarts()) };
}
