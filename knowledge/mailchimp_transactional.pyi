"""Mailchimp Transactional. Checked against the source of 1.3.3. Every method is a request."""
from verbs import blocks

class _Endpoint:
    @blocks("a network reply")
    def __getattr__(self, name): ...
class Client:
    messages: _Endpoint
    tags: _Endpoint
    senders: _Endpoint
    urls: _Endpoint
    templates: _Endpoint
    webhooks: _Endpoint
    inbound: _Endpoint
    exports: _Endpoint
    ips: _Endpoint
    metadata: _Endpoint
    rejects: _Endpoint
    subaccounts: _Endpoint
    users: _Endpoint
    whitelists: _Endpoint
    allowlists: _Endpoint
    def __init__(self, api_key=...) -> None: ...
    def set_timeout(self, timeout) -> None: ...
