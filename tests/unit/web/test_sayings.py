"""What errors say is found again by its English, and said in the reader's language."""

import ast
import html
import inspect
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from funnel.domain import errors
from funnel.domain.forms.forms import FormId
from funnel.web import texts
from funnel.web.texts import texts_for
from funnel.web.texts.de.messages import MESSAGES, PARTS
from funnel.web.texts.sayings import Sayings
from tests.browser.forms import QUOTE
from tests.browser.pages import PAGES
from tests.browser.world import FULL, World
from tests.unit.web.asking import Client

ROOT = Path(texts.__file__).parents[2]
KINDS = {name for name, one in vars(errors).items() if inspect.isclass(one)}
NAMED = re.compile(rf"\b({'|'.join(KINDS)})\(")
FOR_MACHINES = (
    "adapters/dynamodb",
    "adapters/sqs/dead_letters.py",
    "web/jsonable.py",
    "web/bodies.py",
    "usecases/operating/",
    "usecases/signing_in/operate.py",
)
"""Where what is raised is read by programs and operators only."""
BY_PARTS = {
    "“{0} {1}” {2}.",
    "Enter {0}.",
    "The body is not JSON.",
    "A webhook holds at most {0} KB.",
}
"""Made of English words of ours, or said to programs."""
VALUE = re.compile(r"\{(\d)(?:~[a-z._]*)?\}")
GERMAN = texts_for("de")
SILENT = re.compile(r"<(script|style|code|pre|textarea)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")


@cache
def sayers() -> list[tuple[str, list[ast.expr]]]:
    """What makes an error anywhere in the product: its file, its text and how to mend it."""
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        text = path.read_text()
        # Few files make an error, and to parse them all takes seconds.
        for node in ast.walk(ast.parse(text)) if NAMED.search(text) else ():
            if isinstance(node, ast.Call) and _named(node) in KINDS:
                mends = [one.value for one in node.keywords if one.arg == "mend"]
                found.append((str(path.relative_to(ROOT)), [*node.args[:1], *mends]))
    return found


