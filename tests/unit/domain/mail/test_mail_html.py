"""Links of a mail, and what it says as text."""

import pytest

from funnel.domain.mail.mail_html import (
    ascii_address,
    dead_links,
    is_web_address,
    links_of,
    text_of,
    with_links,
    without_dead_links,
)

HTML = (
    '<p>Hi &amp; <b>welcome</b>,<br>see <a href="https://a.test/?a=1&amp;b=2" rel="x">here</a>.</p>'
    '<ul><li>one</li><li>two</li></ul><img src="http://a.test/p.png" alt="A ship">'
    '<p><a href="mailto:x@a.test">write</a> <a href="#top">up</a> <a href="tel:123">call</a></p>'
)


def test_links_to_pages_lead_elsewhere_and_all_else_stays() -> None:
    changed = with_links(HTML, lambda target: f"https://t.test/?u={target}")
    wanted = HTML.replace(
        'href="https://a.test/?a=1&amp;b=2"', 'href="https://t.test/?u=https://a.test/?a=1&amp;b=2"'
    )
    assert changed == wanted
    assert links_of(HTML) == ("https://a.test/?a=1&b=2",)


def test_a_mail_as_text_has_paragraphs_links_lists_and_pictures() -> None:
    assert text_of(HTML) == (
        "Hi & welcome,\nsee here (https://a.test/?a=1&b=2).\n\n- one\n- two\n\nA ship\n\n"
        "write up call"
    )


def test_a_link_whose_text_is_its_address_is_told_once() -> None:
    assert text_of('<a href="https://a.test/">https://a.test/</a>') == "https://a.test/"
    assert text_of('<a href="https://a.test/"><img src="x"></a>') == "https://a.test/"


def test_styles_and_scripts_are_no_text() -> None:
    assert text_of("<style>p {}</style><p>Hi</p><script>x()</script>") == "Hi"


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("https://a.test/x", True),
        ("http://a.test", True),
        ("HTTPS://A.test/", True),
        ("ftp://a.test", False),
        ("javascript:alert(1)", False),
        ("//a.test", False),
        ("/x", False),
        ("https://", False),
        ("https://user@a.test/", False),
        ("https://a.test/ x", False),
        ("https://a.test/\nx", False),
        ("https://[a", False),
        ("https://evil.test\\.a.test/x", False),
        ("https://a.test/" + "x" * 1000, False),
    ],
)
def test_only_http_leads_to_a_page(target: str, wanted: bool) -> None:
    assert is_web_address(target) is wanted


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("https://a.test/x%20y?a=1&b=%C3%A4#c", "https://a.test/x%20y?a=1&b=%C3%A4#c"),
        ("https://a.test/ä?q=日", "https://a.test/%C3%A4?q=%E6%97%A5"),
        ("https://bücher.test:8443/ü", "https://xn--bcher-kva.test:8443/%C3%BC"),
        ("http://例え.テスト", "http://xn--r8jz45g.xn--zckzah"),
        ("http://ä..test/", "http://%C3%A4..test/"),
    ],
)
def test_an_address_with_letters_beyond_ascii_is_written_as_headers_have_it(
    target: str, wanted: str
) -> None:
    assert is_web_address(target)
    assert ascii_address(target) == ascii_address(wanted) == wanted


def test_links_that_lead_a_reader_nowhere_are_named() -> None:
    good = '<a href="https://x.test/ä">1</a><a href="mailto:a@x.test">2</a><a href="#top">3</a>'
    bad = ("javascript:alert(1)", "https://javascript:alert(1)", "/prices", "http://[::1", "")
    assert dead_links(good + '<a href="{{website}}">4</a><a name="top">5</a>') == ()
    assert dead_links("".join(f'<a href="{one}">x</a>' for one in bad)) == bad


def test_what_leads_nowhere_is_no_link_any_more() -> None:
    html = '<a href="x" class="b">one</a> <a href="https://x.test/">two</a> <a href="#a">three</a>'
    assert without_dead_links(html) == (
        '<a class="b">one</a> <a href="https://x.test/">two</a> <a href="#a">three</a>'
    )
