"""How much of a server's answer we are ready to take."""

from dataclasses import dataclass

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Caps:
    """Bytes, after decompression: one page of records, any other reply, and one single value.

    A Lead with all its fields is 13 KB (`docs/sugar.md`), so a page of 1,000 is 13 MB.
    """

    page: int = 128 * _MIB
    metadata: int = 8 * _MIB
    value: int = 2 * _MIB
