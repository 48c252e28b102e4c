"""acme's compiled half."""
from verbs import blocks
from .models import Reply


@blocks("a network reply", see="acme.aio.call")
def call(name) -> Reply: ...


with module("acme.fast"):
    from verbs import offloads

    def run(func): ...
