"""WeasyPrint.

Checked against the source of 69. Style sheets and images of a page may be fetched from the network.
"""
from verbs import blocks, cpu

class Document:
    pages: list
    @cpu("document work")
    def write_pdf(self, target=..., **options): ...
@blocks("the disk", likely=True, unless=arg("string").given)
class HTML:
    def __init__(self, guess=..., filename=..., url=..., file_obj=..., string=..., encoding=..., base_url=...,
                 **kwargs) -> None: ...
    @cpu("document work")
    def write_pdf(self, target=..., **options): ...
    @cpu("document work")
    def write_png(self, target=..., **options): ...
    @cpu("document work")
    def render(self, **options) -> Document: ...
class CSS:
    def __init__(self, guess=..., filename=..., url=..., file_obj=..., string=..., **kwargs) -> None: ...
