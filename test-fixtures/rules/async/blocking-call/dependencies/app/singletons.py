from app.deps import Gateway
from requests import Session


def make_gateway() -> Gateway:
    return Gateway(Session())


gateway = make_gateway()
plain = Gateway(Session())
late: Gateway | None = None


def get_late() -> Gateway:
    global late
    if late is None:
        late = make_gateway()
    return late
