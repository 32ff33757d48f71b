"""What importing the adapter costs."""

import subprocess
import sys
from pathlib import Path

import funnel

CODE = """
import sys
import funnel.adapters.sugar
print(" ".join(name for name in ("zeep", "lxml", "requests", "urllib3") if name in sys.modules))
"""


def test_importing_the_adapter_brings_in_neither_zeep_nor_lxml_nor_requests() -> None:
    root = Path(funnel.__file__).parents[1]
    told = subprocess.run(
        [sys.executable, "-c", CODE],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(root)},
    )
    assert told.stdout.strip() == ""
