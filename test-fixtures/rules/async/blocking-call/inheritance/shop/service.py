from shop.base import Repository, Timed
from shop.users import Files, InMemory, Slow, Users


async def inherited(users: Users) -> None:
    users.find(1)  # >> async/blocking-call @`users.find` "a network reply" via `requests.get`
    users.by_mail("a@example.com")  # >> async/blocking-call @`users.by_mail` "a network reply" via `self.find`, `requests.get`
    users.name()  # >> quiet
    await users.greet(1)  # >> quiet


async def overridden(memory: InMemory) -> None:
    memory.find(1)  # >> quiet
    memory.by_mail("a@example.com")  # >> quiet


async def constructed() -> None:
    Users("https://users.example")  # >> async/blocking-call @`Users` "a network reply" via `self.connect`, `requests.get`
    InMemory()  # >> quiet


async def by_resolution_order(slow: Slow) -> None:
    slow.find(1)  # >> async/blocking-call @`slow.find`


async def template_method(files: Files, timed: Timed) -> None:
    files.save({})  # >> async/blocking-file-io @`files.save` "the disk" via `self.write`
    timed.save({})  # >> async/blocking-file-io likely "where the implementation is `Files`" via `self.write`


async def class_kept_in_a_variable(kind: type[Repository]) -> None:
    made = kind("https://rows.example")  # >> async/blocking-call @`kind` "a network reply" via `self.connect`, `requests.get`
    made.find(1)  # >> async/blocking-call @`made.find` "a network reply" via `requests.get`
