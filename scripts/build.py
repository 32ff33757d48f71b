"""Build what `sam deploy` puts on AWS: `sam build`, and layers that start quickly.

    python -m scripts.build [--runtime python3.11] [--architecture x86_64] [options of `sam build`]

Both are the template's parameters of these names; that Python must be on this machine.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.layers import Unfinished, finish

ROOT = Path(__file__).resolve().parent.parent
SAM_BIN = ROOT / ".venvs/sam/bin"
BUILT = ROOT / ".aws-sam/build"


def main(arguments: list[str]) -> int:
    """Return 0 when everything is built, else what `sam build` returned or 1."""
    parser = argparse.ArgumentParser(description="Build what `sam deploy` puts on AWS.")
    parser.add_argument("--runtime", default=default_of("Runtime"))
    parser.add_argument("--architecture", default=default_of("Architecture"))
    chosen, options = parser.parse_known_args(arguments)
    path = f"{SAM_BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    python = shutil.which(chosen.runtime, path=path)
    if python is None:
        print(f"{chosen.runtime} is not on this machine, and the functions are to run on it.")
        return 1
    sam: list[str | Path] = [
        SAM_BIN / "python",
        "-m",
        "samcli",
        "build",
        "--build-dir",
        BUILT,
        *options,
    ]
    parameters = f"Runtime={chosen.runtime} Architecture={chosen.architecture}"
    done = subprocess.run(
        [*sam, "--parameter-overrides", parameters],
        check=False,
        cwd=ROOT,
        env=os.environ | {"PATH": path, "SAM_CLI_TELEMETRY": "0"},
    )
    if done.returncode:
        return done.returncode
    try:
        finish(BUILT, python)
    except Unfinished as why:
        print(why)
        return 1
    return 0


def default_of(parameter: str) -> str:
    """What the template takes where nobody chooses."""
    text = (ROOT / "template.yaml").read_text("utf-8")
    found = re.search(
        rf"^  {parameter}:\n    Type: String\n    Default: (\S+)$", text, re.MULTILINE
    )
    assert found, f"template.yaml has no parameter {parameter} with a default"
    return found[1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
