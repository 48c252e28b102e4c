"""binaryornot. Checked against 0.4.4: `is_binary` opens the file and reads its first kilobyte."""
from verbs import blocks, module

with module("binaryornot.check"):
    from verbs import blocks
    @blocks("the disk")
    def is_binary(filename) -> bool: ...

with module("binaryornot.helpers"):
    from verbs import blocks
    @blocks("the disk")
    def get_starting_chunk(filename, length=...) -> bytes: ...
    def is_binary_string(bytes_to_check) -> bool: ...
