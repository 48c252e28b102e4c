from fastapi import APIRouter, Depends

from app import singletons
from app.deps import Gateway, GatewayDep, get_gateway, get_session, get_untyped
from app.singletons import gateway, get_late
from requests import Session

router = APIRouter()


@router.post("/charge")
async def charge(gateway: Gateway = Depends(get_gateway)) -> dict:
    return gateway.charge(3)  # >> async/blocking-call @`gateway.charge` "a network reply" via `self.session.post`


@router.post("/annotated")
async def annotated(gateway: GatewayDep) -> dict:
    return gateway.charge(3)  # >> async/blocking-call @`gateway.charge` "a network reply" via `self.session.post`


@router.get("/yielded")
async def yielded(session=Depends(get_session), other=Depends(get_untyped)) -> None:
    session.get("https://a.example")  # >> async/blocking-call @`session.get` "a network reply"
    other.get("https://a.example")  # >> async/blocking-call @`other.get` "a network reply"


@router.get("/singletons")
async def use_singletons() -> None:
    gateway.charge(1)  # >> async/blocking-call @`gateway.charge` "a network reply" via `self.session.post`
    singletons.plain.charge(1)  # >> async/blocking-call @`singletons.plain.charge` "a network reply" via `self.session.post`
    get_late().charge(1)  # >> async/blocking-call @`get_late().charge` "a network reply" via `self.session.post`


@router.post("/threaded")
def threaded(gateway: Gateway = Depends(get_gateway), session: Session = Depends(get_session)) -> dict:
    session.get("https://a.example")  # >> quiet
    return gateway.charge(3)  # >> quiet
