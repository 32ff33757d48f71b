"""A sample of mutants: drawn the same each time, and told with its error."""

import math
from collections import Counter

import pytest

from scripts.mutants import ALSO, BESIDE, ROOT, Room, draw, folders_of, outcome, room_of, table


def test_a_draw_is_the_same_for_the_same_seed_and_no_larger_than_the_room() -> None:
    names = [f"m{n}" for n in range(100)]
    assert draw(names, 10, 8) == draw(names, 10, 8) != draw(names, 10, 9)
    assert len(set(draw(names, 10, 8))) == 10
    assert draw(names, 200, 8) == sorted(names)


def test_a_mutant_is_of_its_room_or_stands_beside_them() -> None:
    assert room_of("funnel.domain.mail.mails.x_f__mutmut_1") == "mail"
    assert room_of("funnel.domain.ids.x_f__mutmut_1") == BESIDE


def test_a_room_has_the_tests_of_the_domain_and_of_the_use_cases_that_carry_it_out() -> None:
    folders = {room: folders_of(room) for room in ("mail", "vision", *ALSO)}
    assert folders["vision"] == ("tests/unit/domain/", "tests/unit/usecases/vision/")
    assert folders["mail"][2:] == ("tests/unit/usecases/delivery/",)
    assert all((ROOT / one).is_dir() for some in folders.values() for one in some)


def test_how_its_tests_ended_is_told_in_a_word() -> None:
    words = [outcome(code) for code in (0, 1, 3, 33, -24, 36)]
    assert words == ["survived", "killed", "killed", "no test", "timeout", "timeout"]
    with pytest.raises(RuntimeError, match="left out"):
        outcome(None)


def test_rooms_weigh_by_their_mutants_and_one_drawn_whole_has_no_error() -> None:
    whole = Room("small", 10, Counter(killed=4, timeout=1, survived=3, **{"no test": 2}))
    sample = Room("large", 90, Counter(killed=9, survived=1))
    assert (whole.noticed, whole.variance) == (0.5, 0)
    assert math.isclose(sample.variance, 0.9 * 0.1 / 9 * (1 - 10 / 90))
    lines = table([whole, sample])
    assert lines[2] == "| small | 10 | 10 | 4 | 1 | 3 | 2 | 50% |"
    error = 1.96 * math.sqrt(sample.variance)
    assert lines[3] == f"| large | 90 | 10 | 9 | 0 | 1 | 0 | 90% ± {error:.1%} |"
    assert lines[4] == f"| **all** | 100 | 20 | 13 | 1 | 4 | 2 | 86% ± {error * 0.9:.1%} |"
