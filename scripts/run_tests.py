"""Run the tests part by part, and say how long each took.

    python -m scripts.run_tests [part ...] [-- pytest options]

Those of the stack mostly wait for it, so they run beside all others, and what they print is
shown at the end. How long the unit tests take is told by `run_tests unit`: they are run often.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BYTECODE = ROOT / ".pytest_cache" / "bytecode"
NOTHING_COLLECTED = 5


@dataclass(frozen=True, slots=True)
class Part:
    """A name for people, where its tests are, and how pytest is to run them."""

    name: str
    folders: tuple[str, ...]
    options: tuple[str, ...] = ()
    beside: bool = False
    """Whether it runs beside those that come after it, with what it prints shown at the end."""


PARTS = (
    Part(
        "stack",
        ("tests/stack",),
        ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"),
        beside=True,
    ),
    Part("unit", ("tests/unit",), ("-n", "2", "--dist", "loadfile")),
    Part("routes", ("tests/routes", "tests/fuzz"), ("-n", "2")),
    Part("property", ("tests/property",), ("-n", "2")),
    Part("contract", ("tests/contract", "tests/upgrade"), ("-n", "2")),
    Part("faults", ("tests/faults",), ("-n", "2")),
    Part("browser", ("tests/browser",), ("-n", "2")),
)


def main() -> int:
    """Run the parts asked for, all by default; 0 when each of them passed."""
    names, options = split(sys.argv[1:])
    unknown = set(names) - {part.name for part in PARTS}
    if unknown:
        print(f"no such part: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    started = time.monotonic()
    results = run_all([part for part in PARTS if not names or part.name in names], options)
    print("\n=== summary")
    for name, code, seconds in results:
        print(f"  {name:<10}{outcome(code):<12}{seconds:7.1f} s")
    print(f"  {'all':<22}{time.monotonic() - started:7.1f} s")
    return int(any(code not in {0, NOTHING_COLLECTED} for _, code, _ in results))


def split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """The parts' names, and what comes after `--` for pytest."""
    if "--" not in arguments:
        return arguments, []
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1 :]


def run_all(parts: Sequence[Part], options: list[str]) -> list[tuple[str, int, float]]:
    """Run these; of each the name, pytest's exit code and the seconds it took."""
    results, beside = [], []
    for part in parts:
        if part.beside:
            beside.append(Beside(part, options))
            continue
        print(f"\n=== {part.name}", flush=True)
        started = time.monotonic()
        run = subprocess.run(command(part, options), check=False, cwd=ROOT, env=environment())
        code = run.returncode
        results.append((part.name, code, time.monotonic() - started))
    return results + [one.end() for one in beside]


class Beside:
    """A part that runs while others do."""

    def __init__(self, part: Part, options: list[str]) -> None:
        print(f"\n=== {part.name} begins, and is shown at the end", flush=True)
        self._name = part.name
        self._started = time.monotonic()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        self._process = subprocess.Popen(
            command(part, options),
            cwd=ROOT,
            env=environment(),
            stdout=self._said,
            stderr=subprocess.STDOUT,
        )

    def end(self) -> tuple[str, int, float]:
        """Wait for it and show what it printed; name, exit code and seconds."""
        code = self._process.wait()
        seconds = time.monotonic() - self._started
        print(f"\n=== {self._name}", flush=True)
        self._said.seek(0)
        with self._said as said:
            sys.stdout.write(said.read().decode(errors="replace"))
        return self._name, code, seconds


def command(part: Part, options: list[str]) -> list[str]:
    """How one part is run."""
    pytest = [sys.executable, "-m", "pytest", "-q", "-m", "not soak"]
    return [*pytest, *part.options, *options, *part.folders]


def environment() -> dict[str, str]:
    """Ours, in which what pytest makes of the tests is kept for the other workers, parts and runs.

    It rewrites each `assert`, which takes a third as long as the unit tests themselves. It is kept
    apart from the sources, so that a layer is built of nothing else.
    """
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(BYTECODE)}


def outcome(code: int) -> str:
    """An exit code in a word."""
    return {0: "passed", NOTHING_COLLECTED: "no tests"}.get(code, "FAILED")


if __name__ == "__main__":
    sys.exit(main())
