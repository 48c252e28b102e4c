/** A model that is made of, or changed by, all that a client sent: where, and which columns it declares. */
import type { Span } from "./base/span.ts";
import type { FunctionEntity } from "./names/outline.ts";
import { classEntity, type Program } from "./names/program.ts";
import { calledName } from "./request-reads.ts";
import { isCaught, libraryOf } from "./request-shape.ts";
import { terrainOf } from "./request-terrain.ts";
import { type ColumnFacts, columnsOf } from "./request-types.ts";
import type { Expression } from "./syntax/tree.ts";
import type { BodyRecord, FunctionInfo } from "./types/record.ts";
import { alternatives } from "./types/type.ts";

/** The argument of `Model(**data)`, with the columns that the class of the project declares. */
export interface Filling {
  readonly argument: Span;
  readonly statement: Span;
  readonly caught: boolean;
  readonly library: string | null;
  /** Whether a new row is made, which has to have what no column does without. */
  readonly isNew: boolean;
  readonly columns: readonly ColumnFacts[];
}

/** How the call at `at` fills a model with unchecked data. Null where its class is none of the project, or the data is not given as it is. */
export function fillingOf(
  program: Program,
  entity: FunctionEntity,
  info: FunctionInfo,
  record: BodyRecord,
  at: Span,
): Filling | null {
  const terrain = terrainOf(entity.def);
  const call = terrain.expressions.find((e) => e.kind === "call" && e.start === at.start && e.end === at.end);
  const place = call && terrain.placeOf(call);
  if (call?.kind !== "call" || !place || place.nested) return null;
  const [spread, ...others] = call.keywords.filter((k) => k.name === null);
  if (!spread || others.length > 0 || (spread.value.kind !== "name" && !isAt(spread.value, record))) return null;
  for (const { id, receiver } of info.byNode.get(call)?.targets ?? []) {
    const made = alternatives(receiver ?? { kind: "none" }).flatMap((t) =>
      t.kind === "instance" ? t.args.flatMap((a) => (a.kind === "instance" ? [a.cls] : [])) : [],
    );
    const isClass = id !== null && classEntity(program, id) !== undefined;
    const columns = (isClass ? [id] : made).map((cls) => columnsOf(program, cls)).find((found) => found.length > 0);
    if (!columns) continue;
    const named = new Set(call.keywords.flatMap((k) => k.name ?? []));
    return {
      argument: spread.value,
      statement: place.statement,
      caught: isCaught(place),
      library: libraryOf(record),
      isNew: isClass || calledName(call) === "create",
      columns: columns.filter(({ name }) => !named.has(name)),
    };
  }
  return null;
}

function isAt(e: Expression, { start, end, awaited }: BodyRecord): boolean {
  return (e.start === start && e.end === end) || (e.start === awaited?.start && e.end === awaited.end);
}
