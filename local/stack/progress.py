"""The sync's progress, drawn in a terminal or told in lines."""

import shutil
import sys
from typing import Any, TextIO

WIDTH = 24
NARROWEST = 76
"""Columns. In a narrower terminal the lines would wrap and could not be drawn over."""

WORDS = {
    "waiting": "waiting",
    "reading": "reading",
    "failed": "could not be read",
}


class Progress:
    """A line for each module and one for all, redrawn in place; elsewhere a line at each tenth."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        columns = shutil.get_terminal_size().columns
        self._moving = self._out.isatty() and columns >= NARROWEST
        self._told = -1
        self._drawn = 0
        self._begun = False

    def show(self, run: dict[str, Any]) -> None:
        """Show a run as the interface gives it."""
        if not self._begun:
            self._begun = True
            self._out.write("Syncing the demo company:\n")
        if self._moving:
            self._draw([*map(module_line, run["modules"]), total_line(run, bar=True)])
        elif (tenth := int((run["share"] or 0) * 10)) > self._told and run["expected"]:
            self._told = tenth
            reading = [m["module"] for m in run["modules"] if m["status"] in WORDS]
            now = f"  {reading[0]}" if reading else ""
            self._out.write(f"{total_line(run, bar=False)}{now}\n")
        self._out.flush()

    def _draw(self, lines: list[str]) -> None:
        up = f"\x1b[{self._drawn}A" if self._drawn else ""
        self._out.write(up + "".join(f"{line}\x1b[K\n" for line in lines))
        self._drawn = len(lines)


def module_line(module: dict[str, Any]) -> str:
    """A module: how much of it, and what is being done."""
    status, expected = module["status"], module["expected"]
    if expected is None:
        return f"  {module['module']:<14} counting"
    share = 1.0 if status == "done" else module["share"] or 0.0
    word = WORDS.get(status, "")
    return (
        f"  {module['module']:<14} {_bar(share)} {share:4.0%} {module['done']:>7,}  {word}".rstrip()
    )


def total_line(run: dict[str, Any], *, bar: bool) -> str:
    """All modules: how much, how fast, how long it still takes."""
    if run["expected"] is None:
        return "  Counting what there is ..."
    share = run["share"] or 0.0
    head = f"  {'All':<14} {_bar(share)}" if bar else " "
    text = f"{head} {share:4.0%} {run['done']:>7,} of {max(run['done'], run['expected']):,}"
    if run["rate"]:
        text += f"  {run['rate']:,.0f}/s"
    if run["seconds_left"]:
        text += f"  {run['seconds_left']:.0f} s left"
    return text


def _bar(share: float) -> str:
    filled = int(min(share, 1.0) * WIDTH)
    return f"[{'#' * filled}{'.' * (WIDTH - filled)}]"
