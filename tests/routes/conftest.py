"""What these tests share with those of the units."""

from tests.unit.conftest import only_what_is_allowed
from tests.unit.web.conftest import world

__all__ = ["only_what_is_allowed", "world"]
