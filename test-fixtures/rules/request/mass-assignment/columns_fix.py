"""The fix lets through what the model declares, apart from what identifies a row, gives rights, or is set by the program."""
from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from pydantic import BaseModel

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


@app.post("/accounts")
def create_account():
    account = Account(**request.get_json())  # >> request/mass-assignment
    db.session.add(account)
    db.session.commit()
    return {"id": account.id}


@app.post("/accounts/named")
def named_account():
    data = request.get_json()
    try:
        return {"account": Account(mail="", **data).id}  # >> request/mass-assignment
    except Exception:
        return {"error": "no account"}, 400
