"""Every way of reaching a helper in another module."""
from fastapi import FastAPI

import app.services.rates
import app.services.rates as rates_module
from app import services
from app.services import load_rates
from app.services.rates import load_rates as load, settle
from app.startools import *
from . import local
from .local import deeper as deep
from .services import mail

api = FastAPI()


@api.get("/rates")
async def rates() -> dict:
    app.services.rates.load_rates()  # >> async/blocking-call @`app.services.rates.load_rates` "a network reply" via `requests.get`
    rates_module.load_rates()  # >> async/blocking-call @`rates_module.load_rates` "a network reply" via `requests.get`
    services.rates.load_rates()  # >> async/blocking-call @`services.rates.load_rates` "a network reply" via `requests.get`
    services.load_rates()  # >> async/blocking-call @`services.load_rates` "a network reply" via `requests.get`
    load_rates()  # >> async/blocking-call @`load_rates` "a network reply" via `requests.get`
    return load()  # >> async/blocking-call @`load` "a network reply" via `requests.get`


@api.post("/pay")
async def pay() -> None:
    settle()  # >> async/blocking-call @`settle` "the clock" via `backoff`, `time.sleep`
    local.deeper()  # >> async/blocking-call @`local.deeper` "the clock" via `settle`, `backoff`, `time.sleep`
    deep()  # >> async/blocking-call @`deep` "the clock" via `settle`, `backoff`, `time.sleep`
    mail.send("paid")  # >> async/blocking-call @`mail.send` "a network reply"
    starred()  # >> async/blocking-call @`starred` "the clock" via `time.sleep`
    _hidden()  # >> quiet
    unlisted()  # >> quiet


@api.get("/threaded")
def threaded() -> dict:
    settle()  # >> quiet
    return load()  # >> quiet
