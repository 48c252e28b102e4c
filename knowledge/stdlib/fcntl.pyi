"""fcntl, standard library. Checked against CPython 3.11. Locks wait unless LOCK_NB is among the flags; giving one back does not wait."""
from verbs import blocks

LOCK_SH: int
LOCK_EX: int
LOCK_NB: int
LOCK_UN: int
F_GETFL: int
F_SETFL: int
@blocks("a lock", see="asyncio.to_thread", unless=arg("operation").has("LOCK_NB") or arg("operation").has("LOCK_UN"))
def flock(fd, operation, /) -> None: ...
@blocks("a lock", see="asyncio.to_thread", unless=arg("cmd").has("LOCK_NB") or arg("cmd").has("LOCK_UN"))
def lockf(fd, cmd, len=..., start=..., whence=..., /): ...
def fcntl(fd, cmd, arg=..., /): ...
def ioctl(fd, request, arg=..., mutate_flag=..., /): ...
