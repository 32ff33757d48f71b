"""Finish the layers that `sam build` made, so that a function starts in less than half the time.

What an execution environment would compile at each start goes with the layer as byte code, since
it cannot write to the layer's folder; and of botocore's descriptions of some 400 services those
stay that the product calls. Standard library only.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SERVICES = frozenset({"dynamodb", "s3", "secretsmanager", "sesv2", "sqs"})
"""What the product calls, by the names of botocore; a test holds them against its sources."""

MOST_BYTES = 250 * 1024**2
"""Of a function with all its layers, unzipped.

https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""


class Unfinished(Exception):
    """A layer cannot be finished; the text says why and what to do."""


def finish(built: Path, python: str | Path = sys.executable) -> None:
    """Finish each layer of a build's folder, for the Python that the functions run on.

    Byte code of another Python harms nothing: it is looked for by a name with the version in it.
    Raises `Unfinished`.
    """
    layers = sorted(built.glob("*Layer"))
    if not layers:
        raise Unfinished(f"there are no layers in {built}: run `sam build` first")
    for layer in layers:
        drop_services(layer)
        compile_sources(layer, python)
    size = sum(path.stat().st_size for layer in layers for path in layer.rglob("*"))
    if size > MOST_BYTES:
        raise Unfinished(
            f"the layers are {size / 1024**2:.0f} MiB unzipped, and Lambda takes "
            f"{MOST_BYTES // 1024**2} with the function: see `du -s {built}/*Layer/python/*`"
        )


def drop_services(layer: Path) -> None:
    """Drop what botocore knows of services that the product does not call."""
    for service in layer.glob("python/botocore/data/*/"):
        if service.is_dir() and service.name not in SERVICES:
            shutil.rmtree(service)


def compile_sources(layer: Path, python: str | Path) -> None:
    """Put byte code beside each source.

    It is never held against its source: neither changes in a layer, and unzipping gives files other
    times. Raises `Unfinished`.
    """
    how = ["-m", "compileall", "-q", "-f", "--invalidation-mode", "unchecked-hash", "-p", "/opt"]
    # Beside its source, wherever this process keeps its own.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPYCACHEPREFIX"}
    done = subprocess.run(
        [python, *how, "-s", layer, layer], check=False, capture_output=True, text=True, env=env
    )
    if done.returncode:
        raise Unfinished(f"{layer.name} cannot be compiled:\n{done.stdout}{done.stderr}")
