"""Resolvers of GraphQL, consumers of queues, jobs and handlers of bots: those that are coroutine functions run on the loop.

A plain resolver runs where the schema is executed, which may be the thread of a synchronous view: nothing is said of it.
"""
import asyncio
import time

import dramatiq
import graphene
import grpc
import strawberry
from aiogram import BaseMiddleware, Dispatcher, F
from aiokafka import AIOKafkaConsumer
from ariadne import QueryType
from discord.ext import commands, tasks
from faststream.kafka import KafkaBroker
from litestar import Litestar, Request, get
from slack_bolt import App
from slack_bolt.async_app import AsyncApp
from starlette.authentication import AuthenticationBackend
from starlette.endpoints import HTTPEndpoint, WebSocketEndpoint
from starlette.middleware.base import BaseHTTPMiddleware
from taskiq import InMemoryBroker
from telegram.ext import Application, CommandHandler

import greeter_pb2_grpc


def wait() -> None:
    time.sleep(1)  # >> quiet


@strawberry.type
class Query:
    @strawberry.field
    async def later(self) -> int:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
        return 1

    @strawberry.field
    def now(self) -> int:
        wait()  # >> quiet
        return 1


class Graph(graphene.ObjectType):
    async def resolve_later(self, info) -> None:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`

    def resolve_now(self, info) -> None:
        wait()  # >> quiet


query = QueryType()


@query.field("later")
async def resolve_later(obj, info) -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


@query.field("now")
def resolve_now(obj, info) -> None:
    wait()  # >> quiet


taskiq = InMemoryBroker()
stream = KafkaBroker("localhost:9092")


@taskiq.task
async def taskiq_task() -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


@taskiq.task
def threaded_taskiq_task() -> None:
    wait()  # >> quiet


@stream.subscriber("orders")
async def consumed(message: str) -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


@stream.subscriber("lines")
def consumed_in_thread(message: str) -> None:
    wait()  # >> quiet


async def consume(consumer: AIOKafkaConsumer) -> None:
    async for message in consumer:  # >> quiet
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


@dramatiq.actor
async def actor() -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


class Greeter(greeter_pb2_grpc.GreeterServicer):
    async def SayHello(self, request, context) -> None:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


class ThreadedGreeter(greeter_pb2_grpc.GreeterServicer):
    def SayHello(self, request, context) -> None:
        wait()  # >> quiet


class Traced(grpc.aio.ServerInterceptor):
    async def intercept_service(self, continuation, details) -> None:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


class Orders(commands.Cog):
    @commands.Cog.listener()
    async def on_message(self, message) -> None:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`

    @tasks.loop(seconds=3)
    async def poll(self) -> None:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`

    def helper(self) -> None:
        wait()  # >> quiet


dispatcher = Dispatcher()


class Counting(BaseMiddleware):
    async def __call__(self, handler, event, data) -> None:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


@dispatcher.message(F.text)
def in_a_thread(message) -> None:
    wait()  # >> quiet


async def started(update, context) -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


application = Application.builder().token("x").build()
application.add_handler(CommandHandler("start", started))
slack = AsyncApp(token="x")
threaded_slack = App(token="x")


@slack.event("message")
async def slack_event(event) -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


@threaded_slack.event("message")
def threaded_slack_event(event) -> None:
    wait()  # >> quiet


class Page(HTTPEndpoint):
    def get(self, request) -> None:
        wait()  # >> quiet

    async def post(self, request) -> None:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


class Talk(WebSocketEndpoint):
    async def on_receive(self, websocket, data) -> None:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


class Tokens(AuthenticationBackend):
    async def authenticate(self, connection) -> None:
        wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


class Timing(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        self.helper()  # >> async/blocking-call @`self.helper` "the clock" via `wait`, `time.sleep`
        return await call_next(request)

    def helper(self) -> None:
        wait()  # >> quiet


@get("/")
async def index() -> str:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
    return ""


def before(request: Request) -> None:
    """Plain hooks of Litestar run in a thread."""
    wait()  # >> quiet


def prepared(app: Litestar) -> None:
    """Once, while nothing is served."""
    wait()  # >> quiet


litestar = Litestar([index], before_request=before, on_startup=[prepared])


async def served(reader, writer) -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


def readable() -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


async def main() -> None:
    await asyncio.start_server(served, "localhost")
    asyncio.get_running_loop().add_reader(1, readable)


with asyncio.Runner() as runner:
    runner.run(main())  # >> quiet
