"""Access rules from zeep's objects."""

from collections.abc import Iterable
from typing import Any


def told_acls(told: Iterable[Any]) -> dict[str, dict[str, bool]]:
    """Module to action to whether it is allowed, from the module list of v3_1 and later.

    Sugar tells `1` for what is allowed and an empty text for what is not.
    """
    return {
        str(entry.module_key): {str(one.action): one.access == "1" for one in entry.acls or ()}
        for entry in told
    }
