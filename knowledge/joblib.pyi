"""joblib. Checked against the source of 1.5.3."""
from verbs import blocks

@blocks("the disk")
def load(filename, *args, **kwargs): ...
@blocks("the disk")
def dump(value, filename, *args, **kwargs): ...
