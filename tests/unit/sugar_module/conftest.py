"""The packages, built and unpacked once."""

import io
import zipfile
from pathlib import Path

import pytest

from scripts.sugar_module import PACKAGES, files, packed


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each package's folder, as Module Loader unpacks it, by the package's name."""
    found = {}
    for name, way in PACKAGES.items():
        folder = tmp_path_factory.mktemp("packages") / name.removesuffix(".zip")
        with zipfile.ZipFile(io.BytesIO(packed(files(way)))) as package:
            package.extractall(folder)
        found[name] = folder
    return found
