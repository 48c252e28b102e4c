/** Data of a request as rules see it: what is read from it, what it is written to, the forms that hold it. */
import type { FunctionEntity, FunctionId } from "./names/outline.ts";
import type { Program } from "./names/program.ts";
import { isParameterKind } from "./names/verbs.ts";
import { fillingOf } from "./request-filling.ts";
import { fillsParameters, requestShape } from "./request-shape.ts";
import type { Placing } from "./resource-view.ts";
import { functionInfo } from "./types/inference/index.ts";
import type { BodyRecord, FormRecord, FunctionInfo } from "./types/record.ts";
import type { FillingView, Hop, RequestFormView, RequestKey, RequestShape, RequestValueView } from "./views.ts";

/** The function that values are read in, and the program as it is once `activate` was called. */
export interface Reader {
  readonly program: Program;
  readonly activate: () => void;
  readonly entity: FunctionEntity | null;
  readonly info: FunctionInfo | undefined;
  /** Where the records of another function stand. */
  readonly placed: (fn: FunctionId) => Placing;
}

/** What comes as a body, or, where `parameters` is set, in a query string, a path, a header or a cookie, of which only the uses that matter are told. */
export function requestValueViews(reader: Reader, placing: Placing, parameters: boolean): readonly RequestValueView[] {
  return (reader.info?.bodies ?? []).flatMap((body) =>
    isParameterKind(body.kind) === parameters
      ? [requestValueView(parameters ? { ...body, uses: body.sinks } : body, reader, placing)]
      : [],
  );
}

function requestValueView(body: BodyRecord, reader: Reader, { at, hop }: Placing): RequestValueView {
  const { entity } = reader;
  const parameter = entity?.parameters.find((p) => p.name === body.parameter);
  return {
    kind: body.kind,
    span: at(body),
    text: body.text,
    entry: hop(body, "what the client sent, unchecked"),
    ways: waysOf(reader.program, body, reader.placed),
    uses: body.uses
      // What goes through the keys only to write them is told by where they are written.
      .filter((use) => use.key !== null || body.assigned.length === 0)
      .map((use) => hop(use, use.message)),
    assigned: body.assigned.map((a) => ({
      ...hop(a, "every key the client sends is written"),
      text: a.text,
      shape: () => fillingView(body, a, reader, at),
    })),
    checked: body.checked,
    keys: keysOf(body, at),
    awaited: body.awaited && at(body.awaited),
    shape: () => shapeView(body, reader, at),
    parameter: parameter
      ? { name: parameter.name, annotation: parameter.annotation && at(parameter.annotation) }
      : null,
  };
}

/** Where data that a function of the project gives is read there, innermost last. `placing`: where the records of a function stand. */
function waysOf(program: Program, body: BodyRecord, placing: (fn: FunctionId) => Placing): readonly Hop[] {
  const ways: Hop[] = [];
  let { through } = body;
  // More steps than functions are seen through would be a circle.
  while (through !== null && ways.length < MOST_STEPS) {
    const of: FunctionId = through;
    const read = functionInfo(program, of)?.bodies.find((b) => b.given);
    if (!read) break;
    ways.push(placing(of).hop(read, "is where it comes from, as the client sent it"));
    through = read.through;
  }
  return ways;
}

const MOST_STEPS = 6;

export function requestFormView(form: FormRecord, { at, hop }: Placing): RequestFormView {
  const { dropped } = form;
  return {
    made: hop(form, "holds what the client sent"),
    check: form.check,
    asks: form.asks,
    uses: form.uses.map((use) => ({ ...hop(use, "takes what nobody has found valid"), text: use.text })),
    dropped: dropped && {
      ...hop(dropped, "the answer is dropped"),
      text: dropped.text,
      raising: dropped.raising === null ? null : { text: dropped.raising, at: at(dropped).end - 1 },
    },
  };
}

function fillingView(
  body: BodyRecord,
  call: BodyRecord["assigned"][number],
  { program, activate, entity, info }: Reader,
  at: Placing["at"],
): ReturnType<FillingView["shape"]> {
  if (!entity || !info) return null;
  activate();
  const filling = fillingOf(program, entity, info, body, call);
  if (!filling) return null;
  const { isNew, library, caught } = filling;
  const columns = filling.columns.map(({ name, type, nullable, filled, own }) => ({
    name,
    type,
    optional: !isNew || nullable || filled,
    own,
  }));
  const argument = at(filling.argument);
  const shape: RequestShape = {
    library,
    typed: false,
    source: argument,
    decoded: false,
    holder: null,
    before: at(filling.statement),
    outermost: false,
    certain: true,
    caught,
    asDict: true,
    keys: columns.map(({ name, type, optional }) => ({
      name,
      type,
      required: !optional,
      nullable: false,
      none: false,
      reads: [],
    })),
  };
  return { columns, argument, shape };
}

function shapeView(
  body: BodyRecord,
  { program, activate, entity, info }: Reader,
  at: Placing["at"],
): RequestShape | null {
  if (!entity || !info) return null;
  activate();
  const alike = info.bodies.filter((b) => b === body || (b.text === body.text && b.parameter === null && !b.checked));
  const shape = requestShape(program, entity, info, alike);
  if (!shape) return null;
  const { holder } = shape;
  return {
    ...shape,
    typed: fillsParameters(program, entity),
    source: at(shape.source),
    before: shape.before && at(shape.before),
    holder: holder && {
      name: holder.name,
      statement: at(holder.statement),
      annotation: holder.annotation && at(holder.annotation),
    },
    keys: shape.keys.map((key) => ({
      ...key,
      reads: key.reads.map((read) => ({
        span: at(read.span),
        data: at(read.data),
        how: read.how,
        fallback: read.fallback && { span: at(read.fallback), constant: read.constant },
      })),
    })),
  };
}

function keysOf(body: BodyRecord, at: Placing["at"]): readonly RequestKey[] {
  const keys = new Map<string, RequestKey>();
  for (const use of body.uses) {
    if (use.key === null) continue;
    const { required, fallback, conversion: type } = use;
    const key = keys.get(use.key) ?? { name: use.key, required, fallback, type, spans: [] };
    keys.set(use.key, {
      name: use.key,
      required: key.required || required,
      fallback: key.fallback === fallback ? fallback : "…",
      type: key.type ?? type,
      spans: [...key.spans, at(use)],
    });
  }
  return [...keys.values()];
}
