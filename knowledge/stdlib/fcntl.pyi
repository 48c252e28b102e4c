"""fcntl, standard library. Checked against CPython 3.11. Locks wait unless LOCK_NB is among the flags, which is not followed here."""
from verbs import blocks

LOCK_SH: int
LOCK_EX: int
LOCK_NB: int
LOCK_UN: int
F_GETFL: int
F_SETFL: int
@blocks("a lock", see="asyncio.to_thread", likely=True)
def flock(fd, operation, /) -> None: ...
@blocks("a lock", see="asyncio.to_thread", likely=True)
def lockf(fd, cmd, len=..., start=..., whence=..., /): ...
def fcntl(fd, cmd, arg=..., /): ...
def ioctl(fd, request, arg=..., mutate_flag=..., /): ...
