"""What the page of campaigns says of how people walk is what the code has."""

import re

import pytest

from funnel.domain.campaigns.campaigns import LONGEST_WAIT, MOST_CAMPAIGNS, MOST_STEPS
from funnel.domain.campaigns.enrolments import (
    CLAIMED_FOR,
    MOST_STEPS_A_TURN,
    MOST_STEPS_IN_ALL,
    MOST_TRAIL,
    MOST_TRIES,
    UNDER_WAY,
    EnrolmentState,
)
from funnel.usecases.campaigns.walk_campaigns import AT_ONCE
from tests.unit.docs.source import page

PAGE = page("campaigns.md")
DIAGRAM = PAGE.partition("stateDiagram-v2")[2].partition("```")[0]
ARROWS = re.findall(r"^ +(\S+) --> ([^\s:]+)", DIAGRAM, re.MULTILINE)


def test_the_diagram_has_each_state_of_a_walk_and_no_other() -> None:
    named = {name.replace("_", " ") for arrow in ARROWS for name in arrow} - {"[*]"}
    assert named == {state.value for state in EnrolmentState}


def test_what_is_over_in_the_diagram_is_over_in_the_code() -> None:
    ends = {before.replace("_", " ") for before, after in ARROWS if after == "[*]"}
    assert ends == {state.value for state in EnrolmentState if state not in UNDER_WAY}


@pytest.mark.parametrize(
    "words",
    [
        f"failed {MOST_TRIES} times, or came by {MOST_STEPS_IN_ALL:,} steps",
        f"due again after {CLAIMED_FOR.total_seconds() / 60:.0f} minutes",
        f"A worker takes {AT_ONCE} at once",
        f"{MOST_CAMPAIGNS} campaigns, {MOST_STEPS} steps each",
        f"{MOST_STEPS_IN_ALL:,} steps in one walk, and {MOST_STEPS_A_TURN} at once",
        f"a wait of at most {LONGEST_WAIT.days} days",
        f"the last {MOST_TRAIL} lines",
    ],
)
def test_a_bound_is_the_one_in_the_code(words: str) -> None:
    assert words in PAGE
