"""Schemathesis asks every operation: no answer is a fault of ours, and none breaks the document."""

import os

import pytest

pytest.importorskip("schemathesis", reason="an environment from before it was locked: make venv")

from tests.fuzz.fuzzing import fuzz, operations

PARTS = 4
EXAMPLES = 5
"""Of each operation. All of them take about 50 s of CPU."""
SEED = 20_261_129


@pytest.mark.feature("G5")
@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_is_asked_the_answer_is_what_the_document_says(part: int) -> None:
    assert fuzz(operations()[part::PARTS], EXAMPLES, SEED) == {}


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("operation", operations())
def test_for_long_and_never_the_same(operation: str) -> None:
    """FUZZ_EXAMPLES of each (300), from a seed that is told where it fails, or FUZZ_SEED."""
    examples = int(os.environ.get("FUZZ_EXAMPLES", "300"))
    number = int(os.environ.get("FUZZ_SEED") or int.from_bytes(os.urandom(4), "big"))
    found = fuzz([operation], examples, number)
    assert found == {}, f"FUZZ_SEED={number}"
