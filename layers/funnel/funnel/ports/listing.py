"""A page of what the store lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Listing(Generic[T_co]):
    """A page of a listing. `cursor` is where it goes on, "" at the end."""

    items: Sequence[T_co]
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Found(Generic[T_co]):
    """A page of a search. `cursor` is where it goes on, "" at the end; `places` are the cursors
    behind each item, for who takes only the first of them.

    `looked` is about how many rows were looked through for this page; a search that has looked
    through as many as it may stops with fewer items than asked for, and goes on from the cursor.
    """

    items: Sequence[T_co]
    places: Sequence[str]
    cursor: str
    looked: int
