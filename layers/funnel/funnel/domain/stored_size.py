"""What is kept as one row has to fit in one."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from funnel.domain.errors import InputInvalid

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

MOST_BYTES = 300_000
"""Of what is written as JSON. A row holds 409,600 bytes; the rest is for what is kept with it."""


def check_size(value: "DataclassInstance", what: str, mend: str, field: str) -> None:
    """Raises `InputInvalid` naming the field where this is too large to be kept."""
    text = json.dumps(asdict(value), default=str, ensure_ascii=False, separators=(",", ":"))
    if len(text.encode()) > MOST_BYTES:
        raise InputInvalid(
            f"{what} is too large: all that its rules ask for comes to more than {MOST_BYTES // 1000} KB.",
            mend=mend,
            field=field,
        )
