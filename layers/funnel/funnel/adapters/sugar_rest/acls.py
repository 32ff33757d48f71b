"""Access rules from `/me`.

Source: Sugar Developer Guide 13.0, `/me GET`. Reported for Sugar 25.2: only what is denied is
told, as "no"; what is not mentioned is allowed. `admin` and `developer` are about Studio.
"""

from collections.abc import Mapping
from typing import Any

_ACTIONS = ("list", "view", "edit", "export")


def told_acls(user: Mapping[str, Any]) -> dict[str, dict[str, bool]]:
    """Module to action to whether it is allowed."""
    told = user.get("acl")
    if not isinstance(told, Mapping):
        return {}
    return {
        str(module): {
            action: rules.get("access") != "no" and rules.get(action) != "no" for action in _ACTIONS
        }
        for module, rules in told.items()
        if isinstance(rules, Mapping)
    }
