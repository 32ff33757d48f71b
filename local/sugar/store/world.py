"""What all parts of the simulated Sugar share."""

from collections.abc import Mapping
from random import Random

from local.sugar.clock import Clock
from local.sugar.schema.modules import Module
from local.sugar.settings import Settings
from local.sugar.store.database import Database

#: The first administrator's id, on every Sugar.
ADMIN = "1"


class World:
    """Settings, clock, schema and data of one simulated server."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        modules: Mapping[str, Module],
        database: Database,
        random: Random,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.modules = dict(modules)
        self.database = database
        self.random = random

    def new_id(self) -> str:
        """A record id of Sugar's form: 8-4-4-4-12 hexadecimal digits."""
        digits = f"{self.random.getrandbits(128):032x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
