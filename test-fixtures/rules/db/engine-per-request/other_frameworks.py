"""What other frameworks run for each request."""
import redis
from celery import Celery
from django.urls import path
from django.views import View
from flask import Flask, g
from sqlalchemy import create_engine, text

app = Flask(__name__)
queue = Celery("shop")
URL = "postgresql://db.example/shop"


@app.route("/count")
def count():
    engine = create_engine(URL)  # >> db/engine-per-request @`create_engine(URL)`
    with engine.connect() as connection:
        return str(connection.scalar(text("select 1")))


def create_app():
    made = Flask(__name__)
    engine = create_engine(URL)  # >> quiet

    @made.get("/nested")
    def nested():
        cache = redis.Redis(host="cache.example")  # >> db/engine-per-request @`redis.Redis(host="cache.example")`
        with engine.connect() as connection:
            return cache.get(str(connection.scalar(text("select 1"))))

    return made


@app.before_request
def open_cache():
    g.cache = redis.Redis(host="cache.example")  # >> quiet


@queue.task
def later():
    with create_engine(URL).connect() as connection:  # >> quiet
        return connection.scalar(text("select 1"))


class Orders(View):
    def get(self, request):
        cache = redis.Redis(host="cache.example")  # >> db/engine-per-request @`redis.Redis(host="cache.example")`
        return cache.get("orders")

    def other(self):
        return redis.Redis(host="cache.example")  # >> quiet


def listing(request):
    return redis.from_url("redis://cache.example").get("orders")  # >> db/engine-per-request @`redis.from_url("redis://cache.example")`


urlpatterns = [path("orders", Orders.as_view()), path("list", listing)]
