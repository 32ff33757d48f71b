"""The module's PHP, run by the real PHP in a Sugar in memory: one test a function of tests/php."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

PHP = Path(__file__).parents[2] / "php"
FUNCTION = re.compile(r"^function (test_\w+)\(", re.MULTILINE)
CASES = [
    pytest.param(path, name, id=f"{path.stem}-{name.removeprefix('test_')}")
    for path in sorted((PHP / "cases").glob("*.php"))
    for name in FUNCTION.findall(path.read_text())
]


def run(case: Path, function: str, package: Path, sugar: Path) -> subprocess.CompletedProcess[str]:
    """One function, in a Sugar of its own."""
    shutil.copytree(PHP / "sugar", sugar)
    command: list[str | Path] = [shutil.which("php") or "php", PHP / "run.php", case, function]
    return subprocess.run(
        [*command, package], cwd=sugar, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(("case", "function"), CASES)
def test_in_php(case: Path, function: str, packages: dict[str, Path], tmp_path: Path) -> None:
    done = run(case, function, packages["funnel-for-sugar.zip"], tmp_path / "sugar")
    assert (done.returncode, done.stdout) == (0, "passed\n"), done.stderr + done.stdout


def test_what_waits_is_sent_when_the_request_has_ended(
    packages: dict[str, Path], tmp_path: Path
) -> None:
    sugar = tmp_path / "sugar"
    queue = PHP / "cases/queue.php"
    done = run(queue, "save_and_end", packages["funnel-for-sugar.zip"], sugar)
    assert (done.returncode, done.stdout) == (0, "passed\nanswered "), done.stderr
    assert json.loads((sugar / "sent").read_text())["records"][0]["id"] == "l1"
