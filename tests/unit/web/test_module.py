"""The package for Sugar's Module Loader, downloaded by an admin with the steps beside it."""

import base64
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from funnel.domain.connecting.sugar_module import CURL, OWN_CLIENT
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.connecting.connection import change_connection
from funnel.web.setup import module
from scripts.sugar_module import build
from tests.browser.site import event_of
from tests.browser.world import FULL, World
from tests.unit.web.asking import HOST, Client, signed_in


@pytest.fixture(autouse=True)
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    build(tmp_path)
    monkeypatch.setattr(module, "PACKAGES", tmp_path)
    return tmp_path


def reports(world: World, version: str) -> None:
    """The Sugar of the tenant is of this version."""
    change_connection(
        world.app, FULL, lambda c: replace(c, endpoint=replace(c.endpoint, version=version))
    )


@pytest.mark.parametrize(("version", "name"), [("6.5.25", CURL), ("13.0.2", OWN_CLIENT)])
@pytest.mark.parametrize("path", ["/setup/module.zip", "/api/setup/module.zip"])
def test_an_admin_downloads_the_package_for_the_sugar_that_is_connected(
    world: World, admin: Client, path: str, version: str, name: str, built: Path
) -> None:
    reports(world, version)
    sent = {"host": HOST, "cookie": f"funnel_session={admin.token}"}
    reply = admin.doors.answer(event_of("GET", path, sent, b""))
    assert reply["statusCode"] == 200
    assert reply["headers"]["Content-Type"] == "application/zip"
    assert reply["headers"]["Content-Disposition"] == f'attachment; filename="{name}"'
    assert reply["isBase64Encoded"]
    content = base64.b64decode(reply["body"])
    assert content == (built / name).read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert "manifest.php" in package.namelist()


def test_nobody_else_downloads_it(world: World) -> None:
    for client, status in ((Client(world), 303), (signed_in(world, FULL, Role.MARKETER), 403)):
        assert client.get("/setup/module.zip").status == status


def test_a_package_that_was_not_built_is_said_to_be_missing(admin: Client, built: Path) -> None:
    for path in built.iterdir():
        path.unlink()
    answer = admin.get("/setup/module.zip")
    assert answer.status == 404
    assert "make sugar-module" in answer.text


@pytest.mark.parametrize(
    ("version", "told", "not_told"),
    [
        ("6.5.25", "Add Sugar Dashlets", "Content Security"),
        ("9.0.0", "Edit the dashboards of Home", "Content Security"),
        ("13.0.2", "Content Security Policy Settings", "Add Sugar Dashlets"),
    ],
)
def test_the_steps_are_those_of_the_sugar_that_is_connected(
    world: World, admin: Client, version: str, told: str, not_told: str
) -> None:
    reports(world, version)
    page = admin.get("/setup/connection/hooks").text
    assert 'href="/setup/module.zip"' in page
    assert told in page
    assert not_told not in page
