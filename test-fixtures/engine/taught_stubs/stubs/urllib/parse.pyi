"""One module of a library that has others."""


def quote(text): ...
