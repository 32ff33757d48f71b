"""Which rows of the error report are wanted, and reading them in the order of their roots."""

from collections.abc import Iterator
from dataclasses import dataclass

from funnel.domain.ids import RecordKey, TenantId
from funnel.domain.sync.records import SyncError
from funnel.ports.store import RecordStore
from funnel.usecases.error_report.explaining import Explain

PAGE = 500
_BEHIND = "behind:"


@dataclass(frozen=True, slots=True)
class ErrorFilter:
    """What is wanted; "" is all. `query` is looked for in names, fields, values and causes."""

    module: str = ""
    code: str = ""
    direction: str = ""
    query: str = ""

    def __bool__(self) -> bool:
        return bool(self.module or self.code or self.direction or self.query.strip())

    def fits(self, error: SyncError, explain: Explain) -> bool:
        """Whether a row is wanted."""
        return (
            self.module in ("", error.record.module)
            and self.code in ("", error.code)
            and self.direction in ("", error.direction)
            and self._found_in(error, explain)
        )

    def _found_in(self, error: SyncError, explain: Explain) -> bool:
        query = self.query.strip().casefold()
        if not query:
            return True
        parts = (error.name, error.root_name, error.field, error.value)
        return query in "\n".join(parts).casefold() or query in explain(error).text.casefold()


class ErrorReader:
    """Reads rows from a place in the report on, and counts them.

    `cursor` is text that a `place` of an earlier reader gave. What is left of a root can be passed
    over.
    """

    def __init__(
        self,
        records: RecordStore,
        tenant: TenantId,
        cursor: str = "",
        root: RecordKey | None = None,
    ) -> None:
        self._records = records
        self._tenant = tenant
        self._root = root
        self._cursor = cursor
        self._after: RecordKey | None = None
        self.read = 0
        if cursor.startswith(_BEHIND):
            self._after, self._cursor = key_of(cursor.removeprefix(_BEHIND)), ""

    def pages(self) -> Iterator[list[SyncError]]:
        """The rows, a page at a time; `place` is behind each."""
        while True:
            found = self._records.list_errors(
                self._tenant, PAGE, self._cursor, root=self._root, after=self._after
            )
            self.read += len(found.items)
            self._cursor, self._after = found.cursor, None
            yield list(found.items)
            if not self._cursor and self._after is None:
                return

    def pass_over(self, root: RecordKey) -> None:
        """Go on behind all rows of this root."""
        self._cursor, self._after = "", root

    @property
    def place(self) -> str:
        """Where to go on behind the last page, "" at the end."""
        return behind(self._after) if self._after else self._cursor


def behind(root: RecordKey) -> str:
    """The place behind all rows of a root."""
    return f"{_BEHIND}{root}"


def key_of(text: str) -> RecordKey | None:
    """A key as text; None for text that is none: it is then as if nothing had been asked."""
    try:
        return RecordKey.parse(text)
    except ValueError:
        return None
