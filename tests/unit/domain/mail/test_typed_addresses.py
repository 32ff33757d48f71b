"""An address that somebody typed is a link in the mail."""

import pytest

from funnel.adapters.html import Nh3Cleaner
from funnel.domain.mail.mail_html import links_of, text_of
from funnel.domain.mail.typed_addresses import with_typed_links


@pytest.mark.parametrize(
    ("html", "links"),
    [
        ("<p>See https://a.test/prices.</p>", ["https://a.test/prices"]),
        ("<p>See (http://a.test/x), or https://b.test!</p>", ["http://a.test/x", "https://b.test"]),
        ("https://a.test/Ship_(whale) is big", ["https://a.test/Ship_(whale)"]),
        ("<p>https://a.test/?a=1&amp;b=2#c</p>", ["https://a.test/?a=1&b=2#c"]),
        ("<p>„https://a.test/preise“&nbsp;ist neu</p>", ["https://a.test/preise"]),
        ("<p>&lt;https://a.test/&gt;</p>", ["https://a.test/"]),
        ("<p><b>https://a.test/</b><br>https://b.test/</p>", ["https://a.test/", "https://b.test/"]),
        ('<p><a href="https://a.test/">https://b.test/ <b>https://c.test</b></a> https://d.test</p>',
         ["https://a.test/", "https://d.test"]),
        ('<p>HTTPS://A.test/X</p>', ["HTTPS://A.test/X"]),
        ("<p>javascript:alert(1) ftp://a.test xhttps://a.test https:// https://...</p>", []),
        ("<p>https://bank.test@evil.test https://a.test\\@evil.test</p>", []),
        ('<p title="https://a.test/">x</p><img src="https://a.test/x.png" alt="https://a.test">', []),
    ],
)  # fmt: skip
def test_addresses_of_pages_become_links_and_nothing_else_does(html: str, links: list[str]) -> None:
    clean = Nh3Cleaner().clean
    linked = with_typed_links(clean(html))
    assert list(links_of(linked)) == links
    assert text_of(clean(linked)) == text_of(clean(html))


def test_what_is_around_an_address_is_said_as_it_was() -> None:
    html = "<p>1 &lt; 2 &amp; https://a.test/?q=&quot;x, &lt;b&gt; &copy;</p>"
    linked = with_typed_links(html)
    assert linked == (
        '<p>1 &lt; 2 &amp; <a href="https://a.test/?q=">https://a.test/?q=</a>"x, &lt;b&gt; ©</p>'
    )
    assert with_typed_links("<p>1 &lt; 2 &copy; &#8217;</p>") == "<p>1 &lt; 2 &copy; &#8217;</p>"


def test_an_address_twice_linked_is_linked_once() -> None:
    once = with_typed_links("<p>https://a.test/</p>")
    assert with_typed_links(once) == once
