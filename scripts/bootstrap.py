"""Make the environments the project works in, and install only what is missing.

Runs on a bare Python 3.11 (standard library only)::

    python3.11 scripts/bootstrap.py [--for run|test|mutants]

- ``.venv``: the product, its tests and checks.
- ``.venvs/aws``: the local AWS. ``.venvs/sam``: the SAM command line. ``.venvs/tools``: uv.
- ``.venvs/mutants``: mutation testing, only for that.
- ``node_modules``: what comes from npm; htmx is copied to where the layer is built from, and the
  packages for Sugar are built there.

Each has a stamp: a hash of its lock file, of where it stands and of the Python that made it.
Where the stamp agrees nothing is done. Two of these at once wait for each other.
"""

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED_PYTHON = (3, 11)
ENVIRONMENTS = {
    ".venvs/tools": "requirements/tools.txt",
    ".venv": "requirements/dev.txt",
    ".venvs/aws": "requirements/aws.txt",
    ".venvs/sam": "requirements/sam.txt",
}
MUTANTS = {".venvs/mutants": "requirements/mutants.txt"}
VENDOR = ROOT / "layers/funnel/funnel/web/static/vendor"
VENDORED = {"node_modules/htmx.org/dist/htmx.min.js": "htmx.min.js"}
# Programs by purpose: any one of the names will do; the last item is the Debian package.
PROGRAMS: dict[str, list[tuple[tuple[str, ...], str]]] = {
    "run": [(("node",), "nodejs"), (("npm",), "npm")],
    "test": [
        (
            ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
            "chromium",
        ),
        (("java",), "openjdk-17-jre-headless"),
        (("php",), "php-cli"),
    ],
}


# Opening a page costs it a quarter of what it costs the whole Chromium, which makes windows nobody sees.
PREFERRED = "chromium-headless-shell"
APT_INSTALL = ("apt-get", "install", "-y", "--no-install-recommends")


class Unready(Exception):
    """The machine lacks something; the text says what to do about it."""


def say(text: str) -> None:
    """Print a line at once, also when the output is a file."""
    print(f"setup: {text}", flush=True)


def main() -> int:
    """Return 0 when everything is there, 1 with the reason printed when it is not."""
    parser = argparse.ArgumentParser(description="Make the project's environments.")
    parser.add_argument("--for", dest="purpose", choices=("run", "test", "mutants"), default="test")
    purpose = parser.parse_args().purpose
    started = time.monotonic()
    try:
        check_python()
        with one_at_a_time():
            done = install_preferred(purpose) + install_programs(purpose)
            wanted = ENVIRONMENTS | (MUTANTS if purpose == "mutants" else {})
            done += [name for name, lock in wanted.items() if make_environment(name, lock)]
            done += install_npm()
    except Unready as why:
        say(str(why))
        return 1
    if done:
        say(f"ready in {time.monotonic() - started:.0f} s ({', '.join(done)})")
    return 0


def check_python() -> None:
    """Refuse another Python than the one the functions run on."""
    if sys.version_info[:2] != NEEDED_PYTHON:
        found = ".".join(map(str, sys.version_info[:3]))
        raise Unready(
            f"Python 3.11 is needed and this is {found}. On Debian or Ubuntu: "
            "apt-get install python3.11 python3.11-venv"
        )


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the project's set-up lock: two `make` at once must not build the same folder."""
    folder = ROOT / ".venvs"
    folder.mkdir(exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install_preferred(purpose: str) -> list[str]:
    """Install by apt what makes the tests cheaper, where that is possible; they pass without."""
    if purpose != "test" or shutil.which(PREFERRED) or not _may_install():
        return []
    try:
        _install([PREFERRED])
    except Unready:
        say(f"there is no {PREFERRED}: tests in a browser take longer")
        return []
    return [PREFERRED]


def install_programs(purpose: str) -> list[str]:
    """Install by apt what is missing, where that is possible; say exactly what to do where not."""
    wanted = PROGRAMS["run"] + (PROGRAMS["test"] if purpose == "test" else [])
    missing = [package for names, package in wanted if not any(map(shutil.which, names))]
    if not missing:
        return []
    if not _may_install():
        line = " ".join([*APT_INSTALL, *missing])
        raise Unready(f"missing on this machine: {', '.join(missing)}. Install by: sudo {line}")
    _install(missing)
    return missing


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(packages: Sequence[str]) -> None:
    say(f"installing {', '.join(packages)} by apt")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], env=quiet)
    run([*APT_INSTALL, *packages], env=quiet)


def make_environment(name: str, lock: str) -> bool:
    """Make one virtual environment from its lock file; False where it is there already."""
    folder = ROOT / name
    stamp = folder / ".stamp"
    wanted = fingerprint(ROOT / lock, str(folder), sys.version)
    if stamp.is_file() and stamp.read_text() == wanted:
        return False
    say(f"making {name}")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        venv.create(folder, with_pip=True, symlinks=True)
    except (subprocess.CalledProcessError, OSError) as error:
        raise Unready(
            f"a virtual environment cannot be made here ({error}). On Debian or Ubuntu: "
            "apt-get install python3.11-venv"
        ) from error
    install(folder, ROOT / lock)
    stamp.write_text(wanted)
    return True


def install(folder: Path, lock: Path) -> None:
    """Install a lock file, every hash checked: with uv where it works, else with pip.

    pip knows mirrors and certificates that a machine may have set for it alone.
    """
    python = folder / "bin/python"
    uv = ROOT / ".venvs/tools/bin/uv"
    if uv.is_file():
        by_uv = f"pip install --quiet --require-hashes -r {lock.relative_to(ROOT)} --python".split()
        if subprocess.run([uv, *by_uv, python], check=False, cwd=ROOT).returncode == 0:
            return
        say("uv could not install it; trying with pip")
    by_pip = f"-m pip install --quiet --require-hashes -r {lock.relative_to(ROOT)}".split()
    run([python, *by_pip])


def install_npm() -> list[str]:
    """Install the npm packages of the lock file and copy out what the pages serve."""
    modules = ROOT / "node_modules"
    stamp = modules / ".stamp"
    wanted = fingerprint(ROOT / "package-lock.json", str(modules))
    fresh = not stamp.is_file() or stamp.read_text() != wanted
    if fresh:
        say("making node_modules")
        run(["npm", "ci", "--ignore-scripts", "--loglevel=error"])
        stamp.write_text(wanted)
    VENDOR.mkdir(parents=True, exist_ok=True)
    for source, target in VENDORED.items():
        copy = VENDOR / target
        original = (ROOT / source).read_bytes()
        if not copy.is_file() or copy.read_bytes() != original:
            copy.write_bytes(original)
    run([sys.executable, ROOT / "scripts/sugar_module.py", "--quiet", "--into", VENDOR])
    return ["node_modules"] if fresh else []


def fingerprint(lock: Path, *more: str) -> str:
    """Return a hash of a lock file and of whatever else must not change."""
    digest = hashlib.sha256(lock.read_bytes())
    for text in more:
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()


def run(command: Sequence[str | Path], env: dict[str, str] | None = None) -> None:
    """Run a command in the project's folder; Unready when it fails."""
    result = subprocess.run(command, check=False, cwd=ROOT, env=env)
    if result.returncode:
        text = " ".join(map(str, command))
        raise Unready(f"this failed (exit {result.returncode}): {text}")


if __name__ == "__main__":
    sys.exit(main())
