"""Asking whether a child has ended waits only where nothing says otherwise."""
import os


async def children(pid: int, options: int) -> None:
    os.waitpid(pid, 0)  # >> async/blocking-call @`os.waitpid` "another process"
    os.waitpid(pid, os.WNOHANG)  # >> quiet
    os.waitpid(pid, os.WNOHANG | os.WUNTRACED)  # >> quiet
    os.waitpid(pid, os.WUNTRACED)  # >> async/blocking-call @`os.waitpid` "another process"
    os.waitpid(pid, options)  # >> async/blocking-call @`os.waitpid` "another process"
    os.wait4(pid, os.WNOHANG)  # >> quiet
