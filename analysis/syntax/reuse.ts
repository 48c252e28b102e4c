/**
 * Functions that need not be read again, because they stand in the version before with the same text.
 */
import type { FunctionDef, Module } from "./tree.ts";

/** Units by the hash of their text. */
export type Reusable = ReadonlyMap<string, FunctionDef>;

/** Units of `previous` by hash, without those that hold errors: how these are read depends on what stands around them. */
export function reusableUnits(previous: Module | null): Reusable {
  const units = new Map<string, FunctionDef>();
  if (previous === null) return units;
  for (const unit of previous.units) {
    const start = unit.unitStart;
    const end = start + unit.end;
    if (previous.errors.some((error) => error.start <= end && start <= error.end)) continue;
    units.set(unit.hash, unit);
  }
  return units;
}

/** A unit at another place. */
export function moved(unit: FunctionDef, unitStart: number): FunctionDef {
  return unit.unitStart === unitStart ? unit : { ...unit, unitStart };
}
