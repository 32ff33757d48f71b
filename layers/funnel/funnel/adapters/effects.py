"""What AWS may have changed for us: told by what was asked, and how that was answered."""

from typing import Any

from botocore.exceptions import (
    ConnectTimeoutError,
    EndpointConnectionError,
    ProxyConnectionError,
)

_LOOKS = ("BatchGet", "Describe", "Get", "Head", "List", "Query", "Scan", "TransactGet")
_NEVER_LEFT = (ConnectTimeoutError, EndpointConnectionError, ProxyConnectionError)


class AwsEffects:
    """Counts the requests of the clients it watches that may have changed something.

    Left out are those that only look, those that never left, and those that AWS refused (4xx: a
    throttled write, a condition that did not hold). Each try counts for itself, also those that
    botocore makes: a second one that is refused does not tell what became of the first.
    """

    def __init__(self) -> None:
        self._count = 0

    def watch(self, client: Any) -> Any:
        """The client, whose requests are counted from now on."""
        client.meta.events.register("response-received", self._look)
        return client

    def count(self) -> int:
        """How many there were so far."""
        return self._count

    def _look(
        self,
        event_name: str,
        response_dict: dict[str, Any] | None,
        exception: Exception | None,
        **_: Any,
    ) -> None:
        if event_name.rpartition(".")[2].startswith(_LOOKS):
            return
        if response_dict is None:
            self._count += not isinstance(exception, _NEVER_LEFT)
        else:
            self._count += not 400 <= response_dict["status_code"] < 500


EFFECTS = AwsEffects()
"""Of all clients of this process."""
