"""Any Sugar: finds out what it speaks, and opens it by the adapter for that.

Importing this is cheap; zeep and lxml are imported with the first SOAP call, never for REST.
"""

from funnel.adapters.sugar.connector import SugarConnector
from funnel.adapters.sugar_http.addresses import origin_of
from funnel.adapters.sugar_http.caps import Caps
from funnel.adapters.sugar_http.sockets import Timeouts

__all__ = ["Caps", "SugarConnector", "Timeouts", "origin_of"]
