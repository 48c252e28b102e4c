/** Keys that the client chose become columns or attributes. */
import { fillingFixes } from "../../lint/body-schema.ts";
import { defineRule } from "../../lint/rule.ts";

export const rule = defineRule({
  id: "request/mass-assignment",
  summary: "Every key a client sends is written to the column or attribute of its name",
  severity: "error",
  docs: {
    why: "The client decides which columns are written: one more key in the body, `is_admin` or `owner_id`, and a field nobody meant to expose is overwritten. Each column added to the model later is open from its first day.",
    instead:
      "Name what may be written: a schema with those fields and nothing else, the fields one by one, or a fixed list of keys that are let through. The fix writes a schema of the model's columns, without those that identify a row, give rights (`is_admin`, `role`), say whose it is (`owner_id`) or are set by the program; whether the client may choose each of the others is for you to say.",
    bad: `from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class Account(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    mail = db.Column(db.String)
    is_admin = db.Column(db.Boolean, default=False)


@app.post("/accounts")
def create_account():
    account = Account(**request.get_json())
    db.session.add(account)
    db.session.commit()
    return {"id": account.id}
`,
    good: `from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from pydantic import BaseModel, EmailStr

app = Flask(__name__)
db = SQLAlchemy(app)


class Account(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    mail = db.Column(db.String)
    is_admin = db.Column(db.Boolean, default=False)


class NewAccount(BaseModel):
    mail: EmailStr


@app.post("/accounts")
def create_account():
    sent = NewAccount.model_validate(request.get_json())
    account = Account(**sent.model_dump())
    db.session.add(account)
    db.session.commit()
    return {"id": account.id}
`,
    silentWhen: [
      "the data went through a schema, a form, a serializer or a validator",
      "keys are compared with those that are allowed, or picked by name",
      "the data is also handed to a function nobody knows: it may be checked there",
      "the class has an `__init__` of the project that takes what it names",
    ],
  },
  options: {},
  on: "function",
  *check(fn, { file }) {
    const seen = new Set<number>();
    for (const value of fn.requestValues()) {
      if (value.checked) continue;
      for (const written of value.assigned) {
        if (seen.has(written.span.start)) continue;
        seen.add(written.span.start);
        yield {
          at: written.span,
          message: `${written.text} writes whatever keys the client puts into ${value.text}, also those that are none of its business`,
          confidence: "certain",
          path: [value.entry, ...value.ways],
          fixes: fillingFixes(written, value, fn, file),
        };
      }
    }
  },
});
