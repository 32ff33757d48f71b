"""Leads merged in Sugar, restored, and given other addresses: addresses and people stay together."""

import os
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.sync.hooks import MarkKind
from funnel.domain.sync.records import Person
from funnel.domain.sync.runs import RunKind
from tests.fakes.world import TENANT, World
from tests.property.reference import check_settled, free, live
from tests.unit.usecases.sync.hooks import CONNECTION

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "300"))
NAMES = [f"l{i}" for i in range(6)]

Step = tuple[str, int, int]
steps: st.SearchStrategy[Step] = st.tuples(
    st.sampled_from(["merge", "merge", "merge", "delete", "restore", "address", "touch"]),
    st.integers(0, 5),
    st.integers(0, 5),
)


@dataclass
class Merged:
    """A company, and beside it which Lead each one that was merged away went into."""

    shared: bool
    """Whether Leads take each other's addresses; each is its own person otherwise."""
    world: World = field(default_factory=World)
    into: dict[str, str] = field(default_factory=dict)
    homes: dict[str, PersonId] = field(default_factory=dict)
    """Whose the Lead was when it was merged away."""
    loose: set[str] = field(default_factory=set)
    """Merged into one that was merged away as well and restored: the address can stay with the last."""

    def begin(self) -> None:
        self.world.connect()
        for name in NAMES:
            self.world.sugar.put(Module.LEADS, name, last_name=name, email1=f"{name}@x.test")
            self.world.clock.advance(60)
        self.world.sync(RunKind.INITIAL)

    def apply(self, step: Step) -> None:
        """Do one thing in Sugar where it can be done, and sync."""
        kind, a, b = step
        one, other = NAMES[a], NAMES[b]
        sugar = self.world.sugar
        self.world.clock.advance(3_600)
        if kind == "restore":
            self._restore(one)
        elif live(sugar, Module.LEADS, one):
            if kind == "merge":
                self._merge(one, other)
            elif kind == "delete":
                sugar.delete(Module.LEADS, one)
            elif kind == "address":
                email = f"{other}@x.test" if self.shared else f"{b}.{one}@x.test"
                sugar.put(Module.LEADS, one, email1=email)
            else:
                sugar.put(Module.LEADS, one, title=f"{self.world.clock.now()}")
        self.world.sync()

    def _merge(self, lost: str, kept: str) -> None:
        sugar = self.world.sugar
        if lost == kept or not live(sugar, Module.LEADS, kept):
            return
        person = self.person(lost)
        if len(person.links) == 1 and person.emails:
            self.into[lost], self.homes[lost] = kept, person.person_id
        email = sugar.tables[Module.LEADS][SugarId(lost)].fields["email1"]
        for record in sugar.tables[Module.LEADS].values():
            if record.fields.get("email2") == email:
                record.fields["email2"] = None
        sugar.put(Module.LEADS, kept, email2=email)
        sugar.delete(Module.LEADS, lost)

    def _restore(self, name: str) -> None:
        record = self.world.sugar.tables[Module.LEADS][SugarId(name)]
        if record.deleted:
            record.deleted = False
            self.world.sugar.put(Module.LEADS, name)
            if self.into.pop(name, None):
                self.loose |= {lost for lost, kept in self.into.items() if kept == name}

    def person(self, name: str) -> Person:
        """The person whom a Lead belongs to, or last belonged to."""
        key = RecordKey(Module.LEADS, SugarId(name))
        person_id = self.world.store.records(TENANT, [key])[key].person_id
        return self.world.store.people(TENANT, [person_id])[person_id]

    def check(self) -> None:
        """People are as Sugar has them, and who was merged away is who was kept in the end.

        Where a person has had several Leads, one of them that is restored takes it back.
        """
        sugar, store = self.world.sugar, self.world.store
        check_settled(sugar, store, free(sugar, store))
        for lost, home in self.homes.items():
            kept = self._in_the_end(lost)
            stands = self._standing(home)
            if kept and lost in self.into and not self.shared:
                assert stands == self.person(kept).person_id, f"{lost} is not {kept}"
                if lost not in self.loose:
                    self._check_address(lost, stands)
            if lost not in self.into and not self.shared:
                assert self.person(lost).person_id == home, f"{lost} is restored as another"
        assert not store.marked(TENANT, CONNECTION, 9, kind=MarkKind.LEFT).items

    def _in_the_end(self, name: str) -> str:
        """The live Lead that this one has come to; "" if that was deleted for good."""
        while name in self.into:
            name = self.into[name]
        return name if live(self.world.sugar, Module.LEADS, name) else ""

    def _standing(self, person_id: PersonId) -> PersonId:
        while into := self.world.store.people(TENANT, [person_id])[person_id].merged_into:
            person_id = into
        return person_id

    def _check_address(self, lost: str, owner: PersonId) -> None:
        email = str(self.world.sugar.tables[Module.LEADS][SugarId(lost)].fields["email1"])
        claim = self.world.store.claims(TENANT, [email]).get(email)
        assert claim is not None, f"{email} is nobody's"
        assert claim.person_id == owner, f"{email} is another's"


@pytest.mark.feature("B6")
@settings(max_examples=RUNS, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(steps, max_size=12), st.booleans())
def test_who_is_merged_away_in_sugar_is_who_was_kept_whatever_comes_after(
    history: list[Step], shared: bool
) -> None:
    company = Merged(shared)
    company.begin()
    for step in history:
        company.apply(step)
        company.check()
    company.world.clock.advance(3_600)
    writes = company.world.store.writes
    company.world.sync()
    assert company.world.store.writes == writes
