"""Emails of blocks, and of HTML with a style sheet: how they are kept, and what they come to."""

from dataclasses import replace

import pytest

from funnel.adapters.html import Nh3Cleaner
from funnel.domain.emails.email_blocks import Block, BlockKind, Look
from funnel.domain.errors import Conflict, InputInvalid
from funnel.domain.forms.forms import Form, FormActions, FormId
from funnel.domain.mapping.fields import CustomField, FieldType, Subject
from funnel.domain.tracking.hits import SiteKey
from funnel.usecases.app import App
from funnel.usecases.emails.keep_emails import (
    EmailWords,
    add_email,
    archive_email,
    change_email,
    copy_email,
    delete_email,
)
from funnel.usecases.emails.view_emails import findings_of, list_emails, preview_email
from tests.fakes.world import TENANT, World

BLOCKS = (
    Block(BlockKind.HEADING, "Hello {{first_name|you}}"),
    Block(BlockKind.TEXT, '<p onclick="x()">Words<script>x</script></p>'),
)
WORDS = EmailWords("News", "Hi", blocks=BLOCKS, preheader="For {{company|you}}")
OWN = EmailWords(
    "Own", "Hi", "<html><head><style>.a{color:#c00;position:fixed} @media (max-width:600px){.a{width:100%}}"
    '</style></head><body><p class="a">Hi</p></body></html>',
)  # fmt: skip


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def app(world: World) -> App:
    return replace(world.app, cleaner=Nh3Cleaner())


def test_blocks_become_html_and_what_could_do_harm_is_said(app: App) -> None:
    kept = add_email(app, TENANT, "k", WORDS, "Mo")
    assert kept.removed == ("<script>", "onclick=")
    assert kept.email.blocks[1].text == "<p>Words</p>"
    assert kept.email.blocks[-1].kind is BlockKind.FOOTER
    assert "Hello {{first_name|you}}" in kept.email.body
    assert kept.email.page.background == Look().background
    seen = preview_email(app, TENANT, kept.email.email_id)
    assert (seen.subject, seen.preheader) == ("Hi", "For you")
    assert "@media" in seen.html
    assert seen.text.split()[:3] == ["Hello", "you", "Words"]
    again = change_email(
        app, TENANT, kept.email.email_id, replace(WORDS, blocks=kept.email.blocks), 1, "Mo"
    )
    assert again.email.version == 1


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("blocks.0.text", {"blocks": (Block(BlockKind.HEADING),)}),
        ("blocks.1.text", {"blocks": (BLOCKS[0], Block(BlockKind.TEXT, '<a href="x">y</a>'))}),
        ("blocks.0.text", {"blocks": (Block(BlockKind.HEADING, "{{frist_name}}"),)}),
        ("look.ink", {"look": Look(ink="red")}),
        ("blocks", {"blocks": (Block(BlockKind.TEXT, "x" * 99_000),) * 2}),
        ("body", {"blocks": (replace(BLOCKS[1], link="x" * 190_000, right_alt="x" * 70_000),)}),
        ("blocks", {"blocks": BLOCKS * 31}),
        ("preheader", {"preheader": "a\nb"}),
        ("preheader", {"preheader": "{{unsubscribe_link}}"}),
        ("text", {"text": "{{nothing}}"}),
    ],
)
def test_what_is_wrong_is_said_at_its_place(
    app: App, field: str, changes: dict[str, object]
) -> None:
    with pytest.raises(InputInvalid) as error:
        add_email(app, TENANT, "k", replace(WORDS, **changes), "Mo")  # type: ignore[arg-type]
    assert error.value.field == field


def test_a_style_sheet_is_moved_out_of_the_html_and_into_the_tags_when_it_is_sent(app: App) -> None:
    kept = add_email(app, TENANT, "k", OWN, "Mo")
    assert kept.email.css == ".a{color:#c00}\n@media (max-width:600px){.a{width:100%}}"
    assert "position:" in kept.removed
    assert kept.email.body == '<p class="a">Hi</p>'
    seen = preview_email(app, TENANT, kept.email.email_id)
    assert "<style>@media (max-width:600px){.a{width:100%}}</style>" in seen.html
    assert 'class="a"' in seen.html
    assert "color:#c00" in seen.html.replace(" ", "")


def test_a_text_part_of_ones_own_is_old_once_the_html_has_changed(app: App) -> None:
    words = replace(WORDS, text="My own {{first_name|you}}")
    email = add_email(app, TENANT, "k", words, "Mo").email
    assert not email.text_is_old
    other = replace(words, blocks=(Block(BlockKind.HEADING, "Other"),))
    changed = change_email(app, TENANT, email.email_id, other, 1, "Mo").email
    assert changed.text_is_old
    assert "old_text" in [one.kind for one in findings_of(app, TENANT, email.email_id)]
    fits = replace(other, text_fits=True)
    assert not change_email(app, TENANT, email.email_id, fits, 2, "Mo").email.text_is_old
    made = change_email(app, TENANT, email.email_id, replace(other, text=""), 3, "Mo").email
    assert (made.text_is_old, made.text_for) == (False, "")


def test_a_custom_field_of_people_may_be_merged_and_one_that_is_none_may_not(
    app: App, world: World
) -> None:
    heading = replace(WORDS, blocks=(Block(BlockKind.HEADING, "{{custom_region|north}}"),))
    with pytest.raises(InputInvalid, match="no merge field"):
        add_email(app, TENANT, "k", heading, "Mo")
    world.connect()
    region = CustomField("custom_region", "Region", FieldType.TEXT, Subject.PERSON)
    world.change(custom_fields=(region,))
    assert "custom_region" in list_emails(app, TENANT).fields
    assert add_email(app, TENANT, "k", heading, "Mo").email.version == 1


def test_a_copy_says_the_same_and_is_made_once(app: App) -> None:
    first = add_email(app, TENANT, "k", replace(WORDS, sales_template=True), "Mo").email
    copy = copy_email(app, TENANT, first.email_id, "c", "Ada")
    assert (copy.name, copy.html, copy.sales_template) == ("Copy of News", first.html, False)
    assert copy_email(app, TENANT, first.email_id, "c", "Ada") == copy
    assert len(list_emails(app, TENANT).items) == 2


def test_an_archived_email_is_no_sales_template_and_can_be_taken_back(app: App) -> None:
    email = add_email(app, TENANT, "k", replace(WORDS, sales_template=True), "Mo").email
    archived = archive_email(app, TENANT, email.email_id, archived=True, by="Ada")
    assert (archived.head.is_offered, archived.changed_by) == (False, "Ada")
    assert archive_email(app, TENANT, email.email_id, archived=True, by="Mo") == archived
    back = archive_email(app, TENANT, email.email_id, archived=False, by="Mo")
    assert back.head.is_offered


def test_an_email_that_something_sends_is_not_deleted(app: App, world: World) -> None:
    email = add_email(app, TENANT, "k", WORDS, "Mo").email
    form = Form(
        TENANT, FormId("f"), SiteKey("s"), "Sign up", (), app.clock.now(), app.clock.now(), "Mo",
        actions=FormActions(confirm=email.email_id),
    )  # fmt: skip
    stored = world.store.save_form(form)
    with pytest.raises(Conflict, match="Sign up"):
        delete_email(app, TENANT, email.email_id, 1)
    world.store.delete_form(stored)
    delete_email(app, TENANT, email.email_id, 1)
    assert list_emails(app, TENANT).items == ()
