"""The records of a module for which a query holds, as `get_entry_list` tells them."""

from collections.abc import Callable, Mapping, Sequence

from funnel.adapters.sugar_soap import envelopes
from funnel.adapters.sugar_soap.calls import Caller
from funnel.adapters.sugar_soap.dialects import Traits
from funnel.adapters.sugar_soap.envelopes import Part
from funnel.adapters.sugar_soap.reader import Links, Record
from funnel.adapters.sugar_soap.session import Session
from funnel.domain.errors import InputInvalid


class Lists:
    """Reads lists through one session."""

    def __init__(self, caller: Caller, session: Session, traits: Traits) -> None:
        self._caller = caller
        self._session = session
        self._traits = traits

    def records(
        self,
        module: str,
        query: str,
        limit: int,
        fields: Sequence[str],
        add: Callable[[Record], None],
        *,
        links: Mapping[str, Sequence[str]] | None = None,
        deleted: tuple[int, ...] = (),
    ) -> list[Links]:
        """Hand on at most `limit` records; the links of each, where links were asked for.

        Live ones are read before deleted ones where that takes two requests: what is deleted
        in between is then read twice, not missed.
        """
        if limit < 1:
            raise InputInvalid("A page has at least one record.", field="limit")
        told: list[Links] = []
        seen = 0

        def counted(record: Record) -> None:
            nonlocal seen
            seen += 1
            add(record)

        for which in deleted or self._traits.both:
            if seen < limit:
                parts = self._list_parts(module, query, fields, links, limit - seen, which)
                told += self._list(parts, counted, with_links=bool(links))
        return told

    def _list(
        self, parts: list[Part], add: Callable[[Record], None], *, with_links: bool
    ) -> list[Links]:
        def call(session: str) -> list[Links]:
            end = self._caller.list(
                "get_entry_list",
                [envelopes.text("session", session), *parts],
                add,
                with_links=with_links,
            )
            return end.links

        return self._session.run(call)

    def _list_parts(
        self,
        module: str,
        query: str,
        fields: Sequence[str],
        links: Mapping[str, Sequence[str]] | None,
        limit: int,
        deleted: int,
    ) -> list[Part]:
        """All parameters but the session. Order and offset are never leant on."""
        parts = [
            envelopes.text("module_name", module),
            envelopes.text("query", query),
            envelopes.text("order_by", ""),
            envelopes.text("offset", 0),
            envelopes.strings("select_fields", fields),
        ]
        if self._traits.links:
            parts.append(envelopes.links("link_name_to_fields_array", links or {}))
        parts += [envelopes.text("max_results", limit), envelopes.text("deleted", deleted)]
        if self._traits.favorites:
            parts.append(envelopes.text("favorites", value=False))
        return parts

    def probe(self, module: str) -> None:
        """Try to read one record. Raises what Sugar answers where it refuses."""
        parts = self._list_parts(module, "", ("id",), None, 1, 0)
        self._list(parts, lambda _record: None, with_links=False)
