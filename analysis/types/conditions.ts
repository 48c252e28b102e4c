/**
 * What a function does only for some values of its parameters: `if wait: time.sleep(1)`.
 *
 * A condition that asks for a parameter's truth, for `None` or for a constant holds or does not for the constant that a call gives, or that the default is; of other
 * values only that they are not `None` may be known. A value that is passed where `None` is the default counts as given, because who passes one mostly
 * has one: `def load(path, text=None): if text is None: text = open(path).read()` waits for the disk only for those who give no text. What tests something else
 * decides nothing.
 */
import { blocksOf, expressionsOf, walkExpressions } from "../syntax/index.ts";
import type { Expression, FunctionDef, Statement } from "../syntax/tree.ts";

/** A test of a parameter that came out as `holds`. */
export interface ParameterTest {
  readonly parameter: string;
  /** `null` asks for truth, everything else for being that constant, as conditions of stubs write it. */
  readonly equals: string | null;
  readonly holds: boolean;
}

/** What a call gives a parameter of the function it runs. */
export interface Given {
  readonly parameter: string;
  /** A constant; `NOT_NONE`; `UNSEEN` before the default where a value is given that nobody knows. */
  readonly value: string;
  /** A parameter of the caller that is passed on and whose value counts where it is known; else null. */
  readonly from: string | null;
}

/** Any value but `None`. */
export const NOT_NONE = "!None";
/** Any value that is there, and true. */
export const PRESENT = "!present";
/** A value nobody knows, given in place of the default written behind, where there is one. */
export const UNSEEN = "?";

/** Whether a test comes out as it did, of a parameter that has this value; null where nobody can tell. */
export function decide({ equals, holds }: ParameterTest, value: string | undefined): boolean | null {
  if (value === undefined || value.startsWith(UNSEEN)) return null;
  if (value === PRESENT && equals === null) return holds;
  if (value === NOT_NONE || value === PRESENT) return equals === "None" ? !holds : null;
  if (equals !== null) return (value === equals) === holds;
  return !/^(None|False|0|0\.0|"")$/.test(value) === holds;
}

/** Whether a test came out as it would for the default, while another value is given that nobody knows. */
export function asByDefault(test: ParameterTest, value: string | undefined): boolean {
  if (!value?.startsWith(UNSEEN)) return false;
  const byDefault = value.slice(UNSEEN.length);
  return byDefault !== "" && decide(test, byDefault) === true;
}

const changed = new WeakMap<readonly Statement[], ReadonlyMap<string, number>>();

/** Whether `name` is a parameter that still has the value it was given. */
export function isAsGiven(def: FunctionDef, name: Expression & { kind: "name" }): boolean {
  if (!def.parameters.some((p) => p.name === name.id)) return false;
  let found = changed.get(def.body);
  if (!found) {
    found = collectChanges(def.body);
    changed.set(def.body, found);
  }
  return name.start < (found.get(name.id) ?? Number.POSITIVE_INFINITY);
}

/** Names that are assigned, each with the offset from which on that may have happened. */
function collectChanges(body: readonly Statement[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const visit = (block: readonly Statement[], loop: number | null): void => {
    for (const s of block) {
      const note = (target: Expression): void =>
        walkExpressions(target, (e) => {
          // Up to the end of an assignment the name has its old value.
          const assigns = s.kind === "assign" || s.kind === "annotated-assign" || s.kind === "augmented-assign";
          const from = loop ?? (s.kind === "for" ? s.start : assigns ? s.end : Math.max(s.start, e.end));
          if (e.kind === "name" && !found.has(e.id)) found.set(e.id, from);
        });
      if (s.kind === "assign") s.targets.forEach(note);
      if (s.kind === "annotated-assign" || s.kind === "augmented-assign" || s.kind === "for") note(s.target);
      if (s.kind === "with") for (const i of s.items) if (i.target) note(i.target);
      if (s.kind === "delete") s.targets.forEach(note);
      for (const e of expressionsOf(s))
        walkExpressions(e, (inner) => {
          if (inner.kind === "walrus") note(inner.target);
        });
      const again = s.kind === "for" || s.kind === "while" ? (loop ?? s.start) : loop;
      for (const inner of blocksOf(s)) visit(inner, again);
    }
  };
  visit(body, null);
  return found;
}

const known = new WeakMap<readonly Statement[], ReadonlySet<string>>();

/** Parameters whose values may matter: those that conditions mention, and those that are passed on by name. */
export function tellingParameters(def: FunctionDef): ReadonlySet<string> {
  const cached = known.get(def.body);
  if (cached) return cached;
  const names = new Set(def.parameters.map((p) => p.name));
  const found = new Set<string>();
  const mention = (e: Expression): void =>
    walkExpressions(e, (inner) => {
      if (inner.kind === "name" && names.has(inner.id)) found.add(inner.id);
    });
  const visit = (body: readonly Statement[]): void => {
    for (const s of body) {
      if (s.kind === "if" || s.kind === "while") mention(s.test);
      for (const e of expressionsOf(s))
        walkExpressions(e, (inner) => {
          if (inner.kind === "conditional") mention(inner.test);
          if (inner.kind === "boolean") mention(inner.left);
          if (inner.kind !== "call") return;
          for (const a of [...inner.args, ...inner.keywords.map((k) => k.value)]) if (a.kind === "name") mention(a);
        });
      for (const block of blocksOf(s)) visit(block);
    }
  };
  visit(def.body);
  known.set(def.body, found);
  return found;
}
