"""cattrs by its old name."""
from cattrs import BaseConverter, Converter, GenConverter, structure, unstructure
