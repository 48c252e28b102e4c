"""ledger, our accounting library. Checked against 4.1."""
from verbs import blocks, closes, offloads, opens
from typing import Self
from ledger.models import Entry


@opens("database session", closed_by=["close", "with"])
class Session:
    def __enter__(self) -> Self: ...
    @blocks("a database reply")
    def post(self, entry: Entry): ...
    @closes
    def close(self): ...


@offloads("func")
def later(func, *args): ...
