"""What a request for a copy says, whatever is copied."""

from dataclasses import dataclass

from funnel.domain.errors import InputInvalid
from funnel.web.asked import Asked


@dataclass(frozen=True, slots=True)
class WantedCopy:
    """The same `key` asks for the same copy, however often."""

    key: str


def key_in_json(asked: Asked) -> str:
    """Under which a program asks for a copy. Raises `InputInvalid`."""
    return _needed(asked.json(WantedCopy).key)


def key_in_form(asked: Asked) -> str:
    """Under which a page asks for a copy. Raises `InputInvalid`."""
    return _needed(asked.form_value("key"))


def _needed(key: str) -> str:
    if not key:
        raise InputInvalid("A key is needed, so that it is copied once.", field="key")
    return key
