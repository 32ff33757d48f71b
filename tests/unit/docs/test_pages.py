"""The documents lead where they say, and hold together."""

import re
from pathlib import Path

import pytest

from tests.unit.docs.source import DOCS, PAGES, ROOT, page

MARKDOWN = [p for p in PAGES if p.suffix == ".md"]
_LINK = re.compile(r"\]\(([^)\s]+)\)")
MEASURED = {DOCS / "performance.md", DOCS / "soak.md"}
"""Written by `make bench` and `make soak`: there once somebody has run them."""
_NUMBER = re.compile(r"\d{4}(?=-[a-z0-9-]+\.md$)")


def relative(path: Path) -> str:
    """A page as it is named in the project."""
    return str(path.relative_to(ROOT))


def anchor(heading: str) -> str:
    """What a heading is linked by."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("path", MARKDOWN, ids=relative)
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in _LINK.findall(path.read_text(encoding="utf-8")):
        if link.startswith("http"):
            continue
        target, _, part = link.partition("#")
        there = (path.parent / target).resolve() if target else path
        assert there.exists(), link
        if part:
            headings = re.findall(r"^#+ (.*)$", there.read_text(encoding="utf-8"), re.MULTILINE)
            assert part in map(anchor, headings), link


def test_every_picture_is_shown_on_a_page() -> None:
    shown = re.compile(r"\]\((?:docs/)?screenshots/([^)]+)\)")
    found = {name for path in MARKDOWN for name in shown.findall(path.read_text(encoding="utf-8"))}
    assert {one.name for one in (DOCS / "screenshots").iterdir()} == found


@pytest.mark.parametrize("path", MARKDOWN, ids=relative)
def test_a_page_has_one_title(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
    assert text.startswith("# ")


def test_every_page_can_be_reached_from_the_readme() -> None:
    seen: set[Path] = set()
    todo = [ROOT / "README.md"]
    while todo:
        path = todo.pop()
        if path in seen or not path.exists():
            continue
        seen.add(path)
        if path.is_dir():
            todo += path.glob("*.md")
        elif path.suffix == ".md":
            found = _LINK.findall(path.read_text(encoding="utf-8"))
            todo += [(path.parent / link.partition("#")[0]).resolve() for link in found]
    assert set(MARKDOWN) - MEASURED <= seen


def test_each_decision_has_a_number_of_its_own_and_a_date() -> None:
    names = sorted(p.name for p in (DOCS / "decisions").iterdir())
    numbers = [_NUMBER.match(name) for name in names]
    assert [int(n[0]) for n in numbers if n] == list(range(1, len(names) + 1)), names
    for name in names:
        text = page(f"decisions/{name}")
        assert re.search(r"^(\d{1,2} \w+ \d{4}|\d{4}-\d\d-\d\d)$", text, re.MULTILINE), name
        assert len(text.split()) < 500, name


def test_every_make_target_that_is_mentioned_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for path in MARKDOWN:
        for target in re.findall(r"`make ([a-z-]+)", path.read_text(encoding="utf-8")):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), (path, target)
