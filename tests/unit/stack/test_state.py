"""What the stack keeps is used again only if it can be trusted."""

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
    elif failed._lock:
        failed._lock.close()
    state = State(tmp_path)
    assert state.open(afresh=False) == ""
    assert (state.aws / "state/data").read_text() == "kept"
    assert state.recall() == {"tenant_id": "t1"}
    state.begun()
    state.close(saved=True)


def test_a_fresh_start_drops_saved_data_as_asked(tmp_path: Path) -> None:
    used(tmp_path, saved=True)
    state = State(tmp_path)
    assert state.open(afresh=True) == "as asked"
    assert not state.aws.exists()
    state.close(saved=False)


def test_a_second_stack_on_the_same_state_is_refused_and_harms_nothing(tmp_path: Path) -> None:
    used(tmp_path, saved=True)
    first, second = State(tmp_path), State(tmp_path)
    first.open(afresh=False)
    with pytest.raises(StackError, match="already running"):
        second.open(afresh=True)
    assert first.recall() == {"tenant_id": "t1"}
    first.close(saved=True)
