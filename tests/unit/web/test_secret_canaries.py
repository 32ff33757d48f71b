"""Each secret of the main flows, looked for wherever the product writes something down.

Canaries are what people enter as passwords, and every token the product makes. A new flow that makes a
token is in it by itself; where its token may be seen has to be said in `MAY_BE_IN`.
"""

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from funnel.domain.connecting.signing import DASHLET, WEBHOOK, derived_key, module_key, signature_of
from funnel.domain.tracking.hit_reading import LINK_TOKEN
from funnel.web.hooking import answer_hook
from funnel.web.sessions import form_token
from tests.browser.site import event_of
from tests.fakes.dashlets import dashlet_token, vision_address
from tests.fakes.sugar import SITE
from tests.unit.usecases.sync.hooks import named
from tests.unit.web.asking import HOST
from tests.unit.web.canaries import (
    FORM,
    NEWER,
    PASSWORD,
    REPS,
    WRONG,
    NotedIds,
    Watched,
    begin,
    places,
    spellings,
    watching,
)
from tests.unit.web.sent_forms import sent_form

MAY_BE_IN: dict[str, set[str]] = {
    "password of the connection": set(),
    "newer password of the connection": set(),
    "password of a person": set(),
    "wrong password of a person": set(),
    "session of Sugar": set(),
    "create_link": {"operator", "page GET /sign-in/link"},
    "begin_session": {"cookie"},
    "request_sign_in": {"cookie"},
    "new_signing_key": set(),
    "key an admin enters": {"page POST /setup/connection/hooks/key"},
    "key of webhooks": set(),
    "key of dashlets": set(),
    "make_key": {"page POST /api/setup/keys"},
    "signature of a webhook": set(),
    "signature of a frame's token": set(),
    "keep_link_key": set(),
    # In the queue until the hit is worked off: who takes it in cannot read the key.
    "signature of a link to a person": {"page POST /api/app/people//links", "queue"},
    "submission_of": {
        "_sent_forms",
        "_contents",
        "_tracked",
        "mail that was sent",
        "page GET /f//confirm/",
    },
    "token of a form": {"page GET /*", "page POST /setup/*"},
    "mail": {
        "all_mails",
        "_tracked",
        "_sights",
        "mail that was sent",
        "page GET /m/u/",
        "page POST /m/u/",
    },
}
"""A secret, by what it is or by what made it, to where it is to be seen; what is not named here it
must not be in. A mail's token is the address of its public side, and no way to anything else; that of a
confirmation is in its email, so also in what the mail says and where its links lead."""


@pytest.fixture
def watched() -> Iterator[Watched]:
    with watching() as one:
        yield one


# ------------------------------------------------------------------------------------ the flows


def connect(watched: Watched) -> None:
    """A slip, a wrong password, the right one, and a newer one."""
    for url, password in (
        (f"https://api:{PASSWORD}@crm.example.test", PASSWORD),
        (SITE, WRONG),
        (SITE, PASSWORD),
    ):
        body = {"url": url, "user_name": "api", "password": password}
        begun = watched.call("POST", "/api/setup/connection", body)
        watched.send("/setup/connect", **body)
        watched.work()
        if begun.status < 300:
            job = begun.json["job_id"]
            watched.call("GET", f"/api/setup/jobs/{job}")
            watched.ask("GET", f"/setup/jobs/{job}")
            saved = watched.call("POST", "/api/setup/connection/save", {"job_id": job})
    assert saved.status == 201, saved.text
    watched.call("POST", "/api/setup/connection", {"url": [PASSWORD], "password": {"a": PASSWORD}})
    watched.ask("POST", "/api/setup/connection", f'{{"password": "{PASSWORD}'.encode(),
                content_type="application/json", origin=f"https://{HOST}")  # fmt: skip
    watched.work()
    watched.world.sugar.password = NEWER
    watched.world.forget_session()
    watched.call("POST", "/api/setup/connection/password", {"password": NEWER})
    watched.work()
    for path in ("/setup/connection", "/setup/sync", "/api/setup/connection", "/api/setup/runs"):
        assert watched.ask("GET", path).status == 200


def sign_in(watched: Watched) -> None:
    """With Sugar, wrongly and rightly, on the page and by the API."""
    keep, watched.session = watched.session, ""
    page = f"/sign-in/{watched.tenant}"
    for password in (WRONG, REPS):
        answer = watched.send(page, user_name="rep", password=password)
        cookie = "; ".join(one.partition(";")[0] for one in answer.cookies)
        watched.work()
        for path in ("/waiting/live", "/waiting"):
            watched.ask("GET", page + path, cookie=cookie)
    watched.call("POST", f"/api{page}", {"user_name": "rep", "password": {"x": REPS}})
    watched.session = keep


