"""Typed rows from JSON records: the same rows as SOAP gives for the same data.

Source: Sugar Developer Guide 13.0, example replies of `/<module>/filter`: booleans are JSON's,
times carry an offset, numbers are text or JSON's, choices of several are a list, and `email` lists
a person's addresses with their flags as booleans or as "0" and "1". Text is not HTML-escaped.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from funnel.adapters.sugar_http.values import CONVERTERS, parse_moment
from funnel.adapters.sugar_rest.metadata import ADDRESS_FIELDS, FLAG_FIELDS, ModuleFields
from funnel.domain.crm import CrmRow, Problem, Value
from funnel.domain.errors import ReplyTooLarge, SugarReplyBroken
from funnel.domain.ids import Module, SugarId

_RAW_SHOWN = 200
_FLAGS = {"email_opt_out": "opt_out", "invalid_email": "invalid_email"}
_YES = (True, 1, "1", "true")
_NO = (False, 0, "0", "false")


class RowBuilder:
    """Turns records of one module into rows.

    `wanted` are the fields rows shall have; what a record lacks, its row lacks too. `cap` is the
    number of characters one value may have.
    """

    def __init__(
        self, module: Module, known: ModuleFields, wanted: Iterable[str], cap: int
    ) -> None:
        self._module = module
        self._known = known
        self._cap = cap
        names = [name for name in dict.fromkeys(wanted) if name in known.known]
        special = {**ADDRESS_FIELDS, **FLAG_FIELDS} if known.with_addresses else {}
        self._plain = [name for name in names if name not in special]
        self._special = [name for name in names if name in special]

    def asked(self) -> list[str]:
        """The names to ask the server for."""
        emails = ["email"] if self._special else []
        return list(dict.fromkeys((*ALWAYS, *self._plain, *emails)))

    def row(self, record: Mapping[str, Any]) -> CrmRow:
        """One record's row. Raises `SugarReplyBroken` for no id, `ReplyTooLarge`."""
        problems: list[Problem] = []
        fields: dict[str, Value] = {}
        for name in self._plain:
            if name in record:
                fields[name] = self._typed(name, self._text(record[name]), problems)
        if self._special and isinstance(record.get("email"), list):
            fields |= {
                name: value
                for name, value in of_addresses(record["email"]).items()
                if name in self._special
            }
        return CrmRow(
            self._module,
            record_id(record),
            _modified(record, problems),
            _deleted(record, problems),
            fields,
            (),
            tuple(problems),
        )

    def _typed(self, name: str, text: str, problems: list[Problem]) -> Value:
        if not text:
            return None
        convert = CONVERTERS.get(self._known.known[name].type)
        if convert is None:
            return text
        try:
            return convert(text)
        except ValueError as error:
            problems.append(Problem(name, text[:_RAW_SHOWN], str(error)))
            return None

    def _text(self, value: Any) -> str:
        text = _as_text(value)
        if len(text) > self._cap:
            raise ReplyTooLarge(
                f"A value in the reply is larger than {self._cap // 1024 // 1024} MiB.",
                mend="Shorten the text in Sugar.",
            )
        return text


ALWAYS = ("id", "date_modified", "deleted")
"""Fields every read asks for."""


def record_id(record: Mapping[str, Any]) -> SugarId:
    """A record's id. Raises `SugarReplyBroken` where it has none."""
    told = record.get("id")
    if not isinstance(told, str) or not told:
        raise SugarReplyBroken("The reply contains a record without an id.")
    return SugarId(told)


def is_deleted(record: Mapping[str, Any]) -> bool:
    """Whether a record says that it was deleted."""
    return record.get("deleted") in _YES


def of_addresses(addresses: list[Any]) -> dict[str, Value]:
    """The fields of addresses that SOAP tells; flags are those of the primary address.

    Without a primary address they are empty, which is unknown and not "no".
    """
    told = [one for one in addresses if isinstance(one, Mapping) and one.get("email_address")]
    primary = next((one for one in told if one.get("primary_address") in _YES), None)
    others = [one for one in told if one is not primary]
    found: dict[str, Value] = {
        "email1": str(primary["email_address"]) if primary else None,
        "email2": str(others[0]["email_address"]) if others else None,
    }
    for name, source in _FLAGS.items():
        found[name] = flag(primary.get(source)) if primary else None
    return found


def flag(told: Any) -> bool | None:
    """A flag of an address; whatever is neither yes nor no is unknown."""
    return True if told in _YES else False if told in _NO else None


def _as_text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case str():
            return value
        case list() if all(isinstance(one, str) for one in value):
            return ",".join(f"^{one}^" for one in value)
        case list():
            return ", ".join(
                str(one["name"]) for one in value if isinstance(one, Mapping) and one.get("name")
            )
        case dict():
            return ""
    return str(value)


def _modified(record: Mapping[str, Any], problems: list[Problem]) -> Any:
    told = record.get("date_modified")
    if not isinstance(told, str) or not told:
        return None
    try:
        return parse_moment(told)
    except ValueError as error:
        if not any(problem.field == "date_modified" for problem in problems):
            problems.append(Problem("date_modified", told[:_RAW_SHOWN], str(error)))
        return None


def _deleted(record: Mapping[str, Any], problems: list[Problem]) -> bool:
    if record.get("deleted") is None:
        problems.append(Problem("deleted", "", "the server did not say"))
    return is_deleted(record)
