"""typeguard. Stated as documented for 4.4. What passes has the type that is asked for; of a collection, the first item is looked at unless told otherwise."""
from typing import TypeVar

from verbs import validates

T = TypeVar("T")

@validates("value")
def check_type(value, expected_type: type[T], *, forward_ref_policy=..., typecheck_fail_callback=..., collection_check_strategy=...) -> T: ...
@validates
def typechecked(target=..., *, forward_ref_policy=..., typecheck_fail_callback=..., collection_check_strategy=..., debug_instrumentation=...): ...
class TypeCheckError(Exception): ...
