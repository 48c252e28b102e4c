"""joblib. Written from the documentation of 1.5; not run."""
from verbs import blocks

@blocks("the disk")
def load(filename, *args, **kwargs): ...
@blocks("the disk")
def dump(value, filename, *args, **kwargs): ...
