"""A simulated Sugar: a real HTTP server that speaks its SOAP dialects as recorded, and REST."""

from local.sugar.clock import Clock
from local.sugar.company import Company
from local.sugar.demo.users import STANDARD as STANDARD_USERS
from local.sugar.settings import ENDPOINTS, Product
from local.sugar.simulator import SugarSimulator
from local.sugar.web.trouble import Trouble

__all__ = [
    "ENDPOINTS",
    "STANDARD_USERS",
    "Clock",
    "Company",
    "Product",
    "SugarSimulator",
    "Trouble",
]
