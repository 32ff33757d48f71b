"""How the databases of companies stand, for the log and the pages."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DatabaseTrouble(StrEnum):
    """What is wrong with a file, or with where the files are."""

    BROKEN = "broken"
    EMPTY = "empty"
    TOO_LARGE = "too large"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class DatabaseFile:
    """A file that was supplied. `kind` is what it calls itself; `built_at` when it was made."""

    name: str
    kind: str = ""
    built_at: datetime | None = None
    trouble: DatabaseTrouble | None = None


@dataclass(frozen=True, slots=True)
class CompanyDatabases:
    """The files at `at`. `trouble` says that it could not even be told which there are."""

    at: datetime
    files: tuple[DatabaseFile, ...] = ()
    trouble: DatabaseTrouble | None = None

    @property
    def in_use(self) -> bool:
        """Whether companies can be told at all."""
        return any(one.trouble is None for one in self.files)
