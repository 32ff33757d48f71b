"""What the stack keeps is used again only if it can be trusted."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from local.stack.errors import StackError
from local.stack.state import State


def used(folder: Path, *, saved: bool) -> None:
    """A state that a stack has worked on."""
    state = State(folder)
    state.open(afresh=False)
    (state.aws / "state").mkdir(parents=True)
    (state.aws / "state/data").write_text("kept")
    state.begun()
    state.remember(tenant_id="t1")
    state.close(saved=saved)


def test_the_first_start_says_that_there_is_no_data(tmp_path: Path) -> None:
    state = State(tmp_path / "run")
    assert state.open(afresh=False) == "there is no data yet"
    state.close(saved=False)


def test_data_that_was_saved_is_used_again(tmp_path: Path) -> None:
    used(tmp_path, saved=True)
    state = State(tmp_path)
    assert state.open(afresh=False) == ""
    assert state.recall() == {"tenant_id": "t1"}
    assert (state.aws / "state/data").read_text() == "kept"
    state.close(saved=True)


def test_after_a_kill_the_data_is_dropped_and_it_is_said(tmp_path: Path) -> None:
    used(tmp_path, saved=False)
    state = State(tmp_path)
    assert state.open(afresh=False) == "the last run was killed before its data could be saved"
    assert state.recall() == {}
    assert not state.aws.exists()
    state.close(saved=False)


def test_data_is_not_trusted_while_it_is_worked_on(tmp_path: Path) -> None:
    used(tmp_path, saved=True)
    killed = State(tmp_path)
    killed.open(afresh=False)
    killed.begun()
    killed.close(saved=False)
    state = State(tmp_path)
    assert state.open(afresh=False)
    state.close(saved=False)


@pytest.mark.parametrize("is_killed", [True, False])
def test_a_start_that_fails_leaves_the_data_as_it_was(tmp_path: Path, *, is_killed: bool) -> None:
    used(tmp_path, saved=True)
    failed = State(tmp_path)
    failed.open(afresh=False)
    (failed.aws / "state/data").write_text("half a deployment")
    if not is_killed:
        failed.close(saved=False)
    else:
        let_go(failed)
    state = State(tmp_path)
    assert state.open(afresh=False) == ""
    assert (state.aws / "state/data").read_text() == "kept"
    assert state.recall() == {"tenant_id": "t1"}
    state.begun()
    state.close(saved=True)


class Killed(BaseException):
    """The process ends here."""


def killed_at(monkeypatch: pytest.MonkeyPatch, at: int, work: Callable[[], object]) -> None:
    """Do it, killed before its call `at` of those that change the disk, counted from 1."""
    calls = 0

    def counted(change: Callable[..., object]) -> Callable[..., object]:
        def call(*asked: object, **named: object) -> object:
            nonlocal calls
            calls += 1
            if calls == at:
                raise Killed
            return change(*asked, **named)

        return call

    with monkeypatch.context() as patch:
        for place, name in ((Path, "rename"), (Path, "touch"), (Path, "unlink")):
            patch.setattr(place, name, counted(getattr(place, name)))
        for name in ("rmtree", "copytree"):
            patch.setattr(f"local.stack.state.shutil.{name}", counted(getattr(shutil, name)))
        with suppress(Killed):
            work()


@pytest.mark.parametrize("at", range(1, 12))
def test_data_that_is_put_back_is_kept_wherever_that_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    used(tmp_path, saved=True)
    failed = State(tmp_path)
    failed.open(afresh=False)
    (failed.aws / "state/data").write_text("half a deployment")
    let_go(failed)
    second = State(tmp_path)
    killed_at(monkeypatch, at, lambda: second.open(afresh=False))
    let_go(second)
    state = State(tmp_path)
    assert state.open(afresh=False) == ""
    assert (state.aws / "state/data").read_text() == "kept"
    state.close(saved=True)


def test_half_of_what_was_kept_aside_is_not_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed while it removes that, a start has the data it began to work on."""
    used(tmp_path, saved=True)
    begun = State(tmp_path)
    begun.open(afresh=False)

    def half(folder: Path, **_: object) -> None:
        if (folder / "data").exists():
            (folder / "data").unlink()
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("local.stack.state.shutil.rmtree", half)
        with pytest.raises(Killed):
            begun.begun()
    let_go(begun)
    state = State(tmp_path)
    assert state.open(afresh=False) == "the last run was killed before its data could be saved"
    state.close(saved=False)


def let_go(state: State) -> None:
    """Its process is gone."""
    if state._lock:
        state._lock.close()


def test_a_fresh_start_drops_saved_data_as_asked(tmp_path: Path) -> None:
    used(tmp_path, saved=True)
    state = State(tmp_path)
    assert state.open(afresh=True) == "as asked"
    assert not state.aws.exists()
    state.close(saved=False)


@pytest.mark.parametrize("at", range(1, 6))
def test_data_that_is_half_dropped_is_not_used_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    used(tmp_path, saved=True)
    fresh = State(tmp_path)
    killed_at(monkeypatch, at, lambda: fresh.open(afresh=True))
    let_go(fresh)
    state = State(tmp_path)
    is_used = state.open(afresh=False) == ""
    assert is_used == (state.aws / "state/data").exists()
    assert is_used == bool(state.recall())
    state.close(saved=False)


def test_a_second_stack_on_the_same_state_is_refused_and_harms_nothing(tmp_path: Path) -> None:
    used(tmp_path, saved=True)
    first, second = State(tmp_path), State(tmp_path)
    first.open(afresh=False)
    with pytest.raises(StackError, match="already running"):
        second.open(afresh=True)
    assert first.recall() == {"tenant_id": "t1"}
    first.close(saved=True)
