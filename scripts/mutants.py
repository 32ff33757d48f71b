"""Mutation testing of the domain, by a sample: how many small faults its unit tests would notice.

Changes a copy of ``funnel/domain`` in thousands of small ways (mutmut), draws some of each room with
a fixed seed, and runs for each the unit tests that reach it: those of the domain, and those of the
use cases that carry the same room out. Prints the table that stands in ``docs/testing.md``, then the
names of what survived; ``make mutants``::

    python -m scripts.mutants [--each 60] [--seed 8] [--rooms scoring,mail] [--show]

Rooms drawn whole have no error of sampling. The error told is of 95 % (normal approximation, with
the correction for a finite population; of the whole, the rooms weighted by their mutants).
"""

import argparse
import json
import math
import os
import random
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPY = ROOT / ".local/mutants"
MUTMUT = ROOT / ".venvs/mutants/bin/python"
PACKAGE = "funnel.domain."
BESIDE = "(beside the rooms)"

ALSO = {"mail": ("delivery",), "people": ("erasing",), "scoring": ("segments", "work")}
"""Rooms of use cases that carry out the rules of a room of the domain, beside that of its name."""

SETTINGS = """
[tool.pytest.ini_options]
pythonpath = ["."]
addopts = "-q --import-mode=importlib -p no:cacheprovider"
filterwarnings = ["error"]
markers = ["feature(id): -", "soak: -"]

[tool.mutmut]
source_paths = ["funnel/domain"]
also_copy = [{beside}]
pytest_add_cli_args_test_selection = ["tests/unit/domain", "tests/unit/usecases"]
track_dependencies = false
use_git_change_detection = false
"""
CONFTEST = """
from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "mutants",
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutants")
"""
OUTCOMES = {0: "survived", 33: "no test"}
TIMEOUTS = frozenset({-24, 24, 36, 152, 255, -9})


@dataclass(frozen=True)
class Room:
    """What became of the mutants drawn of one room; those that time out count as noticed."""

    name: str
    mutants: int
    outcomes: Counter[str]

    @property
    def drawn(self) -> int:
        """How many were run."""
        return self.outcomes.total()

    @property
    def noticed(self) -> float:
        """The share that the tests notice."""
        return (self.outcomes["killed"] + self.outcomes["timeout"]) / self.drawn

    @property
    def variance(self) -> float:
        """Of that share, as an estimate for all mutants of the room."""
        if self.drawn in (1, self.mutants):
            return 0.0
        left = 1 - self.drawn / self.mutants
        return self.noticed * (1 - self.noticed) / (self.drawn - 1) * left


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw, run and tell; 1 where mutmut itself fails."""
    parser = argparse.ArgumentParser(description="Mutation testing of the domain, by a sample.")
    parser.add_argument("--each", type=int, default=60, help="mutants of each room")
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--rooms", default="", help="only these, apart by commas")
    parser.add_argument("--show", action="store_true", help="print what each survivor changes")
    options = parser.parse_args(arguments)
    copy_tree()
    mutmut("run", "--max-children", "1", f"{PACKAGE}text.*")  # which makes all mutants first
    keep_tests_of_rooms()
    wanted = set(filter(None, options.rooms.split(",")))
    every = {room: names for room, names in by_room().items() if not wanted or room in wanted}
    drawn = {room: draw(names, options.each, options.seed) for room, names in every.items()}
    mutmut("run", "--max-children", "1", *(name for names in drawn.values() for name in names))
    codes = exit_codes()
    rooms = [
        Room(room, len(every[room]), Counter(outcome(codes[name]) for name in names))
        for room, names in drawn.items()
    ]
    print("\n".join(table(rooms)))
    for name in (name for names in drawn.values() for name in names):
        if outcome(codes[name]) in OUTCOMES.values():
            print(f"\n{outcome(codes[name])}: {name}", flush=True)
            if options.show:
                mutmut("show", name)
    return 0


def copy_tree() -> None:
    """Lay out a copy with the package at its top, as mutmut wants it; what is the same stays.

    So mutmut makes only the mutants of files that changed, and finds only new tests anew.
    """
    for source in ("layers/funnel/funnel", "tests", "local", "functions"):
        copy_changes(ROOT / source, COPY / Path(source).name)
    write(COPY / "template.yaml", (ROOT / "template.yaml").read_bytes())
    beside = [*(COPY / "funnel").iterdir(), *(COPY / name for name in ("local", "functions"))]
    named = [str(one.relative_to(COPY)) for one in (*beside, COPY / "template.yaml")]
    named.remove("funnel/domain")
    settings = SETTINGS.replace("{beside}", ", ".join(f'"{name}"' for name in sorted(named)))
    write(COPY / "pyproject.toml", settings.encode())
    shutil.rmtree(COPY / "mutants/tests", ignore_errors=True)  # those that are gone, too
    write(COPY / "tests/conftest.py", CONFTEST.encode())
    (COPY / "tests/unit/conftest.py").unlink()  # holds use cases to their rights


def copy_changes(source: Path, target: Path) -> None:
    """Have the target hold the files of the source, but for what no unit test reads."""
    files = {
        path.relative_to(source)
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and "static" not in path.parts
    }
    for path in target.rglob("*"):
        if path.is_file() and path.relative_to(target) not in files:
            path.unlink()
    for path in files:
        write(target / path, (source / path).read_bytes())


def write(path: Path, content: bytes) -> None:
    """Write a file, unless it has this content."""
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def mutmut(*arguments: str) -> None:
    """Run a command of mutmut in the copy; raises CalledProcessError where it fails."""
    command: list[str | Path] = [MUTMUT, "-m", "mutmut", *arguments]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    subprocess.run(command, cwd=COPY, env=environment, check=True)


def exit_codes() -> dict[str, int | None]:
    """Of every mutant, by its name, how its tests ended; None where they were not run."""
    codes: dict[str, int | None] = {}
    for path in sorted((COPY / "mutants").rglob("*.py.meta")):
        codes |= json.loads(path.read_text())["exit_code_by_key"]
    return codes


def keep_tests_of_rooms() -> None:
    """Have mutmut run for a function only the tests that `folders_of` its room names."""
    path = COPY / "mutants/mutmut-stats.json"
    stats = json.loads(path.read_text())
    for name, tests in stats["tests_by_mangled_function_name"].items():
        tests[:] = [test for test in tests if test.startswith(folders_of(room_of(name)))]
    path.write_text(json.dumps(stats))


def folders_of(room: str) -> tuple[str, ...]:
    """Where a room's tests are: with the domain, and with the use cases that carry its rules out."""
    rooms = (room, *ALSO.get(room, ()))
    return ("tests/unit/domain/", *(f"tests/unit/usecases/{one}/" for one in rooms))


