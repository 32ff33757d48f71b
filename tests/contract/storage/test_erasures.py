"""Proofs of erasures, marks, and removing all rows of a person."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from funnel.adapters.dynamodb import DynamoStore
from funnel.domain.consent.consent import Consent, Flag
from funnel.domain.errors import Conflict
from funnel.domain.ids import Module, PersonId, TenantId
from funnel.domain.mail.mails import MailId
from funnel.domain.people.erasure import Erasure, Traces, marks_of
from funnel.domain.scoring.tallies import ScoreChange, Tally
from funnel.domain.sync.records import Claim, Unit
from funnel.domain.tracking.activities import Activity, ActivityKind, SubjectId
from funnel.domain.vision.prospects import Prospect
from tests.contract.storage.builders import NOW, UNICODE, entry, key, person
from tests.contract.storage.conftest import ENGINE_TRANSACTION, Server, Store
from tests.contract.storage.servers import client_for
from tests.contract.storage.test_activities import WRITTEN, score
from tests.contract.storage.test_forms import submission
from tests.contract.storage.test_listings import add, pages
from tests.contract.storage.test_mails import content, mail
from tests.contract.storage.test_pushes import intent

LEAD, OTHER = key(Module.LEADS, "l 1/ü"), key(Module.LEADS, "other")
P1, P2 = PersonId("p1"), PersonId("p2")


def somebody_elses(server: Server) -> DynamoStore:
    """What another worker asks by, while one removes."""
    client, network = client_for(server.url), server.network
    client.meta.events.register("before-send.dynamodb", lambda request, **_: network.send(request))
    return DynamoStore(server.tables, client, lambda _: None, ENGINE_TRANSACTION)


def proof(tenant: TenantId, person_id: PersonId = P1) -> Erasure:
    """A proof with two marks, one of them opted out."""
    marks = marks_of(tenant, ["z@example.test"], [LEAD])
    return Erasure(tenant, person_id, UNICODE, NOW, marks, marks[:1], {"history": 3}, NOW)


def test_a_proof_comes_back_whole_and_moves_on_by_its_version(
    store: Store, tenant: TenantId
) -> None:
    saved = store.save_erasure(proof(tenant))
    assert saved == replace(proof(tenant), version=1)
    assert store.erasure(tenant, P1) == saved
    assert store.erasure(tenant, P2) is None
    with pytest.raises(Conflict):
        store.save_erasure(proof(tenant))
    again = store.save_erasure(replace(saved, finished_at=None, counts={}))
    assert store.erasure(tenant, P1) == again


def test_marks_say_whether_an_address_may_be_written_to_and_can_be_lifted(
    store: Store, tenant: TenantId, new_tenant: Callable[[], TenantId]
) -> None:
    saved = store.save_erasure(proof(tenant))
    first, second = saved.marks
    assert store.erased(tenant) == {first: True, second: False}
    assert store.erased(new_tenant()) == {}
    assert store.marked_at(tenant, first) == NOW
    assert store.marked_at(tenant, "none") is None
    store.lift(tenant, first)
    store.lift(tenant, first)
    assert store.erased(tenant) == {second: False}
    assert store.marked_at(tenant, first) is None


def test_proofs_are_listed_in_pages(store: Store, tenant: TenantId) -> None:
    ids = [PersonId(f"p{i}") for i in range(5)]
    saved = [store.save_erasure(proof(tenant, one)) for one in ids]
    assert pages(lambda cursor: store.erasures(tenant, 2, cursor)) == saved


def test_all_rows_of_a_person_go_and_nobody_elses(
    store: Store, tenant: TenantId, new_tenant: Callable[[], TenantId]
) -> None:
    other = new_tenant()
    email, kept = "z@example.test", "k@example.test"
    for whose in (tenant, other):
        consent = Consent(whose, email, opt_out=Flag(True, True), due_at=NOW)
        claims = [Claim(whose, one, P1, consent=one == email) for one in (email, kept)]
        history = [entry(whose, P1, i) for i in range(30)]
        history += [entry(whose, str(LEAD), 1), entry(whose, "p10", 1)]
        add(store, whose, Unit(people=[person(whose, P1)], claims=claims, consents=[consent]))
        add(store, whose, *(Unit(history=[one]) for one in history))
        tally = Tally(whose, SubjectId(P1), is_person=True)
        changes = ScoreChange((tally,), score=score(whose, P1), people=(SubjectId(P1),))
        assert store.write(whose, [changes]) == [WRITTEN]
        store.save_intent(intent(whose, "i1", P1))
        shown = [Prospect(whose, one, P1, "Zed", score=3) for one in (LEAD, OTHER)]
        assert all(store.save_prospects(whose, shown, {P1: 1}))
    traces = Traces((P1,), (P1,), (email,), (LEAD,))
    counts = store.purge(tenant, traces)
    assert counts == {
        "addresses": 1, "consents": 1, "history": 31, "activities": 1, "scores": 1, "pushes": 1,
        "mails": 0, "forms": 0, "prospects": 1,
    }  # fmt: skip
    assert set(store.claims(tenant, [email, kept])) == {kept}
    assert store.consents(tenant, [email]) == {}
    assert store.due_consents(tenant, 9).items == []
    assert store.history(tenant, P1, 9).items == store.history(tenant, str(LEAD), 9).items == []
    assert len(store.history(tenant, "p10", 9).items) == 1
    assert set(store.claims(other, [email, kept])) == {email, kept}
    assert len(store.history(other, P1, 50).items) == 30
    assert set(store.prospects_of(tenant, [LEAD, OTHER])) == {OTHER}
    assert set(store.prospects_of(other, [LEAD, OTHER])) == {LEAD, OTHER}
    assert store.count_scored(tenant) == 0
    assert store.scores(tenant, [P1]) == {} != store.scores(other, [P1])
    assert store.intents(tenant, ["i1"]) == {} != store.intents(other, ["i1"])
    assert store.pushes_of(tenant, P1, 9).items == []
    assert store.scored_people(other, 9).items == [P1]
    assert sum(store.purge(tenant, traces).values()) == 0
    assert store.people(tenant, [P1]) != {}, "people themselves are emptied, not removed"


def test_what_is_written_while_its_rows_are_removed_goes_too(
    server: Server | None, store: Store, tenant: TenantId, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second activity comes in after the rows were looked up and before they are gone."""
    if server is None or not isinstance(store, DynamoStore):
        pytest.skip("The fake removes all in one step.")
    own, other = SubjectId(P1), somebody_elses(server)
    first, second = (
        Activity(tenant, own, name, ActivityKind.PAGE_VIEW, NOW, {}) for name in ("a1", "a2")
    )
    tally = Tally(tenant, own, is_person=True)
    assert store.write(tenant, [ScoreChange((tally,), (first,), None, (own,))]) == [WRITTEN]
    remove = store._dynamo.batch_delete

    def written_meanwhile(table: str, keys: Sequence[tuple[str, str]]) -> None:
        if any("a1" in sk for _, sk in keys):
            late = ScoreChange((replace(tally, version=1),), (second,))
            assert other.write(tenant, [late]) == [WRITTEN]
        remove(table, keys)

    monkeypatch.setattr(store._dynamo, "batch_delete", written_meanwhile)
    store.purge(tenant, Traces((P1,), (P1,), (), ()))
    assert store.list_activities(tenant, own, 5).items == []
    assert (store.tallies(tenant, [own])[own].version, store.count_scored(tenant)) == (0, 0)


