"""Sugar makes the next page while the last one is stored: each takes about as long as the other."""

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass
from typing import Any, cast

from funnel.domain.crm import Page
from funnel.domain.ids import Module
from funnel.domain.sync.runs import RunWindow
from funnel.ports.crm import Crm


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page of a window; there may be more in the window where it is full."""

    page: Page
    is_full: bool


class ReadAhead:
    """Pages of windows, at most one of them read before its turn.

    A page counts from the moment it was read, whenever it is stored: its `began` and `ended` say
    so, and what was read later wins. Whatever went wrong is raised when the page's turn comes.
    Without `background` every page is read in its turn.
    """

    def __init__(self, background: Executor | None, read: Callable[[RunWindow], ReadPage]) -> None:
        self._background = background
        self._read = read
        self._ahead: tuple[tuple[Module, str], Future[ReadPage]] | None = None

    def begin(self, window: RunWindow) -> None:
        """Have a window's page read meanwhile, unless it is, or another one still waits."""
        if self._background is not None and self._ahead is None:
            self._ahead = _name(window), self._background.submit(self._read, window)

    def page(self, window: RunWindow) -> ReadPage:
        """A window's page: the one that was read ahead, if that was this window's."""
        if self._ahead is None or self._ahead[0] != _name(window):
            return self._read(window)
        (_, page), self._ahead = self._ahead, None
        return page.result()

    def end(self) -> None:
        """Forget what was read ahead; when this returns, nothing is under way."""
        if self._ahead is not None:
            (_, page), self._ahead = self._ahead, None
            page.cancel()
            wait([page])


def _name(window: RunWindow) -> tuple[Module, str]:
    return window.module, window.window_id


def taking_turns(crm: Crm) -> Crm:
    """The same Sugar for two threads: one's call begins when the other's has ended."""
    return cast("Crm", _Turns(crm))


class _Turns:
    def __init__(self, crm: Crm) -> None:
        self._crm = crm
        self._turn = threading.Lock()

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._crm, name)

        def call(*arguments: Any, **named: Any) -> Any:
            with self._turn:
                return method(*arguments, **named)

        return call if callable(method) else method
