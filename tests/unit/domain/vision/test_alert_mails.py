"""What a rep's alerts say, word for word."""

from dataclasses import replace
from datetime import UTC, datetime

from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.vision.alert_mails import Moved, Read, Seen, alert_mail, digest_mail
from funnel.domain.vision.prospect_visits import SeenPage, SeenVisit
from funnel.domain.vision.prospects import Prospect, Reason

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ADA = Prospect(
    TenantId("t"), RecordKey(Module.LEADS, SugarId("1")), PersonId("ada"), "Ada <Byron>",
    "Engines & Co", score=70, reasons=(Reason("Pricing", 3, 15), Reason("Form", 1, 5)),
)  # fmt: skip
BEN = replace(
    ADA, key=RecordKey(Module.LEADS, SugarId("2")), person_id=PersonId("ben"), name="", company="",
    score=0, reasons=(),
)  # fmt: skip
PAGES = tuple(SeenPage(NOW, "", f"/{n}", f"Page {n % 4}" if n else "") for n in range(6))
VISIT = SeenVisit("v", NOW, NOW, pages=PAGES)


def url(key: RecordKey) -> str:
    return f"https://crm.test/?a=1&id={key.sugar_id}" if key.sugar_id == "1" else ""


def test_who_crossed_the_score_and_who_is_on_the_site_is_told_at_once() -> None:
    said = alert_mail([ADA], [Seen(BEN, replace(VISIT, pages=()))], 60, url)
    assert said is not None
    assert said.subject == "2 prospects: Ada <Byron> and others"
    assert said.text == (
        "Lead score is 60 or more now\n"
        "- Ada <Byron> · Engines & Co · lead score 70\n"
        "  Pricing: +15\n"
        "  Form: +5\n"
        "  https://crm.test/?a=1&id=1\n"
        "\n"
        "On your site\n"
        "- No name · no lead score yet"
    )
    assert said.html == (
        "<h2>Lead score is 60 or more now</h2><ul><li>"
        '<a href="https://crm.test/?a=1&amp;id=1">Ada &lt;Byron&gt;</a>'
        " · Engines &amp; Co · lead score 70<br>Pricing: +15<br>Form: +5</li></ul>"
        "<h2>On your site</h2><ul><li>No name · no lead score yet</li></ul>"
    )


def test_one_prospect_is_named_in_the_subject_by_what_happened() -> None:
    def subject(crossed: list[Prospect], seen: list[Seen]) -> str:
        said = alert_mail(crossed, seen, 60, url)
        assert said is not None
        return said.subject

    assert subject([ADA], [Seen(ADA, VISIT)]) == "Ada <Byron> has a lead score of 70"
    assert subject([], [Seen(ADA, VISIT)]) == "Ada <Byron> is on your site"
    assert subject([], [Seen(BEN, VISIT)]) == "A prospect is on your site"
    assert alert_mail([], [], 60, url) is None


def test_a_digest_tells_the_hottest_who_was_here_and_what_was_read() -> None:
    read = [Read("eve@x.test", "Hi\nthere", 1, 2), Read("kim@x.test", "News", 0, 1)]
    said = digest_mail([Moved(ADA, 9), Moved(BEN, 0)], [Seen(ADA, VISIT)], read, url)
    assert said is not None
    assert said.subject == "Your prospects today: 1 prospect was on your site"
    assert said.text == (
        "Your hottest prospects\n"
        "- Ada <Byron> · Engines & Co · lead score 70, +9 in 7 days\n"
        "  https://crm.test/?a=1&id=1\n"
        "- No name · lead score 0\n"
        "\n"
        "On your site since the last digest\n"
        "- Ada <Byron> · Engines & Co · lead score 70\n"
        "  Looked at: /0, Page 1, Page 2\n"
        "  https://crm.test/?a=1&id=1\n"
        "\n"
        "What became of your emails\n"
        "- Hi there · to eve@x.test: opened 1 time, clicked 2 times\n"
        "- News · to kim@x.test: clicked 1 time"
    )


def test_a_day_on_which_nothing_happened_has_no_digest() -> None:
    assert digest_mail([Moved(ADA, 0)], [], [], url) is None
    quiet = digest_mail([Moved(ADA, -2)], [], [], url)
    assert quiet is not None
    assert quiet.subject == "Your prospects today"
    assert "lead score 70, -2 in 7 days" in quiet.text
