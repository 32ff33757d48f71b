"""Layers as they go to AWS: byte code that needs no source to agree, and no service too many."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import layers
from scripts.build import default_of
from scripts.layers import SERVICES, Unfinished, compile_sources, finish

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """What `sam build` leaves, with a package and two services of botocore."""
    package = tmp_path / "OwnLayer/python/own"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("WORD = 'first'\n")
    for name in ("dynamodb", "braket"):
        data = tmp_path / "LibraryLayer/python/botocore/data" / name / "2012-08-10"
        data.mkdir(parents=True)
        (data / "service-2.json.gz").write_bytes(b"{}")
    (data.parents[1] / "endpoints.json").write_text("{}")
    return tmp_path


def compiled(source: Path) -> Path:
    name = f"{source.stem}.{sys.implementation.cache_tag}.pyc"
    return source.parent / "__pycache__" / name


def test_byte_code_is_this_pythons_and_is_not_held_against_its_source(built: Path) -> None:
    finish(built)
    source = built / "OwnLayer/python/own/__init__.py"
    head = compiled(source).read_bytes()[:8]
    assert head[:4] == importlib.util.MAGIC_NUMBER
    # PEP 552: by hash, and not checked.
    assert int.from_bytes(head[4:], "little") == 0b01
    # Unzipped, a source has another time; even another text would not be compiled again.
    source.write_text("WORD = 'second'\n")
    said = subprocess.run(
        [sys.executable, "-c", "import own; print(own.WORD)"],
        env={"PYTHONPATH": str(source.parents[1])},
        check=True,
        capture_output=True,
        text=True,
    )
    assert said.stdout == "first\n"


def test_two_builds_give_the_same_byte_code(built: Path) -> None:
    source = built / "OwnLayer/python/own/__init__.py"
    finish(built)
    first = compiled(source).read_bytes()
    source.touch()
    finish(built)
    assert compiled(source).read_bytes() == first
    assert b"/opt/python/own/__init__.py" in first
    assert str(built).encode() not in first


def test_only_the_services_that_are_called_stay(built: Path) -> None:
    finish(built)
    data = built / "LibraryLayer/python/botocore/data"
    assert sorted(path.name for path in data.iterdir()) == ["dynamodb", "endpoints.json"]


def test_each_service_that_a_source_makes_a_client_for_stays() -> None:
    called = set()
    for source in (ROOT / "layers/funnel/funnel").rglob("*.py"):
        called |= set(re.findall(r'_client\(\s*"(\w+)"', source.read_text("utf-8")))
    assert called == SERVICES


def test_too_much_for_lambda_is_said_here_and_not_by_the_deployment(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layers, "MOST_BYTES", 1)
    with pytest.raises(Unfinished, match="Lambda takes"):
        finish(built)


def test_what_cannot_be_compiled_is_named(built: Path) -> None:
    (built / "OwnLayer/python/own/bad.py").write_text("def\n")
    with pytest.raises(Unfinished, match=r"OwnLayer cannot be compiled:[^$]*bad\.py"):
        compile_sources(built / "OwnLayer", sys.executable)


def test_without_a_build_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unfinished, match="run `sam build` first"):
        finish(tmp_path)


def test_the_default_is_the_python_that_the_template_names() -> None:
    assert default_of("Runtime") == f"python{sys.version_info.major}.{sys.version_info.minor}"
