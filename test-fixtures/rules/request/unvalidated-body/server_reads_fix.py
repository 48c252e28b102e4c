"""aiohttp, Tornado, Django: models of Pydantic where the project has them, answers as each framework gives them."""
import json

from aiohttp import web
from django.http import HttpRequest, JsonResponse
from pydantic import BaseModel
from tornado.web import RequestHandler


class Other(BaseModel):
    nick: str | None = None


class Orders(web.View):
    async def post(self):
        data = await self.request.json()  # >> request/unvalidated-body
        return web.json_response({"total": data["price"] * 2, "note": data.get("note")})


class Letters(RequestHandler):
    def post(self):
        data = json.loads(self.request.body)  # >> request/unvalidated-body
        self.write({"to": data["to"].strip(), "copies": data.get("copies", 1)})


def subscribe(request: HttpRequest):
    data = json.loads(request.body)  # >> request/unvalidated-body
    return JsonResponse({"mail": data["mail"]})
