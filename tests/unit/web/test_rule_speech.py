"""A segment's rule in words, in German: every field, every operator and whatever people did."""

import pytest

from funnel.domain.ids import ListId
from funnel.domain.segments.rule_speech import ENGLISH
from funnel.domain.segments.rule_words import Names, rule_words
from funnel.domain.segments.segment_fields import OF_DAYS, SCORE, by_name, segment_fields_of
from funnel.domain.segments.segments import (
    BehaviourTest,
    FieldTest,
    Group,
    ListTest,
    Match,
    Operator,
    Part,
)
from funnel.domain.tracking.activities import ActivityKind
from funnel.web.texts import texts_for
from tests.browser.segments import READY
from tests.browser.world import FULL, World
from tests.unit.web.asking import Client

GERMAN = texts_for("de").rules
FIELDS = by_name(segment_fields_of())


def said(part: Part) -> str:
    names = Names(FIELDS, {ListId("vips"): "VIPs"}, GERMAN)
    return rule_words(Group(parts=(part,)), names)


def test_german_names_every_field_and_every_operator() -> None:
    assert GERMAN.labels.keys() == FIELDS.keys()
    used = {operator for one in FIELDS.values() for operator in one.operators}
    assert {str(one) for one in used} <= {*GERMAN.operators, *GERMAN.days}
    assert GERMAN.days.keys() == ENGLISH.days.keys() == {str(one) for one in OF_DAYS}
    assert GERMAN.did.keys() == ENGLISH.did.keys()


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (FieldTest("city", Operator.CONTAINS, ("Oslo", "Berg")), "Ort enthält „Oslo“ oder „Berg“"),
        (FieldTest(SCORE, Operator.LEAST, ("40",)), "Score ist mindestens 40"),
        (FieldTest(SCORE, Operator.LEAST, ("9999",)), "Score ist mindestens 9999"),
        (FieldTest(SCORE, Operator.LEAST, ("50000.5",)), "Score ist mindestens 50.000,5"),
        (
            FieldTest("created_at", Operator.PAST, ("30",)),
            "Bekannt seit war in den letzten 30 Tagen",
        ),
        (FieldTest("sugar_lead", Operator.IS, ("yes",)), "Lead in Sugar ist ja"),
        (
            FieldTest("consent", Operator.IS_NOT, ("opted_out",)),
            "Einwilligung in E-Mails ist nicht „abgemeldet“",
        ),
        (ListTest(ListId("vips")), "ist auf der Liste „VIPs“"),
        (
            BehaviourTest(ActivityKind.PAGE_VIEW, page="/pricing*", least=2, days=30),
            "hat /pricing* mindestens 2-mal in den letzten 30 Tagen angesehen",
        ),
        (BehaviourTest(ActivityKind.PAGE_VIEW, days=1), "hat eine Seite heute angesehen"),
        (
            BehaviourTest(ActivityKind.EMAIL_CLICK, email="News", link="*/demo*"),
            "hat einen Link in einer E-Mail mit dem Namen „News“ zu „*/demo*“ angeklickt",
        ),
        (Group(match=Match.ANY), "niemand"),
        (
            Group(match=Match.NONE, parts=(ListTest(ListId("vips")),)),
            "nicht (ist auf der Liste „VIPs“)",
        ),
    ],
)
def test_a_rule_is_said_in_german(part: Part, words: str) -> None:
    assert said(part) == words


def test_pages_say_rules_in_german_and_the_api_in_english(world: World) -> None:
    client = Client(world, world.token(FULL))
    page = client.get(f"/app/segments/{READY}", accept_language="de").text
    assert "Verkaufschance in Sugar: Phase ist" in page
    assert " at least " not in page
    edit = client.get(f"/app/segments/{READY}/edit", accept_language="de").text
    assert "Bekannt seit" in edit
    assert "Sugar Sales Stage" not in edit
    told = client.get(f"/api/app/segments/{READY}", accept_language="de").json
    assert "Sugar Sales Stage is" in told["words"]
