"""The module's PHP, run by the real PHP in a Sugar in memory: one test a function of tests/php."""

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


@pytest.mark.parametrize(("case", "function"), CASES)
def test_in_php(case: Path, function: str, packages: dict[str, Path], tmp_path: Path) -> None:
    sugar = shutil.copytree(PHP / "sugar", tmp_path / "sugar")
    package = packages["funnel-for-sugar.zip"]
    run: list[str | Path] = [shutil.which("php") or "php", PHP / "run.php", case, function, package]
    done = subprocess.run(run, cwd=sugar, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "passed\n"), done.stderr + done.stdout
