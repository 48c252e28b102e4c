/** A parameter that takes the body of a request and asks nothing of it. */
import { schemaFixes, usedKeys } from "../../lint/body-schema.ts";
import { defineRule } from "../../lint/rule.ts";

export const rule = defineRule({
  id: "request/untyped-body",
  summary: "A handler takes a request's body as a plain dict or list, and reads from it what may not be there",
  severity: "warning",
  docs: {
    why: "The framework checks a body against the type of the parameter it goes to. `dict`, `list` and `Any` let everything through: a missing key becomes a 500 instead of a 422, values have whatever type the client likes, and the generated API documentation says nothing.",
    instead:
      "Give the parameter a schema as its type. The framework then answers wrong bodies itself and the handler starts with what it needs.",
    bad: `from fastapi import FastAPI

app = FastAPI()


@app.post("/orders")
async def create_order(order: dict):
    return {"total": order["price"] * order["count"]}
`,
    good: `from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Order(BaseModel):
    price: float
    count: int


@app.post("/orders")
async def create_order(order: Order):
    return {"total": order.price * order.count}
`,
    silentWhen: [
      "the value reaches a schema or a validator, or its type says what is in it",
      "the whole value is returned, stored, forwarded, or handed to a function nobody knows: it may be checked there",
      "nothing is read from it",
      "every key of it is written to a model (that is `request/mass-assignment`)",
    ],
  },
  options: {},
  on: "function",
  *check(fn, { file }) {
    for (const value of fn.requestValues()) {
      if (!value.parameter || value.checked || value.uses.length === 0) continue;
      const { annotation, name } = value.parameter;
      const type = annotation ? `typed \`${file.text.slice(annotation.start, annotation.end)}\`` : "without a type";
      yield {
        at: value.span,
        message: `\`${name}\`, ${type}, takes any body the client sends; ${usedKeys([value])} as it came`,
        confidence: "certain",
        path: value.uses,
        fixes: schemaFixes(value, fn, file),
      };
    }
  },
});
