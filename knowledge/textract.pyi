"""textract. Written from the documentation of 1.6; not run. Runs another program for most formats."""
from verbs import blocks

@blocks("another process")
def process(filename, input_encoding=..., output_encoding=..., extension=..., **kwargs) -> bytes: ...
