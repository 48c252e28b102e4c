"""aiohttp, Tornado, Django: models of Pydantic where the project has them, answers as each framework gives them."""
import json
from typing import Any

from aiohttp import web
from django.http import HttpRequest, JsonResponse
from django.core.exceptions import BadRequest
from pydantic import BaseModel, ValidationError
from tornado.web import HTTPError, RequestHandler


class Other(BaseModel):
    nick: str | None = None


class OrdersPostBody(BaseModel):
    price: int | float
    note: Any = None


class Orders(web.View):
    async def post(self):
        try:
            data = OrdersPostBody.model_validate(await self.request.json())
        except ValidationError as error:
            raise web.HTTPBadRequest(text=str(error)) from error
        return web.json_response({"total": data.price * 2, "note": data.note})


class LettersPostBody(BaseModel):
    to: str
    copies: int = 1


class Letters(RequestHandler):
    def post(self):
        try:
            data = LettersPostBody.model_validate(json.loads(self.request.body))
        except ValidationError as error:
            raise HTTPError(400, str(error)) from error
        self.write({"to": data.to.strip(), "copies": data.copies})


class SubscribeBody(BaseModel):
    mail: Any


def subscribe(request: HttpRequest):
    try:
        data = SubscribeBody.model_validate(json.loads(request.body))
    except ValidationError as error:
        raise BadRequest(str(error)) from error
    return JsonResponse({"mail": data.mail})
