from . import clients as aliased
from .clients import *
from .inner import deep as deeper
from .inner.deep import Outer, wait as pause
