"""A record that Sugar makes under an id of its own is not lost sight of."""

from collections.abc import Callable
from typing import Any, cast

import pytest

from funnel.adapters.sugar_rest.calls import Caller
from funnel.adapters.sugar_rest.creating import create_record
from funnel.adapters.sugar_rest.session import Session
from funnel.domain.errors import IdNotKept
from funnel.domain.ids import SugarId, WrittenModule

OURS = SugarId("ours")


class Answers:
    """An endpoint and its session that give one answer to whatever is created."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def run(self, call: Callable[[str], Any]) -> Any:
        return call("token")

    def post_once(self, _token: str, _path: str, _sent: object) -> Any:
        return self.answer


def create(answer: Any) -> None:
    told = Answers(answer)
    create_record(
        cast("Caller", told), cast("Session", told), WrittenModule.TASKS, OURS, {"name": "X"}, {}
    )


def test_an_answer_with_our_id_is_as_it_should_be() -> None:
    create({"id": "ours"})


@pytest.mark.parametrize(
    ("answer", "made"), [({"id": "theirs"}, "theirs"), ({"id": 7}, ""), ({}, ""), (None, "")]
)
def test_an_answer_with_another_id_is_an_error_that_says_which(answer: Any, made: str) -> None:
    with pytest.raises(IdNotKept) as told:
        create(answer)
    assert told.value.sugar_id == made
