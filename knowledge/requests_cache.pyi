"""requests-cache. Written from the documentation of 1; not run."""

from requests import Session
class CachedSession(Session):
    def __init__(self, cache_name=..., *args, **kwargs) -> None: ...
