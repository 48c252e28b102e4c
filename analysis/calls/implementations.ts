/**
 * What may run where a method is called that does nothing itself: its implementations in the project.
 *
 * An abstract method (`@abstractmethod`, a body that only raises `NotImplementedError`, or none) stands for those of the classes below the class it is called on; that of a
 * protocol also for those of classes which have all that the protocol asks for. Nobody says which of them is in use, so what they do is likely at most, and one that does
 * something is enough: with one of them hidden there is less to say, never more. Stand-ins for tests and for examples do not count.
 * Where more classes than can be meant implement a method (`run`, `handle`), nothing is said.
 */
import { keptQuestion } from "../base/memo.ts";
import type { ClassEntity, ClassId, FunctionEntity, FunctionId } from "../names/outline.ts";
import { classEntity, functionEntity, type Program } from "../names/program.ts";
import type { Expression, Statement } from "../syntax/tree.ts";
import { findMember, isProtocol, isSubclass } from "../types/classes.ts";
import { shapeOf } from "../types/functions.ts";
import type { CallRecord, Target } from "../types/record.ts";
import { instance } from "../types/type.ts";

/** A method that more classes implement is a hub: one of them says little about a call. */
const MOST_IMPLEMENTATIONS = 12;

/** What may run for a target of a call, besides what it names: the implementations of an abstract method, those with the shortest names first. */
export function implementationsOf(program: Program, { node }: CallRecord, target: Target): readonly FunctionId[] {
  const { runs, id, receiver } = target;
  if (runs === null || id === null || (receiver?.kind !== "instance" && receiver?.kind !== "class")) return NONE;
  return isSuper(node) ? NONE : (program.memo.getNamed(IMPLEMENTATIONS, id, receiver.cls) ?? NONE);
}

const NONE: readonly FunctionId[] = [];

const IMPLEMENTATIONS = keptQuestion<Program, readonly FunctionId[]>(
  "implementations",
  (program, method, cls) => {
    const entity = functionEntity(program, method);
    const interfaceOf = entity?.owner ? classEntity(program, entity.owner) : undefined;
    if (!entity || !interfaceOf || !isAbstract(program, entity)) return NONE;
    const found = program
      .having(entity.name)
      .flatMap((id) => classEntity(program, id) ?? [])
      .filter((other) => other.id !== entity.owner && !isStandIn(other, interfaceOf))
      .filter((other) => isSubclass(program, other.id, cls) || provides(program, other, cls, entity))
      .flatMap((other) => implementationIn(program, other, entity) ?? []);
    if (found.length > MOST_IMPLEMENTATIONS) return NONE;
    return found
      .sort((a, b) =>
        a.qualifiedName < b.qualifiedName || (a.qualifiedName === b.qualifiedName && a.id < b.id) ? -1 : 1,
      )
      .map(({ id }) => id);
  },
  (a, b) => a.join("\n") === b.join("\n"),
);

/** The method of that name in the class itself, where calling it runs its body. */
function implementationIn(program: Program, cls: ClassEntity, method: FunctionEntity): FunctionEntity | null {
  const binding = cls.members.get(method.name)?.at(-1);
  const entity = binding?.kind === "function" ? functionEntity(program, binding.id) : undefined;
  if (!entity || entity.isAsync || entity.isGenerator || isAbstract(program, entity)) return null;
  const { property, context, offloaded, cached, secondary } = shapeOf(program, entity);
  if (context || offloaded || cached || secondary || property !== shapeOf(program, method).property) return null;
  return entity;
}

/** Whether a method of the project leaves everything to those who override it. */
function isAbstract(program: Program, entity: FunctionEntity): boolean {
  const { owner, origin, isAsync, isGenerator } = entity;
  if (owner === null || origin.isStub || isAsync || isGenerator) return false;
  if (isDeclaredAbstract(entity)) return true;
  const body = (program.unit(entity.id)?.def ?? entity.def).body;
  if (body.some(refuses)) return body.every((s) => refuses(s) || isEmpty(s));
  // In a class of which objects are made, a method without content is complete: nothing happens unless somebody overrides it.
  return body.every(isEmpty) && isInterface(program, owner);
}

function isDeclaredAbstract({ decorators }: FunctionEntity): boolean {
  return decorators.some((d) => /^abstract(method|property|classmethod|staticmethod)$/.test(lastNameOf(d)));
}

/** `raise NotImplementedError("…")` */
function refuses(s: Statement): boolean {
  if (s.kind !== "raise") return false;
  const raised = s.exception?.kind === "call" ? s.exception.callee : s.exception;
  return raised?.kind === "name" && /^NotImplemented(Error)?$/.test(raised.id);
}

/** A docstring, `...` or `pass`. */
function isEmpty(s: Statement): boolean {
  if (s.kind !== "expression") return s.kind === "pass";
  return s.value.kind === "string" || (s.value.kind === "literal" && s.value.text === "...");
}

/** Whether a class is a protocol, or has methods that are declared abstract, so that no objects are made of it. */
function isInterface(program: Program, id: ClassId): boolean {
  const cls = classEntity(program, id);
  if (!cls) return false;
  if (isProtocol(program, cls)) return true;
  return [...cls.members.values()].flat().some((b) => {
    const member = b.kind === "function" ? functionEntity(program, b.id) : undefined;
    return member !== undefined && isDeclaredAbstract(member);
  });
}

/** `super().read()` in an implementation means the method above, not those below. */
function isSuper(node: Expression): boolean {
  const callee = node.kind === "call" ? node.callee : node;
  if (callee.kind !== "attribute" || callee.value.kind !== "call") return false;
  return callee.value.callee.kind === "name" && callee.value.callee.id === "super";
}

/** Whether a class has all that a protocol asks for, and the method with the same parameters. Methods without parameters that stand alone are too common. */
function provides(program: Program, cls: ClassEntity, protocol: ClassId, method: FunctionEntity): boolean {
  const asked = classEntity(program, protocol);
  if (!asked || !isProtocol(program, asked) || isProtocol(program, cls) || asked.id !== method.owner) return false;
  // `close()` alone tells nothing.
  if (asked.members.size < 2 && method.parameters.length < 2) return false;
  const own = implementationIn(program, cls, method);
  if (own === null || !takesTheSame(own, method)) return false;
  return [...asked.members.keys()].every((name) => findMember(program, instance(cls.id), name) !== null);
}

function takesTheSame(a: FunctionEntity, b: FunctionEntity): boolean {
  const shown = (f: FunctionEntity): string => f.parameters.map((p) => `${p.form} ${p.name}`).join();
  return shown(a) === shown(b);
}

/** Whether a class stands in for what is used in earnest: by its name, or because it is kept with tests or examples and the interface is not. */
function isStandIn(cls: ClassEntity, interfaceOf: ClassEntity): boolean {
  if (/^_*(in_?memory|fake|mock|dummy|no_?op|stub|spy)|(fake|mock|dummy|no_?op|stub)$/i.test(cls.name)) return true;
  return isAside(cls.origin.key) && !isAside(interfaceOf.origin.key);
}

/** Whether a file is one of tests, examples or documentation, by its path. */
export function isAside(path: string): boolean {
  return /(^|\/)((tests?|testing|examples?|docs?|benchmarks?|mocks?)\/|(test_|conftest)[^/]*$)|_test\.py$/.test(path);
}

function lastNameOf(e: Expression): string {
  return e.kind === "name" ? e.id : e.kind === "attribute" ? e.name : "";
}
