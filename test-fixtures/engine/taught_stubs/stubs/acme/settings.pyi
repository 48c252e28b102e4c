"""The project's own source is believed, not this."""


def load(): ...
