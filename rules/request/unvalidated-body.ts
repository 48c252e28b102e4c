/** Data of a request that is used before anything checked it. */
import { schemaFixes, usedKeys } from "../../lint/body-schema.ts";
import { readsBySource } from "../../lint/request-reads.ts";
import { defineRule } from "../../lint/rule.ts";

export const rule = defineRule({
  id: "request/unvalidated-body",
  summary: "Request data that no schema checked enters the system as it came",
  severity: "warning",
  docs: {
    why: "Whatever a client sends is used as it came: a missing key becomes a 500, a string where a number was meant reaches the database, an unexpected field overwrites a column. Errors show up far from the request that caused them, or never.",
    instead:
      "Declare what is expected as a schema and let it speak first: a model as the type of the endpoint's parameter, `Model.model_validate(...)`, a serializer, a form. What fails is answered with a clear 4xx before any of your code runs. The fix writes one of the keys that are read, with the library the project uses: what every valid request must have is required, the rest is optional, and types are as the uses tell; read it before you keep it.",
    bad: `from fastapi import FastAPI, Request

app = FastAPI()


@app.post("/orders")
async def create_order(request: Request):
    order = await request.json()
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
      "the value reaches a schema, a form, a serializer or a validator",
      "the whole value is returned, stored, or handed to a function nobody knows: it may be checked there",
      "nothing is read from it, or what is read is only tested, or converted where the error is expected",
      'what is read only finds something (`filter(name=…)`, `filter(id__in=form.getlist("id"))`), is compared with a password or token (`check_password_hash`), or is turned away unless it is one of a fixed set of values or has the type that is asked for',
      "it is a key that a form or serializer declares, read behind the check that found it valid, or the model that it was written to checks itself (`full_clean`)",
      "it prefills a form (`initial=…`), is told to the user (`messages.info`), or is kept by the view (`self.action = …`)",
      "a function of the project looks for mistakes in it (`errors = …`, `validate_name(name)`), only asks about it, or takes a value in a `try` that waits for a wrong one (`except ValueError`)",
      "the function verifies the signature of the request: who signed it is trusted with its shape",
      "a decorator hands the body to a schema first (`@request_schema(OrderSchema)`, `@validate(json=Order)`), or is one of the project that has it checked",
      "it is kept in an attribute of `self` that some method hands on, or that is given a value more than once",
      "it is only written to a log or a trace",
      "it enters as a parameter (that is `request/untyped-body`), or only fills a model (`request/mass-assignment`)",
    ],
  },
  options: {},
  on: "function",
  *check(fn, { file }) {
    for (const reads of readsBySource(fn.requestValues().filter(({ parameter }) => !parameter))) {
      const [first] = reads;
      yield {
        at: first.span,
        message: `${first.text} is data from the client that nothing has checked; ${usedKeys(reads)} as it came`,
        confidence: "certain",
        path: [...first.ways, ...reads.flatMap((value) => value.uses)],
        fixes: schemaFixes(first, fn, file),
      };
    }
  },
});
