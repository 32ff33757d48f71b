"""Emails that marketers write: made harmless, checked, and nobody's change is lost."""

from dataclasses import replace

import pytest

from funnel.adapters.html import Nh3Cleaner
from funnel.domain.errors import Conflict, InputInvalid, NotFound
from funnel.domain.ids import TenantId
from funnel.usecases.app import App
from funnel.usecases.emails.keep_emails import EmailWords, add_email, change_email, delete_email
from funnel.usecases.emails.view_emails import list_emails, preview_email
from tests.fakes.world import TENANT, World

WORDS = EmailWords("Offer", "Hi {{first_name|there}}", "<p>For {{company|you}}</p>")
EVIL = (
    '<p onclick="x()" style="position:fixed;color:red">Hi<script>alert(1)</script>'
    '<a href="javascript:alert(1)">x</a><iframe src="//x.test"></iframe></p>'
)


def _links(way: str, count: int) -> str:
    return "".join(f'<a href="https://x.test/{way}{n}">{n}</a>' for n in range(count))


@pytest.fixture
def app() -> App:
    return replace(World().app, cleaner=Nh3Cleaner())


def test_what_could_do_harm_is_taken_out_and_said(app: App) -> None:
    kept = add_email(app, TENANT, "k", replace(WORDS, body=EVIL, header=EVIL), "Mo")
    assert kept.removed == ("<iframe>", "<script>", "href=", "onclick=", "position:", "src=")
    for part in (kept.email.header, kept.email.body):
        assert "script" not in part
        assert "javascript" not in part
        assert "color:red" in part.replace(" ", "")
    harmless = add_email(app, TENANT, "k2", WORDS, "Mo")
    assert (harmless.removed, harmless.email.body) == ((), WORDS.body)


def test_it_is_added_once_however_often_it_is_asked_for(app: App) -> None:
    first = add_email(app, TENANT, "k", WORDS, "Mo")
    assert add_email(app, TENANT, "k", replace(WORDS, name="Other"), "Ada").email == first.email
    assert [one.name for one in list_emails(app, TENANT).items] == ["Offer"]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("subject", {"subject": "Hi {{frist_name}}"}),
        ("subject", {"subject": "a\nBcc: x"}),
        ("subject", {"subject": " "}),
        ("name", {"name": ""}),
        ("body", {"body": "<p>{{company</p>"}),
        ("body", {"body": " "}),
        ("footer", {"footer": "{{x}}"}),
        ("header", {"header": "x" * 100_001}),
        ("body", {"body": "ö" * 90_000, "header": "ö" * 90_000}),
        ("body", {"body": "x" * 60_000, "header": "x" * 60_000}),
        ("body", {"body": _links("a", 150), "footer": _links("b", 51)}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(app: App, field: str, changes: dict[str, str]) -> None:
    with pytest.raises(InputInvalid) as error:
        add_email(app, TENANT, "k", replace(WORDS, **changes), "Mo")  # type: ignore[arg-type]
    assert error.value.field == field
    assert list_emails(app, TENANT).items == ()


def test_a_change_that_was_not_seen_is_not_written_over(app: App) -> None:
    first = add_email(app, TENANT, "k", WORDS, "Mo").email
    theirs = change_email(
        app, TENANT, first.email_id, replace(WORDS, body="<p>Theirs</p>"), first.version, "Ada"
    ).email
    mine = replace(WORDS, body="<p>Mine</p>")
    with pytest.raises(Conflict, match="Ada changed"):
        change_email(app, TENANT, first.email_id, mine, first.version, "Mo")
    with pytest.raises(Conflict):
        delete_email(app, TENANT, first.email_id, first.version)
    again = change_email(app, TENANT, first.email_id, mine, theirs.version, "Mo").email
    assert (again.body, again.changed_by) == ("<p>Mine</p>", "Mo")
    assert change_email(app, TENANT, first.email_id, mine, 1, "Ada").email == again


def test_it_is_of_its_tenant_only(app: App) -> None:
    email_id = add_email(app, TENANT, "k", WORDS, "Mo").email.email_id
    other = TenantId("other")
    with pytest.raises(NotFound):
        change_email(app, other, email_id, WORDS, 1, "Mo")
    with pytest.raises(NotFound):
        preview_email(app, other, email_id)
    assert list_emails(app, other).items == ()


def test_a_preview_fills_in_what_stands_in_for_what_is_not_known(app: App) -> None:
    email_id = add_email(app, TENANT, "k", WORDS, "Mo").email.email_id
    seen = preview_email(app, TENANT, email_id)
    assert (seen.subject, seen.text.partition("\n")[0]) == ("Hi there", "For you")
    assert "<p>For you</p>" in seen.html


def test_a_link_that_leads_nowhere_is_refused_by_its_part(app: App) -> None:
    with pytest.raises(InputInvalid, match="no address of a page") as raised:
        add_email(app, TENANT, "k", replace(WORDS, footer='<a href="/prices">Prices</a>'), "Mo")
    assert raised.value.field == "footer"
