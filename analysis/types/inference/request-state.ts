/** What is known so far of request data, and of forms made of it, while a body is read. */
import type { FunctionId } from "../../names/outline.ts";
import type { Expression } from "../../syntax/tree.ts";
import type { Assignment, BodyUse, FormRecord } from "../record.ts";

export interface MutableBody {
  readonly kind: string;
  readonly node: Expression | null;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  awaited: { readonly start: number; readonly end: number } | null;
  readonly parameter: string | null;
  readonly by: string | null;
  readonly uses: BodyUse[];
  readonly assigned: Assignment[];
  /** Keys that were seen to be there. */
  readonly present: Set<string>;
  /** Keys whose type was asked for. */
  readonly typed: Set<string>;
  /** Its keys were compared with those that are allowed. */
  closed: boolean;
  checked: boolean;
  /** It was handed to somebody who checks it, or may. */
  vetted: boolean;
  given: boolean;
  through: FunctionId | null;
  /** Of parameters: which key was read where, the reads that were checked, and from which read a use comes, by where it is. */
  readonly reads: Map<number, string | null>;
  readonly sinks: BodyUse[];
  readonly cleared: Set<number>;
  readonly origins: Map<string, number>;
}

/** Data of which nothing is known but where it enters. */
export function newBody(
  entry: Pick<MutableBody, "kind" | "node" | "start" | "end" | "text" | "parameter" | "by" | "checked">,
): MutableBody {
  return {
    ...entry,
    awaited: null,
    uses: [],
    assigned: [],
    present: new Set(),
    typed: new Set(),
    closed: false,
    vetted: false,
    given: false,
    through: null,
    reads: new Map(),
    sinks: [],
    cleared: new Set(),
    origins: new Map(),
  };
}

export interface MutableForm extends FormRecord {
  readonly node: Expression;
  dropped: FormRecord["dropped"];
  /** How the data it is made of is read. */
  readonly of: string | null;
  readonly uses: { readonly start: number; readonly end: number; readonly text: string }[];
}
