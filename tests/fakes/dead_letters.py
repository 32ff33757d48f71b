"""Dead letters in memory."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from funnel.ports.dead_letters import DeadLetter, DeadQueue

MOST = 10


class MemoryDeadLetters:
    """`DeadLetters` in memory. What is in hand comes back when `time_passes`.

    `sent` is what was sent again, by queue.
    """

    def __init__(self, **goes_back_to: tuple[str, ...]) -> None:
        self._goes_back_to = goes_back_to
        self._free: dict[str, list[DeadLetter]] = {name: [] for name in goes_back_to}
        self._in_hand: dict[str, list[DeadLetter]] = {name: [] for name in goes_back_to}
        self.sent: dict[str, list[str]] = {}

    def add(self, queue: str, message_id: str, kind: str, tenant: str, at: datetime) -> None:
        """A message is given up."""
        source = next(iter(self._goes_back_to[queue]), "")
        body = f"{kind} {message_id}"
        letter = DeadLetter(queue, message_id, kind, tenant, at, 5, source, body, message_id)
        self._free[queue].append(letter)

    def time_passes(self) -> None:
        """Who had something in hand has it no longer."""
        for name, letters in self._in_hand.items():
            self._free[name] += letters
            letters.clear()

    def queues(self) -> list[DeadQueue]:
        """What there is."""
        return [
            DeadQueue(name, len(self._free[name]), len(self._in_hand[name]), sources)
            for name, sources in self._goes_back_to.items()
        ]

    def take(self, queue: str) -> list[DeadLetter]:
        """Some."""
        found = [replace(one, received=one.received + 1) for one in self._free[queue][:MOST]]
        del self._free[queue][:MOST]
        self._in_hand[queue] += found
        return found

    def put_back(self, letters: Iterable[DeadLetter]) -> None:
        """Let go."""
        for letter in list(letters):
            if letter in self._in_hand[letter.queue]:
                self._in_hand[letter.queue].remove(letter)
                self._free[letter.queue].append(letter)

    def send_again(self, letter: DeadLetter) -> None:
        """Send it."""
        self.sent.setdefault(letter.goes_back_to, []).append(letter.body)

    def delete(self, letter: DeadLetter) -> None:
        """Delete it."""
        for held in (self._in_hand[letter.queue], self._free[letter.queue]):
            held[:] = [one for one in held if one.message_id != letter.message_id]
