from flask import Flask

from app.bodies import needs, query_from, request_json, require

app = Flask(__name__)


@app.post("/queries")
def create():
    body = request_json()  # >> request/unvalidated-body @`request_json()` "nothing has checked"
    require(body, "text")
    return body["text"].strip()


@app.put("/queries")
@needs("text")
def replace():
    body = request_json()  # >> request/unvalidated-body @`request_json()`
    return body["text"].strip()


@app.post("/checked")
def checked():
    return query_from(request_json()).text  # >> quiet
