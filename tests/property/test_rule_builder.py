"""Any rule, drawn as a form and sent back, is the same rule; whatever its buttons do keeps its parts."""

import os
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.domain.errors import InputInvalid
from funnel.domain.segments.rule_json import rule_of, rule_to_json
from funnel.domain.segments.segment_fields import SegmentField
from funnel.domain.segments.segments import FieldTest, Group, Part
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.segments.segment_fields import segment_fields
from funnel.web.asked import Asked
from funnel.web.marketing.rule_builder import PREFIX, rule_builder, sent_draft
from funnel.web.marketing.rule_changes import change_draft
from funnel.web.marketing.rule_drafts import (
    DraftGroup,
    draft_of_json,
    form_of_draft,
    json_of_draft,
    walk,
)
from funnel.web.rendering import page
from funnel.web.sessions import Caller
from tests.browser.site import event_of
from tests.browser.world import FULL, World, make_world
from tests.unit.web.sent_forms import sent_form

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "60"))
VERBS = ("test", "group", "remove", "up", "down", "into", "out", "draw", "nonsense")
texts = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=8
)
values = st.one_of(
    texts, st.integers(-9, 99_999).map(str), st.dates().map(str),
    st.sampled_from(["yes", "no", "n", "Closed Won", "2026-11-24T10:00:00Z", "<b>\"'&amp;</b>"]),
)  # fmt: skip


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


@pytest.fixture(scope="module")
def asked(world: World) -> Asked:
    event = event_of("GET", "/app/segments/new", {"host": "funnel.example"}, b"")
    return replace(Asked.of(world.app, event), caller=Caller(FULL, Role.MARKETER, "Mo Sandberg"))


@pytest.fixture(scope="module")
def fields(world: World) -> list[SegmentField]:
    return list(segment_fields(world.app, FULL))


def conditions(fields: list[SegmentField]) -> st.SearchStrategy[dict[str, Any]]:
    """Conditions that are mostly right, on every field, operator and behaviour."""
    asks = [(one.name, op.value) for one in fields for op in one.operators]
    patterns = st.sampled_from(["", "/pricing*", "a b", "<i>\"&'", "*"])
    return st.one_of(
        st.builds(
            lambda ask, some: {
                "test": "field", "field": ask[0], "operator": ask[1], "values": some
            },
            st.sampled_from(asks), st.lists(values, max_size=3),
        ),
        st.builds(lambda one: {"test": "list", "list": one}, st.sampled_from(["fair", "gone-now"])),
        st.builds(
            lambda kind, least, days, page, link: {
                "test": "behaviour", "kind": kind, "least": least, "days": days,
                **({"page": page.replace(" ", "")} if kind == "page view" else {}),
                **({"link": link} if kind == "email click" else {}),
            },
            st.sampled_from(["page view", "form", "email open", "email click"]),
            st.integers(1, 99), st.integers(0, 99), patterns, patterns,
        ),
    )  # fmt: skip


def valid(fields: list[SegmentField], data: Any) -> Any:
    """Without what is no rule."""
    if "match" in data:
        return {**data, "parts": [left for one in data["parts"] if (left := valid(fields, one))]}
    try:
        rule_of({"match": "all", "parts": [data]}, fields)
    except InputInvalid:
        return None
    return data


def rules(fields: list[SegmentField]) -> st.SearchStrategy[Group]:
    """Nested rules."""
    matches = st.sampled_from(["all", "any", "none"])

    def group(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        made = st.lists(parts, max_size=3)
        return st.builds(lambda match, some: {"match": match, "parts": some}, matches, made)

    leaf = conditions(fields)
    tree = group(st.one_of(leaf, group(st.one_of(leaf, group(leaf)))))
    return tree.map(lambda data: rule_of(valid(fields, data), fields))


def one_line(part: Part) -> bool:
    """A page's field of one line takes no line of its own: such values come from machines alone."""
    if isinstance(part, Group):
        return all(map(one_line, part.parts))
    return not (isinstance(part, FieldTest) and any(len(v.splitlines()) != 1 for v in part.values))


@given(data=st.data())
@settings(max_examples=RUNS)
def test_a_rule_drawn_and_sent_back_is_the_same_rule(
    data: st.DataObject, asked: Asked, fields: list[SegmentField]
) -> None:
    rule = data.draw(rules(fields).filter(one_line))
    draft = draft_of_json(rule_to_json(rule))
    assert isinstance(draft, DraftGroup)
    assert sent_draft(form_of_draft(draft, PREFIX)) == draft
    drawn = page(asked, "segments/builder_part.html", rule=rule_builder(asked, draft))
    sent = sent_draft(sent_form(str(drawn.body)))
    assert rule_of(json_of_draft(sent), fields) == rule


@given(data=st.data())
@settings(max_examples=RUNS)
def test_moving_parts_loses_none_and_the_focus_is_on_something_that_is_there(
    data: st.DataObject, asked: Asked, fields: list[SegmentField]
) -> None:
    draft = draft_of_json(rule_to_json(data.draw(rules(fields))))
    assert isinstance(draft, DraftGroup)
    for _ in range(data.draw(st.integers(1, 6))):
        verb = data.draw(st.sampled_from(VERBS))
        path = data.draw(st.sampled_from([path for path, _ in walk(draft)] + ["parts.99", "x"]))
        before = sorted(str(one) for _, one in walk(draft) if not isinstance(one, DraftGroup))
        draft, focus = change_draft(draft, f"{verb} {path}")
        after = sorted(str(one) for _, one in walk(draft) if not isinstance(one, DraftGroup))
        if verb in ("up", "down", "into", "out", "draw", "nonsense"):
            assert after == before
        drawn = page(
            asked, "segments/builder_part.html", rule=rule_builder(asked, draft, focus=focus)
        )
        assert str(drawn.body).count(" autofocus") == bool(focus), (verb, path, focus)
    rule_of(json_of_draft(DraftGroup("all")), fields)
