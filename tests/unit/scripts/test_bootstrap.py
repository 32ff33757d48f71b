"""Setting up a machine: what is missing is installed or named, and nothing is done twice."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from scripts import bootstrap


class Machine:
    """A machine with some programs, that notes what is run on it."""

    def __init__(self, programs: set[str], user: int) -> None:
        self.programs = programs
        self.user = user
        self.ran: list[str] = []

    def which(self, name: str) -> str | None:
        """As `shutil.which`."""
        return f"/usr/bin/{name}" if name in self.programs else None

    def run(self, command: Sequence[object], **_: object) -> subprocess.CompletedProcess[str]:
        """As `subprocess.run`, of what always succeeds."""
        self.ran.append(" ".join(map(str, command)))
        return subprocess.CompletedProcess([], 0)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine with Node and nothing else, as a normal user."""
    made = Machine({"node", "npm", "apt-get"}, 1000)
    monkeypatch.setattr("scripts.bootstrap.shutil.which", made.which)
    monkeypatch.setattr("scripts.bootstrap.subprocess.run", made.run)
    monkeypatch.setattr("scripts.bootstrap.os.geteuid", lambda: made.user)
    return made


def test_running_needs_less_than_testing(machine: Machine) -> None:
    assert bootstrap.install_programs("run") == []
    with pytest.raises(bootstrap.Unready):
        bootstrap.install_programs("test")


def test_a_normal_user_is_told_exactly_what_to_install(machine: Machine) -> None:
    machine.programs |= {"google-chrome"}
    with pytest.raises(bootstrap.Unready) as told:
        bootstrap.install_programs("test")
    assert str(told.value) == (
        "missing on this machine: openjdk-17-jre-headless, php-cli. Install by: sudo apt-get "
        "install -y --no-install-recommends openjdk-17-jre-headless php-cli"
    )
    assert machine.ran == []


def test_root_gets_by_apt_what_is_missing_and_only_that(machine: Machine) -> None:
    machine.user = 0
    machine.programs |= {"java", "php"}
    assert bootstrap.install_programs("test") == ["chromium"]
    assert machine.ran == [
        "apt-get update -qq",
        "apt-get install -y --no-install-recommends chromium",
    ]


def test_root_gets_the_cheaper_browser_and_goes_on_without_it(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.programs |= {"chromium"}
    assert bootstrap.install_preferred("test") == []
    machine.user = 0
    assert bootstrap.install_preferred("run") == []
    assert machine.ran == []
    assert bootstrap.install_preferred("test") == ["chromium-headless-shell"]
    failed = subprocess.CompletedProcess[str]([], 100)
    monkeypatch.setattr("scripts.bootstrap.subprocess.run", lambda *_, **__: failed)
    assert bootstrap.install_preferred("test") == []
    machine.programs |= {"chromium-headless-shell"}
    assert bootstrap.install_preferred("test") == []


def test_root_without_apt_is_told(machine: Machine) -> None:
    machine.user = 0
    machine.programs -= {"apt-get"}
    with pytest.raises(bootstrap.Unready, match="chromium"):
        bootstrap.install_programs("test")


def test_a_stamp_changes_with_the_lock_and_with_the_place(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("a==1")
    first = bootstrap.fingerprint(lock, "/here")
    assert bootstrap.fingerprint(lock, "/here") == first
    assert bootstrap.fingerprint(lock, "/there") != first
    lock.write_text("a==2")
    assert bootstrap.fingerprint(lock, "/here") != first


def test_another_python_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scripts.bootstrap.sys.version_info", (3, 12, 1, "final", 0))
    with pytest.raises(bootstrap.Unready, match=r"this is 3\.12\.1"):
        bootstrap.check_python()
