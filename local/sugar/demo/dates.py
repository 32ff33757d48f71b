"""When things happened at the demo company: in working hours, mostly, over three years."""

from datetime import datetime, timedelta
from random import Random

from local.sugar.clock import as_sugar

_YEARS = 3
_HOURS = (8, 9, 9, 10, 10, 10, 11, 11, 13, 14, 14, 15, 15, 16, 17)


class Dates:
    """Draws plausible moments before `now`."""

    def __init__(self, random: Random, now: datetime) -> None:
        self._random = random
        self._now = now.replace(microsecond=0)
        self._days = _YEARS * 365

    def moment(self, newest_days: float = 0.0) -> datetime:
        """A moment in the past three years, the recent ones a little likelier."""
        random = self._random
        while True:
            ago = newest_days + self._days * random.random() ** 1.3
            day = self._now - timedelta(days=ago)
            if day.weekday() < 5 or random.random() < 0.08:
                break
        at_work = day.replace(
            hour=random.choice(_HOURS), minute=random.randrange(60), second=random.randrange(60)
        )
        return min(at_work, self._now - timedelta(minutes=random.randrange(5, 600)))

    def began(self) -> datetime:
        """When the company began to use its Sugar."""
        return self._now - timedelta(days=self._days)

    def later(self, moment: datetime) -> datetime:
        """When a record entered at `moment` was last changed; one in three never was."""
        random = self._random
        if random.random() < 0.33:
            return moment
        left = (self._now - moment).total_seconds()
        return moment + timedelta(seconds=int(left * random.random() ** 2))

    def text(self, moment: datetime) -> str:
        """As Sugar writes it."""
        return as_sugar(moment)

    def day(self, earliest: int, latest: int) -> str:
        """A day between `earliest` and `latest` days from now."""
        return as_sugar(self._now + timedelta(days=self._random.randint(earliest, latest)))[:10]
