"""Parts of the tests run one after the other, or beside those that come after them."""

from pathlib import Path

import pytest

from scripts.run_tests import Part, run_all

QUIET = ["-p", "no:cacheprovider", "-p", "pytest_timeout"]


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here asks another plugin, and some take a second to load."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def test_a_part_that_runs_beside_others_is_told_at_the_end_with_its_own_outcome(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "test_bad.py").write_text("def test_bad():\n    assert 'late'.upper() == 'late'\n")
    (tmp_path / "test_good.py").write_text(
        "def test_good():\n    assert 'late'.upper() == 'LATE'\n"
    )
    slow = Part("slow", (str(tmp_path / "test_bad.py"),), beside=True)
    quick = Part("quick", (str(tmp_path / "test_good.py"),))

    results = run_all([slow, quick], QUIET)

    said = capfd.readouterr().out
    assert [(one.name, one.code) for one in results] == [("quick", 0), ("slow", 1)]
    assert "=== slow begins, and is shown at the end" in said
    assert said.index("=== quick") < said.index("1 passed") < said.index("1 failed")


def test_a_test_that_hangs_is_ended_with_where_it_hung(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("scripts.run_tests.PATIENCE", 0.2)
    (tmp_path / "test_hung.py").write_text(
        "import time\n\ndef test_hung():\n    time.sleep(60)\n\ndef test_next():\n    pass\n"
    )

    (told,) = run_all([Part("hung", (str(tmp_path),))], QUIET)

    assert told.code == 1
    said = capfd.readouterr().out
    assert "time.sleep(60)" in said
    assert "1 failed, 1 passed" in said


def test_what_pytest_makes_of_the_tests_is_kept_apart_from_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scripts.run_tests.BYTECODE", tmp_path / "kept")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    tests = tmp_path / "tests"
    tests.mkdir()
    (tests / "test_good.py").write_text("def test_good():\n    assert 'late'.upper() == 'LATE'\n")

    (told,) = run_all([Part("quick", (str(tests),))], QUIET)

    assert told.code == 0
    assert told.busy > 0
    assert [one.name for one in tests.iterdir()] == ["test_good.py"]
    assert list((tmp_path / "kept").rglob("test_good.*pytest*.pyc"))
