"""What an operator does with messages that were given up."""

import logging
from datetime import timedelta

import pytest

from funnel.domain.errors import InputInvalid, NotFound
from funnel.usecases.operating.dead_letters import do_with_dead_letters
from tests.fakes.dead_letters import MemoryDeadLetters
from tests.fakes.system import START

NOW = START + timedelta(hours=2)
Answer = dict[str, object]


def letters(count: int = 3) -> MemoryDeadLetters:
    dead = MemoryDeadLetters(PullDeadLetters=("PullQueue",), ScoresDeadLetters=())
    for number in range(count):
        at = START + timedelta(minutes=number)
        dead.add("PullDeadLetters", f"m{number}", "ContinueRun", "acme", at)
    dead.add("ScoresDeadLetters", "s1", "unreadable", "", START)
    return dead


def do(dead: MemoryDeadLetters, action: str, *, seconds: int | str = 20, **wish: str) -> Answer:
    return do_with_dead_letters(dead, {"action": action, **wish}, NOW, lambda: float(seconds))


def test_all_queues_are_counted() -> None:
    assert do(letters(), "dead_letters") == {
        "queues": [
            {"queue": "PullDeadLetters", "count": 3, "in_hand": 0, "goes_back_to": ["PullQueue"]},
            {"queue": "ScoresDeadLetters", "count": 1, "in_hand": 0, "goes_back_to": []},
        ]
    }


def test_a_look_shows_what_it_is_and_nothing_it_holds_and_leaves_it_there() -> None:
    dead = letters()
    found = do(dead, "look_at_dead_letters", queue="PullDeadLetters")
    assert found["messages"] == [
        {
            "message_id": f"m{number}",
            "type": "ContinueRun",
            "tenant": "acme",
            "age_seconds": 7200 - 60 * number,
            "received": 6,
            "goes_back_to": "PullQueue",
        }
        for number in range(3)
    ]
    assert dead.queues()[0].count == 3


def test_all_of_a_queue_are_sent_again_and_gone() -> None:
    dead = letters(25)
    answer = do(dead, "redrive_dead_letters", queue="PullDeadLetters")
    assert answer == {"queue": "PullDeadLetters", "moved": 25, "left": 0}
    assert sorted(dead.sent["PullQueue"]) == sorted(f"ContinueRun m{n}" for n in range(25))
    again = do(dead, "redrive_dead_letters", queue="PullDeadLetters")
    assert again == {"queue": "PullDeadLetters", "moved": 0, "left": 0}


def test_one_is_sent_again_and_the_others_stay() -> None:
    dead = letters(25)
    answer = do(dead, "redrive_dead_letters", queue="PullDeadLetters", message_id="m12")
    assert (answer["moved"], answer["left"]) == (1, 24)
    assert dead.sent == {"PullQueue": ["ContinueRun m12"]}
    assert dead.queues()[0].in_hand == 0


def test_who_has_no_time_left_says_how_many_are() -> None:
    answer = do(letters(), "redrive_dead_letters", seconds=0, queue="PullDeadLetters")
    assert (answer["moved"], answer["left"]) == (0, 3)


def test_what_came_from_no_queue_is_not_sent_again() -> None:
    dead = letters()
    with pytest.raises(InputInvalid) as refused:
        do(dead, "redrive_dead_letters", queue="ScoresDeadLetters")
    assert refused.value.mend == "Drop it."
    assert dead.queues()[1].count == 1


def test_one_is_dropped_with_a_reason_that_the_log_keeps(
    caplog: pytest.LogCaptureFixture,
) -> None:
    dead = letters()
    wish = {"queue": "PullDeadLetters", "message_id": "m1", "reason": "tenant is gone"}
    with caplog.at_level(logging.WARNING):
        assert do(dead, "drop_dead_letter", **wish)["dropped"] == 1
    (line,) = caplog.records
    told = vars(line)
    assert (told["dead_letter"], told["reason"]) == ("m1", "tenant is gone")
    assert (told["work"], told["tenant"]) == ("ContinueRun", "acme")
    assert dead.queues()[0].count == 2
    assert dead.sent == {}
    assert do(dead, "drop_dead_letter", **wish)["dropped"] == 0


@pytest.mark.parametrize(
    "wish", [{"reason": "x"}, {"message_id": "m1"}, {"message_id": "m1", "reason": "x" * 201}]
)
def test_nothing_is_dropped_unnamed_or_without_a_reason(wish: dict[str, str]) -> None:
    dead = letters()
    with pytest.raises(InputInvalid):
        do(dead, "drop_dead_letter", queue="PullDeadLetters", **wish)
    assert dead.queues()[0].count == 3


def test_a_queue_that_is_not_there_is_said_with_those_that_are() -> None:
    with pytest.raises(NotFound) as refused:
        do(letters(), "look_at_dead_letters", queue="Pull")
    assert "PullDeadLetters, ScoresDeadLetters" in refused.value.mend
