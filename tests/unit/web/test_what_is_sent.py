"""What machines and forms send is read, or refused by the name of what is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from funnel.domain.errors import InputInvalid
from funnel.domain.problems import MOST_TOLD, all_wrong
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


@dataclass(frozen=True)
class Whole:
    """A body with others in it."""

    number: int
    items: tuple[Named, ...] = ()
    by_name: Mapping[str, object] = field(default_factory=dict)


def test_all_that_is_wrong_with_what_was_sent_is_told_by_its_path() -> None:
    sent = {
        "items": [{"name": 1}, {"name": "x"}, {"size": 1, "names": ["y"]}, 7],
        "by_name": {"a": ["b", {"c": "\x00"}]},
        "none": None,
    }
    with pytest.raises(InputInvalid) as raised:
        read(Whole, sent)
    assert {one.field: one.text for one in all_wrong(raised.value)} == {
        "none": "There is no “none” to set here.",
        "number": "“number” is missing.",
        "items.0.name": "Text is expected here.",
        "items.2.names": "There is no “names” to set here.",
        "items.2.size": "There is no “size” to set here.",
        "items.3": "An object is expected here.",
        "by_name.a.1.c": "Text without control characters is expected here.",
    }


class Counted(list[object]):
    """A list that knows how far it was read."""

    read_so_far = 0

    def __iter__(self) -> Iterator[object]:
        for one in super().__iter__():
            self.read_so_far += 1
            yield one


@pytest.mark.parametrize(
    "sent", [{"items": Counted([1] * 1_000)}, {"by_name": {"a": Counted(["\0"] * 1_000)}}]
)
def test_what_is_wrong_in_a_thousand_places_is_not_looked_at_beyond_what_is_told(
    sent: dict[str, Any],
) -> None:
    with pytest.raises(InputInvalid) as raised:
        read(Whole, {"number": 1, **sent})
    assert len(all_wrong(raised.value)) == MOST_TOLD
    items = sent["items"] if "items" in sent else sent["by_name"]["a"]
    assert items.read_so_far <= MOST_TOLD + 1


def test_long_names_make_no_answer_beyond_any_size() -> None:
    sent = {"number": 1, "by_name": {}} | {f"{n}{'x' * 50_000}": 1 for n in range(200)}
    with pytest.raises(InputInvalid) as raised:
        read(Whole, sent)
    told = all_wrong(raised.value)
    assert len(told) == MOST_TOLD
    assert max(len(one.text) + len(one.field) for one in told) < 200


def test_what_is_without_end_is_no_failure_of_ours() -> None:
    deep: dict[str, object] = {}
    for _ in range(900):
        deep = {"a": [deep]}
    with pytest.raises(InputInvalid, match="too deep"):
        read(Whole, {"number": 1, "by_name": deep})


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
