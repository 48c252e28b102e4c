"""Braintree. Checked against the source of 4.45.0. Every method of a gateway is a request, except those that only build or parse."""
from verbs import blocks

class _Gateway:
    @blocks("a network reply")
    def __getattr__(self, name): ...
class _Webhooks:
    def parse(self, signature, payload): ...
    def verify(self, challenge) -> str: ...
class BraintreeGateway:
    add_on: _Gateway
    address: _Gateway
    client_token: _Gateway
    credit_card: _Gateway
    customer: _Gateway
    discount: _Gateway
    dispute: _Gateway
    merchant: _Gateway
    merchant_account: _Gateway
    payment_method: _Gateway
    payment_method_nonce: _Gateway
    paypal_account: _Gateway
    plan: _Gateway
    settlement_batch_summary: _Gateway
    subscription: _Gateway
    transaction: _Gateway
    us_bank_account: _Gateway
    verification: _Gateway
    webhook_notification: _Webhooks
    def __init__(self, config=..., **kwargs) -> None: ...