def wordings(node: ast.AST) -> list[str]:
    """What a text can be: values as {0}, {1}."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.IfExp):
        return wordings(node.body) + wordings(node.orelse)
    if not isinstance(node, ast.JoinedStr):
        return []
    numbers = iter(range(10))
    return [
        "".join(
            str(one.value) if isinstance(one, ast.Constant) else f"{{{next(numbers)}}}"
            for one in node.values
        )
    ]


def raised() -> Iterator[tuple[str, str]]:
    """Each text of an error and each way to mend it, with the file it stands in."""
    for path, said in sayers():
        for one in said:
            for text in filter(None, wordings(one)):
                yield path, text


def test_every_error_that_people_read_is_said_in_german() -> None:
    found = list(raised())
    assert len(found) > 700
    missing = {
        text
        for path, text in found
        if not path.startswith(FOR_MACHINES)
        and text not in MESSAGES
        and text.strip() not in MESSAGES
    }
    assert missing - BY_PARTS == set()


def test_no_message_stands_in_two_parts() -> None:
    assert len(PARTS) > 20
    assert sum(len(part.MESSAGES) for part in PARTS) == len(MESSAGES)


def test_what_is_translated_names_the_same_values() -> None:
    for english, german in MESSAGES.items():
        assert sorted(VALUE.findall(english)) == sorted(VALUE.findall(german)), english


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("Try again.", "Versuchen Sie es erneut."),
        ("At most 20 lists.", "Höchstens 20 Listen."),
        (
            "“crm.example.com” answered with HTTP 418 instead of data.",
            "„crm.example.com“ hat mit HTTP 418 statt mit Daten geantwortet.",
        ),
        ("{{name}} would be read as it stands.", "{{name}} würde so gelesen, wie es dasteht."),
        ("Nobody has said this before!", "Nobody has said this before!"),
        (
            "Sugar tells no fields of Opportunities.",
            "Sugar nennt keine Felder von Verkaufschancen.",
        ),
        (
            "Accounts, Users is switched off for this connection.",
            "Für diese Verbindung ausgeschaltet: Firmen, Benutzer.",
        ),
        (
            "Somebody changed this form while you were at it.",
            "Jemand hat dieses Formular geändert, während Sie daran arbeiteten.",
        ),
        (
            "Ida changed this form while you were at it.",
            "Ida hat dieses Formular geändert, während Sie daran arbeiteten.",
        ),
        (
            "This broadcast is sent: it cannot be paused.",
            "Dieses Mailing hat den Status „Gesendet“; das ist nicht mehr möglich: anhalten.",
        ),
        (
            "This field holds date and time and cannot be asked for as phone.",
            "Ein Feld dieser Art (Datum und Uhrzeit) lässt sich nicht so abfragen: Telefonnummer.",
        ),
        (
            "“Sugar Opportunity amount” cannot be asked whether it begins with.",
            "„Verkaufschance in Sugar: Betrag“ lässt sich nicht so prüfen: beginnt mit.",
        ),
        (
            "This field is used by the segment “A”, the form “B” and 3 more.",
            "Dieses Feld wird noch verwendet: Segment „A“, Formular „B“ und 3 weitere.",
        ),
        ("Try again in 12 minutes.", "Versuchen Sie es erneut in 12 Minuten."),
        ("Try again in a minute.", "Versuchen Sie es in einer Minute erneut."),
        (
            "More than 12,000 lead scores wait to be written to Sugar, which takes about 10 minutes.",
            "Mehr als 12.000 Lead-Scores warten darauf, nach Sugar geschrieben zu werden; das dauert etwa 10 Minuten.",
        ),
        (
            "Asked for a mail to Ann. Not to Ben: In Sugar, this user has no email address.",
            "Eine E-Mail an Ann wurde angefordert. Nicht an Ben: In Sugar hat dieser Benutzer keine E-Mail-Adresse.",
        ),
        ("birthdate: Enter a date.", "birthdate: Geben Sie ein Datum ein."),
        (
            "Try again. Nobody has said this before!",
            "Versuchen Sie es erneut. Nobody has said this before!",
        ),
        (
            "The user's role does not allow: List, Export.",
            "Die Rolle des Benutzers erlaubt nicht: „Auflisten“, „Exportieren“.",
        ),
        ("both changed: Sugar wins", "beide geändert: Sugar gewinnt"),
        ("", ""),
    ],
)
def test_a_message_is_found_by_its_words_with_whatever_it_names(english: str, german: str) -> None:
    assert GERMAN.said(english) == german
    assert texts_for("en").said(english) == english


def test_of_two_that_fit_the_one_with_more_words_is_meant() -> None:
    sayings = Sayings({"At most {0}.": "kurz {0}", "At most {0} lists.": "Listen {0}"})
    assert sayings.said("At most 3 lists.") == "Listen 3"
    assert sayings.said("At most 3 of (a+b).") == "kurz 3 of (a+b)"


def test_numbers_of_ours_are_grouped_as_the_language_does_and_quoted_ones_stay() -> None:
    sayings = Sayings({"“{0}” is above {1}.": "„{0}“ ist über {1}."})
    assert sayings.said("“1,250” is above 20,000.", "{:_}".format) == "„1,250“ ist über 20_000."


def test_pages_say_errors_in_german_and_the_api_in_english(world: World) -> None:
    client = Client(world, world.token(FULL))
    page = client.get("/app/people/nobody", accept_language="de")
    assert "Diese Person gibt es nicht." in page.text
    told = client.get("/api/app/people/nobody", accept_language="de").json
    assert told["error"]["text"] == "There is no such person."


def test_a_visitors_form_says_in_german_what_is_wrong(world: World) -> None:
    form = world.store.form(FormId(QUOTE))
    assert form is not None
    world.store.save_form(replace(form, language="de"))
    body = b"email=nothing"
    kind = "application/x-www-form-urlencoded"
    page = Client(world).ask(
        "POST", f"/f/{QUOTE}", body, content_type=kind, accept_language="en-GB"
    )
    assert page.status == 400
    assert "Sie sind unten markiert" in page.text or "Sie ist unten markiert" in page.text
    assert "Geben Sie eine E-Mail-Adresse ein" in page.text


OURS = re.compile(
    r"'[A-Za-z]|\.value$|\b(module|operator|kind|state|done|label|wait|what|used|off|called)\b"
)
"""Expressions whose values are words of ours, in English."""
AS_IT_IS = {
    "Enter {0}.": "each is translated as a whole",
    "“{0} {1}” {2}.": "each is translated as a whole",
    "The {0} contains a backslash or a control character.": "the name of a field in Sugar",
    "The event is one of {0}.": "names of the API",
    "The kind is one of {0}.": "names of the API",
    "Use one of: {0}.": "names of merge fields or languages",
    "Choose of: {0}.": "what Sugar calls its choices",
    "Choose among {0}.": "names of the API",
    "Use only: {0}.": "names of the API",
    "Use some of {0}.": "names of the API",
    "One of {0}.": "names of the API",
}


def with_words() -> Iterator[tuple[str, int, str]]:
    """Each text of an error that names a word of ours, which place that has, and the expression."""
    for path, said in sayers():
        if path.startswith(FOR_MACHINES):
            continue
        for one in said:
            if isinstance(one, ast.JoinedStr):
                places = [v.value for v in one.values if isinstance(v, ast.FormattedValue)]
                for at, value in enumerate(places):
                    if OURS.search(ast.unparse(value)):
                        yield wordings(one)[0], at, ast.unparse(value)


def _named(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def test_words_of_ours_that_an_error_names_are_said_in_german_too() -> None:
    found = [one for one in with_words() if one[0] not in AS_IT_IS]
    assert len(found) > 25
    raw = {
        (text, value) for text, at, value in found if f"{{{at}}}" in MESSAGES.get(text, f"{{{at}}}")
    }
    assert raw == set()


def test_no_page_says_an_error_in_english(world: World) -> None:
    parts = {part.strip(" .“”:,") for one in MESSAGES for part in re.split(r"\{\d\}", one)}
    english = {part for part in parts if len(part) >= 18 and " " in part}
    lines: dict[str, str] = {}
    for page in PAGES:
        client = Client(world, world.token(page.tenant) if page.tenant else "")
        shown = SILENT.sub("\n", client.get(page.path, accept_language="de").text)
        for line in TAG.sub("\n", shown).split("\n"):
            lines.setdefault(html.unescape(line), page.path)
    whole = "\n".join(lines)
    leaked = {one for one in english if one in whole}
    assert {(lines[line], one) for line in lines for one in leaked if one in line} == set()
