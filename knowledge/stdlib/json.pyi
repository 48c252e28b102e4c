"""json, standard library. Checked against CPython 3.11.

`loads` and `dumps` are not said to be slow: that takes megabytes. `load` and `dump` read and write the file they are given.
"""
from typing import Any, Iterator

from verbs import blocks, module, passes

@passes("s")
def loads(s, *, cls=..., object_hook=..., parse_float=..., parse_int=..., parse_constant=..., object_pairs_hook=..., **kw) -> Any: ...
@passes("fp")
@blocks("the disk", see="asyncio.to_thread", likely=True, unless=arg("fp").is_a("io.BytesIO") or arg("fp").is_a("io.StringIO"))
def load(fp, *, cls=..., object_hook=..., parse_float=..., parse_int=..., parse_constant=..., object_pairs_hook=..., **kw) -> Any: ...
def dumps(obj, *, skipkeys=..., ensure_ascii=..., check_circular=..., allow_nan=..., cls=..., indent=..., separators=..., default=..., sort_keys=..., **kw) -> str: ...
@blocks("the disk", see="asyncio.to_thread", likely=True, unless=arg("fp").is_a("io.BytesIO") or arg("fp").is_a("io.StringIO") or arg("fp").is_a("sys._Stream"))
def dump(obj, fp, *, skipkeys=..., ensure_ascii=..., check_circular=..., allow_nan=..., cls=..., indent=..., separators=..., default=..., sort_keys=..., **kw) -> None: ...

class JSONDecodeError(ValueError):
    msg: str
    doc: str
    pos: int
    lineno: int
    colno: int
class JSONDecoder:
    def __init__(self, *, object_hook=..., parse_float=..., parse_int=..., parse_constant=..., strict=..., object_pairs_hook=...) -> None: ...
    @passes("s")
    def decode(self, s) -> Any: ...
    def raw_decode(self, s, idx=...) -> tuple[Any, int]: ...
class JSONEncoder:
    def __init__(self, *, skipkeys=..., ensure_ascii=..., check_circular=..., allow_nan=..., sort_keys=..., indent=..., separators=..., default=...) -> None: ...
    def default(self, o): ...
    def encode(self, o) -> str: ...
    def iterencode(self, o, _one_shot=...) -> Iterator[str]: ...

with module("json.decoder"):
    from json import JSONDecodeError, JSONDecoder
with module("json.encoder"):
    from json import JSONEncoder
