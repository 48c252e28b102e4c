from fastapi import APIRouter, Depends

from . import mail
from .mail import Mailer, get_mailer, mailer
from .mail import flush as flush_mail

router = APIRouter()


@router.post("/orders")
async def place(to: str, injected: Mailer = Depends(get_mailer)) -> str:
    injected.send(to)  # >> async/unawaited-coroutine @`injected.send`
    mailer.send(to)  # >> async/unawaited-coroutine @`mailer.send`
    get_mailer().send(to)  # >> async/unawaited-coroutine @`get_mailer().send`
    flush_mail()  # >> async/unawaited-coroutine @`flush_mail`
    mail.flush()  # >> async/unawaited-coroutine @`mail.flush`
    mail.unknown()  # >> quiet
    return to
