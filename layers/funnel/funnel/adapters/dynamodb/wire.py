"""What goes to DynamoDB is in the form of the wire already, and is sent as it is.

botocore holds every value of every item against its model on the way to JSON: a seventh of all that
storing a page costs, and nothing that a test of the store would not find.
"""

from collections.abc import Mapping, MutableMapping
from typing import Any

from botocore.serialize import JSONSerializer


class _AsItIs(JSONSerializer):  # type: ignore[misc]
    """Takes a request's parameters for its body."""

    def _serialize(
        self, serialized: MutableMapping[str, Any], value: Mapping[str, Any], *_shape: object
    ) -> None:
        serialized.update(value)


def send_as_it_is(client: Any) -> Any:
    """The client, with the long way round left out. Bytes are not for it; we keep none."""
    plain = _AsItIs()
    plain.__dict__.update(client._serializer.__dict__)
    client._serializer = plain
    return client
