"""Run the tests part by part, and say how long each took.

    python -m scripts.run_tests [part ...] [-- pytest options]

Parts that need no stack run on both cores; the stack and the browser share one stack.
"""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTHING_COLLECTED = 5


@dataclass(frozen=True, slots=True)
class Part:
    """A name for people, where its tests are, and how pytest is to run them."""

    name: str
    folders: tuple[str, ...]
    options: tuple[str, ...] = ()


PARTS = (
    Part("unit", ("tests/unit",), ("-n", "2")),
    Part("property", ("tests/property",), ("-n", "2")),
    Part("contract", ("tests/contract",), ("-n", "2")),
    Part("faults", ("tests/faults",), ("-n", "2")),
    Part("browser", ("tests/browser",), ("-n", "2")),
    Part("stack", ("tests/stack",)),
)


def main() -> int:
    """Run the parts asked for, all by default; 0 when each of them passed."""
    names, options = split(sys.argv[1:])
    unknown = set(names) - {part.name for part in PARTS}
    if unknown:
        print(f"no such part: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    results = []
    for part in PARTS:
        if not names or part.name in names:
            print(f"\n=== {part.name}", flush=True)
            started = time.monotonic()
            code = run(part, options)
            results.append((part.name, code, time.monotonic() - started))
    print("\n=== summary")
    for name, code, seconds in results:
        print(f"  {name:<10}{outcome(code):<12}{seconds:7.1f} s")
    print(f"  {'all':<22}{sum(seconds for *_, seconds in results):7.1f} s")
    return int(any(code not in {0, NOTHING_COLLECTED} for _, code, _ in results))


def split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """The parts' names, and what comes after `--` for pytest."""
    if "--" not in arguments:
        return arguments, []
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1 :]


def run(part: Part, options: list[str]) -> int:
    """Run one part; pytest's exit code."""
    pytest = [sys.executable, "-m", "pytest", "-q", "-m", "not soak"]
    return subprocess.run(
        [*pytest, *part.options, *options, *part.folders], check=False, cwd=ROOT
    ).returncode


def outcome(code: int) -> str:
    """An exit code in a word."""
    return {0: "passed", NOTHING_COLLECTED: "no tests"}.get(code, "FAILED")


if __name__ == "__main__":
    sys.exit(main())
