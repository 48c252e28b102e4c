"""cloudscraper. Checked against the source of 3.0.0."""
from verbs import opens

from requests import Session
class CloudScraper(Session): ...
@opens("http client", closed_by=["close", "with"])
def create_scraper(*args, **kwargs) -> CloudScraper: ...
