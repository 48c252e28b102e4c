"""Trafilatura. Checked against the source of 2.2. `extract` works in memory."""
from verbs import blocks, module

@blocks("a network reply")
def fetch_url(*args, **kwargs): ...
@blocks("a network reply")
def fetch_response(*args, **kwargs): ...
def extract(filecontent, *args, **kwargs): ...
with module("trafilatura.downloads"):
    from trafilatura import fetch_response, fetch_url
with module("trafilatura.sitemaps"):
    from verbs import blocks
    @blocks("a network reply")
    def sitemap_search(*args, **kwargs): ...
