/** Database sessions and connections that are not closed on every way out of the function that opened them. */
import { leakReports } from "../../lint/leaks.ts";
import { defineRule } from "../../lint/rule.ts";

const WATCHED = new Set(["database session", "database connection", "database client"]);

export const rule = defineRule({
  id: "db/leaked-session",
  summary: "A session or connection that is not closed on every way out drains the pool",
  severity: "warning",
  docs: {
    why: "A database gives out a limited number of connections. One that stays open when a request fails is missing for the next; after some failures every request waits for a connection that never comes. Closing on the last line does not help: an exception before it skips the close.",
    instead:
      "Open it in a `with` block (`contextlib.closing` where `with` only ends the transaction), close it in `finally`, or let a dependency that yields own it.",
    bad: `import sqlite3


def count_orders(path):
    connection = sqlite3.connect(path)
    rows = connection.execute("select count(*) from orders").fetchone()
    connection.close()
    return rows[0]
`,
    good: `import sqlite3
from contextlib import closing


def count_orders(path):
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("select count(*) from orders").fetchone()
    return rows[0]


def connect(path):
    return sqlite3.connect(path)
`,
    silentWhen: [
      "it is closed by `with`, in `finally`, or on every way out",
      "it is returned, yielded, stored, captured, or handed to something that may close it",
      "nothing stands between the opening and its `try` but making a cursor",
      "nobody knows that the call opens anything",
    ],
  },
  options: {},
  on: "function",
  check: (fn, { file }) => leakReports(fn, file, WATCHED),
});
