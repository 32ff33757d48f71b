"""CPU of a cold door beyond bare Python: imported, with its ports wired, and with Sugar met.

Run by `make bench`, or as `PYTHONPATH=layers/funnel python -m tests.bench.bench_cold_start`.

Each start is a process of its own with the environment of the template; bare Python is started in
turn with the doors. Each is started twice: with the byte code of all its modules there, and with
that of Python's own library only, as from a layer of plain sources on a disk that cannot be
written.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping

from tests.bench.measuring import Target, table, targets
from tests.unit.imports.cold_start import DOORS, ENVIRONMENT, WITH_SUGAR, modules, steps

ROUNDS = 5
BARE, BOTOCORE = "bare Python", "botocore and a client for DynamoDB"
STEPS = ("imported", "wired", "opened")
CLIENT = "from botocore.session import get_session; get_session().create_client('dynamodb')"
MOST_OF_BOTOCORE = 5.0
"""Of its own cold start a door may take, wired, times what botocore takes by itself."""
BUDGET, BUDGET_WITH_ZEEP = 400, 900
Environment = Mapping[str, str]


def cpu(code: str, environment: Environment) -> float:
    """Milliseconds of CPU that a Python process with this code takes, to its end."""
    process = subprocess.Popen([sys.executable, "-c", code], env=environment)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, code
    return 1000 * (used.ru_utime + used.ru_stime)


def sources_only(cache: str) -> Environment:
    """An environment in which only Python's own library has byte code."""
    found = {**ENVIRONMENT, "PYTHONPYCACHEPREFIX": cache}
    loaded = set().union(*(names for door in DOORS for names in modules(door).values()))
    own = sorted(name for name in loaded if name.partition(".")[0] in sys.stdlib_module_names)
    lines = ["from contextlib import suppress"]
    lines += [f"with suppress(ImportError): import {name}" for name in own if name != "__main__"]
    cpu("\n".join(lines), found)
    return {**found, "PYTHONDONTWRITEBYTECODE": "1"}


def starts() -> dict[str, str]:
    """What is started, by name: each door as far as each of its steps."""
    found = {BARE: "pass", BOTOCORE: CLIENT}
    for door in DOORS:
        code = ""
        for step, more in steps(door).items():
            code += more + "\n"
            found[f"{door} {step}"] = code
    return found


def costs(environment: Environment) -> dict[str, float]:
    """Milliseconds beyond bare Python by start; those of bare Python itself."""
    codes = starts()
    taken: dict[str, list[float]] = {name: [] for name in codes}
    for number in range(ROUNDS + 1):
        for name, code in codes.items():
            used = cpu(code, environment)
            if number:
                taken[name].append(used)
    found = {name: statistics.median(used) for name, used in taken.items()}
    return {name: ms if name == BARE else ms - found[BARE] for name, ms in found.items()}


def measure() -> tuple[str, list[Target]]:
    """The table, and what was to be reached."""
    cost = costs(ENVIRONMENT)
    with tempfile.TemporaryDirectory() as cache:
        plain = costs(sources_only(cache))
    rows = [
        (
            door,
            *(_cell(cost, door, step) for step in STEPS),
            f"{cost[f'{door} wired'] / cost[BOTOCORE]:.1f}",
            *(_cell(plain, door, step) for step in STEPS),
        )
        for door in DOORS
    ]
    least = (
        f"{BOTOCORE}",
        "",
        f"{cost[BOTOCORE]:.0f}",
        "",
        "1.0",
        "",
        f"{plain[BOTOCORE]:.0f}",
        "",
    )
    found = [Target(f"{door} imported", cost[f"{door} imported"], BUDGET, " ms") for door in DOORS]
    found += [
        Target(
            f"{door} wired, of botocore alone",
            cost[f"{door} wired"] / cost[BOTOCORE],
            MOST_OF_BOTOCORE,
            " times",
        )
        for door in DOORS
    ]
    found += [
        Target(f"{door} with zeep", cost[f"{door} opened"], BUDGET_WITH_ZEEP, " ms")
        for door in WITH_SUGAR
    ]
    heads = ["CPU ms", "imported", "wired", "Sugar met", "wired, of botocore alone"]
    heads += ["sources: imported", "wired", "Sugar met"]
    return table(heads, [least, *rows]) + f"\n\nBare Python: {cost[BARE]:.0f} ms.", found


def _cell(found: Mapping[str, float], door: str, step: str) -> str:
    return f"{found[f'{door} {step}']:.0f}" if step in steps(door) else ""


if __name__ == "__main__":
    told, reached = measure()
    print(f"{told}\n\n{targets(reached)}")
    sys.exit(not all(one.met for one in reached))
