"""Flask with SQLAlchemy: models that take whatever keys come."""
import pymongo
from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from funcy import project
from marshmallow import Schema, fields
from pydantic import BaseModel
from sqlalchemy import insert, update
from sqlalchemy.orm import DeclarativeBase

app = Flask(__name__)
db = SQLAlchemy(app)
orders = pymongo.MongoClient().shop.orders
ALLOWED = ("mail", "name")


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"


class Account(db.Model):
    id = db.Column(db.Integer, primary_key=True)

    @classmethod
    def from_dict(cls, data):
        return cls(**data)

    def change(self, data):
        for key, value in data.items():
            setattr(self, key, value)

    def change_some(self, data):
        for key, value in data.items():
            if key in ALLOWED:
                setattr(self, key, value)

    def set(self, **kwargs):
        for key in kwargs:
            setattr(self, key, kwargs[key])


class Note(db.Model):
    def __init__(self, text):
        self.text = text


class Tag(db.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)


class Tracked:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.changes = {}


class Query(Tracked, db.Model):
    @classmethod
    def create(cls, **kwargs):
        query = cls(**kwargs)
        db.session.add(query)
        return query


class Service:
    model = None

    @classmethod
    def save(cls, **kwargs):
        return cls.model(**kwargs)


class AccountService(Service):
    model = Account


class AccountIn(BaseModel):
    mail: str


class AccountSchema(Schema):
    mail = fields.Email()


@app.post("/star")
def star():
    account = Account(**request.get_json())  # >> request/mass-assignment @`Account(**request.get_json())` via `request.get_json()`
    return str(account.id)


@app.post("/named")
def named():
    data = request.json
    data.pop("id", None)
    account = Order(**data, owner_id=1)  # >> request/mass-assignment @`Order(**data, owner_id=1)`
    return str(account)


@app.post("/merged")
def merged():
    data = {**request.get_json(), "owner_id": 1}
    return str(Account(**data))  # >> request/mass-assignment


@app.post("/filtered-by-value")
def filtered_by_value():
    data = request.get_json()
    kept = {key: value for key, value in data.items() if value is not None}
    return str(Account(**kept))  # >> request/mass-assignment


@app.post("/loop")
def loop():
    account = Account.query.first()
    for key, value in request.get_json().items():
        setattr(account, key, value)  # >> request/mass-assignment @`setattr(account, key, value)`
    return ""


@app.post("/keys")
def keys():
    account, data = Account.query.first(), request.get_json()
    for key in data:
        if hasattr(account, key):
            setattr(account, key, data[key])  # >> request/mass-assignment
    return ""


@app.post("/dict")
def dictionary():
    account = Account.query.first()
    account.__dict__.update(request.get_json())  # >> request/mass-assignment
    vars(account).update(request.get_json())  # >> request/mass-assignment
    return ""


@app.post("/helpers")
def helpers():
    account = Account.from_dict(request.get_json())  # >> request/mass-assignment @`Account.from_dict(request.get_json())`
    account.change(request.get_json())  # >> request/mass-assignment @`account.change(request.get_json())`
    account.set(**request.get_json())  # >> request/mass-assignment
    Tag(**request.get_json())  # >> request/mass-assignment
    AccountService.save(**request.get_json())  # >> request/mass-assignment
    Query.create(**request.get_json())  # >> request/mass-assignment @`Query.create(**request.get_json())`
    return ""


@app.post("/statements")
def statements():
    data = request.get_json()
    db.session.execute(insert(Order).values(**data))  # >> request/mass-assignment @`insert(Order).values(**data)`
    db.session.execute(update(Order).values(data))  # >> request/mass-assignment
    Account.query.filter_by(id=1).update(data)  # >> request/mass-assignment
    orders.insert_one(data)  # >> request/mass-assignment
    orders.update_one({"_id": 1}, {"$set": data})  # >> request/mass-assignment
    return ""


@app.post("/with-a-read")
def with_a_read():
    data = request.get_json()  # >> request/unvalidated-body
    account = Account(id=data["id"])
    account.change(data)  # >> request/mass-assignment
    return ""


# --- near misses ---------------------------------------------------------------------------------------------------------


@app.post("/fields")
def by_field():
    data = request.get_json()  # >> request/unvalidated-body
    account = Account(mail=data["mail"])  # >> quiet
    return str(account.id)


@app.post("/model")
def through_a_model():
    sent = AccountIn.model_validate(request.get_json())
    account = Account(**sent.model_dump())  # >> quiet
    return str(account.id)


@app.post("/model-first")
def model_first():
    data = request.get_json()
    AccountIn.model_validate(data)
    return str(Account(**data))  # >> quiet


@app.post("/schema")
def through_a_schema():
    return str(Account(**AccountSchema().load(request.get_json())))  # >> quiet


@app.post("/allowed-loop")
def allowed_loop():
    account = Account.query.first()
    for key, value in request.get_json().items():  # >> request/unvalidated-body
        if key not in ALLOWED:
            continue
        setattr(account, key, value)  # >> quiet
    account.change_some(request.get_json())  # >> quiet
    return ""


@app.post("/allowed-dict")
def allowed_dict():
    data = request.get_json()  # >> request/unvalidated-body
    picked = {key: value for key, value in data.items() if key in ALLOWED}
    named = {key: data[key] for key in ALLOWED if key in data}
    return str(Account(**picked)) + str(Account(**named))  # >> quiet


@app.post("/picked")
def picked_by_name():
    data = project(request.get_json(), ALLOWED)  # >> request/unvalidated-body
    return str(Account(**data))  # >> quiet


@app.post("/turned-away")
def turned_away():
    data = request.get_json()  # >> request/unvalidated-body
    if set(data) - set(ALLOWED):
        return "", 400
    return str(Account(**data))  # >> quiet


@app.post("/fixed-attribute")
def fixed_attribute():
    account = Account.query.first()
    for name in ALLOWED:
        setattr(account, name, request.get_json()[name])  # >> request/unvalidated-body
    return ""


@app.post("/own-init")
def own_init():
    return str(Note(**request.get_json()))  # >> request/unvalidated-body


@app.post("/filter")
def as_a_filter():
    return str(Account.query.filter_by(**request.get_json()).count())  # >> quiet


@app.post("/plain-dict")
def plain_dict():
    seen = {}
    seen.update(request.get_json())  # >> quiet
    return seen


@app.post("/document")
def document():
    orders.insert_one({"sent": request.get_json()["item"]})  # >> request/unvalidated-body
    return ""
