from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends
from requests import Session


class Gateway:
    def __init__(self, session: Session) -> None:
        self.session = session

    def charge(self, amount: int) -> dict:
        return self.session.post("https://pay.example", json={"amount": amount}).json()


def get_session() -> Iterator[Session]:
    with Session() as session:  # >> http/client-per-request
        yield session


def get_untyped():
    session = Session()  # >> http/client-per-request
    try:
        yield session
    finally:
        session.close()


def get_gateway(session: Session = Depends(get_session)) -> Gateway:
    session.get("https://pay.example/warm")  # >> quiet
    return Gateway(session)


async def get_checked(session: Session = Depends(get_session)) -> Gateway:
    session.get("https://pay.example/check")  # >> async/blocking-call @`session.get` "a network reply"
    return Gateway(session)


GatewayDep = Annotated[Gateway, Depends(get_gateway)]
