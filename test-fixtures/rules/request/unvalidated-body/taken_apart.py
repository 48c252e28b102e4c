"""Bodies that are taken apart, mixed, handed on: what is done with them counts, however it is written."""
import hashlib
import hmac
import json

import httpx
import requests
from fastapi import APIRouter, Request
from flask import Flask, abort, request

app = Flask(__name__)
router = APIRouter()
NOTES = []
CLIENT = httpx.AsyncClient()


@app.post("/proxy")
def proxied():
    answer = requests.post("http://inner/notes", json=request.get_json(), timeout=3)  # >> quiet
    return answer.text


@app.post("/proxy/raw")
def proxied_raw():
    return requests.post("http://inner/notes", data=request.get_data(), timeout=3).text  # >> quiet


@router.post("/proxy")
async def proxied_async(asked: Request):
    raw = await asked.body()  # >> quiet
    return (await CLIENT.post("http://inner/notes", content=raw)).text


@app.post("/signed")
def signed():
    raw = request.get_data()  # >> quiet
    digest = hmac.new(b"secret", raw, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(digest, request.headers.get("X-Signature", "")):
        abort(403)
    return "ok"


@app.post("/signed/read")
def signed_and_read():
    raw = request.get_data()  # >> quiet
    if hmac.new(b"secret", raw, hashlib.sha256).hexdigest() != request.headers.get("X-Signature"):
        abort(403)
    return save(json.loads(raw)["text"])


@app.post("/keywords")
def by_keywords():
    keep(**request.get_json())  # >> request/unvalidated-body
    return ""


@app.post("/keywords/returned")
def by_keywords_returned():
    return save(**request.get_json())  # >> missed request/unvalidated-body: it is given back, so that whoever calls may check it


@app.post("/keywords/part")
def by_keywords_of_part():
    sent = request.get_json()  # >> request/unvalidated-body
    return save(**sent["note"])


@app.post("/merged")
def merged():
    sent = {"size": 1, **request.get_json()}  # >> request/unvalidated-body
    return save(sent["text"])


@app.post("/merged/or")
def merged_by_or():
    sent = {"size": 1} | request.get_json()  # >> request/unvalidated-body
    return save(sent["text"])


@app.post("/merged/update")
def merged_by_update():
    sent = {"size": 1}
    sent.update(request.get_json())  # >> request/unvalidated-body
    return save(sent["text"])


@app.post("/merged/dict")
def merged_by_dict():
    sent = dict(request.get_json(), size=1)  # >> request/unvalidated-body
    return save(sent["text"])


@app.post("/comprehension")
def comprehended():
    texts = [row["text"] for row in request.get_json()]  # >> request/unvalidated-body
    return save("".join(texts))


@app.post("/comprehension/part")
def comprehended_part():
    sent = request.get_json()  # >> request/unvalidated-body
    return save("".join(row["text"] for row in sent["rows"]))


@app.post("/match")
def matched():
    match request.get_json():  # >> request/unvalidated-body
        case {"kind": kind, "text": text}:
            return save(kind + text)
    abort(400)


@app.post("/match/typed")
def matched_by_type():
    match request.get_json():  # >> quiet
        case {"kind": "note", "text": str(text)}:
            return save(text)
    abort(400)


@app.post("/match/kind")
def matched_kind():
    sent = request.get_json()  # >> request/unvalidated-body
    match sent["kind"]:
        case "note":
            return save(sent["text"])
    abort(400)


@app.post("/walrus")
def by_walrus():
    if (sent := request.get_json()) is None:  # >> request/unvalidated-body
        abort(400)
    return save(sent["text"])


@app.post("/walrus/part")
def part_by_walrus():
    sent = request.get_json()  # >> request/unvalidated-body
    if text := sent.get("text"):
        return save(text)
    abort(400)


@app.post("/unpacked")
def unpacked():
    sent = request.get_json()  # >> request/unvalidated-body
    text, size = sent["text"], sent["size"]
    return save(text * size)


@app.post("/unpacked/whole")
def unpacked_whole():
    text, size = request.get_json()  # >> request/unvalidated-body
    return save(text * size)


@app.post("/unpacked/values")
def unpacked_values():
    text, size = request.get_json().values()  # >> request/unvalidated-body
    return save(text * size)


@app.post("/popped")
def popped():
    sent = request.get_json()  # >> request/unvalidated-body
    text = sent.pop("text", "")
    sent.setdefault("size", 1)
    return save(text)


@app.post("/looped")
def looped():
    sent = request.get_json()  # >> request/unvalidated-body
    for key, value in sent.items():
        save(key + value)
    return ""


@app.post("/looped/keys")
def looped_by_keys():
    sent = request.get_json()  # >> request/unvalidated-body
    for key in sent:
        save(key + sent[key])
    return ""


@app.post("/two")
def two_sources():
    sent = request.get_json()  # >> request/unvalidated-body
    form = request.form  # >> request/unvalidated-body
    return save(sent["text"] + form["more"])


@app.post("/nested")
def nested():
    sent = request.get_json()  # >> request/unvalidated-body

    def inner():
        return save(sent["text"])

    return inner()


@app.post("/raised")
def only_logged():
    app.logger.info("got %s", request.get_json())  # >> quiet
    return ""


def keep(text, size=1):
    NOTES.append(text * size)


def save(text, **more):
    NOTES.append(text)
    return text
