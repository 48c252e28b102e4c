"""Django, its REST framework and Channels: coroutine functions run on the loop; what is plain, or made asynchronous by asgiref, does not."""
import time

from asgiref.sync import sync_to_async
from channels.consumer import AsyncConsumer, SyncConsumer
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer, WebsocketConsumer
from django.core.management.base import BaseCommand
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.views import View
from rest_framework.decorators import api_view
from rest_framework.views import APIView


def wait() -> None:
    time.sleep(1)  # >> quiet


def plain(request: HttpRequest) -> HttpResponse:
    wait()  # >> quiet
    return HttpResponse()


async def asynchronous(request: HttpRequest) -> HttpResponse:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
    await sync_to_async(wait)()  # >> quiet
    await sync_to_async(wait, thread_sensitive=False)()  # >> quiet
    await sync_to_async(lambda: wait())()  # >> quiet
    await loaded()  # >> quiet
    await loaded_apart()  # >> quiet
    await from_database()  # >> quiet
    return HttpResponse()


@sync_to_async
def loaded() -> None:
    wait()  # >> quiet


@sync_to_async(thread_sensitive=False)
def loaded_apart() -> None:
    wait()  # >> quiet


@database_sync_to_async
def from_database() -> None:
    wait()  # >> quiet


class Page(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        wait()  # >> quiet
        return HttpResponse()


class AsyncPage(View):
    async def get(self, request: HttpRequest) -> HttpResponse:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
        return HttpResponse()


class Api(APIView):
    def post(self, request) -> HttpResponse:
        wait()  # >> quiet
        return HttpResponse()


@api_view(["GET"])
def api(request) -> HttpResponse:
    wait()  # >> quiet
    return HttpResponse()


class Middleware:
    def __init__(self, get_response) -> None:
        wait()  # >> quiet
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wait()  # >> quiet
        return self.get_response(request)


@receiver(post_save)
def saved(sender, **kwargs) -> None:
    wait()  # >> quiet


class Command(BaseCommand):
    def handle(self, *args, **options) -> None:
        wait()  # >> quiet


class Chat(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
        await self.room()  # >> quiet
        await database_sync_to_async(self.load)()  # >> quiet
        await self.accept()

    async def chat_message(self, event: dict) -> None:
        self.load()  # >> async/blocking-call @`self.load` "the clock" via `wait`, `time.sleep`

    @database_sync_to_async
    def room(self) -> None:
        wait()  # >> quiet

    def load(self) -> None:
        wait()  # >> quiet


class PlainChat(WebsocketConsumer):
    def connect(self) -> None:
        wait()  # >> quiet


class Worker(SyncConsumer):
    def job(self, message: dict) -> None:
        wait()  # >> quiet


class AsyncWorker(AsyncConsumer):
    async def job(self, message: dict) -> None:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
