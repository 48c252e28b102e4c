"""Views of Flask and Quart, tasks of workers, jobs of schedulers, bots: plain functions wait in a thread or process of their own."""
import time

import discord
import dramatiq
from aiogram import Router
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from arq import create_pool
from celery import Celery
from discord.ext import commands
from flask import Flask
from quart import Quart
from quart.utils import run_sync
from rq import Queue

celery = Celery("tasks")
flask = Flask(__name__)
quart = Quart(__name__)
scheduler = AsyncIOScheduler()
bot = commands.Bot(command_prefix="!")
telegram = Router()


def wait() -> None:
    time.sleep(1)  # >> quiet


@flask.get("/")
def flask_view() -> str:
    wait()  # >> quiet
    return ""


@quart.get("/")
def quart_view() -> str:
    wait()  # >> quiet
    return ""


@quart.get("/async")
async def async_quart_view() -> str:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`
    await run_sync(wait)()  # >> quiet
    return ""


@quart.before_request
def before() -> None:
    wait()  # >> quiet


@celery.task
def celery_task() -> None:
    wait()  # >> quiet


@dramatiq.actor
def actor() -> None:
    wait()  # >> quiet


def enqueued() -> None:
    wait()  # >> quiet


async def arq_task(ctx: dict) -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


@scheduler.scheduled_job("interval", minutes=5)
def job() -> None:
    wait()  # >> quiet


def added_job() -> None:
    wait()  # >> quiet


async def async_job() -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


@bot.command()
async def command(ctx: commands.Context) -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


@bot.event
async def on_message(message: discord.Message) -> None:
    wait()  # >> async/blocking-call @`wait` "the clock" via `time.sleep`


@telegram.message()
def aiogram_handler(message) -> None:
    wait()  # >> quiet


def start(queue: Queue) -> None:
    queue.enqueue(enqueued)
    scheduler.add_job(added_job, "interval", minutes=1)
    scheduler.add_job(async_job, "interval", minutes=1)
    celery_task.delay()  # >> quiet
