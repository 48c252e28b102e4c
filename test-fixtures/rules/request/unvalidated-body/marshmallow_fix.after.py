"""Flask with marshmallow: what a schema loads is a dict, so that the code keeps its keys. Keys nobody reads are let through as before."""
from flask import Flask, abort, request
from flask.views import MethodView
from marshmallow import EXCLUDE, Schema, ValidationError, fields

app = Flask(__name__)


class OtherSchema(Schema):
    name = fields.String()


class OrdersPostSchema(Schema):
    amount = fields.Integer(required=True)
    tags = fields.List(fields.String())
    note = fields.Raw(allow_none=True)
    user_id_ = fields.Raw(data_key="user-id", attribute="user-id", required=True)


class OrdersPutSchema(Schema):
    size = fields.Raw(allow_none=True)
    unit = fields.String()


# Orders of a customer.
class OrdersView(MethodView):
    def post(self):
        try:
            sent = OrdersPostSchema(unknown=EXCLUDE).load(request.get_json())
        except ValidationError as error:
            abort(400, str(error))
        amount = int(sent["amount"])
        tags = ",".join(sent.get("tags", []))
        return {"amount": amount, "tags": tags, "note": sent.get("note"), "user": sent["user-id"]}

    def put(self):
        try:
            data = OrdersPutSchema(unknown=EXCLUDE).load(request.get_json() or {})
        except ValidationError as error:
            abort(400, str(error))
        if "size" in data:
            self.resize(data["size"])
        data["kind"] = "order"
        return {"unit": data.get("unit", "m").lower()}


class RequestForm(Schema):
    mail = fields.String(required=True)
    age = fields.Integer(required=True)


@app.post("/forms")
def form():
    try:
        sent = RequestForm(unknown=EXCLUDE).load(request.form.to_dict())
    except ValidationError as error:
        abort(400, str(error))
    return {"mail": sent["mail"], "age": int(sent["age"])}
