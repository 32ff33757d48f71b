"""Somebody here who sets records apart and joins them again, while Sugar is edited and read."""

from dataclasses import dataclass, field

from funnel.domain.ids import RecordKey
from funnel.domain.sync.records import Person, SugarRecord
from funnel.domain.text import fold_email
from funnel.usecases.people.set_apart import join_again, set_apart
from tests.fakes.world import TENANT, World

KINDS = ("set apart", "join again")


@dataclass
class Hands:
    """`addresses` are those that records had when they were set apart; `still` those that have not
    had another one in Sugar since.
    """

    world: World
    addresses: dict[RecordKey, str] = field(default_factory=dict)
    still: set[RecordKey] = field(default_factory=set)

    def act(self, kind: str, a: int, b: int) -> None:
        """Do one thing; nothing where there is nothing to do it to."""
        if kind == "set apart":
            self._set_apart(a, b)
        else:
            self._join_again(a)

    def note(self) -> None:
        """Something was edited in Sugar: see whose address has moved."""
        self.still = {key for key in self.still if self._theirs(key) == self.addresses[key]}

    def check(self) -> None:
        """Exactly those stand apart that were set apart and kept their address."""
        records = {r.key: r for r in self._rows(SugarRecord)}
        for key in self.still:
            assert records[key].apart, f"{key} was set apart and has been joined"
        for key, record in records.items():
            if record.apart:
                assert self.addresses.get(key) == _address(record), f"{key} stands apart unasked"

    def _set_apart(self, a: int, b: int) -> None:
        people = sorted(
            (p for p in self._rows(Person) if len(p.links) > 1), key=lambda p: p.person_id
        )
        if not people:
            return
        person = people[a % len(people)]
        key = person.links[b % len(person.links)].key
        record = self.world.store.records(TENANT, [key])[key]
        if record.apart:
            return
        set_apart(self.world.app, TENANT, person.person_id, key, "Ada")
        self.addresses[key] = _address(record)
        if self._theirs(key) == self.addresses[key]:
            self.still.add(key)

    def _join_again(self, a: int) -> None:
        apart = sorted((r for r in self._rows(SugarRecord) if r.apart), key=lambda r: r.key)
        linked = [r for r in apart if r.person_id and r.state.value in ("synced", "stale")]
        if not linked:
            return
        record = linked[a % len(linked)]
        join_again(self.world.app, TENANT, record.person_id, record.key, "Ada")
        self.addresses.pop(record.key, None)
        self.still.discard(record.key)

    def _theirs(self, key: RecordKey) -> str | None:
        record = self.world.sugar.tables[key.module].get(key.sugar_id)
        if record is None:
            return None
        return fold_email(str(record.fields.get("email1") or ""))

    def _rows(self, kind: type) -> list:  # type: ignore[type-arg]
        rows = self.world.store.rows.items()
        return [row for (tenant, _), row in rows if tenant == TENANT and isinstance(row, kind)]


def _address(record: SugarRecord) -> str:
    return fold_email(str(record.fields.get("email1") or ""))
