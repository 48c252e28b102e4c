"""python-whois. Checked against the source of 0.9."""
from verbs import blocks

@blocks("a network reply")
def whois(url, *args, **kwargs): ...
