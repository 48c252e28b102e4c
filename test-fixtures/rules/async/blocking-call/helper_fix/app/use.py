from app import net, shared
from app.inner.more import forwarded
from app.net import Rates, fetch, fetch_twice, pause
from app.net import under_another_name as renamed


async def one() -> dict:
    pause(1)  # >> async/blocking-call @`pause` fix "Make pause async and await all 3 calls of it in 2 files"
    print(len(fetch("https://a.example")))  # >> async/blocking-call @`fetch` fix "Make fetch async and await all 4 calls"
    net.pause(2)  # >> async/blocking-call @`net.pause` fix "Make pause async"
    return fetch("https://b.example") or {}  # >> async/blocking-call @`fetch` fix "Make fetch async"


async def each(urls: list[str]) -> list[str]:
    """Where `await` binds less than what follows, it needs brackets."""
    names = [fetch(url)["name"] for url in urls]  # >> async/blocking-call @`fetch` fix "Make fetch async"
    if not shared(urls[0]):  # >> async/blocking-call @`shared` fix "Make shared async and await its only call"
        return []
    fetch_twice(urls[0])  # >> async/blocking-call @`fetch_twice` fix "Make fetch_twice async"
    return [*names, forwarded(urls[0]).upper()]  # >> async/blocking-call @`forwarded` fix "Make forwarded async"


async def methods(rates: Rates) -> dict:
    Rates.ping("https://a.example")  # >> async/blocking-call @`Rates.ping` fix "Make ping async"
    rates.probe("https://a.example")  # >> async/blocking-call @`rates.probe` fix "Make probe async"
    rates.read_somewhere()  # >> async/blocking-call @`rates.read_somewhere` no fix "Make read_somewhere"
    rates.refresh()  # >> async/blocking-call @`rates.refresh` no fix "Make refresh"
    return rates.load("today")  # >> async/blocking-call @`rates.load` fix "Make load async and await all 2 calls of it in 2 files"


async def refused() -> None:
    renamed()  # >> async/blocking-call @`renamed` no fix "Make under_another_name"
    net.used_by_a_test()  # >> async/blocking-call @`net.used_by_a_test` no fix "Make used_by_a_test"
    net.handed_on()  # >> async/blocking-call @`net.handed_on` no fix "Make handed_on"
    net.looked_up()  # >> async/blocking-call @`net.looked_up` no fix "Make looked_up"
    net.replaced_in_a_test()  # >> async/blocking-call @`net.replaced_in_a_test` no fix "Make replaced_in_a_test"
    net.called_at_import()  # >> async/blocking-call @`net.called_at_import` no fix "Make called_at_import"
