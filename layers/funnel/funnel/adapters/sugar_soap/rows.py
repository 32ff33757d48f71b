"""Typed rows from records as text."""

from collections.abc import Iterable, Mapping, Sequence

from funnel.adapters.sugar_http.values import CONVERTERS, Convert, decode, parse_moment
from funnel.adapters.sugar_soap.reader import Links, Record
from funnel.domain.crm import CrmRow, FieldDef, Problem, Value
from funnel.domain.errors import SugarReplyBroken
from funnel.domain.ids import Module, SugarId

ALWAYS = ("id", "date_modified", "deleted")
"""Fields every read asks for."""

FLAGS = {"email_opt_out": "opt_out", "invalid_email": "invalid_email"}
"""A person's fields to the same ones of the address record."""

_RAW_SHOWN = 200


class RowBuilder:
    """Turns records of one module into rows.

    `wanted` are the fields rows shall have; what a record lacks, its row lacks too.
    """

    def __init__(
        self, module: Module, known: Mapping[str, FieldDef], wanted: Iterable[str]
    ) -> None:
        self._module = module
        self._plan: list[tuple[str, Convert | None]] = [
            (name, CONVERTERS.get(known[name].type)) for name in wanted if name in known
        ]
        self.rows: list[CrmRow] = []

    def add(self, record: Record) -> None:
        """One more record. Raises `SugarReplyBroken` where it has no id."""
        sugar_id = record.get("id")
        if not sugar_id:
            raise SugarReplyBroken("The reply contains a record without an id.")
        problems: list[Problem] = []
        fields: dict[str, Value] = {}
        for name, convert in self._plan:
            if name not in record:
                continue
            text = record[name]
            if not text:
                fields[name] = None
            elif convert is None:
                fields[name] = decode(text) if "&" in text else text
            else:
                try:
                    fields[name] = convert(text)
                except ValueError as error:
                    fields[name] = None
                    problems.append(Problem(name, text[:_RAW_SHOWN], str(error)))
        modified = record.get("date_modified")
        try:
            at = parse_moment(modified) if modified else None
        except ValueError as error:
            at = None
            if not any(problem.field == "date_modified" for problem in problems):
                problems.append(Problem("date_modified", str(modified)[:_RAW_SHOWN], str(error)))
        if "deleted" not in record:
            problems.append(Problem("deleted", "", "the server did not say"))
        self.rows.append(
            CrmRow(
                self._module,
                SugarId(sugar_id),
                at,
                record.get("deleted") in ("1", "true"),
                fields,
                (),
                tuple(problems),
            )
        )


def wanted_links(
    module: Module, fields: Sequence[str], *, computed: bool
) -> dict[str, Sequence[str]]:
    """The links to ask for with a list: an opportunity's contacts, and what old lists leave out."""
    links: dict[str, Sequence[str]] = {}
    if module is Module.OPPORTUNITIES:
        links["contacts"] = ("id",)
        if "account_id" in fields and not computed:
            links["accounts"] = ("id",)
    if not computed and not FLAGS.keys().isdisjoint(fields):
        links["email_addresses"] = ("email_address", *FLAGS.values())
    return links


def apply_links(
    row: CrmRow,
    told: Links,
    asked: Mapping[str, Sequence[str]],
    primary: str | None,
    fields: Sequence[str],
) -> None:
    """Fill a row from its record's links. `primary` is the primary address, still escaped."""
    row.contact_ids = tuple(
        SugarId(linked) for one in told.get("contacts", ()) if (linked := one.get("id"))
    )
    if "accounts" in asked:
        accounts = told.get("accounts")
        row.fields["account_id"] = accounts[0].get("id") if accounts else None
    for address in told.get("email_addresses", ()):
        if primary and (address.get("email_address") or "").casefold() == primary.casefold():
            for name, source in FLAGS.items():
                if name in fields and address.get(source) in ("0", "1"):
                    row.fields[name] = address[source] == "1"
            return
