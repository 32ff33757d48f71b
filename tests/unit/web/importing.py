"""A marketer's file, brought and worked through."""

import re

from funnel.ports.marketing_messages import DoPeopleJob
from funnel.usecases.work.do_people_job import do_people_job
from funnel.web.sessions import form_token
from tests.browser.world import World
from tests.unit.web.asking import HOST, Answer, Client

NEW, API = "/app/imports/new", "/api/app/imports"


def upload(client: Client, data: bytes, name: str = "fair.csv", token: str | None = None) -> Answer:
    """A form with a file, as a browser sends it."""
    token = form_token(client.token) if token is None else token
    head = f'--X1\r\nContent-Disposition: form-data; name="form_token"\r\n\r\n{token}\r\n--X1\r\n'
    disposition = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n'
    body = f"{head}{disposition}Content-Type: text/csv\r\n\r\n".encode() + data + b"\r\n--X1--\r\n"
    return client.ask(
        "POST",
        NEW,
        body,
        content_type="multipart/form-data; boundary=X1",
        sec_fetch_site="same-origin",
        host=HOST,
    )


def work(world: World) -> None:
    """The people worker takes its messages."""
    for waiting in list(world.queue.waiting):
        if isinstance(waiting.message, DoPeopleJob):
            do_people_job(world.app, waiting.message, lambda: 60.0)


def checked(page: str) -> str:
    """The style of numbers that is chosen, "" where the page does not ask."""
    return "".join(re.findall(r'name="numbers" value="(\w+)" checked', page))
