"""The project's documents, and the names they mention."""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
EVERYTHING = tuple(p.name for p in (ROOT / "tests").iterdir() if p.is_dir())
"""All folders of tests."""
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
_TEST = re.compile(r"^def (test_\w+)", re.MULTILINE)
_MARK = re.compile(r"^@pytest\.mark\.feature\(\"([A-G]\d+)\"\)", re.MULTILINE)


def page(name: str) -> str:
    """The text of a page in `docs`."""
    return (DOCS / name).read_text(encoding="utf-8")


def code(text: str) -> set[str]:
    """Everything a page has in back-ticks or as a line of a fenced block."""
    return set(re.findall(r"`([^`\n]+)`", text))


@cache
def names_of_tests(*folders: str) -> frozenset[str]:
    """The names of all tests in these folders of `tests`."""
    return frozenset(name for text in _sources(folders) for name in _TEST.findall(text))


@cache
def marked_features(*folders: str) -> frozenset[str]:
    """The feature ids that tests in these folders of `tests` are marked with."""
    return frozenset(name for text in _sources(folders) for name in _MARK.findall(text))


def _sources(folders: tuple[str, ...]) -> list[str]:
    paths = [p for folder in folders for p in (ROOT / "tests" / folder).rglob("test_*.py")]
    return [p.read_text(encoding="utf-8") for p in paths]
