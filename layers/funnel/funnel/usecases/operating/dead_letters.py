"""What was given up: counted, looked at, sent again, or dropped with a reason.

A message is sent before it is deleted: who dies between leaves it twice, never not at all, and every
message may be carried out twice.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from funnel.domain.errors import InputInvalid, NotFound
from funnel.ports.dead_letters import DeadLetter, DeadLetters, DeadQueue

logger = logging.getLogger(__name__)

MOST_SHOWN = 50
LONGEST_REASON = 200

ACTIONS = ("dead_letters", "look_at_dead_letters", "redrive_dead_letters", "drop_dead_letter")


def do_with_dead_letters(
    dead: DeadLetters, wish: Mapping[str, object], now: datetime, seconds_left: Callable[[], float]
) -> dict[str, object]:
    """Carry out one of `ACTIONS`. Raises `InputInvalid`, `NotFound`."""
    action = wish["action"]
    if action == "dead_letters":
        return {"queues": [_shown_queue(one) for one in dead.queues()]}
    queue = _queue(dead, str(wish.get("queue") or ""))
    message_id = str(wish.get("message_id") or "")
    if action == "look_at_dead_letters":
        letters = look_at(dead, queue, seconds_left)
        return {"queue": queue.name, "messages": [_shown(one, now) for one in letters]}
    if action == "redrive_dead_letters":
        moved = redrive(dead, queue, message_id, seconds_left)
        left = next(one for one in dead.queues() if one.name == queue.name)
        return {"queue": queue.name, "moved": moved, "left": left.count + left.in_hand}
    reason = str(wish.get("reason") or "").strip()
    return {"queue": queue.name, "dropped": drop(dead, queue, message_id, reason, seconds_left)}


def look_at(
    dead: DeadLetters, queue: DeadQueue, seconds_left: Callable[[], float]
) -> list[DeadLetter]:
    """Some of them, oldest first, let go of again."""
    found: list[DeadLetter] = []

    def see(letter: DeadLetter) -> bool:
        found.append(letter)
        return len(found) == MOST_SHOWN

    _each(dead, queue, seconds_left, see)
    dead.put_back(found)
    return sorted(found, key=lambda one: (one.sent_at, one.message_id))


def redrive(
    dead: DeadLetters, queue: DeadQueue, message_id: str, seconds_left: Callable[[], float]
) -> int:
    """Send all of a queue again, or the one named, as far as there is time; how many."""
    if not queue.goes_back_to:
        raise InputInvalid(
            f"What is in {queue.name} names work that later rounds do anyway; it is from no queue.",
            mend="Drop it.",
            field="queue",
        )
    moved = 0
    others: list[DeadLetter] = []

    def see(letter: DeadLetter) -> bool:
        nonlocal moved
        if message_id and letter.message_id != message_id:
            others.append(letter)
            return False
        dead.send_again(letter)
        dead.delete(letter)
        logger.info("sent again", extra=_logged(letter))
        moved += 1
        return bool(message_id)

    _each(dead, queue, seconds_left, see)
    dead.put_back(others)
    return moved


def drop(
    dead: DeadLetters,
    queue: DeadQueue,
    message_id: str,
    reason: str,
    seconds_left: Callable[[], float],
) -> int:
    """Delete the one named; the log keeps what it was and why. 0 where it is not there (any more)."""
    if not message_id:
        raise InputInvalid("Say which message is to be dropped.", field="message_id")
    if not reason or len(reason) > LONGEST_REASON:
        raise InputInvalid(
            f"Say why it is to be dropped, in at most {LONGEST_REASON} characters.", field="reason"
        )
    others: list[DeadLetter] = []
    dropped = 0

    def see(letter: DeadLetter) -> bool:
        nonlocal dropped
        if letter.message_id != message_id:
            others.append(letter)
            return False
        # Logged first: nothing goes without a trace.
        logger.warning("dropped", extra=_logged(letter) | {"reason": reason})
        dead.delete(letter)
        dropped = 1
        return True

    _each(dead, queue, seconds_left, see)
    dead.put_back(others)
    return dropped


def _each(
    dead: DeadLetters,
    queue: DeadQueue,
    seconds_left: Callable[[], float],
    see: Callable[[DeadLetter], bool],
) -> None:
    """Show each to `see` until that is enough for it.

    As many as there were: what fails anew and comes back meanwhile is for the next time.
    """
    seen: set[str] = set()
    while len(seen) < queue.count + queue.in_hand and seconds_left() > 0:
        some = [one for one in dead.take(queue.name) if one.message_id not in seen]
        if not some:
            return
        for at, letter in enumerate(some):
            seen.add(letter.message_id)
            if see(letter):
                dead.put_back(some[at + 1 :])
                return


def _queue(dead: DeadLetters, name: str) -> DeadQueue:
    queues = {one.name: one for one in dead.queues()}
    if name not in queues:
        raise NotFound(f"There is no queue {name!r}.", mend=f"Use one of {', '.join(queues)}.")
    return queues[name]


def _shown_queue(queue: DeadQueue) -> dict[str, object]:
    return {
        "queue": queue.name,
        "count": queue.count,
        "in_hand": queue.in_hand,
        "goes_back_to": list(queue.goes_back_to),
    }


def _shown(letter: DeadLetter, now: datetime) -> dict[str, object]:
    return {
        "message_id": letter.message_id,
        "type": letter.kind,
        "tenant": letter.tenant,
        "age_seconds": int((now - letter.sent_at).total_seconds()),
        "received": letter.received,
        "goes_back_to": letter.goes_back_to,
    }


def _logged(letter: DeadLetter) -> dict[str, object]:
    return {
        "queue": letter.queue,
        "dead_letter": letter.message_id,
        "work": letter.kind,
        "tenant": letter.tenant,
        "sent_at": letter.sent_at.isoformat(timespec="seconds"),
        "received": letter.received,
    }
