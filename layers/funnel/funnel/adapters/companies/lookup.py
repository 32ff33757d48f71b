"""Looks addresses up in MMDB files; what is wrong with a file is said once, and stops nothing."""

import contextlib
import logging
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, Protocol

from funnel.adapters.companies.bucket import Supplied
from funnel.adapters.companies.shapes import record_of
from funnel.domain.companies.companies import NetworkOwner, owner_of
from funnel.domain.companies.company_databases import (
    CompanyDatabases,
    DatabaseFile,
    DatabaseTrouble,
)
from funnel.domain.errors import FunnelError, StoreBusy
from funnel.ports.system import Clock

logger = logging.getLogger(__name__)

LOOKED_AT_EVERY = timedelta(hours=1)
_SOON = timedelta(minutes=5)


class Files(Protocol):
    """Where the files are."""

    def supplied(self) -> Sequence[Supplied]:
        """The files there are now. Raises `StoreBusy`."""


class MmdbCompanies:
    """`CompanyLookup` by the files there are; they are opened with the first lookup, and looked at
    once an hour.

    `report` is told how they stand, whenever that has changed.
    """

    def __init__(
        self, files: Files, clock: Clock, report: Callable[[CompanyDatabases], None]
    ) -> None:
        self._files = files
        self._clock = clock
        self._report = report
        self._lock = threading.Lock()
        self._opened: dict[tuple[str, str], Any] = {}
        self._stand: CompanyDatabases | None = None
        self._next: datetime | None = None

    def company(self, ip: str) -> NetworkOwner | None:
        """Whose network it is; None where nobody knows."""
        address = _address(ip)
        if address is None:
            return None
        with self._lock:
            self._look_at_files()
            found = [self._found(reader, address) for reader in self._opened.values()]
        return owner_of(record_of(found))

    def _found(self, reader: Any, address: IPv4Address | IPv6Address) -> object:
        try:
            if reader.metadata().ip_version == 4 and address.version == 6:
                return None
            return reader.get(str(address))
        except Exception:  # noqa: BLE001 - a damaged file makes the reader raise anything
            return None

    def _look_at_files(self) -> None:
        now = self._clock.now()
        if self._next is not None and now < self._next:
            return
        try:
            supplied = self._files.supplied()
        except StoreBusy as error:
            # Those that are open stay in use.
            self._next = now + _SOON
            self._say(CompanyDatabases(now, trouble=DatabaseTrouble.UNREADABLE), str(error))
            return
        self._next = now + LOOKED_AT_EVERY
        before, self._opened = self._opened, {}
        files = tuple(self._opened_file(one, before) for one in supplied)
        for reader in before.values():
            reader.close()
        self._say(CompanyDatabases(now, files))

    def _opened_file(self, one: Supplied, before: dict[tuple[str, str], Any]) -> DatabaseFile:
        if one.path is None:
            return DatabaseFile(one.name, trouble=DatabaseTrouble.TOO_LARGE)
        at = (one.name, one.tag)
        if not one.path.stat().st_size:
            return DatabaseFile(one.name, trouble=DatabaseTrouble.EMPTY)
        try:
            reader = before.pop(at, None) or _open(str(one.path))
            said = reader.metadata()
        except Exception:  # noqa: BLE001 - as above
            return DatabaseFile(one.name, trouble=DatabaseTrouble.BROKEN)
        self._opened[at] = reader
        built = None
        with contextlib.suppress(ValueError, OverflowError, OSError):
            built = datetime.fromtimestamp(said.build_epoch, UTC)
        trouble = None if said.node_count > 1 else DatabaseTrouble.EMPTY
        return DatabaseFile(one.name, str(said.database_type)[:60], built, trouble)

    def _say(self, stand: CompanyDatabases, why: str = "") -> None:
        before, self._stand = self._stand, stand
        if before and (before.files, before.trouble) == (stand.files, stand.trouble):
            return
        names = {one.name: one.trouble or "in use" for one in stand.files}
        if stand.trouble or not stand.in_use or any(one.trouble for one in stand.files):
            logger.warning("company databases", extra={"files": names, "why": why})
        else:
            logger.info("company databases", extra={"files": names})
        try:
            self._report(stand)
        except FunnelError as error:
            logger.warning("not kept how company databases stand", extra={"why": str(error)})


def _address(ip: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(ip)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _open(path: str) -> Any:
    import maxminddb

    # In Python: the reader in C ends the whole process on some damaged files (maxminddb 3.2.0).
    return maxminddb.open_database(path, maxminddb.MODE_MMAP)
