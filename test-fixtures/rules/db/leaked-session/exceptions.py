"""Which `except` catches what is raised: by the classes of Python and of the project."""
from shop_client import RemoteError
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

engine = create_engine("postgresql://db.example/app")


class ShopError(Exception):
    pass


class StockError(ShopError):
    pass


def of_another_class(items: list[int]) -> None:
    session = Session(engine)  # >> db/leaked-session @`Session(engine)` "stays open when something fails"
    try:
        if not items:
            raise KeyError("none")
    except ValueError:
        pass
    session.close()


def by_its_base(items: list[int]) -> None:
    session = Session(engine)  # >> quiet
    try:
        if not items:
            raise KeyError("none")
    except (TypeError, LookupError):
        pass
    session.close()


def by_a_base_in_the_project(items: list[int]) -> None:
    session = Session(engine)  # >> quiet
    try:
        if not items:
            raise StockError("none") from None
    except ShopError:
        pass
    session.close()


def only_by_a_subclass(items: list[int]) -> None:
    session = Session(engine)  # >> db/leaked-session @`Session(engine)`
    try:
        if not items:
            raise ShopError("none")
    except StockError:
        pass
    session.close()


def by_nobody_nor_before(items: list[int]) -> None:
    session = Session(engine)  # >> quiet
    try:
        if not items:
            raise ShopError
    except KeyError:
        return
    except ShopError:
        session.close()
        return
    session.close()


def ends_the_process(items: list[int]) -> None:
    session = Session(engine)  # >> db/leaked-session @`Session(engine)`
    try:
        if not items:
            raise SystemExit(1)
    except Exception:
        pass
    session.close()


def nobody_knows(items: list[int]) -> None:
    session = Session(engine)  # >> db/leaked-session @`Session(engine)`
    try:
        if not items:
            raise RemoteError("none")
    except LookupError:
        pass
    session.close()
