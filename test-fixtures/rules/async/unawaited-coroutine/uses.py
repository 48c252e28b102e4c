"""What becomes of a coroutine where it stands."""
import asyncio
import inspect
from contextlib import asynccontextmanager

import pytest


async def send(mail: str) -> bool:
    await asyncio.sleep(0)
    return bool(mail)


async def rows() -> list[str]:
    return []


async def thrown_away(mail: str, urgent: bool) -> None:
    send(mail)  # >> async/unawaited-coroutine @`send` "gives a coroutine that nobody awaits"
    send(mail) if urgent else None  # >> async/unawaited-coroutine @`send`
    urgent and send(mail)  # >> async/unawaited-coroutine @`send`
    asyncio.sleep(1)  # >> async/unawaited-coroutine @`asyncio.sleep`
    await send(mail)  # >> quiet


def thrown_away_in_plain_code(mail: str) -> None:
    send(mail)  # >> async/unawaited-coroutine @`send`


async def named_and_forgotten(mail: str) -> None:
    sent = send(mail)  # >> async/unawaited-coroutine @`send` "holds and nobody awaits"
    later = send(mail)  # >> quiet
    await later


async def tested(mail: str) -> str:
    if send(mail):  # >> async/unawaited-coroutine @`send` "is always true"
        return "sent"
    if not send(mail):  # >> async/unawaited-coroutine @`send`
        return "lost"
    while mail and send(mail):  # >> async/unawaited-coroutine @`send`
        mail = mail[1:]
    assert send(mail)  # >> async/unawaited-coroutine @`send`
    both = send(mail) and await send(mail)  # >> async/unawaited-coroutine @`send`
    if await send(mail):  # >> quiet
        return "sent"
    return "yes" if send(mail) else f"{both}"  # >> async/unawaited-coroutine @`send`


async def tested_by_name(mail: str) -> str:
    sent = send(mail)  # >> async/unawaited-coroutine @`send` "tested as"
    if not sent:
        return "lost"
    return "sent"


async def compared(mail: str) -> bool:
    return send(mail) == True or send(mail) is None  # >> async/unawaited-coroutine @`send` "equals nothing" # >> async/unawaited-coroutine @`send`


async def in_text(mail: str) -> str:
    first = f"sent: {send(mail)}"  # >> async/unawaited-coroutine @`send` "put into text"
    second = "sent: {}".format(send(mail))  # >> async/unawaited-coroutine @`send`
    third = "sent: %s" % send(mail)  # >> async/unawaited-coroutine @`send`
    fourth = "sent: %s %s" % (mail, send(mail))  # >> async/unawaited-coroutine @`send`
    return first + second + third + fourth + f"{await send(mail)}"  # >> quiet


async def as_if_it_were_the_result(n: int) -> None:
    rows().sort()  # >> async/unawaited-coroutine @`rows` "this raises"
    print(rows()[0])  # >> async/unawaited-coroutine @`rows`
    for row in rows():  # >> async/unawaited-coroutine @`rows`
        print(row)
    first, second = rows()  # >> async/unawaited-coroutine @`rows`
    print(*rows())  # >> async/unawaited-coroutine @`rows`
    print(n, *rows())  # >> async/unawaited-coroutine @`rows`
    print(first, second, n + rows())  # >> async/unawaited-coroutine @`rows`
    found = rows()  # >> async/unawaited-coroutine @`rows` "used as"
    print(found[0])


async def passed_on(mail: str, tasks: list) -> None:
    tasks.append(send(mail))  # >> quiet
    await asyncio.gather(send(mail), *[send(m) for m in mail])  # >> quiet
    pending = [send(m) for m in mail]  # >> quiet
    await asyncio.wait_for(send(mail), 3)  # >> quiet
    await (send(mail) if mail else send(""))  # >> quiet
    by_name = {"first": send(mail)}  # >> quiet
    print(pending, by_name)
    task = asyncio.create_task(send(mail))  # >> quiet
    await task


def handed_back(mail: str):
    return send(mail)  # >> quiet


def run_from_plain_code(mail: str) -> None:
    asyncio.run(send(mail))  # >> quiet
    asyncio.get_event_loop().run_until_complete(send(mail))  # >> quiet
    closed = send(mail)  # >> quiet
    closed.close()


async def known_later(mail: str) -> None:
    result = send(mail)  # >> quiet
    if inspect.isawaitable(result):
        result = await result


async def awaited_in_a_nested_function(mail: str):
    held = send(mail)  # >> quiet

    async def later() -> bool:
        return await held

    return later


last = None


async def held_elsewhere(mail: str) -> None:
    global last
    last = send(mail)  # >> quiet


@asynccontextmanager
async def connected():
    yield 1


async def pages():
    yield 1


async def not_coroutines() -> None:
    connected()  # >> quiet
    pages()  # >> quiet
    async with connected() as one:  # >> quiet
        print(one)
    async for page in pages():  # >> quiet
        print(page)
    asyncio.get_running_loop().run_in_executor(None, print)  # >> quiet


async def tested_first(mail: str | None) -> int:
    if not mail:
        mail = send("a")  # >> async/unawaited-coroutine @`send` "as if it were the result"
    return mail.count


def test_arguments() -> None:
    with pytest.raises(TypeError):
        send("a", "b")  # >> quiet
    with pytest.raises(ValueError):
        send("a")  # >> async/unawaited-coroutine @`send`
