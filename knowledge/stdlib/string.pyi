"""string, standard library. Checked against CPython 3.11."""
ascii_letters: str
ascii_lowercase: str
ascii_uppercase: str
digits: str
hexdigits: str
punctuation: str
printable: str
whitespace: str
class Template:
    template: str
    def __init__(self, template) -> None: ...
    def substitute(self, mapping=..., /, **kws) -> str: ...
    def safe_substitute(self, mapping=..., /, **kws) -> str: ...
def capwords(s, sep=...) -> str: ...
