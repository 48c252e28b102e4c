"""Beautiful Soup. Written from the documentation of 4; not run. Parsing a page takes milliseconds: silent."""

class BeautifulSoup:
    def __init__(self, markup=..., features=..., **kwargs) -> None: ...
