"""The rows of the panels: what of a person, its records, score and visits stands in them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.scoring.scores import Score, ScoreLine
from funnel.domain.sync.records import Link, Person, ReadStamp, State, SugarRecord
from funnel.domain.vision.prospect_visits import SeenVisit
from funnel.domain.vision.prospects import (
    MOST_REASONS,
    MOST_SCORE,
    Behind,
    Prospect,
    Reason,
    hot_place,
    prospects,
    score_place,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
T = TenantId("t")
ACME = RecordKey(Module.ACCOUNTS, SugarId("acc"))
KEY = RecordKey(Module.CONTACTS, SugarId("c"))
CONTACT = SugarRecord(
    T, KEY, State.SYNCED, {"account_name": "As typed"}, ReadStamp(NOW, NOW, NOW), "", "Ada", NOW,
    parent_id=ACME.sugar_id,
)  # fmt: skip
ACCOUNT = replace(CONTACT, key=ACME, name="Acme", fields={})
ADA = Person(T, PersonId("ada"), {}, NOW, NOW, links=(Link(KEY, "Ada", SugarId("u1"), "a@x.test"),))
LINES = tuple(ScoreLine(f"r{n}", f"Rule {n}", n, n - 2) for n in range(9))
SCORE = Score(T, ADA.person_id, LINES, NOW)
VISIT = SeenVisit("v", NOW, NOW + timedelta(minutes=3))


def row(*records: SugarRecord, score: Score | None = SCORE) -> Prospect:
    behind = Behind(ADA, {one.key: one for one in records}, score, (VISIT,))
    (found,) = prospects(behind)
    return found


def test_a_row_says_whose_it_is_how_hot_and_why() -> None:
    found = row(CONTACT, ACCOUNT)
    assert (found.name, found.owner, found.company, found.account) == ("Ada", "u1", "Acme", ACME)
    assert (found.score, found.scored_at) == (SCORE.value, NOW) == (18, NOW)
    assert found.reasons == tuple(
        Reason(f"Rule {n}", n, n - 2) for n in range(8, 8 - MOST_REASONS, -1)
    )
    assert (found.visits, found.seen_at) == ((VISIT,), VISIT.until)


def test_the_company_is_that_of_an_account_in_use_and_else_what_the_record_says() -> None:
    stale = replace(ACCOUNT, state=State.STALE)
    gone, unnamed = replace(ACCOUNT, state=State.DELETED), replace(ACCOUNT, name="")
    told = [row(CONTACT, one).company for one in (stale, gone, unnamed)]
    assert told == ["Acme", "As typed", "As typed"]
    alone = row(replace(CONTACT, parent_id=SugarId("")))
    assert (alone.company, alone.account) == ("As typed", None)
    untold = row(replace(CONTACT, fields={}), gone)
    assert (untold.company, untold.account) == ("", ACME)
    assert (row().company, row().account) == ("", None)


def test_who_has_no_score_or_less_than_none_has_0_and_no_reasons() -> None:
    below = replace(SCORE, lines=(ScoreLine("r", "Left", 1, -5), ScoreLine("s", "Came", 1, 2)))
    for score in (None, below):
        found = row(CONTACT, score=score)
        assert (found.score, found.reasons) == (0, ())
    assert row(CONTACT, score=None).scored_at is None
    assert prospects(Behind(ADA, {}, below)) == []


def test_places_sort_by_score_and_only_the_owned_have_one() -> None:
    found = row(CONTACT)
    assert hot_place(found) == f"0000000018#{KEY}"
    assert hot_place(replace(found, owner=SugarId(""))) == ""
    assert hot_place(replace(found, score=0)) == ""
    assert score_place(-3) == "0000000000"
    assert score_place(MOST_SCORE + 1) == score_place(MOST_SCORE)
