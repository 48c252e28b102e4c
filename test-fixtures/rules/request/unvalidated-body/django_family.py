"""Django and what is built upon it: DRF, Ninja and Channels."""
import json

from channels.generic.websocket import AsyncJsonWebsocketConsumer, AsyncWebsocketConsumer, JsonWebsocketConsumer, WebsocketConsumer
from django.http import HttpRequest, JsonResponse, QueryDict
from django.views import View
from ninja import Form, NinjaAPI, Router, Schema
from rest_framework import serializers
from rest_framework.decorators import action, api_view
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

api = NinjaAPI()
router = Router()


class Note(Schema):
    text: str


class NoteSerializer(serializers.Serializer):
    text = serializers.CharField()


class Plain(View):
    def put(self, request):
        sent = QueryDict(request.body)  # >> request/unvalidated-body
        return save(sent["text"])

    def patch(self, request):
        sent = json.loads(request.body.decode("utf-8"))  # >> request/unvalidated-body
        return save(sent["text"])


@api_view(["POST"])
def drf_function(request):
    return Response(save(request.data["text"]))  # >> request/unvalidated-body


@api_view(["POST"])
def drf_checked(request):
    checked = NoteSerializer(data=request.data)  # >> quiet
    checked.is_valid(raise_exception=True)
    return Response(save(checked.validated_data["text"]))


class Notes(ViewSet):
    @action(detail=False, methods=["post"])
    def close(self, request, pk=None):
        return Response(save(request.data["text"]))  # >> request/unvalidated-body

    def create(self, request):
        return Response(save(request.data.get("text")))  # >> request/unvalidated-body


@api.post("/typed")
def ninja_typed(request, note: Note):
    return save(note.text)  # >> quiet


@api.post("/form")
def ninja_form(request, note: Note = Form(...)):
    return save(note.text)  # >> quiet


@router.post("/around")
def ninja_around(request):
    sent = json.loads(request.body)  # >> request/unvalidated-body
    return save(sent["text"])


@api.put("/post")
def ninja_post(request: HttpRequest):
    return save(request.POST["text"])  # >> request/unvalidated-body


@api.post("/untyped")
def ninja_untyped(request, sent: dict):  # >> request/untyped-body
    return save(sent["text"])


class JsonChat(AsyncJsonWebsocketConsumer):
    async def receive_json(self, content, **kwargs):  # >> request/unvalidated-body @`content`
        await self.send_json({"text": content["text"]})


class CheckedChat(JsonWebsocketConsumer):
    def receive_json(self, content, **kwargs):  # >> quiet
        note = Note(**content)
        self.send_json({"text": note.text})


class TextChat(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):  # >> request/unvalidated-body @`text_data=None`
        sent = json.loads(text_data)
        await self.send(text_data=sent["text"])


class EchoChat(WebsocketConsumer):
    def receive(self, text_data=None, bytes_data=None):  # >> quiet
        self.send(text_data=text_data)


def save(text):
    with open("/srv/notes", "a") as notes:
        notes.write(text)
    return JsonResponse({"text": text})
