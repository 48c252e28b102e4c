"""ping3. Checked against the source of 5.1."""
from verbs import blocks

@blocks("a network reply")
def ping(dest_addr, timeout=..., *args, **kwargs): ...
@blocks("a network reply")
def verbose_ping(dest_addr, count=..., *args, **kwargs): ...
