"""Locks of files wait unless the flags say otherwise."""
import fcntl
from fcntl import LOCK_EX, LOCK_NB, flock


async def locks(descriptor: int, flags: int) -> None:
    fcntl.flock(descriptor, fcntl.LOCK_EX)  # >> async/blocking-call @`fcntl.flock` "a lock"
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)  # >> quiet
    flock(descriptor, LOCK_NB | LOCK_EX)  # >> quiet
    fcntl.flock(descriptor, fcntl.LOCK_UN)  # >> quiet
    fcntl.lockf(descriptor, fcntl.LOCK_SH)  # >> async/blocking-call @`fcntl.lockf` "a lock"
    fcntl.lockf(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)  # >> quiet
    fcntl.flock(descriptor, flags)  # >> async/blocking-call @`fcntl.flock` "a lock"
    fcntl.flock(descriptor, flags | fcntl.LOCK_NB)  # >> quiet
