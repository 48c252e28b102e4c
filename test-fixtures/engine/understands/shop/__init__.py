from .rates import Rates as RateTable, load as load_rates
from .clients import *
