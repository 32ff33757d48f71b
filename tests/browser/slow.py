"""Makes the browser's tests slow at random, so that what hangs on a moment is found: `make soak`.

A pytest plugin (`-p tests.browser.slow`): one in ten calls of the browser, and one in seven requests and
replies of the pages, waits for up to three seconds. `FUNNEL_SLOW_SEED` makes other ones wait.
"""

import os
import random
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from playwright._impl._sync_base import SyncBase

from tests.browser.site import Doors

PAUSES = (0.05, 0.3, 1.2, 3.0)
STEPS, REQUESTS = 0.1, 0.15

_CHANCE = random.Random(f"{os.environ.get('FUNNEL_SLOW_SEED', '1')} {os.getpid()}")


def _pause(share: float) -> None:
    if _CHANCE.random() < share:
        time.sleep(_CHANCE.choice(PAUSES))


def _slowed(does: Callable[..., Any], share: float, share_after: float = 0.0) -> Callable[..., Any]:
    @wraps(does)
    def slow(*given: Any, **named: Any) -> Any:
        _pause(share)
        found = does(*given, **named)
        _pause(share_after)
        return found

    return slow


SyncBase._sync = _slowed(SyncBase._sync, STEPS)  # type: ignore[method-assign]
Doors.answer = _slowed(Doors.answer, REQUESTS, REQUESTS)  # type: ignore[method-assign]
