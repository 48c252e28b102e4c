/** Connections to databases and other servers that are not closed on every way out of the function that opened them. */
import { leakReports } from "../../lint/leaks.ts";
import { defineRule } from "../../lint/rule.ts";

const WATCHED = new Set(["database connection", "database client", "client"]);

export const rule = defineRule({
  id: "db/leaked-connection",
  summary: "A connection that is not closed on every way out is missing for the next request",
  severity: "warning",
  docs: {
    why: "A database, a message broker or a directory gives out a limited number of connections, and so does a pool. One that stays open when a request fails is missing for the next; after some failures every request waits for a connection that never comes. Closing on the last line does not help: an exception before it skips the close. `return connection.cursor()` and `connect(...).cursor()` lose the connection altogether: nobody can close it any more.",
    instead:
      "Open it in a `with` block (`contextlib.closing` where `with` only ends the transaction), or close it in `finally`. What came out of a pool goes back the same way.",
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
