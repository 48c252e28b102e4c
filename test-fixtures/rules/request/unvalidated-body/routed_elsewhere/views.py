"""Handlers that say nothing of what they are given."""
from aiohttp import web

from wtforms import Form, StringField
from vendor.multidict import MultiDict


class NoteForm(Form):
    text = StringField()


async def create(request):
    form = await request.post()  # >> request/unvalidated-body
    return save(form["text"])


async def checked(request):
    form = await request.post()  # >> quiet
    text = form.get("text")
    note = NoteForm(MultiDict({"text": text}))
    if not note.validate():
        raise web.HTTPBadRequest()
    return save(note.text.data)


async def unrouted(request):
    form = await request.post()  # >> quiet
    return save(form["text"])
