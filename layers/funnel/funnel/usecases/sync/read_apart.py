"""Read a window whose page cannot be read, without the records that make it so."""

from collections.abc import Callable, Sequence

from funnel.domain.crm import Page
from funnel.domain.errors import FunnelError, ReplyTooLarge, SugarReplyBroken
from funnel.domain.ids import SugarId

MOST_UNREADABLE = 5
"""More than these in one window are no bad records but a server in trouble."""

UNREADABLE = (SugarReplyBroken, ReplyTooLarge)

ByIds = Callable[[Sequence[SugarId]], Page]


def read_apart(
    by_ids: ByIds, ids: Sequence[SugarId]
) -> tuple[list[Page], dict[SugarId, FunnelError]]:
    """The pages of those that can be read, and why the others cannot.

    Halves what fails until the record that makes it fail stands alone. Raises the last error
    where too many do.
    """
    pages: list[Page] = []
    bad: dict[SugarId, FunnelError] = {}
    todo = [list(ids)] if ids else []
    while todo:
        part = todo.pop()
        try:
            pages.append(by_ids(part))
        except UNREADABLE as error:
            if len(part) > 1:
                todo += [part[: len(part) // 2], part[len(part) // 2 :]]
                continue
            bad[part[0]] = error
            if len(bad) > MOST_UNREADABLE:
                raise
    return pages, bad
