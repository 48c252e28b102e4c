"""voluptuous. Stated as documented for 0.15."""
from typing import Any

from verbs import validates

class Invalid(Exception):
    msg: str
class MultipleInvalid(Invalid):
    errors: list[Invalid]
class Schema:
    schema: Any
    def __init__(self, schema, required=..., extra=...) -> None: ...
    @validates("data")
    def __call__(self, data) -> Any: ...
    def extend(self, schema, required=..., extra=...) -> Schema: ...
def Required(schema, msg=..., default=..., description=...): ...
def Optional(schema, msg=..., default=..., description=...): ...
ALLOW_EXTRA: int
PREVENT_EXTRA: int
REMOVE_EXTRA: int
