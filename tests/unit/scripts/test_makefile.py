"""What `make` hands on is what was typed."""

import shutil
import subprocess

import pytest

from tests.unit.docs.source import ROOT


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
@pytest.mark.parametrize(
    "wish",
    [
        '{"action": "dead_letters"}',
        """{"reason": "it's $HOME, \\"so\\", `id` and $(id) # 100%; said"}""",
    ],
)
def test_a_wish_reaches_the_operators_command_as_it_stands(wish: str) -> None:
    made = subprocess.run(
        ["make", "operate", "PY=echo", f"ARGS={wish}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert made.stdout == f"-m local.stack operate {wish}\n"
