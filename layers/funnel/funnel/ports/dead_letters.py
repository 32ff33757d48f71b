"""Messages that were given up, as whoever runs the deployment sees and moves them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class DeadQueue:
    """A queue of dead letters: how many can be taken, and how many somebody has in hand.

    `goes_back_to` are the queues its messages are from; none where there is nothing to send again.
    """

    name: str
    count: int
    in_hand: int
    goes_back_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One message in hand. `kind` is `UNREADABLE` and `tenant` "" where nobody can tell.

    `received` is how often it was handed out, to workers and to whoever looked at it. `body` may hold
    data of people: it is sent and never shown. `receipt` is by what it is held.
    """

    queue: str
    message_id: str
    kind: str
    tenant: str
    sent_at: datetime
    received: int
    goes_back_to: str
    body: str = field(repr=False)
    receipt: str = field(repr=False)


class DeadLetters(Protocol):
    """All queues of dead letters."""

    def queues(self) -> list[DeadQueue]:
        """What there is, in the order of the template."""

    def take(self, queue: str) -> list[DeadLetter]:
        """Some messages, at most ten, kept from others for half a minute; none when none is left."""

    def put_back(self, letters: Iterable[DeadLetter]) -> None:
        """Let go of these at once."""

    def send_again(self, letter: DeadLetter) -> None:
        """Send it to where it came from. It is a dead letter still."""

    def delete(self, letter: DeadLetter) -> None:
        """Delete it; one that is gone is no error."""
