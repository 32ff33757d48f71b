"""What a scoring rule can be, to its edges."""

from dataclasses import replace

import pytest

from funnel.domain.errors import InputInvalid
from funnel.domain.scoring.checked_rules import LONGEST_LIFE, MOST_POINTS, MOST_TIMES, checked_rule
from funnel.domain.scoring.scoring import Rule
from funnel.domain.tracking.activities import ActivityKind

RULE = Rule("r", "Pricing", ActivityKind.PAGE_VIEW, 5)
MAIL = replace(RULE, kind=ActivityKind.EMAIL_CLICK)


@pytest.mark.parametrize(
    "rule",
    [
        replace(RULE, points=MOST_POINTS),
        replace(RULE, points=-MOST_POINTS),
        replace(RULE, most=MOST_TIMES, days=LONGEST_LIFE),
        replace(RULE, name="x" * 80),
        replace(RULE, page="/a*b*c*"),
        replace(MAIL, email="Spring*", link="*shop*"),
    ],
)
def test_what_is_at_an_edge_is_kept(rule: Rule) -> None:
    assert checked_rule(rule) == rule


def test_needless_space_and_what_a_browser_shows_around_a_page_is_left_out() -> None:
    page = " https://shop.test/a*?x=1#top "
    found = checked_rule(replace(RULE, name="  The \n page ", page=page))
    assert (found.name, found.page) == ("The page", "shop.test/a*")


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (replace(RULE, kind=next(k for k in ActivityKind if not k.is_done)), "kind"),
        (replace(RULE, name=" "), "name"),
        (replace(RULE, name="x" * 81), "name"),
        (replace(RULE, points=0), "points"),
        (replace(RULE, points=MOST_POINTS + 1), "points"),
        (replace(RULE, points=-MOST_POINTS - 1), "points"),
        (replace(RULE, most=-1), "most"),
        (replace(RULE, most=MOST_TIMES + 1), "most"),
        (replace(RULE, days=-1), "days"),
        (replace(RULE, days=LONGEST_LIFE + 1), "days"),
        (replace(RULE, page="https://?x"), "page"),
        (replace(RULE, page="/a b"), "page"),
        (replace(RULE, page="*" * 99), "page"),
        (replace(MAIL, page="/a"), "page"),
        (replace(RULE, link="x"), "link"),
        (replace(RULE, email="x"), "email"),
    ],
)
def test_what_cannot_be_is_refused_by_name(rule: Rule, field: str) -> None:
    with pytest.raises(InputInvalid) as told:
        checked_rule(rule)
    assert told.value.field == field
    assert told.value.text.endswith(".")
