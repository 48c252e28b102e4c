from . import client
from .client import load
