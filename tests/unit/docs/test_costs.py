"""What a million costs is what its counts come to at the prices that are told; so is the whole scale."""

import re
from collections.abc import Callable

import pytest

from tests.bench import scale
from tests.unit.docs.source import page

SECTION = page("performance.md").split("## What a million costs")[1].split("\n## ")[0]
PRICES = dict(
    zip(("write", "read", "Lambda"), re.findall(r"\$(\d+\.\d+)", SECTION)[:3], strict=True)
)
UNITS = re.findall(
    r"^\| DynamoDB, (write|read) units.*?\| ([\d.]+) M \| ([\d.]+) \|$", SECTION, re.MULTILINE
)
LAMBDA = re.findall(
    r"^\| Lambda, ([\d,]+) MB.*?\| ([\d,]+) s \| ([\d.]+) \|$", SECTION, re.MULTILINE
)


def number(text: str) -> float:
    return float(text.replace(",", ""))


def test_every_row_with_a_price_is_looked_at() -> None:
    priced = re.findall(r"\| \d+\.\d\d \|$", SECTION, re.MULTILINE)
    assert len(UNITS) + len(LAMBDA) == len(priced) > 5


@pytest.mark.feature("G6")
@pytest.mark.parametrize(("kind", "millions", "told"), UNITS)
def test_requests_cost_what_their_units_come_to(kind: str, millions: str, told: str) -> None:
    exact = float(millions) * float(PRICES[kind])
    assert float(told) == pytest.approx(exact, abs=0.0051)


@pytest.mark.feature("G6")
@pytest.mark.parametrize(("megabytes", "seconds", "told"), LAMBDA)
def test_functions_cost_what_their_seconds_come_to(megabytes: str, seconds: str, told: str) -> None:
    exact = number(megabytes) / 1024 * number(seconds) * float(PRICES["Lambda"])
    assert float(told) == pytest.approx(exact, abs=0.0051)


@pytest.mark.feature("G6")
@pytest.mark.parametrize(
    "tables", [scale.prices, scale.loads, scale.met, scale.one_tenant], ids=lambda one: one.__name__
)
def test_the_scale_is_what_was_counted_and_what_the_template_says(
    tables: Callable[[], str],
) -> None:
    whole = page("performance.md")
    assert tables() in whole, "python -m tests.bench.scale prints what belongs there"


@pytest.mark.feature("G6")
def test_what_is_paid_for_by_the_million_is_what_is_told_of_prices() -> None:
    assert (f"{scale.WRITE}", f"{scale.READ}") == (PRICES["write"], PRICES["read"])
    assert pytest.approx(scale.SECOND / 1e6, rel=0.01) == float(PRICES["Lambda"])
