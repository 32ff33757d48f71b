"""What errors carry beside their words."""

from funnel.domain.errors import AddressTaken, IdNotKept, WrongMethod


def test_errors_say_what_happened_how_to_mend_it_and_whom_it_is_about() -> None:
    taken = AddressTaken("Taken.", mend="Choose.", person_id="p1", name="Ann")
    assert (taken.text, taken.mend, taken.person_id, taken.name) == (
        "Taken.",
        "Choose.",
        "p1",
        "Ann",
    )
    kept = IdNotKept("Other id.", mend="Look.", sugar_id="s1")
    assert (kept.text, kept.mend, kept.sugar_id) == ("Other id.", "Look.", "s1")
    assert (IdNotKept("x").mend, IdNotKept("x").sugar_id) == ("", "")
    wrong = WrongMethod("No.", mend="Ask.", allowed=("GET",))
    assert (wrong.text, wrong.mend, wrong.allowed) == ("No.", "Ask.", ("GET",))
    assert (WrongMethod("x").mend, WrongMethod("x").allowed) == ("", ())
