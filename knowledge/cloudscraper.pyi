"""cloudscraper. Written from the documentation of 1.2; not run."""
from verbs import opens

from requests import Session
class CloudScraper(Session): ...
@opens("http client", closed_by=["close", "with"])
def create_scraper(*args, **kwargs) -> CloudScraper: ...
