"""What matters of a parameter is where it goes, and whether anything looked at it before."""
import json
import os
import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from uuid import UUID

import requests
from flask import Flask, abort, jsonify, redirect, render_template, request, send_file
from flask_sqlalchemy import SQLAlchemy
from pydantic import BaseModel
from sqlalchemy import text
from werkzeug.utils import secure_filename

app = Flask(__name__)
db = SQLAlchemy(app)
REPORTS = Path("/srv/reports")


class Report(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)


class Wanted(BaseModel):
    name: str


@app.get("/file")
def file():
    return send_file("/srv/" + request.args["name"])  # >> request/unvalidated-parameter @`request.args`


@app.get("/joined")
def joined():
    name = request.args.get("name", "daily")  # >> request/unvalidated-parameter
    with open(os.path.join("/srv", f"{name}.csv")) as report:
        return report.read()


@app.get("/path")
def path():
    return (REPORTS / request.args["name"]).read_text()  # >> request/unvalidated-parameter


@app.get("/path-of-name")
def path_of_name():
    found = Path("/srv", request.cookies.get("name", "daily"))  # >> request/unvalidated-parameter
    return found.read_bytes()


@app.get("/chosen")
def chosen():
    name = request.args["name"]  # >> quiet
    if name not in ("daily", "weekly"):
        abort(404)
    return (REPORTS / name).read_text()


@app.get("/matched")
def matched():
    name = request.args["name"]  # >> quiet
    if not re.fullmatch(r"\w+", name):
        abort(404)
    return (REPORTS / name).read_text()


@app.get("/inside")
def inside():
    found = os.path.realpath(os.path.join("/srv", request.args["name"]))  # >> quiet
    if not found.startswith("/srv/"):
        abort(404)
    return send_file(found)


@app.get("/there")
def there():
    name = request.args.get("name")  # >> request/unvalidated-parameter
    if not name or name is None:
        abort(404)
    return (REPORTS / name).read_text()


@app.get("/secured")
def secured():
    return (REPORTS / secure_filename(request.args["name"])).read_text()  # >> quiet


@app.get("/seen-to")
def seen_to():
    name = request.args["name"]  # >> quiet
    refuse_paths(name)
    return (REPORTS / name).read_text()


@app.get("/schema")
def schema():
    wanted = Wanted.model_validate(request.args.to_dict())  # >> quiet
    return (REPORTS / wanted.name).read_text()


@app.get("/schema-of-one")
def schema_of_one():
    name = request.args["name"]  # >> quiet
    Wanted(name=name)
    return (REPORTS / name).read_text()


@app.get("/sql")
def sql():
    wanted = request.args.get("name")  # >> request/unvalidated-parameter
    rows = db.session.execute(text(f"SELECT * FROM reports WHERE name = '{wanted}'"))
    return jsonify([tuple(row) for row in rows])


@app.get("/ordered")
def ordered():
    query = "SELECT * FROM reports"
    if request.args.get("order"):  # >> quiet
        query += " ORDER BY " + request.args["order"]  # >> request/unvalidated-parameter
    with closing(sqlite3.connect("reports.db")) as connection:
        return jsonify(connection.execute(query).fetchall())


@app.get("/bound")
def bound():
    with closing(sqlite3.connect("reports.db")) as connection:
        rows = connection.execute("SELECT * FROM reports WHERE name = ?", (request.args["name"],))  # >> quiet
        return jsonify(rows.fetchall())


@app.get("/fetched")
def fetched():
    return requests.get(request.args["url"], timeout=5).text  # >> request/unvalidated-parameter


@app.get("/searched")
def searched():
    return requests.get("https://search.example", params={"q": request.args["q"]}, timeout=5).text  # >> quiet


@app.get("/command")
def command():
    subprocess.run(["convert", request.args["name"], "out.png"])  # >> request/unvalidated-parameter
    return send_file("out.png")


@app.get("/created")
def created():
    db.session.add(Report(name=request.args["name"]))  # >> request/unvalidated-parameter
    db.session.commit()
    return "created"


@app.get("/created-of-all")
def created_of_all():
    db.session.add(Report(**request.args.to_dict()))  # >> request/unvalidated-parameter "whatever keys"
    db.session.commit()
    return "created"


@app.get("/renamed")
def renamed():
    report = db.session.get(Report, 1)
    report.name = request.args["name"]  # >> request/unvalidated-parameter
    db.session.commit()
    return "renamed"


@app.get("/recorded")
def recorded():
    db.session.add(Report(name=request.headers.get("User-Agent")))  # >> quiet
    db.session.commit()
    return "recorded"


@app.get("/page")
def page():
    number = int(request.args.get("page", 1))  # >> request/unvalidated-parameter "fail unless it is a number"
    return str(number)


@app.get("/expected")
def expected():
    try:
        number = int(request.args.get("page", 1))  # >> quiet
    except ValueError:
        number = 1
    return str(number)


@app.get("/typed")
def typed():
    return str(request.args.get("page", 1, type=int))  # >> quiet


@app.get("/length")
def length():
    return str(int(request.headers.get("Content-Length", 0)))  # >> quiet


@app.get("/found")
def found():
    return jsonify([r.name for r in Report.query.filter_by(name=request.args["name"])])  # >> quiet


@app.get("/told")
def told():
    app.logger.info("asked for %s", request.args.get("name"))  # >> quiet
    return render_template("told.html", name=request.args.get("name"), token=request.headers.get("X-Token"))  # >> quiet


@app.get("/compared")
def compared():
    if request.headers.get("X-Token") != app.config["TOKEN"]:  # >> quiet
        abort(403)
    return redirect("/")


@app.get("/known-only")
def known_only():
    report = find(request.args)  # >> quiet
    return (REPORTS / report).read_text()


@app.get("/identified")
def identified():
    key = UUID(request.args["key"])  # >> quiet
    return (REPORTS / f"{key}.csv").read_text()


@app.get("/<name>")
def by_route(name):
    return json.dumps({"name": name})  # >> quiet


def refuse_paths(name):
    if "/" in name:
        abort(404)


def find(args):
    return {"daily": "daily.csv"}.get(args.get("name"), "weekly.csv")
