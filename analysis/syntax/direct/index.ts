/**
 * Reads correct Python straight from the text, several times as fast as by way of tree-sitter's tree.
 *
 * It gives the very records that the cursor over that tree gives, down to the offsets, and reads only what it is sure of. Anything else is refused as a whole and left to
 * tree-sitter: broken code, Python 2, `match` statements, type parameters, names that are not ASCII, odd places of parentheses and stars. So it needs no recovery from
 * errors, and whatever of the grammar it does not know costs time and nothing else.
 */
import type { Span } from "../../base/span.ts";
import type { Reusable } from "../reuse.ts";
import type { FunctionDef, Statement } from "../tree.ts";
import { readAll } from "./compound.ts";
import { REFUSAL } from "./refusal.ts";
import { Scanner } from "./scanner.ts";

export interface DirectReading {
  readonly body: readonly Statement[];
  readonly units: readonly FunctionDef[];
  /** How many functions were read, those within others included. */
  readonly functions: number;
  /** The comment that covers an offset, if one does. */
  commentAt(offset: number): Span | null;
}

/** What a text says; null where that is not certain. `reusable`: functions that need not be made anew. */
export function readDirectly(text: string, reusable: Reusable): DirectReading | null {
  if (LONE_RETURN.test(text)) return null;
  try {
    const scanner = new Scanner(text, reusable);
    const body = readAll(scanner);
    const { units, functions } = scanner;
    return { body, units, functions, commentAt: (offset) => scanner.commentAt(offset) };
  } catch (reason) {
    if (reason === REFUSAL) return null;
    throw reason;
  }
}

/** A carriage return that ends a line alone; others may read it as something else. */
const LONE_RETURN = /\r(?!\n)/;
