"""suds.

Written from its documentation; not run. Constructing a client fetches the service's description; each of its operations is a
request.
"""
from verbs import blocks, module

with module("suds.client"):
    class _Service:
        @blocks("a network reply")
        def __getattr__(self, name): ...
    @blocks("a network reply", likely=True)
    class Client:
        service: _Service
        def __init__(self, url, **kwargs) -> None: ...
        def set_options(self, *args, **kwargs): ...
