"""What goes to DynamoDB is in the form of the wire already, and is sent as it is.

botocore holds every value of every item against its model on the way to JSON: a seventh of all that
storing a page costs, and nothing that a test of the store would not find. For every request it also
works out anew where DynamoDB is and what this client calls itself: a sixth of a small request.
"""

from collections.abc import Mapping, MutableMapping
from typing import Any

from botocore.serialize import JSONSerializer

USER_AGENT = "funnel"


class _AsItIs(JSONSerializer):  # type: ignore[misc]
    """Takes a request's parameters for its body."""

    def _serialize(
        self, serialized: MutableMapping[str, Any], value: Mapping[str, Any], *_shape: object
    ) -> None:
        serialized.update(value)


class _FoundOnce:
    """Works out with the first request where DynamoDB is: our tables are all in one place."""

    def __init__(self, resolver: Any) -> None:
        self._resolver = resolver
        self._found: Any = None

    def construct_endpoint(self, **asked: Any) -> Any:
        """The endpoint, for this request and all others."""
        if self._found is None:
            self._found = self._resolver.construct_endpoint(**asked)
        return self._found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._resolver, name)


def send_as_it_is(client: Any) -> Any:
    """The client, with the long way round left out. Bytes are base64 text by then."""
    plain = _AsItIs()
    plain.__dict__.update(client._serializer.__dict__)
    client._serializer = plain
    if client._ruleset_resolver is not None:
        client._ruleset_resolver = _FoundOnce(client._ruleset_resolver)
    return client
