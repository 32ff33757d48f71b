"""The cap and the sums of mail, to their edges."""

import pytest

from funnel.domain.errors import InputInvalid
from funnel.domain.mail.mail_caps import MOST_DAYS, MOST_MAILS, MailCap, checked_cap
from funnel.domain.mail.mail_tallies import Tally, together


@pytest.mark.parametrize("cap", [MailCap(1, 1), MailCap(MOST_MAILS, MOST_DAYS)])
def test_a_cap_at_its_edges_is_kept(cap: MailCap) -> None:
    assert checked_cap(cap) == cap


@pytest.mark.parametrize(
    ("cap", "field"),
    [
        (MailCap(0, 1), "cap_most"),
        (MailCap(MOST_MAILS + 1, 1), "cap_most"),
        (MailCap(1, 0), "cap_days"),
        (MailCap(1, MOST_DAYS + 1), "cap_days"),
    ],
)
def test_a_cap_that_cannot_be_is_refused_by_name(cap: MailCap, field: str) -> None:
    with pytest.raises(InputInvalid) as told:
        checked_cap(cap)
    assert told.value.field == field


def test_two_tallies_together_are_their_sums() -> None:
    one, other = Tally({"sent": 2, "opens": 1}, {"a": 3}), Tally({"sent": 5}, {"a": 1, "b": 2})
    both = Tally({"sent": 7, "opens": 1}, {"a": 4, "b": 2})
    assert (together(one, other), together(other, one)) == (both, both)
