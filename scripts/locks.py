"""Compile ``requirements/*.in`` to lock files: every package pinned, every file hashed.

The layers' locks come first: the others take them as constraints, so that tests run on the very
versions that are deployed.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".venvs/tools/bin/uv"
LOCKS = {
    "requirements/dependencies.in": "layers/dependencies/requirements.txt",
    "requirements/sugar.in": "layers/sugar/requirements.txt",
    "requirements/mail.in": "layers/mail/requirements.txt",
    "requirements/dev.in": "requirements/dev.txt",
    "requirements/mutants.in": "requirements/mutants.txt",
    "requirements/aws.in": "requirements/aws.txt",
    "requirements/sam.in": "requirements/sam.txt",
    "requirements/tools.in": "requirements/tools.txt",
}
OPTIONS = "--quiet --generate-hashes --universal --python-version 3.11 --no-header --no-annotate"


def main() -> int:
    """Compile all; extra arguments go to uv (``--upgrade``, ``--upgrade-package boto3``)."""
    for source, lock in LOCKS.items():
        options = ["pip", "compile", *OPTIONS.split(), *sys.argv[1:], source, "-o", lock]
        subprocess.run([UV, *options], check=True, cwd=ROOT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
