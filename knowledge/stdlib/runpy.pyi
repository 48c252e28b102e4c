"""runpy, standard library. Checked against CPython 3.11."""
from typing import Any

from verbs import blocks

@blocks("the disk")
def run_path(path_name, init_globals=..., run_name=...) -> dict[str, Any]: ...
@blocks("the disk")
def run_module(mod_name, init_globals=..., run_name=..., alter_sys=...) -> dict[str, Any]: ...
