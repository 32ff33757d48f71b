"""The product's own interface, as the launcher and the stack tests use it: as an admin does."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import requests

from local.stack.aws import AwsAt
from local.stack.errors import StackError

GOES_ON = {"running", "stalled"}
"""What a run does not end with: a stalled one goes on by itself."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A tenant, a one-use link into it, and the page where its Sugar users sign in."""

    tenant_id: str
    sign_in_url: str
    sign_in_page: str


class Operator:
    """What whoever runs the deployment can do, by invoking the operator function."""

    def __init__(self, aws: AwsAt, function_name: str) -> None:
        # Right after a start all functions start at once, which takes minutes on a busy machine.
        self._functions = aws.client("lambda", read_timeout=600)
        self._name = function_name

    def create_tenant(self, name: str) -> Invitation:
        """Create a tenant. Raises `StackError` with the function's own words."""
        return self._invite({"action": "create_tenant", "name": name})

    def sign_in_link(self, tenant_id: str) -> Invitation:
        """Make another link into a tenant."""
        return self._invite({"action": "sign_in_link", "tenant_id": tenant_id})

    def do(self, wish: dict[str, str]) -> dict[str, Any]:
        """What the function answers. Raises `StackError` with its own words."""
        reply = self._functions.invoke(FunctionName=self._name, Payload=json.dumps(wish).encode())
        answer: dict[str, Any] = json.loads(reply["Payload"].read())
        if reply.get("FunctionError") or "error" in answer:
            raise StackError(f"The operator function refused {wish.get('action')}: {answer}")
        return answer

    def _invite(self, wish: dict[str, str]) -> Invitation:
        answer = self.do(wish)
        return Invitation(answer["tenant_id"], answer["sign_in_url"], answer["sign_in_page"])


