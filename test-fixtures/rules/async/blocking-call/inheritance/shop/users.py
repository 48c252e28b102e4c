from pathlib import Path

from shop.base import Repository, Timed


class Users(Repository):
    table = "users"

    def by_mail(self, mail: str) -> dict:
        return self.find(hash(mail))

    async def greet(self, key: int) -> str:
        user = super().find(key)  # >> async/blocking-call @`super().find` "a network reply" via `requests.get`
        return f"hello {user['name']}"


class InMemory(Users):
    def __init__(self) -> None:
        self.rows: dict[int, dict] = {}

    def find(self, key: int) -> dict:
        return self.rows[key]


class Slow(Timed, Users):
    pass


class Files(Timed):
    def write(self, value: dict) -> None:
        Path("/srv/out").write_text(str(value))
