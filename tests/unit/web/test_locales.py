"""Days, times, numbers and money as regions write them, and where pages take region and zone from."""

import re
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from funnel.domain.mapping.fields import FieldType
from funnel.web import locales
from funnel.web.locales import Locale, zone_ahead, zone_named
from funnel.web.texts import texts_for
from funnel.web.words import Words
from tests.browser.world import FULL, World
from tests.unit.web.asking import Client

WEB = Path(locales.__file__).parent
AT = datetime(2026, 11, 24, 22, 5, tzinfo=UTC)
BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("tag", "day", "clock", "number", "money"),
    [
        ("en", "2026-11-04", "14:05", "1,234.50", "€1,234.50"),
        ("en-US", "Nov 4, 2026", "2:05 PM", "1,234.50", "€1,234.50"),
        ("en-GB", "4 Nov 2026", "14:05", "1,234.50", "€1,234.50"),
        ("en-FR", "2026-11-04", "14:05", "1,234.50", "€1,234.50"),
        ("de", "04.11.2026", "14:05", "1.234,50", "1.234,50\u00a0€"),
        ("de-AT", "04.11.2026", "14:05", "1\u00a0234,50", "€\u00a01\u00a0234,50"),
        ("de-CH", "04.11.2026", "14:05", "1\u2019234.50", "€\u00a01\u2019234.50"),
    ],
)
def test_a_region_writes_in_its_own_way(
    tag: str, day: str, clock: str, number: str, money: str
) -> None:
    locale = Locale(tag)
    assert locale.day(date(2026, 11, 4)) == day
    assert locale.clock(time(14, 5)) == clock
    assert locale.number(1234.5, 2) == number
    assert locale.money("1234.50", "EUR") == money


def test_midnight_and_noon_are_twelve_where_there_are_twelve_hours() -> None:
    assert Locale("en-US").clock(time(0, 30)) == "12:30 AM"
    assert Locale("en-US").clock(time(12, 0)) == "12:00 PM"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("12500", "12.500"), ("12500.5", "12.500,50"), ("0.125", "0,125"), ("-3.000000", "-3,00")],
)
def test_a_decimal_keeps_its_digits(text: str, shown: str) -> None:
    assert Locale("de").decimal(text) == shown


@pytest.mark.parametrize(
    "text", ["", "about ten", "NaN", "sNaN", "1e999999999", "Infinity", "1,000"]
)
def test_what_is_no_decimal_stays_as_it_is(text: str) -> None:
    assert Locale("de").decimal(text) == text


def test_a_currency_without_a_sign_of_its_own_is_named() -> None:
    assert Locale("en").money("5", "SEK") == "SEK\u00a05"
    assert Locale("de").money("5", "SEK") == "5\u00a0SEK"
    assert Locale("de").money("5", "") == "5"


@pytest.mark.parametrize(
    ("tag", "amount", "currency", "shown"),
    [
        ("en-US", "-500.5", "USD", "-$500.50"),
        ("de-DE", "-500.5", "EUR", "-500,50\u00a0€"),
        ("de-AT", "-500", "EUR", "-€\u00a0500"),
        ("en-US", "-500", "kr", "-kr\u00a0500"),
        ("en-US", "5000.000000", "JPY", "¥5,000"),
        ("de-DE", "5000.50", "KRW", "5.000,50\u00a0KRW"),
        ("de-DE", "about ten", "EUR", "about ten"),
        ("en-US", "", "EUR", ""),
    ],
)
def test_money_is_written_as_the_region_and_the_currency_want_it(
    tag: str, amount: str, currency: str, shown: str
) -> None:
    assert Locale(tag).money(amount, currency) == shown


def words(header: str, zone: str = "", ahead: str = "") -> Words:
    return Words(texts_for(header, "", zone, ahead), AT)


def test_times_are_told_by_the_readers_clock_and_say_utc_where_none_is_known() -> None:
    assert words("de").moment(AT) == "24.11.2026, 22:05 UTC"
    assert words("de-DE", BERLIN).moment(AT) == "24.11.2026, 23:05"
    assert words("en-US", "America/New_York").moment(AT) == "Nov 24, 2026, 5:05 PM"
    assert words("en", "", "-330").clock(AT) == "16:35"
    assert words("de", "Asia/Tokyo").date(AT) == "25.11.2026"


