"""feedparser. Checked against the source of 6.0.13. What it is given is an address, a file or the text itself."""
from verbs import blocks

@blocks("a network reply", likely=True)
def parse(url_file_stream_or_string, *args, **kwargs): ...
