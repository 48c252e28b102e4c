"""tomllib, standard library. Checked against CPython 3.11. `load` reads the file it is given."""
from typing import Any

from verbs import blocks, passes

class TOMLDecodeError(ValueError): ...
@passes("s")
def loads(s, /, *, parse_float=...) -> dict[str, Any]: ...
@blocks("the disk", see="asyncio.to_thread", likely=True, unless=arg("fp").is_a("io.BytesIO") or arg("fp").is_a("io.StringIO"))
def load(fp, /, *, parse_float=...) -> dict[str, Any]: ...
