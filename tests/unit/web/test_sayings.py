"""What errors say is found again by its English, and said in the reader's language."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from funnel.domain import errors
from funnel.web import texts
from funnel.web.texts import texts_for
from funnel.web.texts.de.messages import MESSAGES, PARTS
from funnel.web.texts.sayings import Sayings
from tests.browser.forms import QUOTE
from tests.browser.world import FULL, World
from tests.unit.web.asking import Client

ROOT = Path(texts.__file__).parents[2]
KINDS = {name for name, one in vars(errors).items() if inspect.isclass(one)}
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
VALUE = re.compile(r"\{\d\}")
GERMAN = texts_for("de")


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
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in KINDS:
                said = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "mend")]
                for one in said:
                    for text in filter(None, wordings(one)):
                        yield str(path.relative_to(ROOT)), text


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


def test_pages_say_errors_in_german_and_the_api_in_english(world: World) -> None:
    client = Client(world, world.token(FULL))
    page = client.get("/app/people/nobody", accept_language="de")
    assert "Diese Person gibt es nicht." in page.text
    told = client.get("/api/app/people/nobody", accept_language="de").json
    assert told["error"]["text"] == "There is no such person."


def test_a_visitors_form_says_in_german_what_is_wrong(world: World) -> None:
    body = b"email=nothing"
    kind = "application/x-www-form-urlencoded"
    page = Client(world).ask(
        "POST", f"/f/{QUOTE}", body, content_type=kind, accept_language="de-DE"
    )
    assert page.status == 400
    assert "Sie sind unten markiert" in page.text or "Sie ist unten markiert" in page.text
    assert "Geben Sie eine E-Mail-Adresse ein" in page.text
