/** The grammar of conditions in stubs: `arg("block") == False`, `arg("secs") < 0.005`, `arg("timeout").given`, `arg("fp").is_a("io.BytesIO")`, `arg("how").has("LOCK_NB")`, joined by `and`, `or`, `not`. */
import type { Condition } from "../names/verbs.ts";
import type { Expression } from "../syntax/tree.ts";

/** A condition, or a sentence about what is wrong with it and where. */
export type ConditionResult = { readonly condition: Condition } | { readonly problem: string; readonly at: Expression };

export function readCondition(e: Expression): ConditionResult {
  switch (e.kind) {
    case "boolean": {
      const left = readCondition(e.left);
      if ("problem" in left) return left;
      const right = readCondition(e.right);
      if ("problem" in right) return right;
      return { condition: { kind: e.operator, operands: [left.condition, right.condition] } };
    }
    case "unary": {
      if (e.operator !== "not") break;
      const operand = readCondition(e.value);
      return "problem" in operand ? operand : { condition: { kind: "not", operand: operand.condition } };
    }
    case "attribute": {
      const argument = argumentName(e.value);
      if (e.name === "given" && argument !== null) return { condition: { kind: "given", argument } };
      break;
    }
    case "call": {
      const [name] = e.args;
      if (e.callee.kind !== "attribute" || name?.kind !== "string") break;
      const argument = argumentName(e.callee.value);
      if (argument === null) break;
      if (e.callee.name === "is_a") return { condition: { kind: "instance", argument, cls: name.value } };
      if (e.callee.name === "has") return { condition: { kind: "flag", argument, flag: name.value } };
      break;
    }
    case "comparison": {
      const argument = argumentName(e.operands[0]!);
      const value = constant(e.operands[1]!);
      const operator = e.operators[0];
      if (e.operators.length !== 1 || argument === null || value === null) break;
      const equals: Condition = { kind: "equals", argument, value };
      if (operator === "==" || operator === "is") return { condition: equals };
      if (operator === "<" && Number.isFinite(Number(value)))
        return { condition: { kind: "below", argument, limit: Number(value) } };
      if (operator === "!=" || operator === "is not") return { condition: { kind: "not", operand: equals } };
      break;
    }
  }
  return {
    problem:
      'a condition is `arg("name") == constant`, `arg("name") < number`, `arg("name").given`, `arg("name").is_a("module.Class")`, `arg("name").has("FLAG")`, or these joined by and, or, not',
    at: e,
  };
}

function argumentName(e: Expression): string | null {
  if (e.kind !== "call" || e.callee.kind !== "name" || e.callee.id !== "arg") return null;
  const [name] = e.args;
  return name?.kind === "string" ? name.value : null;
}

/** A constant as it is compared with what a call passes: numbers and names as written, strings in double quotes. */
function constant(e: Expression): string | null {
  if (e.kind === "literal") return e.text;
  if (e.kind === "string") return JSON.stringify(e.value);
  if (e.kind === "unary" && e.operator === "-" && e.value.kind === "literal") return `-${e.value.text}`;
  return null;
}
