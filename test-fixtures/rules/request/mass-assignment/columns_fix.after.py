"""The fix lets through what the model declares, apart from what identifies a row, gives rights, or is set by the program."""
from datetime import date
from flask import Flask, abort, request
from flask_sqlalchemy import SQLAlchemy
from pydantic import BaseModel, ValidationError

app = Flask(__name__)
db = SQLAlchemy(app)


class Other(BaseModel):
    nick: str | None = None


class Account(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    mail = db.Column(db.String, nullable=False)
    size = db.Column(db.Integer, nullable=False, default=1)
    born = db.Column(db.Date)
    is_admin = db.Column(db.Boolean, default=False)
    changed = db.Column(db.DateTime, onupdate=db.func.now())


class CreateAccountBody(BaseModel):
    mail: str
    size: int | None = None
    born: date | None = None


@app.post("/accounts")
def create_account():
    try:
        data = CreateAccountBody.model_validate(request.get_json()).model_dump(exclude_unset=True)
    except ValidationError as error:
        abort(400, str(error))
    account = Account(**data)
    db.session.add(account)
    db.session.commit()
    return {"id": account.id}


class NamedAccountBody(BaseModel):
    size: int | None = None
    born: date | None = None


@app.post("/accounts/named")
def named_account():
    data = request.get_json()
    try:
        sent = NamedAccountBody.model_validate(data).model_dump(exclude_unset=True)
        return {"account": Account(mail="", **sent).id}
    except Exception:
        return {"error": "no account"}, 400
