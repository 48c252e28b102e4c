from . import rates
from .rates import load_rates

__all__ = ["load_rates", "rates"]