@pytest.mark.parametrize("what", ["mail", "form", "push"])
def test_what_a_row_of_a_person_leads_to_goes_before_it_also_where_it_came_meanwhile(
    server: Server | None,
    store: Store,
    tenant: TenantId,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
) -> None:
    """What nothing leads to any more, nobody finds to remove it, and it stays for as long as it is kept."""
    if server is None or not isinstance(store, DynamoStore):
        pytest.skip("The fake removes all in one step.")

    other = somebody_elses(server)

    def put(number: int) -> None:
        if what == "mail":
            one = mail(tenant, f"m{number}")
            other.add_mail(one, content(one))
        elif what == "form":
            other.add_submission(submission(tenant, number, P1))
        else:
            other.save_intent(intent(tenant, f"i{number}"))

    put(1)
    remove, late = store._dynamo.batch_delete, iter([2])

    def written_meanwhile(table: str, keys: Sequence[tuple[str, str]]) -> None:
        for number in late if keys else ():
            put(number)
        remove(table, keys)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(store._dynamo, "batch_delete", written_meanwhile)
        store.purge(tenant, Traces((P1,), (), (), ()))
    assert list(late) == []
    two = submission(tenant, 2, P1)
    assert store.mail(tenant, MailId("m2")) is None
    assert store.mail_content(tenant, MailId("m2")) is None
    assert store.submission(tenant, two.form_id, two.at, two.hit_id) is None
    assert store.intents(tenant, ["i2"]) == {}
