from .. import clients
from ..clients import load as reload
