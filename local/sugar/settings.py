"""What kind of Sugar is simulated: product, version, endpoints, and how it behaves."""

from dataclasses import dataclass
from enum import StrEnum


class Product(StrEnum):
    """The two products whose recordings the simulator follows, and one by documentation only.

    `SUGAR` is a commercial Sugar 13: over SOAP it answers as `SUGARCE`, which it grew from.
    """

    SUITECRM = "suitecrm"
    SUGARCE = "sugarce"
    SUGAR = "sugar"

    @property
    def brand(self) -> str:
        """The name people know it by."""
        return "SuiteCRM" if self is Product.SUITECRM else "SugarCRM"

    @property
    def schema(self) -> "Product":
        """The product whose fields and links it has."""
        return Product.SUGARCE if self is Product.SUGAR else self

    @property
    def endpoints(self) -> tuple[str, ...]:
        """All that it can serve."""
        return (*ENDPOINTS, *REST_ENDPOINTS) if self is Product.SUGAR else ENDPOINTS


#: Endpoint names in the order the dialects appeared; `soap.php` is the Sugar 5 one.
ENDPOINTS = ("soap.php", "v2", "v2_1", "v3", "v3_1", "v4", "v4_1")
#: The REST ones; `rest/v11` stands for v11_1 and so on too.
REST_ENDPOINTS = ("rest/v10", "rest/v11")

_VERSIONS = {Product.SUITECRM: "6.5.25", Product.SUGARCE: "6.5.23", Product.SUGAR: "13.0.2"}
_OWN_VERSIONS = {Product.SUITECRM: "7.14.6"}
_EDITIONS = {Product.SUGAR: "ENT"}


@dataclass(frozen=True, slots=True)
class Settings:
    """How one simulated server is set up.

    `site_url` is what the WSDLs give as address; None means the address asked for
    (a real server always gives its configured site URL, which may be another).
    `funnel_module` says whether Funnel's own custom fields are installed.
    `write_seconds` is the time one saved record takes; 0 is as fast as possible.
    `real_reads` makes counts and lists take as long as they did on the servers measured.
    """

    product: Product = Product.SUITECRM
    endpoints: tuple[str, ...] = ENDPOINTS
    version: str = ""
    edition: str = ""
    site_url: str | None = None
    funnel_module: bool = True
    session_seconds: int = 24 * 60
    write_seconds: float = 0.0
    real_reads: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "edition", self.edition or _EDITIONS.get(self.product, "CE"))
        unknown = [name for name in self.endpoints if name not in self.product.endpoints]
        if unknown:
            raise ValueError(f"unknown endpoints: {', '.join(unknown)}")

    @property
    def reported_version(self) -> str:
        """The version `get_server_info` answers: SuiteCRM 7 reports a 6.5.x."""
        return self.version or _VERSIONS[self.product]

    @property
    def own_version(self) -> str:
        """The version of the product itself, where that is another."""
        return _OWN_VERSIONS.get(self.product, "")

    @property
    def log_name(self) -> str:
        """The log file named in database failures."""
        return "suitecrm.log" if self.product is Product.SUITECRM else "sugarcrm.log"
