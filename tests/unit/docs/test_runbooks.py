"""What the runbooks have an operator search the logs for is what the code logs."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.unit.docs.source import PAGES, ROOT

COMMAND = re.compile(r"--filter-pattern '([^']+)'")
ASKED = re.compile(r"\$\.(\w+) = \"([^\"]+)\"")
ANY = "…"
"""Stands for a value that the operator has at hand."""
PATTERNS = sorted({found for one in PAGES for found in COMMAND.findall(one.read_text())})


def modules() -> Iterator[ast.AST]:
    """The code that logs."""
    for folder in ("layers/funnel/funnel", "functions"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if "logger" in text:
                yield ast.parse(text)


def logged() -> tuple[set[str], set[str]]:
    """The names of what lines carry, and the texts of modules that log."""
    names, texts = {"message"}, set()
    for module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "append_keys":
                names |= {one.arg for one in node.keywords if one.arg}
            elif isinstance(node, ast.keyword) and node.arg == "extra":
                keys = node.value.keys if isinstance(node.value, ast.Dict) else []
                names |= {ast.literal_eval(one) for one in keys if one}
    return names, texts


def test_runbooks_search_the_log() -> None:
    assert len(PATTERNS) >= 3


@pytest.mark.parametrize("pattern", PATTERNS)
def test_what_a_runbook_searches_the_log_for_is_logged(pattern: str) -> None:
    names, texts = logged()
    asked = ASKED.findall(pattern)
    assert asked, "search by a name, as { $.message = … }: a bare word finds what nobody means"
    for name, value in asked:
        assert name in names
        assert value == ANY or value in texts
