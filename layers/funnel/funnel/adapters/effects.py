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
        # Of an answer that cannot be read botocore tells only the first, of none only the second.
        client.meta.events.register("before-parse", self._answered)
        client.meta.events.register("response-received", self._unanswered)
        return client

    def count(self) -> int:
        """How many there were so far."""
        return self._count

    def _answered(self, event_name: str, response_dict: dict[str, Any], **_: Any) -> None:
        self._note(event_name, may_be_done=not 400 <= response_dict["status_code"] < 500)

    def _unanswered(
        self,
        event_name: str,
        response_dict: dict[str, Any] | None,
        exception: Exception | None,
        **_: Any,
    ) -> None:
        if response_dict is None:
            self._note(event_name, may_be_done=not isinstance(exception, _NEVER_LEFT))

    def _note(self, event_name: str, *, may_be_done: bool) -> None:
        # Of two threads that add at once one may be lost, not both: nothing is added to say "none".
        if may_be_done and not event_name.rpartition(".")[2].startswith(_LOOKS):
            self._count += 1


EFFECTS = AwsEffects()
"""Of all clients of this process."""
