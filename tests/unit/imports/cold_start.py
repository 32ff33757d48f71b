"""A door as Lambda starts it: a bare Python, the template's variables, nothing imported yet."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DOORS = tuple(sorted(path.parent.name for path in (ROOT / "functions").glob("*/app.py")))
WITH_SUGAR = ("jobs", "pull", "push", "sign_in", "target_lists")
_NAMES = ("TENANTS", "SYNC", "RECORDS", "PEOPLE", "SYNC_ERRORS", "HISTORY", "LISTS", "CHANGES")
_MORE = ("ACTIVITIES", "SCORES", "PUSHES", "MARKETING", "VISION", "MAIL", "CAMPAIGNS")
ENVIRONMENT = {
    "PATH": os.environ.get("PATH", ""),
    "PYTHONPATH": os.pathsep.join((str(ROOT / "layers/funnel"), str(ROOT / "functions"))),
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nothing",
    "FUNNEL_STAGE": "test",
    "FUNNEL_PUBLIC_URL": "https://funnel.example",
    "FUNNEL_PULL_QUEUE_URL": "https://queues.example/pull",
    "FUNNEL_JOBS_QUEUE_URL": "https://queues.example/jobs",
    "FUNNEL_SIGN_IN_QUEUE_URL": "https://queues.example/sign-in",
    "FUNNEL_TARGET_LISTS_QUEUE_URL": "https://queues.example/target-lists",
    "FUNNEL_PUSH_QUEUE_URL": "https://queues.example/push",
    "FUNNEL_ACTIVITIES_QUEUE_URL": "https://queues.example/activities",
    "FUNNEL_PEOPLE_QUEUE_URL": "https://queues.example/people",
    "FUNNEL_MAIL_QUEUE_URL": "https://queues.example/mail",
    "FUNNEL_MAIL_EVENTS_QUEUE_URL": "https://queues.example/mail-events",
    "FUNNEL_MAIL_WORDS_QUEUE_URL": "https://queues.example/mail-words",
    "FUNNEL_CAMPAIGNS_QUEUE_URL": "https://queues.example/campaigns",
    "FUNNEL_MAIL_CONFIGURATION": "funnel-test",
    "FUNNEL_FILES_BUCKET": "files",
    "POWERTOOLS_SERVICE_NAME": "funnel",
    **{f"FUNNEL_{name}_TABLE": name.lower() for name in _NAMES + _MORE},
}
BEGIN = "import {door}.app"
WIRE = "from funnel.bootstrap import app, app_with_sugar; {app}()"
OPEN = """
from funnel.adapters.sugar_soap import protocol
from funnel.adapters.sugar_soap.dialects import TRAITS
from funnel.domain.crm import Dialect
protocol.request(TRAITS[Dialect.V4_1].wsdl, "get_server_info")
"""


def steps(door: str) -> dict[str, str]:
    """What happens to a door, in order: it is imported, its ports are wired, Sugar is met."""
    meets_sugar = door in WITH_SUGAR
    wire = WIRE.format(app="app_with_sugar" if meets_sugar else "app")
    begin = BEGIN.format(door=door)
    return {"imported": begin, "wired": wire, **({"opened": OPEN} if meets_sugar else {})}


EVERY_DOOR_BEGINS_WITH = "funnel.bootstrap"
"""Most of a start, so it is loaded once, and each door goes on from there as a fork of its own."""
TELL = f"""
import importlib.util, json, marshal, os, sys
from functools import cache
import {EVERY_DOOR_BEGINS_WITH}

@cache
def size(name):
    spec = getattr(sys.modules[name], "__spec__", None)
    kept = getattr(spec, "cached", None)
    if kept and os.path.exists(kept):
        return os.path.getsize(kept)
    code = spec.loader.get_code(spec.name) if hasattr(getattr(spec, "loader", None), "get_code") else None
    return len(marshal.dumps(code)) if code else 0

def loaded():
    return {{name: size(name) for name in sorted(sys.modules)}}

def start(steps):
    # So it is not loaded for a door that does not ask for it.
    del sys.modules["{EVERY_DOOR_BEGINS_WITH}"]
    found = {{}}
    for step, code in steps.items():
        exec(code, {{}})
        found[step] = loaded()
    return found

loaded()
for door, steps in json.loads(sys.argv[1]).items():
    if os.fork() == 0:
        print(json.dumps([door, start(steps)]), flush=True)
        os._exit(0)
    if os.wait()[1]:
        sys.exit(door + " does not start")
"""


@cache
def _all_sizes() -> dict[str, dict[str, dict[str, int]]]:
    told = run(TELL, json.dumps({door: steps(door) for door in DOORS})).stdout
    return dict(json.loads(line) for line in told.splitlines())


def sizes(door: str) -> dict[str, dict[str, int]]:
    """The modules that are loaded after each step, and the bytes of byte code of each."""
    return _all_sizes()[door]


def modules(door: str) -> dict[str, frozenset[str]]:
    """The modules that are loaded after each step."""
    return {step: frozenset(loaded) for step, loaded in sizes(door).items()}


@cache
def importers(door: str) -> dict[str, str]:
    """By which module each was first imported, until the ports are wired; "" by the door itself."""
    found = dict[str, str]()
    waiting = dict[int, list[str]]()
    code = "\n".join(steps(door)[step] for step in ("imported", "wired"))
    for line in run(code, options=("-X", "importtime")).stderr.splitlines()[1:]:
        name = line.rpartition("|")[2]
        depth = len(name) - len(name.lstrip())
        # What a module imported stands before it, two columns further in.
        found |= dict.fromkeys(waiting.pop(depth + 2, ()), name.strip())
        waiting.setdefault(depth, []).append(name.strip())
    return {**{name: "" for names in waiting.values() for name in names}, **found}


def chain(door: str, module: str) -> str:
    """How a module came in: from the door to it."""
    names, by = [module], importers(door)
    while before := by.get(names[0], ""):
        names.insert(0, before)
    return " → ".join(names)


def run(
    code: str, *arguments: str, options: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """A new Python that does this."""
    return subprocess.run(
        [sys.executable, *options, "-c", code, *arguments],
        env=ENVIRONMENT,
        check=True,
        capture_output=True,
        text=True,
    )
