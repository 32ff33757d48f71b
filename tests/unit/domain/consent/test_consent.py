"""What both sides say of an address, and what stands."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.consent.consent import (
    HERE,
    MOST_NIGHTS,
    NIGHT,
    Consent,
    Flag,
    Heard,
    Mark,
    Source,
    all_told,
    answered,
    changed_here,
    due_again,
    heard,
    kept_over,
    known,
    nobody_has_it,
    telling,
    tried_in_vain,
)
from funnel.domain.crm import EmailAddress
from funnel.domain.ids import ConnectionId, Module, RecordKey, SugarId, TenantId
from tests.contract.storage.builders import NOW

NEW = Consent(TenantId("acme"), "ann@x.test")
LEAD = RecordKey(Module.LEADS, SugarId("l1"))
CONTACT = RecordKey(Module.CONTACTS, SugarId("c1"))
LATER = NOW + timedelta(hours=1)
OURS = Source(HERE, NOW, "Ada", "asked by phone")


def said(opt_out: bool | None, record: RecordKey = LEAD, invalid: bool | None = None) -> Heard:
    return Heard(record, "Ott", LATER, opt_out, invalid)


def row(opt_out: bool | None, second: int = 0, number: int = 1) -> EmailAddress:
    at = NOW + timedelta(seconds=second)
    return EmailAddress(SugarId(f"a{number}"), "ann@x.test", opt_out, False, at)


def opted_out_here() -> Consent:
    return changed_here(NEW, Mark.OPT_OUT, True, OURS)


def both_opted_out() -> Consent:
    return heard(NEW, [said(True)], NOW)


def taken_back() -> Consent:
    return changed_here(both_opted_out(), Mark.OPT_OUT, False, OURS)


def test_what_was_marked_since_is_kept_and_nothing_that_was_taken_back() -> None:
    assert kept_over(NEW, NEW) == NEW
    assert kept_over(both_opted_out(), taken_back()) == both_opted_out()
    welcome = replace(NEW, welcome=OURS)
    assert kept_over(welcome, opted_out_here()) == replace(
        welcome, opt_out=Flag(True, False, OURS), due_at=NOW
    ), "Sugar is to be told"
    bounced = changed_here(NEW, Mark.INVALID, True, replace(OURS, at=LATER))
    both = kept_over(opted_out_here(), bounced)
    assert (both.opt_out, both.invalid) == (opted_out_here().opt_out, bounced.invalid)
    assert both.due_at == NOW, "as it was"
    told = kept_over(NEW, both_opted_out())
    assert (told.opt_out, told.due_at) == (both_opted_out().opt_out, None)


def test_what_another_sugar_has_agreed_to_is_owed_to_the_one_of_then() -> None:
    then = replace(NEW, connection_id=ConnectionId("then"))
    now = replace(both_opted_out(), connection_id=ConnectionId("now"))
    after = kept_over(then, now)
    assert (after.opt_out.value, after.opt_out.agreed, after.due_at) == (True, False, NOW)
    assert after.connection_id == "then"
    assert kept_over(then, after) == after, "and once more"
    assert kept_over(then, replace(now, connection_id=then.connection_id)).opt_out.agreed


def test_an_opt_out_in_sugar_is_one_here_with_the_record_that_said_so() -> None:
    after = both_opted_out()
    assert (after.opt_out.value, after.opt_out.agreed, after.due_at) == (True, True, None)
    source = after.opt_out.source
    assert source is not None
    assert (source.side, source.record, source.name) == ("Sugar", LEAD, "Ott")


@pytest.mark.parametrize("flag", [None, False])
def test_an_absent_flag_and_a_plain_no_say_nothing_of_an_address_never_opted_out(
    flag: bool | None,
) -> None:
    assert heard(NEW, [said(flag)], NOW) == NEW


def test_an_absent_flag_clears_nothing() -> None:
    assert heard(both_opted_out(), [said(None)], LATER) == both_opted_out()
    assert heard(opted_out_here(), [said(None)], LATER) == opted_out_here()


def test_an_opt_out_here_is_due_and_a_no_of_sugars_does_not_clear_it() -> None:
    before = opted_out_here()
    assert (before.opt_out.owed, before.due_at) == (True, NOW)
    assert heard(before, [said(False)], LATER) == before


def test_a_yes_of_sugars_to_an_opt_out_made_here_is_agreement_and_stays_ours() -> None:
    after = heard(opted_out_here(), [said(True)], LATER)
    assert after.opt_out == Flag(True, True, OURS)
    assert after.due_at is None


def test_a_no_after_both_agreed_on_yes_takes_the_opt_out_back() -> None:
    after = heard(both_opted_out(), [said(False)], LATER)
    assert (after.opt_out.value, after.opt_out.agreed, after.due_at) == (False, False, None)
    assert after.opt_out.source
    assert after.opt_out.source.side == "Sugar"


def test_the_old_yes_of_sugars_does_not_undo_what_was_taken_back_here() -> None:
    before = taken_back()
    assert before.due_at == NOW
    assert heard(before, [said(True)], LATER) == before


def test_both_taking_back_is_agreement() -> None:
    after = heard(taken_back(), [said(False)], LATER)
    assert (after.opt_out.value, after.owed, after.due_at) == (False, False, None)


def test_of_records_that_disagree_the_opted_out_one_counts() -> None:
    after = heard(NEW, [said(False), said(True, CONTACT)], NOW)
    assert after.opt_out.value
    assert after.opt_out.source
    assert after.opt_out.source.record == CONTACT
    assert heard(after, [said(False), said(True, CONTACT)], LATER) == after


def test_invalid_follows_by_the_same_rules_and_apart_from_the_opt_out() -> None:
    after = heard(opted_out_here(), [said(None, invalid=True)], NOW)
    assert (after.invalid.value, after.invalid.agreed) == (True, True)
    assert after.opt_out == opted_out_here().opt_out
    back = heard(after, [said(None, invalid=False)], LATER)
    assert not back.invalid.value


def test_a_reading_that_began_before_sugar_was_told_says_nothing() -> None:
    told = replace(both_opted_out(), told_at=LATER + timedelta(seconds=1))
    assert heard(told, [said(False)], LATER) == told


def test_an_address_nobody_had_is_due_once_a_record_comes_with_it() -> None:
    waiting = nobody_has_it(opted_out_here(), NOW, ask_again=False)
    assert (waiting.owed, waiting.due_at) == (True, None)
    assert heard(waiting, [said(False)], LATER).due_at == LATER


def test_an_address_its_records_no_longer_have_is_asked_for_some_nights_only() -> None:
    consent, nights = opted_out_here(), 0
    while consent.due_at is not None:
        consent, nights = nobody_has_it(consent, NOW, ask_again=True), nights + 1
    assert nights == MOST_NIGHTS + 1
    assert consent.owed


def test_what_did_not_take_waits_for_the_night_or_for_somebody_to_ask() -> None:
    vain = tried_in_vain(opted_out_here(), LEAD, NOW)
    assert (vain.due_at, vain.failed, vain.tried) == (NOW + NIGHT, LEAD, 1)
    assert due_again(vain, LATER).due_at == LATER
    assert due_again(both_opted_out(), LATER) == both_opted_out()
    told = answered(vain, [row(True)], LATER, LATER)
    assert all_told(told, LATER).failed is None


def test_saying_the_same_again_changes_nothing() -> None:
    assert changed_here(both_opted_out(), Mark.OPT_OUT, True, OURS) == both_opted_out()


class TestTelling:
    """From before we write until we have read back."""

    def test_rows_that_changed_as_told_agree(self) -> None:
        begun = telling(opted_out_here(), [row(False)])
        after = answered(begun, [row(True, 5)], LATER, LATER)
        assert (after.opt_out, after.owed, after.telling) == (Flag(True, True, OURS), False, ())

    def test_rows_as_they_were_have_taken_nothing(self) -> None:
        begun = telling(taken_back(), [row(True)])
        after = answered(begun, [row(True)], LATER, LATER)
        assert after.opt_out == taken_back().opt_out
        assert after.owed

    def test_our_own_write_never_undoes_an_opt_out_made_meanwhile(self) -> None:
        """Taken back, written, and before that is known the person unsubscribes again."""
        begun = telling(taken_back(), [row(True)])
        again = changed_here(begun, Mark.OPT_OUT, True, OURS)
        assert heard(again, [said(False)], LATER) == again
        after = answered(again, [row(False, 5)], LATER, LATER)
        assert (after.opt_out.value, after.opt_out.owed) == (True, True)

    def test_an_opt_out_made_in_sugar_meanwhile_wins_over_a_take_back(self) -> None:
        begun = telling(taken_back(), [row(True)])
        after = answered(begun, [row(True, 9)], LATER, LATER)
        assert (after.opt_out.value, after.owed) == (True, False)

    def test_nothing_is_heard_but_it_stays_due(self) -> None:
        begun = replace(telling(opted_out_here(), [row(False)]), due_at=None)
        after = heard(begun, [said(True)], LATER)
        assert after == replace(begun, due_at=LATER, tried=0)


def test_rows_of_one_address_that_disagree_count_as_yes() -> None:
    after = answered(NEW, [row(False), row(True, number=2)], LATER, LATER)
    assert after.opt_out.value


@pytest.mark.parametrize("value", [None, "", "0", "1", 0, 1, "no"])
def test_what_is_neither_yes_nor_no_is_unknown(value: str | int | None) -> None:
    assert known(value) is None
    assert (known(True), known(False)) == (True, False)
