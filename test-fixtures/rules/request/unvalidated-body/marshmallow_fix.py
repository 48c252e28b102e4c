"""Flask with marshmallow: what a schema loads is a dict, so that the code keeps its keys. Keys nobody reads are let through as before."""
from flask import Flask, request
from flask.views import MethodView
from marshmallow import Schema, fields

app = Flask(__name__)


class OtherSchema(Schema):
    name = fields.String()


# Orders of a customer.
class OrdersView(MethodView):
    def post(self):
        sent = request.get_json()  # >> request/unvalidated-body
        amount = int(sent["amount"])
        tags = ",".join(sent.get("tags", []))
        return {"amount": amount, "tags": tags, "note": sent.get("note"), "user": sent["user-id"]}

    def put(self):
        data = request.get_json() or {}  # >> request/unvalidated-body
        if "size" in data:
            self.resize(data["size"])
        data["kind"] = "order"
        return {"unit": data.get("unit", "m").lower()}


@app.post("/forms")
def form():
    return {"mail": request.form["mail"], "age": int(request.form["age"])}  # >> request/unvalidated-body
