"""Dataclasses as text and back."""

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.adapters.dynamodb.codec import from_packed, from_text, to_packed, to_text
from funnel.domain.connecting.connections import Connection
from funnel.domain.emails.emails import Email, EmailId
from funnel.domain.ids import ListId, TenantId
from funnel.domain.mail.mail_pages import PLAIN_PAGE
from funnel.domain.segments.segments import (
    BehaviourTest,
    FieldTest,
    Group,
    ListTest,
    Match,
    Operator,
)
from funnel.domain.signing_in.tenants import Session, SignInLink, Tenant
from funnel.domain.sync.runs import Job, Run, RunWindow
from funnel.domain.tracking.activities import ActivityKind

MOMENTS = st.datetimes(
    datetime(1970, 1, 1),  # noqa: DTZ001
    datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
KINDS = [Connection, Run, RunWindow, Job, Tenant, SignInLink, Session]


@dataclass(frozen=True)
class Before:
    """A row as an earlier release wrote it."""

    name: str
    dropped: tuple[int, ...] = (1,)


@dataclass(frozen=True)
class After:
    """The same row now."""

    name: str
    added: dict[str, int] = field(default_factory=lambda: {"x": 1})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_whatever_a_row_holds_comes_back(kind: type[object]) -> None:
    st.register_type_strategy(datetime, MOMENTS)
    st.register_type_strategy(float, st.floats(allow_nan=False))
    values = st.from_type(kind)
    if kind is Job:
        values = st.builds(
            Job,
            arguments=st.dictionaries(st.text(), PLAIN),
            result=st.dictionaries(st.text(), PLAIN),
        )

    @given(values)
    def comes_back(value: object) -> None:
        assert from_text(kind, to_text(value)) == value

    comes_back()


def test_a_new_field_takes_its_default_and_a_dropped_one_is_forgotten() -> None:
    assert from_text(After, to_text(Before("x"))) == After("x")


def test_a_field_without_default_cannot_be_missing() -> None:
    with pytest.raises(TypeError, match="name"):
        from_text(After, "{}")


def test_a_moment_keeps_its_offset() -> None:
    at = datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=2)))
    found = from_text(Tenant, to_text(Tenant("t", "n", at)))  # type: ignore[arg-type]
    assert found.created_at == at


def test_what_is_not_known_how_to_keep_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        to_text(Before("x", (object(),)))  # type: ignore[arg-type]


def test_a_tree_of_several_kinds_comes_back_as_it_was() -> None:
    tree = Group(
        Match.ANY,
        (
            FieldTest("company", Operator.IS, ("Hill & Co", "Moss")),
            Group(Match.NONE, (BehaviourTest(ActivityKind.FORM, form="demo*", days=30),)),
            ListTest(ListId("list-1")),
        ),
    )

    assert from_text(Group, to_text(tree)) == tree


def test_an_email_of_before_there_were_blocks_is_read_as_it_was() -> None:
    now = datetime(2026, 5, 1, tzinfo=UTC)
    email = Email(
        TenantId("t"), EmailId("e"), "Offer", "Hi", "<p>h</p>", "<p>b</p>", "<p>f</p>", True, now, now, "Mo",
    )  # fmt: skip
    written = json.loads(to_text(email))
    for later in ("preheader", "blocks", "look", "css", "text", "text_for", "archived_at"):
        del written[later]
    read = from_text(Email, json.dumps(written))
    assert read == email
    assert read.head.is_offered
    assert read.page == PLAIN_PAGE


def test_what_is_packed_comes_back_and_so_does_what_was_kept_plain_before() -> None:
    row = Before("Zoë <b>", (1, 2))
    # As botocore hands bytes out.
    kept = {"B": base64.b64decode(to_packed(row)["B"])}
    assert from_packed(Before, kept) == row
    assert from_packed(Before, {"S": to_text(row)}) == row
