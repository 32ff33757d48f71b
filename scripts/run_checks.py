"""Run every check that is not a test of behaviour; say all that is wrong, not only the first.

Style, types, imports, the template and its own rules, and the PHP of the Sugar module.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent
SAM_BIN = ROOT / ".venvs/sam/bin"


def main() -> int:
    """Return 0 when every check passed."""
    results = []
    for name, command in checks():
        print(f"=== {name}", flush=True)
        started = time.monotonic()
        code = subprocess.run(command, check=False, cwd=ROOT, env=environment()).returncode
        results.append((name, code, time.monotonic() - started))
    print("\n=== summary")
    for name, code, seconds in results:
        print(f"  {name:<12}{'FAILED' if code else 'passed':<10}{seconds:6.1f} s")
    return int(any(code for _, code, _ in results))


def checks() -> list[tuple[str, list[str | Path]]]:
    """Each check's name and command."""
    found: list[tuple[str, list[str | Path]]] = [
        ("lint", [PYTHON, "-m", "ruff", "check", "."]),
        ("format", [PYTHON, "-m", "ruff", "format", "--check", "."]),
        ("types", [PYTHON, "-m", "mypy", *typed()]),
        ("imports", [PYTHON, BIN / "lint-imports"]),
        ("openapi", [PYTHON, "-m", "scripts.openapi", "--check"]),
        ("api breaks", [PYTHON, "-m", "scripts.api_breaks"]),
        ("template", [SAM_BIN / "python", "-m", "samcli", "validate"]),
        ("rules", [PYTHON, "-m", "pytest", "-q", "tests/template"]),
    ]
    each = "git ls-files -z '*.php' | xargs -0 -n 1 php -l > /dev/null"
    found.append(("php", ["sh", "-c", each]))
    found.append(("php 5.3", ["php", "scripts/lint_module.php", "sugar_module"]))
    return found


def typed() -> list[str]:
    """The folders mypy is strict about, those that exist."""
    folders = ("layers/funnel/funnel", "functions", "local", "scripts", "tests")
    return [folder for folder in folders if (ROOT / folder).is_dir()]


def environment() -> dict[str, str]:
    """Ours, for the import linter and for SAM."""
    paths = [str(ROOT / "layers/funnel"), str(ROOT)]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths), "SAM_CLI_TELEMETRY": "0"}


if __name__ == "__main__":
    sys.exit(main())
