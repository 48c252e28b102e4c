/** Database sessions and connections that are not closed on every way out of the function that opened them. */
import type { FileView, ResourceView } from "../../analysis/index.ts";
import type { TextEdit } from "../../lint/finding.ts";
import { importedName } from "../../lint/imports.ts";
import { indent } from "../../lint/indent.ts";
import { defineRule, type ReportFix } from "../../lint/rule.ts";

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
  *check(fn, { file }) {
    for (const resource of fn.resources()) {
      const { leak } = resource;
      if (!leak || leak.narrow || !WATCHED.has(resource.what)) continue;
      yield {
        at: resource.openSpan,
        message: messageFor(resource, leak),
        confidence: "certain",
        path: leak.path,
        fixes: resource.withFix ? [fixFor(resource, file)] : [],
      };
    }
  },
});

function messageFor(resource: ResourceView, leak: NonNullable<ResourceView["leak"]>): string {
  const held = resource.names[0];
  const subject = held ? `${held}, a ${resource.what},` : `The ${resource.what} that ${resource.openText} opens`;
  switch (leak.kind) {
    case "never":
      return `${subject} is never closed`;
    case "exception-path":
      return `${subject} stays open when something fails before it is closed`;
    case "early-return":
      return `${subject} stays open on a way that returns before it is closed`;
    case "after-yield":
      return `${subject} stays open when whoever it was lent to fails`;
    case "reassigned":
      return `${subject} is replaced while it is open`;
    default:
      return leak.kind satisfies never;
  }
}

function fixFor(resource: ResourceView, file: FileView): ReportFix {
  const keyword = resource.isAsync ? "async with" : "with";
  return { title: `Open it in ${keyword}`, safe: false, edits: () => scope(resource, file, keyword) };
}

function scope(resource: ResourceView, file: FileView, keyword: string): readonly TextEdit[] | null {
  const fix = resource.withFix!;
  const { path, text } = file;
  const opener = text.slice(fix.opener.start, fix.opener.end);
  const closing = resource.closedBy.includes("with") ? null : importedName(file, "contextlib.closing");
  if (!closing && !resource.closedBy.includes("with")) return null;
  const first = fix.body[0]!;
  const last = fix.body.at(-1)!;
  const body = indent(text, { start: first.start, end: last.end }, fix.redundant);
  if (!body) return null;
  const header = `${keyword} ${closing ? `${closing.name}(${opener})` : opener} as ${fix.name}:`;
  return [
    ...(closing?.edits ?? []),
    { file: path, span: fix.statement, text: header },
    ...body.map((edit) => ({ file: path, ...edit })),
  ];
}
