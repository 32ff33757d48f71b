"""The mailbox of the embedded stack."""

import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from local.mailbox import Mailbox, server

MESSAGES: list[dict[str, Any]] = [
    {"Subject": "<b>First</b>", "Source": "a@x.test", "To": ["b@y.test"], "Timestamp": 1.0,
     "BodyText": "<i>text</i>", "BodyHtml": '<p>One <a href="https://a.test">x</a></p>'},
    {"Subject": "", "Source": "a@x.test", "To": ["b@y.test"], "Timestamp": 2.0,
     "BodyText": "<script>alert(1)</script>", "BodyHtml": None},
]  # fmt: skip


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    monkeypatch.setattr(server, "messages", lambda _url: MESSAGES)
    made = Mailbox(0, "http://127.0.0.1:1")
    made.start()
    yield made
    made.stop()


def fetched(mailbox: Mailbox, path: str) -> tuple[str, str]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(mailbox.url + path, timeout=10) as reply:
        return reply.read().decode(), reply.headers["Content-Security-Policy"]


def test_mails_are_listed_newest_first_and_escaped(mailbox: Mailbox) -> None:
    page, policy = fetched(mailbox, "/")
    assert page.index("(no subject)") < page.index("&lt;b&gt;First&lt;/b&gt;")
    assert "script-src" not in policy
    assert "default-src 'none'" in policy


def test_a_mail_is_in_a_frame_that_runs_nothing_with_links_that_open_elsewhere(
    mailbox: Mailbox,
) -> None:
    page, _ = fetched(mailbox, "/mail/0")
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    assert "allow-scripts" not in page
    html, _ = fetched(mailbox, "/mail/0/html")
    assert html.startswith('<base target="_blank"><p>One')
    text, _ = fetched(mailbox, "/mail/1/html")
    assert "<script>" not in text


@pytest.mark.parametrize("path", ["/mail/2", "/mail/x", "/other", "/mail/0/raw"])
def test_what_is_not_there_is_not_found(mailbox: Mailbox, path: str) -> None:
    assert mailbox.page(path) == ""


def test_an_empty_mailbox_says_so(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "messages", lambda _url: [])
    assert "Nothing was sent yet" in mailbox.page("/")
