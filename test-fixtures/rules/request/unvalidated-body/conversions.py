"""Parts of a body that are turned into something that only fits values can become."""
import ipaddress
import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from uuid import UUID

from django.utils.dateparse import parse_date
from flask import Flask, abort, request

app = Flask(__name__)
NAME = re.compile(r"[a-z]+")
NOTES = []


class Color(Enum):
    RED = "red"


@app.post("/uuid")
def as_uuid():
    sent = request.get_json()  # >> quiet
    try:
        key = UUID(sent.get("key"))
    except (TypeError, ValueError):
        abort(400)
    return save(str(key))


@app.post("/uuid/named")
def as_uuid_by_name():
    sent = request.get_json()  # >> quiet
    raw = sent.get("key")
    try:
        key = UUID(raw)
    except (TypeError, ValueError):
        abort(400)
    return save(str(key))


@app.post("/uuid/unexpected")
def as_uuid_unexpected():
    sent = request.get_json()  # >> request/unvalidated-body
    return save(str(UUID(sent["key"])))


@app.post("/decimal")
def as_decimal():
    sent = request.get_json()  # >> quiet
    try:
        price = Decimal(sent.get("price"))
    except (InvalidOperation, TypeError):
        abort(400)
    return save(str(price))


@app.post("/dates")
def as_dates():
    sent = request.get_json()  # >> quiet
    try:
        start = datetime.strptime(sent.get("start"), "%Y-%m-%d")
        end = datetime.fromisoformat(sent.get("end"))
        day = date.fromisoformat(sent.get("day"))
    except (TypeError, ValueError):
        abort(400)
    return save(str((start, end, day)))


@app.post("/address")
def as_address():
    sent = request.get_json()  # >> quiet
    try:
        address = ipaddress.ip_address(sent.get("address"))
        network = ipaddress.ip_network(sent.get("network"))
    except ValueError:
        abort(400)
    return save(str((address, network)))


@app.post("/color")
def as_color():
    sent = request.get_json()  # >> quiet
    try:
        color = Color(sent.get("color"))
    except ValueError:
        abort(400)
    return save(color.value)


@app.post("/color/by-name")
def as_color_by_name():
    sent = request.get_json()  # >> quiet
    try:
        color = Color[sent["color"]]
    except KeyError:
        abort(400)
    return save(color.value)


@app.post("/truth")
def as_truth():
    sent = request.get_json()  # >> quiet
    wanted = str(sent.get("wanted", "")).lower() in ("1", "true", "yes")
    return save(str(wanted))


@app.post("/truth/2")
def as_truth_of_text():
    wanted = request.form.get("wanted", "") == "on"  # >> quiet
    return save(str(wanted))


@app.post("/matched")
def matched():
    name = request.form.get("name", "")  # >> quiet
    if not re.fullmatch(r"[a-z]+", name):
        abort(400)
    return save(name)


@app.post("/matched/compiled")
def matched_by_compiled():
    name = request.form.get("name", "")  # >> quiet
    if not NAME.match(name):
        abort(400)
    return save(name)


@app.post("/matched/none")
def matched_is_none():
    name = request.form.get("name", "")  # >> quiet
    if NAME.fullmatch(name) is None:
        abort(400)
    return save(name)


@app.post("/unmatched")
def match_without_refusal():
    name = request.form.get("name", "")  # >> request/unvalidated-body
    found = re.findall(r"[a-z]+", name)
    return save(name + str(found))


@app.post("/length")
def length():
    name = request.form.get("name", "").strip()  # >> quiet
    if len(name) > 64 or len(name) < 3:
        return "too long", 400
    return save(name)


@app.post("/length/json")
def length_of_anything():
    name = request.json.get("name", "")  # >> request/unvalidated-body
    if len(name) > 64:
        return "too long", 400
    return save(name)


@app.post("/day")
def by_library():
    day = parse_date(request.form.get("day", ""))  # >> quiet
    if day is None:
        abort(400)
    return save(str(day))


def save(text):
    NOTES.append(text)
    return text
