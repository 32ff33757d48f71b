"""Merge fields: what is filled in is a value, and nothing more."""

import time
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.adapters.html.cleaner import Nh3Cleaner
from funnel.domain.errors import InputInvalid
from funnel.domain.mail.merge_fields import (
    MOST_FIELDS,
    checked_template,
    fields_in,
    fill_address,
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


READER = {
    "email": "a+b@x.test", "company": "A & B", "city": "Köln/Süd", "website": "www.acme.test/de?a=b c",
    "unsubscribe_link": "{{unsubscribe_link}}",
}  # fmt: skip


@pytest.mark.feature("D8")
@pytest.mark.parametrize(
    ("written", "leads"),
    [
        ("https://x.test/?who={{email}}&of={{company}}", "?who=a%2Bb%40x.test&of=A%20%26%20B"),
        ("https://x.test/in/{{city}}/?a=1#{{company}}", "in/K%C3%B6ln%2FS%C3%BCd/?a=1#A%20%26%20B"),
        ("https://x.test/{{title|your own}}?{{title}}", "your own?"),
        ("{{website}}", "www.acme.test/de?a=b c"),
        (" https://{{website}}", " https://www.acme.test/de?a=b c"),
        ("//{{website}}", "//www.acme.test/de?a=b c"),
        ("{{website}}&who={{email}}", "www.acme.test/de?a=b c&who=a%2Bb%40x.test"),
        ("https://{{website}}/{{company}}", "https://www.acme.test/de?a=b c/A%20%26%20B"),
        ("https://shop-{{city}}.test/", "https://shop-Köln%2FSüd.test/"),
        ("mailto:{{email}}?subject={{company}}", "mailto:a+b@x.test?subject=A%20%26%20B"),
        ("mailto:me@x.test?cc={{email}}", "mailto:me@x.test?cc=a%2Bb%40x.test"),
        ("{{unsubscribe_link}}?{{unsubscribe_link}}", "{{unsubscribe_link}}?{{unsubscribe_link}}"),
        (f"https://x.test/{'y' * 3000}{{{{email}}}}", f"{'y' * 3000}a%2Bb%40x.test"),
    ],
)
def test_a_value_in_a_link_is_encoded_for_where_it_stands(written: str, leads: str) -> None:
    filled = fill_address(written, READER)
    assert filled.removeprefix("https://x.test/") == leads
    html = fill_html(
        f'<p>{{{{company}}}}<a href="{written}">{{{{email}}}}</a> {{{{city}}}}', READER
    )
    assert unescape(html) == f'<p>A & B<a href="{filled}">a+b@x.test</a> Köln/Süd'


@pytest.mark.feature("D8")
def test_a_value_in_a_link_of_the_text_part_is_encoded_and_elsewhere_it_is_not() -> None:
    text = (
        "{{company}}: {{website}}\n(https://x.test/?who={{email}}&hi={{title|my friend}}), "
        "{{company}} <HTTP://x.test/{{company}}>{{company}} mailto:{{email}}?body={{city}} {{city}}"
    )
    assert fill_text(text, READER) == (
        "A & B: www.acme.test/de?a=b c\n(https://x.test/?who=a%2Bb%40x.test&hi=my friend), "
        "A & B <HTTP://x.test/A%20%26%20B>A & B mailto:a+b@x.test?body=K%C3%B6ln%2FS%C3%BCd Köln/Süd"
    )


def test_a_link_within_what_stands_in_for_a_value_is_as_it_was_written() -> None:
    template = '{{name|<a href="https://x.test/?a b">all</a>}} {{email}}'
    assert fill_html(template, {}) == '<a href="https://x.test/?a b">all</a> '
    assert fill_html(template, {"name": "A/B"}) == "A/B "


@pytest.mark.feature("D8")
@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=30))
def test_whatever_a_value_is_the_page_that_a_link_leads_to_reads_that_and_no_more(
    one: str, other: str
) -> None:
    values = {"email": one, "city": other}
    template = '<p><a href="https://x.test/in/{{city}}?who={{email}}&amp;b=2#{{city}}">x</a></p>'
    seen: list[str | None] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.extend(value for name, value in attrs if name == "href")

    Reader().feed(Nh3Cleaner().clean(fill_html(template, values)))
    (target,) = seen
    parts = urlsplit(str(target))
    read = parse_qs(parts.query, keep_blank_values=True)
    assert (parts.netloc, read) == ("x.test", {"who": [one.strip()], "b": ["2"]})
    assert unquote(parts.path) == f"/in/{other.strip()}"
    assert unquote(parts.fragment) == other.strip()


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


@pytest.mark.parametrize(
    "piece",
    ["{{", "{{a|", "}}", "{{a", "{{|", "{{a|b}", 'href="{{a}}', "href='", "http://{{",
     'href="', "href ", "http://{{first_name}}"],
)  # fmt: skip
def test_no_text_takes_longer_than_its_length(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    began = time.process_time()
    fill_html(text, VALUES)
    fill_text(text, VALUES)
    fields_in(text)
    assert time.process_time() - began < 5
