"""What is asked of a push, and what becomes of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import ConnectionId, PersonId, TenantId, WrittenModule
from funnel.domain.pushing.pushes import (
    LONGEST_SUBJECT,
    PushIntent,
    PushState,
    TaskKind,
    TaskWish,
    Wish,
    checked_subject,
    checked_wish,
    done,
    dropped,
    due_again,
)
from funnel.domain.sync.runs import Note

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
INTENT = PushIntent(
    TenantId("t"), "i", ConnectionId("c"), PersonId("p"), "key", Wish(WrittenModule.LEADS), "Ada",
    NOW, NOW, state=PushState.FAILED,
)  # fmt: skip


def test_what_was_not_done_is_due_again_and_what_was_stays_done() -> None:
    assert due_again(INTENT, LATER) == replace(
        INTENT, state=PushState.DUE, due_at=LATER, changed_at=LATER
    )
    finished = done(replace(INTENT, due_at=NOW, note=Note("X", "x", "")), (), LATER)
    assert (finished.state, finished.due_at, finished.note) == (PushState.DONE, None, None)
    assert due_again(finished, LATER + timedelta(1)) == finished


def test_what_is_dropped_is_done_with_its_reason() -> None:
    note = Note("NotInSugar", "Nobody there.", "")
    assert dropped(INTENT, note, LATER) == replace(done(INTENT, (), LATER), note=note)
    assert dropped(INTENT, note, LATER).changed_at == LATER


def test_a_wish_is_tidied_and_looked_at_before_sugar_sees_it() -> None:
    task = TaskWish(TaskKind.CALL, "  Ring \n her ")
    found = checked_wish(Wish(WrittenModule.CONTACTS, task=task)).task
    assert found is not None
    assert found.title == "Call: Ring her"
    assert replace(found, kind=TaskKind.TO_DO).title == "Ring her"
    assert checked_wish(Wish(None)) == Wish(None)
    with pytest.raises(InputInvalid, match="Choose Lead or Contact") as told:
        checked_wish(Wish(WrittenModule.ACCOUNTS))
    assert told.value.field == "module"


@pytest.mark.parametrize("subject", [" \t", "x" * (LONGEST_SUBJECT + 1)])
def test_a_task_needs_a_subject_that_sugar_can_hold(subject: str) -> None:
    assert checked_subject("x" * LONGEST_SUBJECT) == "x" * LONGEST_SUBJECT
    with pytest.raises(InputInvalid) as told:
        checked_subject(subject)
    assert told.value.field == "subject"
