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
