"""Which fields are asked of each module: those wanted that Sugar has; and stores for what comes."""

from collections.abc import Mapping
from dataclasses import replace

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import FieldDef, Page
from funnel.domain.ids import Module, RecordKey
from funnel.domain.mapping.fields import FieldList
from funnel.domain.mapping.mapping import MAPPED_MODULES
from funnel.domain.sync.records import SugarRecord, Unit
from funnel.ports.crm import Crm
from funnel.usecases.app import App
from funnel.usecases.bells.ask_relist import has_segments
from funnel.usecases.connecting.connection import change_connection, refuse_if_replaced
from funnel.usecases.sync.name_lists import name_lists
from funnel.usecases.sync.store_page import Onlooker, PageStore
from funnel.usecases.sync.watch_scores import watch_scores

MOST_OPTIONS = 300
"""Of one dropdown that are kept for the pages. A longer one is shown by its keys: a list of a
module's fields has to fit one item of DynamoDB, 400 KB."""


class ModuleFields:
    """For one worker on one connection. Each module's field list is read once."""

    def __init__(
        self, app: App, crm: Crm, connection: Connection, onlooker: Onlooker | None = None
    ) -> None:
        self._onlooker = onlooker
        self._app = app
        self._crm = crm
        self._connection = connection
        self._fields: dict[Module, tuple[str, ...]] = {}
        self.mappings = connection.all_mappings()

    def read(self, module: Module) -> tuple[str, ...]:
        """The fields to ask for. What is wanted and not there is noted with the connection."""
        if module not in self._fields:
            wanted = self.mappings.read_fields(module)
            fields = self._crm.fields(module)
            name_lists(self._app, self._connection.tenant, module, fields)
            there = {f.name for f in fields}
            self._fields[module] = tuple(f for f in wanted if f in there)
            self._note_missing(module, tuple(f for f in wanted if f not in there))
        return self._fields[module]

    def keep_list(self, module: Module) -> FieldList | None:
        """Keep the module's field list for the pages; nothing of a module that is not mapped."""
        if module not in MAPPED_MODULES:
            return None
        told = tuple(_short(one) for one in self._crm.fields(module))
        found = FieldList(module, told, self._app.clock.now())
        self._app.sync.save_field_list(self._connection.tenant, found)
        return found

    def by_ids(self, module: Module, keys: list[RecordKey]) -> Page:
        """Whole records, as the mapping wants them."""
        return self._crm.by_ids(module, [k.sugar_id for k in keys], fields=self.read(module))

    def page_store(self) -> PageStore:
        """Takes in pages of this connection."""
        return PageStore(
            self._app.records,
            self._app.clock,
            self._connection.tenant,
            self._connection.generations,
            self.by_ids,
            self._app.queue,
            self.mappings,
            self._connection,
            self._app.sync,
            self._before_it_is_written,
            self._onlooker,
            has_segments(self._app.lists, self._connection.tenant),
        )

    def _before_it_is_written(
        self, units: list[Unit], before: Mapping[RecordKey, SugarRecord | None]
    ) -> None:
        """A page may have been under way while another Sugar was connected: it stays out."""
        refuse_if_replaced(self._app, self._connection)
        watch_scores(self._app, self._connection, units, before)

    def _note_missing(self, module: Module, missing: tuple[str, ...]) -> None:
        if missing == self._connection.missing_fields.get(module, ()):
            return
        self._connection = change_connection(
            self._app,
            self._connection.tenant,
            lambda c: replace(c, missing_fields={**c.missing_fields, module: missing}),
        )


def _short(field: FieldDef) -> FieldDef:
    return replace(field, options={}) if len(field.options) > MOST_OPTIONS else field
