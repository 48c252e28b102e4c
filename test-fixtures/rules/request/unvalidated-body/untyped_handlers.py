"""Requests nobody annotates: their class follows from the decorator, or from the method that is overridden."""
import json

from aiohttp import web
from django.views import View
from django.views.decorators.http import require_POST
from rest_framework.decorators import api_view
from rest_framework.views import APIView

routes = web.RouteTableDef()


@require_POST
def create(request):
    data = json.loads(request.body)  # >> request/unvalidated-body @`request.body`
    return data["name"]


class Orders(View):
    def post(self, request, key):
        return request.POST["amount"]  # >> request/unvalidated-body @`request.POST`


@api_view(["POST"])
def charge(request):
    return request.data["amount"]  # >> request/unvalidated-body @`request.data`


class Charges(APIView):
    def put(self, request):
        return request.data["amount"]  # >> request/unvalidated-body @`request.data`


@routes.post("/orders")
async def order(request):
    data = await request.json()  # >> request/unvalidated-body @`request.json()`
    return web.json_response({"name": data["name"]})


def helper(request):
    return request.data["amount"]  # >> quiet


class Job:
    def post(self, request):
        return request.data["amount"]  # >> quiet
