"""What is kept as one row has to fit in one."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from funnel.domain.errors import InputInvalid
from funnel.domain.stored_size import MOST_BYTES, check_size


@dataclass
class Kept:
    """Something to keep."""

    text: str
    at: datetime = datetime(2026, 3, 2, tzinfo=UTC)


def test_size_is_that_of_what_is_written_in_bytes() -> None:
    around = len('{"text":"","at":"2026-03-02 00:00:00+00:00"}')
    check_size(Kept("x" * (MOST_BYTES - around)), "This", "Cut it.", "rule")
    check_size(Kept("é" * ((MOST_BYTES - around) // 2)), "This", "Cut it.", "rule")
    for text in ("x" * (MOST_BYTES - around + 1), "é" * (MOST_BYTES - around) + "é"):
        with pytest.raises(InputInvalid) as told:
            check_size(Kept(text), "This", "Cut it.", "rule")
        assert told.value.text.startswith("This is too large: ")
        assert told.value.text.endswith("more than 300 KB.")
        assert (told.value.mend, told.value.field) == ("Cut it.", "rule")
