/** Stubs of a project over those that are shipped: module by module, the project's win. */
import { NO_VERBS } from "../names/verbs.ts";
import type { KnowledgeBase } from "./index.ts";

/** What both know. A module that `own` describes is not completed by the shipped one. */
export function layered(own: KnowledgeBase, shipped: KnowledgeBase): KnowledgeBase {
  const of = (key: string): KnowledgeBase => {
    if (own.describes(key)) return own;
    return shipped.moduleKey(key.slice("lib:".length)) === null ? own : shipped;
  };
  return {
    runners: [...shipped.runners, ...own.runners],
    loopNesters: [...shipped.loopNesters, ...own.loopNesters],
    libraryOf: (name) => shipped.libraryOf(name) ?? (own.libraryOf(name) === null ? null : "in-house"),
    isInHouse: (module) => own.moduleKey(module) !== null,
    moduleKey: (name) => own.moduleKey(name) ?? shipped.moduleKey(name),
    describes: (key) => own.describes(key) || shipped.describes(key),
    outline: (key) => of(key).outline(key),
    verbs: (id) => (id.startsWith("lib:") ? of(id.slice(0, id.lastIndexOf("#"))).verbs(id) : NO_VERBS),
  };
}