def hooks_and_frames(watched: Watched) -> None:
    """A key, webhooks that are and are not signed, and frames."""
    watched.send("/setup/connection/hooks/key")
    watched.ask("GET", "/setup/connection/hooks")
    watched.ask("GET", "/api/setup/hooks")
    app = watched.world.app
    connection = app.sync.connection(watched.tenant)
    assert connection is not None
    key = connection.signing_keys[-1]
    secret = app.secrets.get_key(watched.tenant, key.secret_ref)
    signing = derived_key(
        module_key(secret, connection.connection_id), WEBHOOK, connection.connection_id
    )
    body = named("Leads/1")
    sent = str(int(watched.world.clock.now().timestamp()))
    watched.derived[signature_of(signing, sent, body)] = "signature of a webhook"
    for signature in (signature_of(signing, sent, body), signing):
        headers = {"x-funnel-time": sent, "x-funnel-key": key.kid, "x-funnel-signature": signature}
        event = event_of(
            "POST", f"/hooks/sugar/{watched.tenant}/{connection.connection_id}", headers, body
        )
        watched.seen.append(("page POST /hooks/sugar", repr(answer_hook(app, event))))
    watched.work()
    token, there = dashlet_token(app, watched.tenant, "u-rep"), vision_address(app, watched.tenant)
    watched.derived[token.rpartition(".")[2]] = "signature of a frame's token"
    for path in ("", "/panels", "/hot", "/alerts", "/emails"):
        watched.ask("GET", there + path, authorization=f"Bearer {token}")


def machines(watched: Watched) -> None:
    """A key of a machine asks what it may and what it may not, and is revoked."""
    wish = {"key": "k", "name": "Machine", "scopes": ["people:read"]}
    made = watched.call("POST", "/api/setup/keys", wish)
    assert made.status == 201, made.text
    keep, watched.session = watched.session, ""
    for path in ("/api/app/people", "/api/app/sites", "/api/setup/keys", "/api/app/people/nobody"):
        for text in (made.json["text"], f"{made.json['text']}x"):
            watched.ask("GET", path, authorization=f"Bearer {text}")
    watched.session = keep
    for path in ("/setup/keys", "/api/setup/keys"):
        assert watched.ask("GET", path).status == 200
    assert watched.call("DELETE", f"/api/setup/keys/{made.json['key']['key_id']}").status == 200


def mail(watched: Watched) -> None:
    """To a person, who opens it, follows its link and leaves."""
    watched.world.mailer.verified.add("sender.test")
    assert watched.call("POST", "/api/setup/mail/domains", {"domain": "sender.test"}).status < 300
    sender = {
        "from_name": "Sender",
        "from_address": "bea@sender.test",
        "postal_address": "Street 1",
    }
    assert watched.call("PUT", "/api/setup/mail", sender).status == 200
    person = {"key": "k", "fields": {"last_name": "Ann"}, "email": "ann@example.test"}
    made = watched.call("POST", "/api/app/people", person)
    assert made.status == 201, made.text
    at = f"/api/app/people/{made.json['person_id']}/mails"
    words = {
        "key": "k",
        "address": "ann@example.test",
        "subject": "Hello",
        "html": '<a href="https://www.example.com/a">a</a>',
    }
    asked = watched.call("POST", at, words)
    assert asked.status < 300, asked.text
    watched.work()
    (out,) = watched.world.mailer.sent
    token = out.unsubscribe_url.rpartition("/")[2]
    for method, path in (
        ("GET", f"/m/o/{token}"), ("GET", f"/m/c/{token}/1"), ("GET", f"/m/u/{token}"),
        ("POST", f"/m/u/{token}"), ("GET", f"/m/c/{token}/no"), ("GET", f"/m/u/{token}x"),
    ):  # fmt: skip
        watched.ask(method, path, user_agent="Mozilla/5.0 Firefox/140.0")
    watched.work()
    for path in (at, f"/app/people/{made.json['person_id']}"):
        assert watched.ask("GET", path).status == 200


