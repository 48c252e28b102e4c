"""One short function for each way in which Python reaches a call."""
from __future__ import annotations

import shop.clients as c
from shop import RateTable, load_rates, default as shared
from shop.clients import Box, Child, Client, Fetcher, Named, Options, Quiet, Settings, clients, first, make, opened, optional, pair, run
from shop.rates import lazily


async def constructor():
    Client().get("/")  # >> async/blocking-call @`Client().get` "a network reply"


async def alias_of_class():
    RateTable()  # >> async/blocking-call @`RateTable`


async def alias_of_function():
    load_rates()  # >> async/blocking-call @`load_rates`


async def module_alias():
    c.make("x").get("/")  # >> async/blocking-call @`c.make("x").get`


async def singleton():
    shared.get("/")  # >> async/blocking-call @`shared.get`


async def annotated(client: Client, maybe: "Client | None", quiet: Quiet):
    client.get("/")  # >> async/blocking-call @`client.get`
    if maybe is not None:
        maybe.get("/")  # >> async/blocking-call @`maybe.get`
    quiet.get("/")  # >> quiet


async def inherited(child: Child, quiet: Quiet):
    child.rate  # >> async/blocking-call @`child.rate`
    quiet.rate  # >> quiet
    child.get("/")  # >> async/blocking-call @`child.get`


async def properties(client: Client):
    client.rate  # >> async/blocking-call @`client.rate`


async def class_and_static():
    Client.connect("x")  # >> async/blocking-call @`Client.connect`
    Client.pause()  # >> async/blocking-call @`Client.pause` "the clock"
    Client.connect("x").get("/")  # >> async/blocking-call @`Client.connect` # >> async/blocking-call @`Client.connect("x").get`


async def called(client: Client):
    client("/")  # >> async/blocking-call @`client`


async def protocols(client: Client):
    with client as entered:  # >> async/blocking-call @`client`
        entered.get("/")  # >> async/blocking-call @`entered.get`
    for page in client:  # >> async/blocking-call @`client`
        print(page)
    len(client)  # >> async/blocking-call @`len`
    client["/"]  # >> async/blocking-call @`client["/"]`
    "x" in client  # >> async/blocking-call @`client`
    (client / "v1").get("/")  # >> async/blocking-call @`(client / "v1").get`


async def factories():
    made = make("x")
    made.get("/")  # >> async/blocking-call @`made.get`
    one, name = pair()
    one.get(name)  # >> async/blocking-call @`one.get`
    found = optional(True)
    if found:
        found.get("/")  # >> async/blocking-call @`found.get`
    (optional(False) or Client()).get("/")  # >> async/blocking-call @`(optional(False) or Client()).get`


async def managers():
    with opened() as client:  # >> async/blocking-call @`opened()`
        client.get("/")  # >> async/blocking-call @`client.get`


async def containers(settings: Settings, options: Options, named: Named, box: Box[Client]):
    settings.client.get("/")  # >> async/blocking-call @`settings.client.get`
    for other in settings.others:
        other.get("/")  # >> async/blocking-call @`other.get`
    settings.others[0].get("/")  # >> async/blocking-call @`settings.others[0].get`
    settings.by_name["a"].get("/")  # >> async/blocking-call @`settings.by_name["a"].get`
    for name, client in settings.by_name.items():
        client.get(name)  # >> async/blocking-call @`client.get`
    [client.get("/") for client in settings.by_name.values()]  # >> async/blocking-call @`client.get`
    named.client.get("/")  # >> async/blocking-call @`named.client.get`
    box.get().get("/")  # >> async/blocking-call @`box.get().get`
    Box(Client()).item.get("/")  # >> async/blocking-call @`Box(Client()).item.get`
    first(settings.others).get("/")  # >> async/blocking-call @`first(settings.others).get`
    options["client"].get("/")  # >> async/blocking-call @`options["client"].get`


async def generators():
    for client in clients():
        client.get("/")  # >> async/blocking-call @`client.get`


async def nested():
    client = Client()

    def inner():
        return client.get("/")

    inner()  # >> async/blocking-call @`inner`
    fetch = lambda: client.get("/")  # noqa: E731
    fetch()  # >> async/blocking-call @`fetch`
    bound = client.get
    bound("/")  # >> async/blocking-call @`bound`
    run()  # >> async/blocking-call @`run` "the clock"


async def structural(fetcher: Fetcher):
    fetcher.fetch().get("/")  # >> async/blocking-call @`fetcher.fetch().get`


async def narrowed(value):
    if isinstance(value, Client):
        value.get("/")  # >> async/blocking-call @`value.get`
    if not isinstance(value, Client):
        return
    value.get("/")  # >> async/blocking-call @`value.get`


async def conditional(flag):
    client = Client() if flag else None
    if client:
        client.get("/")  # >> async/blocking-call @`client.get`
    if (again := optional(flag)) is not None:
        again.get("/")  # >> async/blocking-call @`again.get`


class Service:
    shared = Client()

    def __init__(self, client: Client | None = None):
        self.client = client or Client()
        self._lazy = None

    @property
    def lazy(self):
        if self._lazy is None:
            self._lazy = make("x")
        return self._lazy

    async def run(self):
        self.client.get("/")  # >> async/blocking-call @`self.client.get`
        self.shared.get("/")  # >> async/blocking-call @`self.shared.get`
        Service.shared.get("/")  # >> async/blocking-call @`Service.shared.get`
        self.lazy.get("/")  # >> async/blocking-call @`self.lazy.get`
        self.helper()  # >> async/blocking-call @`self.helper`

    def helper(self):
        self.client.get("/")


async def awaited_result() -> Client:
    return Client()


async def awaits():
    client = await awaited_result()
    client.get("/")  # >> async/blocking-call @`client.get`
    (await awaited_result()).get("/")  # >> async/blocking-call @`(await awaited_result()).get`


async def once():
    lazily()  # >> quiet
    print(Client.timeout)  # >> quiet


async def matched(value):
    match value:
        case Client():
            value.get("/")  # >> async/blocking-call @`value.get`
        case _:
            value.get("/")  # >> quiet
