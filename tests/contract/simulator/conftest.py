"""Tells at the end of a run how much of the recordings was compared."""

import pytest

_TOTALS = {"facts_compared": "facts", "exchanges_compared": "recorded exchanges"}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    totals = dict.fromkeys(_TOTALS, 0)
    for report in terminalreporter.stats.get("passed", []):
        for name, value in getattr(report, "user_properties", []):
            if name in totals:
                totals[name] += int(value)
    for name, count in totals.items():
        if count:
            terminalreporter.write_line(f"Sugar simulator: {count} {_TOTALS[name]} compared, alike")