def sites_and_forms(watched: Watched) -> None:
    """A link signed for a person, which is followed, and a form that is confirmed by an email."""
    site = watched.call("POST", "/api/app/sites", {"name": "Shop", "domains": ["www.example.com"]})
    assert site.status == 201, site.text
    key, page = site.json["key"], "https://www.example.com/a"
    person = watched.call("GET", "/api/app/people?q=ann").json["items"][0]["person_id"]
    signed = watched.call("POST", f"/api/app/people/{person}/links", {"url": page, "days": 7}).json[
        "url"
    ]
    token = parse_qs(urlsplit(signed).query)[LINK_TOKEN][0]
    watched.derived[token.rpartition(".")[2]] = "signature of a link to a person"
    now = int(watched.world.clock.now().timestamp() * 1000)
    seen = {"id": "h5a1c7d3", "kind": "page view", "at": now, "url": signed, "token": token}
    hits = {"browser": "b7a2c4d8e1f5a9b3", "sent": now, "hits": [seen]}
    sent = {"content_type": "text/plain", "origin": "https://www.example.com"}
    assert watched.ask("POST", f"/c/{key}", json.dumps(hits).encode(), **sent).status == 202
    email = {
        "key": "k",
        "email": {"name": "Confirm", "subject": "Confirm", "body": "<p>Please.</p>"},
    }
    made = watched.call("POST", "/api/app/emails", email)
    assert made.status < 300, made.text
    fields = [{"name": "email", "label": "Address", "widget": "email"}]
    form = {"site": key, "name": "Fair", "fields": fields, "confirm": made.json["email_id"]}
    built = watched.call("POST", "/api/app/forms", {"key": "k", "form": form})
    assert built.status == 201, built.text
    where = f"/f/{built.json['form_id']}"
    controls = sent_form(watched.ask("GET", where).text)
    typed = urlencode({**controls, "email": "bea@example.test"}, doseq=True).encode()
    answer = watched.ask("POST", where, typed, content_type=FORM, user_agent="Firefox/140.0")
    assert answer.status < 400, answer.text
    watched.work_through()
    confirm = next(one for one in watched.world.mailer.sent if "/confirm/" in one.text)
    link = re.search(rf"{where}/confirm/[^\s\">]+", confirm.text)
    assert link
    for method in ("GET", "POST", "GET"):
        assert watched.ask(method, link[0]).status == 200
    watched.work_through()
    for path in (f"/api/app/forms/{built.json['form_id']}/sent", f"/api/app/people/{person}"):
        assert watched.ask("GET", path).status == 200


FLOWS = (begin, connect, sign_in, hooks_and_frames, machines, mail, sites_and_forms)


def secrets_of(watched: Watched) -> dict[str, str]:
    """Each canary to what it is."""
    found = {
        PASSWORD: "password of the connection",
        NEWER: "newer password of the connection",
        REPS: "password of a person",
        WRONG: "wrong password of a person",
        "session of 1": "session of Sugar",
        form_token(watched.session): "token of a form",
        **watched.derived,
    }
    ids = watched.world.ids
    assert isinstance(ids, NotedIds)
    connection = watched.world.app.sync.connection(watched.tenant)
    assert connection is not None
    for token, made_by in ids.made.items():
        found[token] = made_by
        if made_by == "new_signing_key":
            entered = module_key(token, connection.connection_id)
            found[entered] = "key an admin enters"
            for purpose in (WEBHOOK, DASHLET):
                derived = derived_key(entered, purpose, connection.connection_id)
                found[derived] = f"key of {purpose}s"
    return found


def may_be(what: str, place: str) -> bool:
    return any(fnmatchcase(place, one) for one in MAY_BE_IN[what])


@pytest.mark.feature("A4")
def test_no_secret_is_in_a_log_a_table_a_queue_or_an_answer(watched: Watched) -> None:
    for flow in FLOWS:
        flow(watched)
    secrets = secrets_of(watched)
    unknown = set(secrets.values()) - set(MAY_BE_IN)
    assert not unknown, f"say in MAY_BE_IN where a token of {unknown} may be seen"
    met: set[tuple[str, str]] = set()
    for place, text in places(watched):
        for secret, what in secrets.items():
            if any(one in text for one in spellings(secret)):
                met.add((what, place))
    astray = sorted(f"{what} is in {place}" for what, place in met if not may_be(what, place))
    assert not astray, "\n".join(astray)
    # Each flow came to where its secret is made and shown: else nothing was looked for.
    shown = (
        "operator",
        "cookie",
        "page GET /sign-in/link",
        "page POST /setup/connection/hooks/key",
    )
    assert {place for _, place in met} >= set(shown)
    assert set(secrets.values()) >= {"request_sign_in", "begin_session", "key of webhooks"}
    assert NEWER in {one.password for one in watched.world.secrets._kept.values()}
    assert watched.lines.lines
