"""Funnel's Sugar module as it is set up: the address and key entered, and what follows of them."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Entered:
    """What an admin entered in Sugar: `<public url>/sugar/<tenant>/<connection>`, `<kid>.<key>`."""

    address: str
    key: str

    @property
    def kid(self) -> str:
        """What the key is called by."""
        return self.key.partition(".")[0]

    @property
    def is_whole(self) -> bool:
        """Whether both are of the form that Funnel shows them in."""
        place, key = re.search(r"/sugar/[^/]+/[^/]+/?$", self.address), self.key.partition(".")[2]
        return bool(place) and re.fullmatch(r"[0-9a-f]{64}", key) is not None

    @property
    def connection(self) -> str:
        """The connection's id, the end of the address."""
        return self.address.rstrip("/").rpartition("/")[2]

    @property
    def origin(self) -> str:
        """Scheme, host and port of the address."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    def at(self, place: str) -> str:
        """The address of one of Funnel's places for this Sugar: `hooks/sugar`, `vision`."""
        base, _, whose = self.address.rstrip("/").rpartition("/sugar/")
        return f"{base}/{place}/{whose}"

    def purpose_key(self, purpose: str) -> str:
        """The key of one purpose, in hex."""
        text = f"funnel {purpose} {self.connection}"
        known = self.key.partition(".")[2]
        return hmac.new(known.encode(), text.encode(), hashlib.sha256).hexdigest()
