"""Sugar 5 to 7 and SuiteCRM over SOAP: `funnel.ports.crm` for `soap.php` and `service/v2…v4_1`.

Importing this is cheap; zeep is imported with the first call it carries.
"""

from funnel.adapters.sugar_http.addresses import origin_of
from funnel.adapters.sugar_http.caps import Caps
from funnel.adapters.sugar_http.sockets import Timeouts
from funnel.adapters.sugar_soap.connector import SoapConnector
from funnel.adapters.sugar_soap.crm import SoapCrm

__all__ = [
    "Caps",
    "SoapConnector",
    "SoapCrm",
    "Timeouts",
    "origin_of",
]
