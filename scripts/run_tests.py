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
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
BYTECODE = ROOT / ".pytest_cache" / "bytecode"
NOTHING_COLLECTED = 5
PATIENCE = 600
"""Seconds until a test that hangs is ended, and where it hung is shown; the others go on."""


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


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of a part: pytest's exit code, the seconds it took, and those a core was busy with it.

    What it started and waited for is counted in.
    """

    name: str
    code: int
    seconds: float
    busy: float


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
    for one in results:
        print(
            f"  {one.name:<10}{outcome(one.code):<12}{one.seconds:7.1f} s {one.busy:7.1f} s of a core"
        )
    busy = sum(one.busy for one in results)
    print(f"  {'all':<22}{time.monotonic() - started:7.1f} s {busy:7.1f} s of a core")
    return int(any(one.code not in {0, NOTHING_COLLECTED} for one in results))


def split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """The parts' names, and what comes after `--` for pytest."""
    if "--" not in arguments:
        return arguments, []
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1 :]


def run_all(parts: Sequence[Part], options: list[str]) -> list[Outcome]:
    """Run these, those beside the others at once."""
    results, beside = [], []
    for part in parts:
        if part.beside:
            print(f"\n=== {part.name} begins, and is shown at the end", flush=True)
            said = tempfile.TemporaryFile()  # noqa: SIM115 - closed below, when it is shown
            beside.append((Running(part, options, said), said))
            continue
        print(f"\n=== {part.name}", flush=True)
        results.append(Running(part, options).end())
    for running, said in beside:
        results.append(running.end())
        print(f"\n=== {results[-1].name}", flush=True)
        said.seek(0)
        with said:
            sys.stdout.write(said.read().decode(errors="replace"))
    return results


class Running:
    """A part that runs, and prints to `said` if that is given."""

    def __init__(self, part: Part, options: list[str], said: IO[bytes] | None = None) -> None:
        self._name = part.name
        self._started = time.monotonic()
        self._process = subprocess.Popen(
            command(part, options),
            cwd=ROOT,
            env=environment(),
            stdout=said,
            stderr=subprocess.STDOUT if said else None,
        )

    def end(self) -> Outcome:
        """Wait for it."""
        _, status, used = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - self._started
        busy = used.ru_utime + used.ru_stime
        return Outcome(self._name, self._process.returncode, seconds, busy)


def command(part: Part, options: list[str]) -> list[str]:
    """How one part is run."""
    pytest = [sys.executable, "-m", "pytest", "-q", "-m", "not soak"]
    return [*pytest, f"--timeout={PATIENCE}", *part.options, *options, *part.folders]


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
