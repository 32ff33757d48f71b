"""The sync's progress, drawn in a terminal or told in lines."""

import sys
from typing import Any, TextIO

WIDTH = 30


class Progress:
    """One line that moves on a terminal; elsewhere a line at each tenth."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._moving = self._out.isatty()
        self._told = -1
        self._begun = False

    def show(self, run: dict[str, Any]) -> None:
        """Show a run as the interface gives it; nothing until it has counted."""
        done = sum(module.get("done") or 0 for module in run.get("modules", []))
        expected = sum(module.get("expected") or 0 for module in run.get("modules", []))
        if not expected:
            return
        if not self._begun:
            self._begun = True
            self._out.write("Syncing the demo company:\n")
        share = min(done / expected, 1.0)
        text = f"{share:4.0%}  {done:,} of {expected:,} records"
        if rate := run.get("rate"):
            text += f"  {rate:,.0f}/s"
        if self._moving:
            filled = int(share * WIDTH)
            self._out.write(f"\r  [{'#' * filled}{'.' * (WIDTH - filled)}] {text}\x1b[K")
        elif int(share * 10) > self._told:
            self._told = int(share * 10)
            self._out.write(f"  {text}\n")
        self._out.flush()

    def end(self) -> None:
        """Leave the moving line."""
        if self._moving and self._begun:
            self._out.write("\n")
            self._out.flush()