class FunnelClient:
    """A browser of sorts: one person's session with the web app at `base_url`.

    `http` is a `requests.Session` that keeps the cookies, the secure ones too.
    """

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.headers["Origin"] = base_url

    def close(self) -> None:
        """Let go of what is open."""
        self.http.close()

    def sign_in(self, link: str) -> None:
        """Open a one-use link and press its button. Raises `StackError` if that lets nobody in."""
        page = self.http.get(link, timeout=60)
        form = first_form(page.text)
        reply = self.http.post(
            urljoin(page.url, form.action or page.url),
            data=form.fields,
            timeout=60,
            allow_redirects=False,
        )
        self._send_cookies_without_tls()
        if not self.http.cookies or reply.status_code >= 400:
            raise StackError(f"Signing in failed ({reply.status_code}): {reply.text[:300]}")

    def sign_in_with_sugar(self, page: str, user_name: str, password: str) -> requests.Response:
        """Sign in at a tenant's page, as a browser without scripts does.

        The last answer: on the way into the app, or a page that says why not. Raises `StackError`
        if it takes too long.
        """
        form = first_form(self.http.get(page, timeout=60).text)
        filled = form.fields | {"user_name": user_name, "password": password}
        reply = self.http.post(
            urljoin(page, form.action), data=filled, timeout=60, allow_redirects=False
        )
        self._send_cookies_without_tls()
        if not reply.is_redirect:
            return reply
        waiting, deadline = urljoin(page, reply.headers["Location"]), time.monotonic() + 60
        while time.monotonic() < deadline:
            reply = self.http.get(waiting, timeout=60, allow_redirects=False)
            self._send_cookies_without_tls()
            if reply.status_code != 200:
                return reply
            time.sleep(0.3)
        raise StackError(f"Sugar has not been asked for {user_name} after 60 s.")

    def _send_cookies_without_tls(self) -> None:
        """Browsers send secure cookies to 127.0.0.1 without TLS; requests does not."""
        for cookie in self.http.cookies:
            cookie.secure = False

    def call(self, method: str, path: str, body: object = None) -> requests.Response:
        """One request to the JSON interface; the answer, whatever its status.

        Raises `StackError` if none comes.
        """
        try:
            return self.http.request(
                method,
                self.base_url + path,
                # Only what is JSON, and so from no other site's form, may change something.
                json={} if body is None and method != "GET" else body,
                headers={"Accept": "application/json"},
                timeout=60,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise StackError(f"{method} {path} was not answered: {error}") from error

    def json(self, method: str, path: str, body: object = None) -> Any:
        """One request that must succeed; its JSON. Raises `StackError`."""
        reply = self.call(method, path, body)
        if not reply.ok or reply.is_redirect:
            raise StackError(f"{method} {path} gave {reply.status_code}: {reply.text[:300]}")
        return reply.json() if reply.content else None

    def connection(self) -> dict[str, Any] | None:
        """The tenant's connection, `endpoint` with `site_url` in it; None if there is none."""
        reply = self.call("GET", "/api/setup/connection")
        if reply.status_code == 404:
            return None
        found: dict[str, Any] = self.json("GET", "/api/setup/connection")
        return found

    def test_connection(self, url: str, user_name: str, password: str) -> str:
        """Test a connection and wait for the result; the job's id. Raises `StackError`."""
        wanted = {"url": url, "user_name": user_name, "password": password}
        job_id: str = self.json("POST", "/api/setup/connection", wanted)["job_id"]
        job = wait_for(
            lambda: self.json("GET", f"/api/setup/jobs/{job_id}"),
            lambda job: job["status"] in {"done", "failed"},
            "the test of the connection",
        )
        if job["status"] == "failed":
            raise StackError(f"The connection was refused: {job['error']}")
        return job_id

    def save_connection(self, job_id: str) -> None:
        """Save what was tested; the first sync starts."""
        self.json("POST", "/api/setup/connection/save", {"job_id": job_id})

    def start_sync(self, kind: str, *modules: str) -> dict[str, Any]:
        """Ask for a sync, "incremental" or "full", of all modules or those named; its run."""
        wanted = {"kind": kind, "modules": list(modules)}
        run: dict[str, Any] = self.json("POST", "/api/setup/sync", wanted)
        return run

    def latest_run(self) -> dict[str, Any] | None:
        """The newest run with its progress, ended or not; None before the first."""
        runs: list[dict[str, Any]] = self.json("GET", "/api/setup/runs")["items"]
        return runs[0] if runs else None

    def watch_run(
        self, seconds: float, *, after: str = "", pause: float = 0.5
    ) -> Iterator[dict[str, Any]]:
        """The newest run as it goes on, its end last; `after` is the id of one to pass over.

        Waits for a run that is about to start. A run that is paused is not waited for. Raises
        `StackError` after `seconds`.
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            run = self.latest_run()
            if run and run["run_id"] != after:
                yield run
                if run["status"] not in GOES_ON:
                    return
            time.sleep(pause)
        raise StackError(f"The sync has not ended after {seconds:.0f} s.")


def wait_for(
    read: Callable[[], dict[str, Any]],
    ready: Callable[[dict[str, Any]], bool],
    what: str,
    seconds: float = 120,
) -> dict[str, Any]:
    """Read until what is read is ready, and return it. Raises `StackError` after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        found = read()
        if ready(found):
            return found
        if time.monotonic() > deadline:
            raise StackError(f"Waited {seconds:.0f} s for {what}; last seen: {found}")
        time.sleep(0.2)


class Form(HTMLParser):
    """The first form of a page: where it goes, and its named inputs."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self._inside = False
        self._passed = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where the first form goes, and its inputs."""
        known = {key: value or "" for key, value in attrs}
        if tag == "form" and not self._passed:
            self._inside = True
            self.action = known.get("action", "")
        elif tag == "input" and self._inside and known.get("name"):
            self.fields[known["name"]] = known.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """Look at no second form."""
        if tag == "form" and self._inside:
            self._inside, self._passed = False, True


def first_form(html: str) -> Form:
    """Read a page for its first form."""
    form = Form()
    form.feed(html)
    return form
