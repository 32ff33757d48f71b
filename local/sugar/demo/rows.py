"""Writes rows in bulk: as the record-by-record way would, many thousand a second."""

from collections.abc import Mapping, Sequence

from local.sugar.soap.context import Sugar
from local.sugar.store.values import kept

Row = Mapping[str, object]


class Bulk:
    """Collects rows by module and writes them, addresses included."""

    def __init__(self, sugar: Sugar) -> None:
        self._sugar = sugar
        self._db = sugar.world.database
        self._addresses: dict[str, str] = {}

    def records(self, module_name: str, rows: Sequence[Row]) -> None:
        """Insert records; a row's keys are field names, `id` among them."""
        module = self._sugar.world.modules[module_name]
        defaults: dict[str, object] = {
            field.name: kept(field, field.initial) if field.initial else 0
            for field in module.fields
            if field.stored and (field.initial or field.type == "bool")
        }
        own = [field.name for field in module.fields if field.source == "column"]
        names = [name for name in own if name in defaults or any(name in row for row in rows)]
        self._insert(
            module.table, names, [[_or(row, name, defaults) for name in names] for row in rows]
        )
        if module.custom:
            custom = [field.name for field in module.fields if field.source == "custom"]
            values = [[row["id"], *(_or(row, name, defaults) for name in custom)] for row in rows]
            self._insert(module.custom_table, ["id_c", *custom], values)

    def pairs(self, table: str, rows: Sequence[Row]) -> None:
        """Insert links into a table of pairs; all rows have the same keys."""
        if rows:
            names = list(rows[0])
            values = [[self._new_id(), *row.values(), 0] for row in rows]
            self._insert(table, ["id", *names, "deleted"], values)

    def addresses(self, links: Sequence[tuple[str, str, str, bool, str]]) -> None:
        """Give records addresses: (module, record, address, primary, date)."""
        fresh: list[list[object]] = []
        linked: list[list[object]] = []
        for module, record, email, primary, date in links:
            caps = email.upper()
            if caps not in self._addresses:
                self._addresses[caps] = self._new_id()
                flags = self._sugar.world.random.random()
                opt_out, invalid = int(flags < 0.04), int(flags > 0.98)
                fresh.append([self._addresses[caps], email, caps, opt_out, invalid, date, date, 0])
            linked.append(
                [
                    self._new_id(),
                    self._addresses[caps],
                    record,
                    module,
                    int(primary),
                    0,
                    date,
                    date,
                    0,
                ]
            )
        columns = (
            "id email_address email_address_caps opt_out invalid_email date_created date_modified"
            " deleted"
        )
        self._insert("email_addresses", columns.split(), fresh)
        columns = (
            "id email_address_id bean_id bean_module primary_address reply_to_address date_created"
            " date_modified deleted"
        )
        self._insert("email_addr_bean_rel", columns.split(), linked)

    def _new_id(self) -> str:
        return self._sugar.world.new_id()

    def _insert(self, table: str, names: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        marks = ", ".join("?" * len(names))
        self._db.run_many(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)


def _or(row: Row, name: str, defaults: Row) -> object:
    return row[name] if name in row else defaults.get(name)
