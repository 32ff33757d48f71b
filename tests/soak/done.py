"""What was done during a bad day, and answered."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Done:
    """What was done and answered, and so must be so on both sides in the end."""

    leads: dict[str, Json] = field(default_factory=dict)
    """Made in Sugar by its people: id to fields."""
    people: dict[str, str] = field(default_factory=dict)
    """Made in Funnel: address to person."""
    pushes: dict[str, str] = field(default_factory=dict)
    """Address to push."""
    mails: dict[str, str] = field(default_factory=dict)
    """Address to mail."""
    hits: dict[str, str] = field(default_factory=dict)
    """Hit to the address of who did it."""
    deleted: set[str] = field(default_factory=set)
    """The addresses of Leads that Sugar's people deleted."""
    tries: int = 0
    refused: int = 0
    finished: set[str] = field(default_factory=set)
