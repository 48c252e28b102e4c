"""Values of forms by other words than a subscript: accessors of their own, attributes, conversions that are part of the read."""
import bottle
from bottle import request as bottled
from flask import Blueprint, request
from pyramid.view import view_config
from tornado.web import RequestHandler

views = Blueprint("views", __name__)
NOTES = []


class Notes(RequestHandler):
    def post(self):
        note(self.get_body_argument("text"))  # >> request/unvalidated-body @`self.get_body_argument("text")`

    def put(self):
        for text in self.get_body_arguments("text"):  # >> request/unvalidated-body @`self.get_body_arguments("text")`
            note(text)

    def patch(self):
        if self.get_body_argument("kind") == "all":  # >> quiet
            note("all")

    def delete(self):
        kind = self.get_body_argument("kind")  # >> quiet
        if kind not in ("all", "one"):
            return
        note(kind)

    def options(self):
        try:
            count = int(self.get_body_argument("count"))  # >> quiet
        except ValueError:
            return
        note(count)


@bottle.post("/attribute")
def bottle_attribute():
    return note(bottled.forms.text)  # >> request/unvalidated-body @`bottled.forms`


@bottle.post("/unicode")
def bottle_unicode():
    return note(bottled.forms.getunicode("text"))  # >> request/unvalidated-body @`bottled.forms`


@view_config(route_name="all")
def pyramid_all(request):
    for text in request.POST.getall("text"):  # >> request/unvalidated-body @`request.POST`
        note(text)


@view_config(route_name="mixed")
def pyramid_mixed(request):
    return note(request.POST.mixed()["text"])  # >> request/unvalidated-body @`request.POST`


@views.post("/converted")
def converted():
    return note(request.form.get("count", type=int))  # >> quiet


@views.post("/not-converted")
def not_converted():
    return note(request.form.get("count", 1))  # >> request/unvalidated-body @`request.form`


def note(text):
    NOTES.append(str(text))
    return str(text)
