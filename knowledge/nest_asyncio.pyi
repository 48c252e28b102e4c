"""nest_asyncio. Written from the documentation of 1.6; not run."""
from verbs import nests_loops

@nests_loops
def apply(loop=...) -> None: ...
