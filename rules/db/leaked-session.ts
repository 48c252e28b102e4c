/** Database sessions that are not closed on every way out of the function that opened them. */
import { leakReports } from "../../lint/leaks.ts";
import { defineRule } from "../../lint/rule.ts";

const WATCHED = new Set(["database session"]);

export const rule = defineRule({
  id: "db/leaked-session",
  summary: "A database session that is not closed on every way out drains the pool",
  severity: "warning",
  docs: {
    why: "A session holds a connection of the pool from its first statement until it is closed. One that stays open when a request fails is missing for the next; after some failures every request waits for a connection that never comes. Closing on the last line does not help: an exception before it skips the close.",
    instead:
      "Open it in a `with` block, close it in `finally`, or let a dependency that yields inside of `with` own it.",
    bad: `from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

engine = create_engine("postgresql://db.example/shop")


def count_orders():
    session = Session(engine)
    count = session.scalar(text("select count(*) from orders"))
    session.close()
    return count


def get_session():
    session = Session(engine)
    yield session
    session.close()
`,
    good: `from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

engine = create_engine("postgresql://db.example/shop")


def count_orders():
    with Session(engine) as session:
        return session.scalar(text("select count(*) from orders"))


def get_session():
    with Session(engine) as session:
        yield session
`,
    silentWhen: [
      "it is closed by `with`, in `finally`, or on every way out",
      "it is returned, yielded, stored, captured, or handed to something that may close it",
      "nobody knows that the call opens anything",
    ],
  },
  options: {},
  on: "function",
  check: (fn, { file }) => leakReports(fn, file, WATCHED),
});
