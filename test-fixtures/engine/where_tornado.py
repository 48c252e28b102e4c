"""Tornado calls the methods of a handler on the loop, plain ones too; executors and tools of its own take work away from there."""
import time
from concurrent.futures import ThreadPoolExecutor

import requests
import tornado.web
from tornado import gen
from tornado.concurrent import run_on_executor
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler


def fetch(url: str) -> str:
    return requests.get(url, timeout=5).text  # >> quiet


class BaseHandler(tornado.web.RequestHandler):
    def prepare(self) -> None:
        fetch("https://a.example")  # >> async/blocking-call @`fetch` "on which `BaseHandler.prepare` runs: it overrides a `prepare` that runs there" via `requests.get`

    def get_current_user(self) -> str:
        time.sleep(0.1)  # >> async/blocking-call @`time.sleep` "the clock"
        return "user"

    def rate(self) -> str:
        return fetch("https://a.example")  # >> quiet


class Page(BaseHandler):
    def get(self) -> None:
        self.write(self.rate())  # >> async/blocking-call @`self.rate` "a network reply" via `fetch`, `requests.get`

    async def post(self) -> None:
        fetch("https://a.example")  # >> async/blocking-call @`fetch` "a network reply" via `requests.get`


class Threaded(RequestHandler):
    executor = ThreadPoolExecutor(4)

    @run_on_executor
    def load(self) -> str:
        return fetch("https://a.example")  # >> quiet

    async def get(self) -> None:
        self.write(await self.load())  # >> quiet
        self.write(await IOLoop.current().run_in_executor(None, fetch, "https://a.example"))  # >> quiet


class Yielding(RequestHandler):
    @gen.coroutine
    def get(self):
        time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"
        yield gen.sleep(1)


class Talk(WebSocketHandler):
    def on_message(self, message: str) -> None:
        time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"

    def check_origin(self, origin: str) -> bool:
        time.sleep(1)  # >> async/blocking-call @`time.sleep` "the clock"
        return True


class Report:
    def get(self) -> None:
        time.sleep(1)  # >> quiet


def tick() -> None:
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "on which `tick` runs: it is given to `PeriodicCallback`"


def once() -> None:
    time.sleep(1)  # >> async/blocking-call @`time.sleep` "on which `once` runs: it is given to `add_callback`"


def never_handed_over() -> None:
    time.sleep(1)  # >> quiet


def main() -> None:
    application = Application([("/", Page), ("/talk", Talk), ("/threaded", Threaded), ("/yielding", Yielding)])
    application.listen(8888)
    PeriodicCallback(tick, 1000).start()
    IOLoop.current().add_callback(once)
    IOLoop.current().start()