def test_a_day_of_the_calendar_is_in_no_zone() -> None:
    far = words("de", "America/New_York")
    assert far.of_type("2026-11-24", FieldType.DATE) == "24.11.2026"
    assert far.dated("2026-11-24") == "24.11.2026"
    assert far.dated("2026-11-24T02:00:00+00:00") == "23.11.2026, 21:00"
    assert far.dated("2026-13-99") == "2026-13-99"


@pytest.mark.parametrize(
    "name", ["", "UTC", "Nowhere/Else", "../../etc/passwd", "Europe", "x" * 99]
)
def test_a_zone_that_is_none_is_utc(name: str) -> None:
    assert zone_named(name) is None


@pytest.mark.parametrize("text", ["", "soon", "0", "99999", "--5"])
def test_minutes_that_are_none_are_utc(text: str) -> None:
    assert zone_ahead(text) is None


def test_shares_are_whole_percents_and_small_ones_have_a_digit() -> None:
    assert words("de").percent_of(1, 3) == "33 %"
    assert words("de").percent_of(1, 80) == "1,2 %"
    assert words("de").percent_of(0, 80) == "0 %"
    assert words("de").percent_of(1, 0) == "0 %"


def test_how_long_ago_is_right_in_german() -> None:
    assert words("de").age(3 * 86_400) == "vor 3 Tagen"
    assert words("de").duration(3 * 86_400) == "3 Tage"
    assert words("de").age(60) == "vor 60 Sekunden"


RAW = re.compile(
    r"strftime|\|\s*format\b|\|\s*round\b|%Y|%H:%M|:,|\.isoformat\(\)(?!\s*\}\}\")|\.toLocale"
)
FIELDS = ("input", "hidden", "parts.text", 'type="time"', "pace")
"""What a form is filled with is written as forms want it, in every language."""


def test_templates_leave_days_times_and_numbers_to_one_place() -> None:
    lines = [(path, line) for path in WEB.rglob("*.html") for line in path.read_text().splitlines()]
    assert len(lines) > 1_000
    raw = [f"{path.name}: {line}" for path, line in lines if RAW.search(line)]
    assert [line for line in raw if not any(mark in line for mark in FIELDS)] == []


@pytest.mark.parametrize("lang", ["de", "de_DE", "de_de", "DE"])
def test_sugar_says_what_its_user_reads_in(world: World, lang: str) -> None:
    page = Client(world).get(f"/sign-in?lang={lang}", accept_language="en-US")
    assert '<html lang="de">' in page.text


def test_a_page_speaks_the_browsers_language(world: World) -> None:
    page = Client(world).get("/sign-in", accept_language="de-DE,de;q=0.9,en;q=0.5")
    assert '<html lang="de">' in page.text
    assert "Anmelden" in page.text


def test_a_language_is_chosen_at_the_foot_of_a_page_and_remembered(world: World) -> None:
    client = Client(world, world.token(FULL))
    chosen = client.send("/sign-in/language", language="de", back="/app/people?q=berg")
    assert (chosen.status, chosen.headers["Location"]) == (303, "/app/people?q=berg")
    (cookie,) = chosen.cookies
    assert cookie.startswith("funnel_language=de;")
    page = client.doors.answer(_asked("/app/people", world.token(FULL), "funnel_language=de"))
    assert '<html lang="de">' in page["body"]


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/api/app/people"]
)
def test_choosing_a_language_leads_nowhere_else(world: World, back: str) -> None:
    chosen = Client(world).send("/sign-in/language", language="de", back=back)
    assert chosen.headers["Location"] == "/"


def test_a_language_there_is_none_of_is_not_remembered(world: World) -> None:
    assert Client(world).send("/sign-in/language", language="xx", back="/app").cookies == []


def test_the_zone_of_the_browser_is_that_of_the_pages(world: World) -> None:
    asked = _asked("/app/people/anneliese", world.token(FULL), "funnel_zone=Europe%2FBerlin")
    assert " UTC</time>" not in Client(world).doors.answer(asked)["body"]


def _asked(path: str, token: str, cookie: str) -> dict[str, object]:
    from tests.browser.site import event_of

    return event_of(
        "GET", path, {"host": "funnel.example", "cookie": f"funnel_session={token}; {cookie}"}
    )
