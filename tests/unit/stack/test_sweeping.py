"""What is swept is gone at once, however long deleting it takes."""

import time
from pathlib import Path

import pytest

from local.stack import sweeping
from local.stack.sweeping import sweep


def filled(folder: Path) -> Path:
    (folder / "tmp" / "layer").mkdir(parents=True)
    (folder / "tmp" / "layer" / "code.py").write_text("")
    return folder


def test_a_folder_is_gone_before_its_files_are_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[Path]] = []
    monkeypatch.setattr(sweeping, "_delete", asked.append)
    home = filled(tmp_path / "home")
    sweep(home)
    assert not home.exists()
    [[dropped]] = asked
    assert (dropped / "home" / "tmp" / "layer" / "code.py").exists()
    sweep(filled(home))
    assert dropped in asked[1]
    assert len(asked[1]) == 2


def test_nothing_is_left_of_it_in_the_end(tmp_path: Path) -> None:
    sweep(filled(tmp_path / "home"))
    sweep(tmp_path / "home")
    sweep(tmp_path / "nowhere" / "home")
    for _ in range(600):
        if not list(tmp_path.iterdir()):
            return
        time.sleep(0.1)
    pytest.fail(f"still there: {list(tmp_path.iterdir())}")
