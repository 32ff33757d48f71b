"""Make what is committed the release that all that comes after is held to.

python -m scripts.release

Two things are written, to be committed together: docs/openapi.released.json, by which a change that
breaks programs is found (`scripts.api_breaks`), and tests/upgrade/releases/<date>-<commit>, the data of
two deployments of this commit, which later code has to read and go on with. The releases kept are the
last two; who has an older one upgrades to one of these first.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts import api_breaks

ROOT = Path(__file__).resolve().parent.parent
RELEASES = ROOT / "tests/upgrade/releases"
KEPT = 2


def main() -> int:
    """0 when both are written; 1 where something is not committed, or the data cannot be made."""
    if _git("status", "--porcelain", "--untracked-files=no"):
        print("Commit first: a release is named after its commit.", file=sys.stderr)
        return 1
    commit, date = _git("log", "-1", "--format=%h %cs").split()
    folder = RELEASES / f"{date}-{commit}"
    named = json.dumps({"commit": commit, "date": date})
    path = os.pathsep.join((str(ROOT / "layers/funnel"), str(ROOT)))
    command = [sys.executable, "-m", "tests.upgrade.write", str(folder), named]
    if subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": path}, check=False
    ).returncode:
        shutil.rmtree(folder, ignore_errors=True)
        return 1
    for old in by_age()[:-KEPT]:
        shutil.rmtree(old)
    api_breaks.release()
    print(f"{folder.relative_to(ROOT)} and the API of it are released; commit both.")
    return 0


def by_age() -> list[Path]:
    """The folders of releases, the oldest first."""
    found = [path for path in RELEASES.iterdir() if path.is_dir()]
    return sorted(found, key=lambda path: (_order(path.name.rpartition("-")[2]), path.name))


def _order(commit: str = "HEAD") -> int:
    """How many commits led to one; 0 for one that is not here."""
    return int(_git("rev-list", "--count", commit) or 0)


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else ""


if __name__ == "__main__":
    sys.exit(main())
