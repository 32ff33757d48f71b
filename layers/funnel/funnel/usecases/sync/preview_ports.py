"""Ports over which a full sync can be done without anything being written.

What would be written is remembered, so that what comes after it is judged as it would be, and
told to whoever looks on. Only what is named here can be called: a port that is asked for more is
a fault of ours, and nothing is written by mistake.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from funnel.domain.connecting.connections import Connection
from funnel.domain.ids import ListId, Module, PersonId, RecordKey, RunId, SugarId, TenantId
from funnel.domain.sync.records import Claim, Followers, Person, State, SugarRecord, Unit
from funnel.domain.sync.runs import Run, RunWindow, WindowKind
from funnel.ports.listing import Listing
from funnel.ports.messages import Message
from funnel.usecases.app import App

_IN_USE = (State.SYNCED, State.STALE)

Told = Callable[[Unit, Mapping[RecordKey, SugarRecord | None], Mapping[PersonId, Person]], None]
"""Is told of each unit that would be written, and how its records and people stand."""


class PreviewPorts:
    """The product with nothing to write with, and a run that is kept in memory."""

    def __init__(
        self, app: App, run: Run, windows: Iterable[RunWindow], told: Told, most: int
    ) -> None:
        self.records = PreviewRecords(app.records, told, most)
        self.sync = PreviewSyncStore(app.sync, run, windows)
        nothing: Any = _Nothing()
        self.app = replace(
            app,
            records=cast("Any", self.records),
            sync=cast("Any", self.sync),
            lists=cast("Any", _Lists(app.lists)),
            score_marks=nothing,
            activities=nothing,
            queue=nothing,
        )


class _Only:
    """A port of which only some methods may be called as they are."""

    def __init__(self, port: object, *names: str) -> None:
        self._port = port
        self._names = names

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._names:
            raise AttributeError(f"{name} is not to be called while a sync is only looked at")
        return getattr(self._port, name)


class PreviewRecords(_Only):
    """Records and people as they would be after what was committed so far.

    It remembers some more than `most` records, then forgets all: what is asked for after that is as
    it is stored, and `remembers` says so.
    """

    def __init__(self, port: object, told: Told, most: int) -> None:
        super().__init__(port, "consents", "erased", "errors_of")
        self._told = told
        self._most = most
        self._records: dict[RecordKey, SugarRecord] = {}
        self._people: dict[PersonId, Person] = {}
        self._claims: dict[str, Claim] = {}
        self._followers: dict[SugarId, Followers] = {}
        self._read_records: dict[RecordKey, SugarRecord] = {}
        self._read_people: dict[PersonId, Person] = {}
        self._before: tuple[dict[Any, Any], ...] = ({}, {}, {}, {})

    def remembers(self, key: RecordKey) -> bool:
        """Whether it would be written, and is known as it would be."""
        return key in self._records

    def begin(self) -> None:
        """A step begins, which may be gone back on."""
        self._read_records.clear()
        self._read_people.clear()
        self._before = tuple(dict(one) for one in self._all())

    def go_back(self) -> None:
        """Forget what was committed since the step began: all of it is read once more."""
        for one, before in zip(self._all(), self._before, strict=True):
            one.clear()
            one.update(before)

    def tidy(self) -> bool:
        """Whether too much would be written to be remembered; then all is forgotten."""
        if len(self._records) <= self._most:
            return False
        for one in self._all():
            one.clear()
        return True

    def _all(self) -> tuple[dict[Any, Any], ...]:
        return self._records, self._people, self._claims, self._followers

    def commit(self, tenant: TenantId, units: Sequence[Unit]) -> list[bool]:
        """Remember each unit, and tell of it. All of them would be written."""
        del tenant
        for unit in units:
            before = {r.key: self._stands(r.key) for r in unit.records}
            people = {p.person_id: self._person(p.person_id) for p in unit.people}
            self._told(unit, before, {i: one for i, one in people.items() if one is not None})
            self._records.update({r.key: r for r in unit.records})
            self._people.update({p.person_id: p for p in unit.people})
            self._claims.update({c.email: c for c in unit.claims})
            self._followers.update({f.contact_id: f for f in unit.followers})
        return [True] * len(units)

    def records(self, tenant: TenantId, keys: Iterable[RecordKey]) -> dict[RecordKey, SugarRecord]:
        """The records as they would be."""
        wanted = set(keys)
        there = {key: self._records[key] for key in wanted if key in self._records}
        rest = wanted - there.keys()
        read = self._port_records(tenant, rest) if rest else {}
        self._read_records.update(read)
        return {**read, **there}

    def people(self, tenant: TenantId, ids: Iterable[PersonId]) -> dict[PersonId, Person]:
        """The people as they would be."""
        wanted = set(ids)
        there = {i: self._people[i] for i in wanted if i in self._people}
        rest = wanted - there.keys()
        read = self._real.people(tenant, rest) if rest else {}
        self._read_people.update(read)
        return {**read, **there}

    def claims(self, tenant: TenantId, emails: Iterable[str]) -> dict[str, Claim]:
        """The claims as they would be; one that was given up is absent."""
        wanted = set(emails)
        rest = wanted - self._claims.keys()
        found = self._real.claims(tenant, rest) if rest else {}
        ours = {email: self._claims[email] for email in wanted & self._claims.keys()}
        return {**found, **{e: one for e, one in ours.items() if one.person_id or one.consent}}

    def followers(self, tenant: TenantId, ids: Iterable[SugarId]) -> dict[SugarId, Followers]:
        """The Leads converted to these Contacts, as they would be."""
        wanted = set(ids)
        rest = wanted - self._followers.keys()
        found = self._real.followers(tenant, rest) if rest else {}
        return {**found, **{i: self._followers[i] for i in wanted & self._followers.keys()}}

    def list_records(
        self, tenant: TenantId, module: Module, prefix: str, limit: int, cursor: str = ""
    ) -> Listing[SugarRecord]:
        """What is here by now, as it would be; what would come is not listed."""
        page = self._real.list_records(tenant, module, prefix, limit, cursor)
        as_they_would = [self._records.get(one.key, one) for one in page.items]
        return Listing([one for one in as_they_would if one.state in _IN_USE], page.cursor)

    def list_people(self, *_: object) -> Listing[Person]:
        """None of whom lists would have to be made."""
        return Listing([], "")

    def mark_causes(self, tenant: TenantId, causes: Iterable[RecordKey]) -> None:
        """Nothing waits for what is only looked at."""

    def marked_causes(self, tenant: TenantId, keys: Iterable[RecordKey]) -> set[RecordKey]:
        """None: what would be set free is read after the sync, by itself."""
        del tenant, keys
        return set()

    @property
    def _real(self) -> Any:
        return self._port

    def _port_records(
        self, tenant: TenantId, keys: Iterable[RecordKey]
    ) -> dict[RecordKey, SugarRecord]:
        found: dict[RecordKey, SugarRecord] = self._real.records(tenant, keys)
        return found

    def _stands(self, key: RecordKey) -> SugarRecord | None:
        return self._records.get(key) or self._read_records.get(key)

    def _person(self, person_id: PersonId) -> Person | None:
        return self._people.get(person_id) or self._read_people.get(person_id)


class PreviewSyncStore(_Only):
    """One run and its windows, in memory; the connection as it is, whatever is saved of it.

    `was_split` says whether the last window that was struck off is read once more, in parts.
    """

    def __init__(self, port: object, run: Run, windows: Iterable[RunWindow]) -> None:
        super().__init__(port, "connection")
        self._run = run
        self._windows = {(one.module, one.window_id): one for one in windows}
        self.was_split = False

    @property
    def run(self) -> Run:
        """The run as last saved."""
        return self._run

    @property
    def all_windows(self) -> tuple[RunWindow, ...]:
        """Those that are not struck off, in order."""
        return tuple(self._windows[name] for name in sorted(self._windows))

    def windows(
        self, tenant: TenantId, run_id: RunId, module: Module, limit: int
    ) -> list[RunWindow]:
        """The module's open windows."""
        del tenant, run_id
        return [one for one in self.all_windows if one.module is module][:limit]

    def save_run(
        self, run: Run, *, done: Sequence[RunWindow] = (), new: Sequence[RunWindow] = ()
    ) -> Run:
        """The run, its windows struck off and added."""
        if done:
            self.was_split = bool(new) and done[0].kind is WindowKind.ROWS
        for one in done:
            self._windows.pop((one.module, one.window_id), None)
        self._windows.update({(one.module, one.window_id): one for one in new})
        self._run = replace(run, version=run.version + 1)
        return self._run

    def save_connection(self, connection: Connection) -> Connection:
        """It stays as it is."""
        return connection

    def save_field_list(self, *_: object) -> None:
        """Nothing is kept."""

    def mark(self, *_: object) -> None:
        """Nobody is marked."""


class _Lists(_Only):
    """Lists as they are called; none is renamed."""

    def __init__(self, port: object) -> None:
        super().__init__(port, "list_settings")

    def lists(self, tenant: TenantId, ids: Iterable[ListId]) -> dict[ListId, Any]:
        """None to be renamed."""
        del tenant, ids
        return {}

    def save_list_settings(self, settings: Any) -> Any:
        """They stay as they are."""
        return settings


class _Nothing:
    """A queue that sends nothing, and stores of scores in which there are none."""

    def send(self, message: Message, delay: int = 0) -> None:
        """Nobody is told."""

    def score_marks(self, tenant: TenantId, ids: Iterable[PersonId]) -> dict[PersonId, Any]:
        """None."""
        del tenant, ids
        return {}

    def scores(self, tenant: TenantId, ids: Iterable[PersonId]) -> dict[PersonId, Any]:
        """None."""
        del tenant, ids
        return {}
