"""What machines and forms send is read, or refused by the name of what is wrong."""

from dataclasses import dataclass

import pytest

from funnel.domain.errors import InputInvalid
from funnel.web.asked import Asked
from funnel.web.jsonable import read
from funnel.web.marketing.importing import FileToImport
from funnel.web.marketing.pushing import due_of
from tests.fakes.world import World


@dataclass(frozen=True)
class Named:
    """A body of a request."""

    name: str = ""


@pytest.mark.parametrize("text", ["Ada", "two\nlines\tand a tab", "Zoë 🙂"])
def test_text_is_taken_as_it_is(text: str) -> None:
    assert read(Named, {"name": text}) == Named(text)


@pytest.mark.parametrize("text", ["half \ud800", "nothing \x00", "bell \x07"])
def test_what_is_no_text_is_refused_by_its_field(text: str) -> None:
    with pytest.raises(InputInvalid, match="control characters") as raised:
        read(Named, {"name": text})
    assert raised.value.field == "name"


def test_the_content_of_a_file_is_taken_with_whatever_it_holds() -> None:
    text = "email,name\nada@x.test,Ada\x07 \ud800"
    assert read(FileToImport, {"title": "a.csv", "text": text}).text == text
    with pytest.raises(InputInvalid):
        read(FileToImport, {"title": "a.csv", "text": 5})


def test_a_field_there_is_not_is_named_whatever_it_is_called() -> None:
    with pytest.raises(InputInvalid) as raised:
        read(Named, {"half \ud800": "x"})
    assert raised.value.text.encode()


def test_a_form_with_control_characters_is_refused_by_its_field() -> None:
    event = {
        "requestContext": {"http": {"method": "POST"}},
        "headers": {"content-type": "application/x-www-form-urlencoded"},
        "body": "first_name=Ada&last_name=%00",
    }
    with pytest.raises(InputInvalid, match="control characters") as raised:
        Asked.of(World().app, event).form()
    assert raised.value.field == "last_name"


def test_a_body_of_lists_within_lists_is_refused() -> None:
    asked = Asked.of(World().app, {"rawPath": "/", "headers": {}, "body": "[" * 100_000})
    with pytest.raises(InputInvalid, match="not JSON"):
        asked.json(Named)


@pytest.mark.parametrize(
    "text",
    ["soon", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "0001-01-01", "0999-12-31"],
)
def test_a_moment_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputInvalid, match="date and time"):
        due_of(text)
