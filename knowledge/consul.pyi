"""python-consul. Checked against the source of 1.1.0."""
from verbs import blocks

class _Endpoint:
    @blocks("a network reply", see="consul.aio.Consul")
    def __getattr__(self, name): ...
class _Agent(_Endpoint):
    service: _Endpoint
    check: _Endpoint
class Consul:
    kv: _Endpoint
    agent: _Agent
    catalog: _Endpoint
    health: _Endpoint
    session: _Endpoint
    acl: _Endpoint
    status: _Endpoint
    event: _Endpoint
    def __init__(self, host=..., port=..., token=..., **kwargs) -> None: ...
