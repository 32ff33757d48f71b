"""Merge fields: what is filled in is a value, and nothing more."""

import time

import pytest

from funnel.domain.errors import InputInvalid
from funnel.domain.merge_fields import (
    MOST_FIELDS,
    checked_template,
    fields_in,
    fill_html,
    fill_line,
    fill_text,
)

KNOWN = {"first_name", "company"}
VALUES = {"first_name": "Ann", "company": ""}


def test_a_value_or_what_stands_in_for_it_is_filled_in() -> None:
    template = "Hi {{first_name|there}} of {{ company | your company }}, {{last_name}}!"
    assert fill_text(template, VALUES) == "Hi Ann of your company, !"
    assert fields_in(template) == ("first_name", "company", "last_name")


def test_a_value_in_html_is_text_and_what_stands_in_was_written_with_the_template() -> None:
    evil = {"first_name": '<img src=x onerror="alert(1)">'}
    filled = fill_html("<p>{{first_name}}</p>{{company|<b>you</b>}}", evil)
    assert filled == ("<p>&lt;img src=x onerror=&quot;alert(1)&quot;&gt;</p><b>you</b>")


@pytest.mark.parametrize("evil", ["a\nBcc: x@y.test", "a\r\n\r\nbody", "a\x00b", "a\u2028b"])
def test_a_value_in_a_subject_begins_no_line(evil: str) -> None:
    filled = fill_line("Hi {{first_name}}", {"first_name": evil})
    assert not set("\r\n\x00\u2028") & set(filled)


def test_what_is_filled_in_is_not_read_again() -> None:
    assert fill_text("{{first_name}}", {"first_name": "{{company|x}}"}) == "{{company|x}}"


@pytest.mark.parametrize(
    "template",
    ["{{last_name}}", "{{}}", "{{First}}", "{{first_name", "first_name}}", "{{first_name.x()}}",
     "{{{{first_name}}}}", "{{first_name}}" * (MOST_FIELDS + 1), "x" * 200_001,
     "{{ 7*7 }}", "{% raw %}{{first_name}}{{"],
)  # fmt: skip
def test_a_template_that_is_wrong_is_refused_when_it_is_saved(template: str) -> None:
    with pytest.raises(InputInvalid) as refused:
        checked_template(template, KNOWN, "subject")
    assert refused.value.field == "subject"


def test_the_error_names_the_field_and_those_there_are() -> None:
    with pytest.raises(InputInvalid, match="surname") as refused:
        checked_template("{{surname|x}}", KNOWN, "html")
    assert "company, first_name" in refused.value.mend


def test_a_good_template_comes_back_as_it_is() -> None:
    assert checked_template("Hi {{first_name|there}}", KNOWN, "html") == "Hi {{first_name|there}}"


@pytest.mark.parametrize("piece", ["{{", "{{a|", "}}", "{{a", "{{|", "{{a|b}"])
def test_no_text_takes_longer_than_its_length(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    began = time.process_time()
    fill_html(text, VALUES)
    fields_in(text)
    assert time.process_time() - began < 5
