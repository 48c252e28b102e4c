/** Sessions, connections and clients that are used after their block has closed them. */
import { defineRule } from "../../lint/rule.ts";

export const rule = defineRule({
  id: "db/used-after-close",
  summary: "What a `with` has closed is used behind it",
  severity: "warning",
  docs: {
    why: "When the block ends, the session, connection or client is closed. Most drivers and HTTP clients raise where it is used then. A SQLAlchemy session does worse: it quietly takes another connection from the pool, in a new transaction, and nobody gives that back.",
    instead: "Move the use into the block, or open another one for it.",
    bad: `from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

engine = create_engine("postgresql://db.example/shop")


def totals():
    with Session(engine) as session:
        orders = session.scalar(text("select count(*) from orders"))
    return orders, session.scalar(text("select count(*) from parcels"))
`,
    good: `from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

engine = create_engine("postgresql://db.example/shop")


def totals():
    with Session(engine) as session:
        orders = session.scalar(text("select count(*) from orders"))
        return orders, session.scalar(text("select count(*) from parcels"))
`,
    silentWhen: [
      "the name was given another value in between",
      "it is only asked, rolled back or closed once more",
      "the `with` only ends a transaction, or nobody knows that it closes anything",
      "the use stands in a block that expects it to fail",
    ],
  },
  options: {},
  on: "function",
  *check(fn) {
    for (const { name, what, span, path } of fn.usedAfterClose()) {
      yield {
        at: span,
        message: `\`${name}\`, ${/^http/.test(what) ? "an" : "a"} ${what}, is used after the block that closes it`,
        confidence: "certain",
        path,
        fixes: [],
      };
    }
  },
});