def room_of(name: str) -> str:
    """The room of a mutant or function; what stands beside the rooms is taken together."""
    room, _, rest = name.removeprefix(PACKAGE).partition(".")
    return room if "." in rest else BESIDE


def by_room() -> dict[str, list[str]]:
    """The names of all mutants by room."""
    rooms: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(exit_codes()):
        rooms[room_of(name)].append(name)
    return dict(sorted(rooms.items()))


def draw(names: Sequence[str], most: int, seed: int) -> list[str]:
    """At most so many of them, the same for the same seed and names."""
    return sorted(random.Random(seed).sample(names, min(most, len(names))))


def outcome(code: int | None) -> str:
    """The word for an exit code of mutmut."""
    if code is None:
        raise RuntimeError("mutmut left out a mutant that it was asked for")
    if code in TIMEOUTS:
        return "timeout"
    return OUTCOMES.get(code, "killed")


def table(rooms: Iterable[Room]) -> list[str]:
    """The Markdown of the result, room by room and as a whole."""
    rooms = list(rooms)
    lines = [
        "| Room | Mutants | Drawn | Killed | Timed out | Survived | No test | Score |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        row(room.name, room.mutants, room.outcomes, room.noticed, room.variance) for room in rooms
    ]
    mutants = sum(room.mutants for room in rooms)
    shares = {room.name: room.mutants / mutants for room in rooms}
    noticed = sum(shares[room.name] * room.noticed for room in rooms)
    variance = sum(shares[room.name] ** 2 * room.variance for room in rooms)
    outcomes = sum((room.outcomes for room in rooms), Counter())
    return [*lines, row("**all**", mutants, outcomes, noticed, variance)]


def row(
    name: str, mutants: int, outcomes: Mapping[str, int], noticed: float, variance: float
) -> str:
    """One line of the table."""
    error = 1.96 * math.sqrt(variance)
    score = f"{noticed:.0%}" + (f" ± {error:.1%}" if error else "")
    counts = [
        sum(outcomes.values()),
        *(outcomes.get(k, 0) for k in ("killed", "timeout", "survived", "no test")),
    ]
    return f"| {name} | {mutants:,} | " + " | ".join(map(str, counts)) + f" | {score} |"


if __name__ == "__main__":
    sys.exit(main())
