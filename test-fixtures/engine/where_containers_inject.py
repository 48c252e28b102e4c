"""Objects that dependency injection hands out: FastAPI's by alias, those of a container of providers."""
import time
from typing import Annotated

from dependency_injector import containers, providers
from dependency_injector.wiring import Provide, inject
from fastapi import APIRouter, Depends

router = APIRouter()


class Service:
    def run(self) -> None:
        time.sleep(1)

    def describe(self) -> str:
        return "service"


class Container(containers.DeclarativeContainer):
    service = providers.Factory(Service)
    single = providers.Singleton(Service)
    config = providers.Configuration()


@inject
async def injected(service: Service = Provide[Container.service]) -> None:
    service.run()  # >> async/blocking-call @`service.run` "the clock"
    Container.service().run()  # >> async/blocking-call @`Container.service().run` "the clock"
    Container().single().run()  # >> async/blocking-call @`Container().single().run` "the clock"
    Container.service().describe()  # >> quiet
    Container.config.run()  # >> quiet


def get_service() -> Service:
    return Service()


ServiceDep = Annotated[Service, Depends(get_service)]
Given = Depends(get_service)


@router.get("/")
async def endpoint(one: ServiceDep, two=Given, three=Depends(get_service)) -> None:
    one.run()  # >> async/blocking-call @`one.run` "the clock"
    two.run()  # >> async/blocking-call @`two.run` "the clock"
    three.run()  # >> async/blocking-call @`three.run` "the clock"
    one.describe()  # >> quiet


@router.get("/thread")
def in_a_thread(one: ServiceDep) -> None:
    one.run()  # >> quiet
