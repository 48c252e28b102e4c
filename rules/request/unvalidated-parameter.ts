/** Values of query strings, paths, headers and cookies that go unchecked to where the client must not choose. */
import { readsBySource } from "../../lint/request-reads.ts";
import { defineRule } from "../../lint/rule.ts";

export const rule = defineRule({
  id: "request/unvalidated-parameter",
  summary: "A value of the query string, the path, a header or a cookie is used for something that matters as it came",
  severity: "warning",
  optIn: true,
  docs: {
    why: "A query string is as much the client's choice as a body, and it is typed into an address bar. Where such a value becomes part of a file's path, of SQL or of an address that is called, the client reads files, rows and hosts nobody meant to show. What is written to the database as it came is found wrong much later, and a conversion that fails is a 500 where a 400 was due.",
    instead:
      "Say what the value may be where it enters: a typed parameter (`page: int`), a schema for the query, a fixed set of choices, a conversion whose error is answered with a 4xx. Bind values to SQL instead of writing them into it, and look names of files up instead of taking them.",
    bad: `from pathlib import Path

from flask import Flask, request

app = Flask(__name__)
REPORTS = Path("/srv/reports")


@app.get("/reports")
def report():
    return (REPORTS / request.args["name"]).read_text()
`,
    good: `from pathlib import Path

from flask import Flask, abort, request

app = Flask(__name__)
REPORTS = Path("/srv/reports")
NAMES = {"daily", "weekly"}


@app.get("/reports")
def report():
    name = request.args["name"]
    if name not in NAMES:
        abort(404)
    return (REPORTS / name).read_text()
`,
    silentWhen: [
      "the value only finds, compares, chooses or tells something: a filter, a log line, an answer, a header handed on",
      'a framework has checked it: a typed parameter, `request.args.get("page", type=int)`, `get_param_as_int`',
      "it stands in a test that asks more than whether it is there, or in a conversion where the error is expected",
      "it reaches a schema, a form or a validator, or a function of the project that is called for nothing but it",
      "all of it is returned, stored, or handed to a function nobody knows",
      "it is bound to SQL, and not written into it",
    ],
  },
  options: {},
  on: "function",
  *check(fn) {
    for (const reads of readsBySource(fn.requestParameters())) {
      const [first] = reads;
      const uses = reads.flatMap((value) => value.uses);
      const others = uses.length > 1 ? `, and ${uses.length - 1} more` : "";
      yield {
        at: first.span,
        message: `${first.text} is data from the client that nothing has checked: ${uses[0]!.message}${others}`,
        confidence: "certain",
        path: uses,
        fixes: [],
      };
    }
  },
});
