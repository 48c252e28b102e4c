"""requests-cache. Checked against the source of 1.3."""

from requests import Session
class CachedSession(Session):
    def __init__(self, cache_name=..., *args, **kwargs) -> None: ...
