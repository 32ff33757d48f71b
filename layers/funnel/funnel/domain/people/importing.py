"""Importing people: which column is which field, and what a row would do."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from funnel.domain.consent.consent import Mark
from funnel.domain.crm import Value
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import PersonId
from funnel.domain.mapping.fields import FieldType
from funnel.domain.mapping.typed_values import checked_address, typed
from funnel.domain.mapping.written_numbers import NumberStyle, typed_written
from funnel.domain.problems import Problems
from funnel.domain.sync.records import Person
from funnel.domain.text import fold_name

EMAIL, OPTED_OUT = "email", Mark.OPT_OUT.value
"""What a column can be beside a field: the address, and whether it is opted out."""

_ALIASES = {
    EMAIL: ("e mail", "email address", "e mail address", "mail", "email1", "emails"),
    OPTED_OUT: ("opted out", "opt out", "unsubscribed", "email opt out"),
    "first_name": ("given name", "forename", "vorname"),
    "last_name": ("surname", "family name", "nachname"),
    "title": ("position", "job title"),
    "company": ("organisation", "organization", "account", "account name", "firma"),
    "phone_work": ("phone", "telephone", "office phone", "business phone"),
    "phone_mobile": ("mobile", "mobile phone", "cell"),
    "street": ("address", "street address", "primary address street"),
    "city": ("town", "primary address city"),
    "state": ("region", "province", "primary address state"),
    "postal_code": ("zip", "zip code", "postcode", "primary address postalcode"),
    "country": ("primary address country",),
    "website": ("web site", "url", "homepage"),
    "description": ("notes", "comment", "comments"),
    "birthdate": ("birthday", "date of birth"),
}
_GUESSES = {alias: name for name, aliases in _ALIASES.items() for alias in aliases}


class RowKind(StrEnum):
    """What a row does."""

    CREATE = "create"
    CHANGE = "change"
    SAME = "same"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What a row does, to whom, with which values; why it is skipped.

    `opt_out` is whether the address is to be opted out; an import never takes that back.
    """

    kind: RowKind
    email: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    person_id: PersonId = PersonId("")
    name: str = ""
    opt_out: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Cells:
    """The values of a row, typed."""

    email: str
    values: Mapping[str, Value]
    opt_out: bool


def guess(header: Sequence[str], labels: Mapping[str, str]) -> list[str]:
    """Of each column the field it is likely to be, "" for none; no field twice.

    `labels` are what people call the fields, by field.
    """
    by_name = {_plain(name): name for name in (*labels, EMAIL, OPTED_OUT)}
    by_name = {**_GUESSES, **{_plain(label): name for name, label in labels.items()}, **by_name}
    taken: set[str] = set()
    found = []
    for title in header:
        name = by_name.get(_plain(title), "")
        name = name if name in labels or name in (EMAIL, OPTED_OUT) else ""
        found.append("" if name in taken else name)
        taken.add(name)
    return found


def check_columns(
    columns: Sequence[str], width: int, known: Mapping[str, FieldType]
) -> tuple[str, ...]:
    """The columns' fields as they were chosen. Raises `InputInvalid` with all that is wrong."""
    chosen = [name for name in columns if name]
    wrong = Problems()
    for name, times in Counter(chosen).items():
        if wrong.is_full:
            break
        with wrong.found("columns"):
            if name not in known and name not in (EMAIL, OPTED_OUT):
                raise InputInvalid(f"There is no field “{name[:80]}”.")
        with wrong.found("columns"):
            if times > 1:
                raise InputInvalid(
                    f"Two columns go into “{name[:80]}”.", mend="Leave one of them out."
                )
    with wrong.found("columns"):
        if not {EMAIL, "first_name", "last_name"} & set(chosen):
            raise InputInvalid(
                "No column has an address or a name.",
                mend="Say which column is the email address.",
            )
    wrong.raise_all()
    return (*columns, *[""] * (width - len(columns)))[:width]


def cells_of(
    cells: Sequence[str],
    columns: Sequence[str],
    known: Mapping[str, FieldType],
    options: Mapping[str, Mapping[str, str]],
    numbers: NumberStyle = NumberStyle.PLAIN,
) -> Cells:
    """A row's values by their fields; empty cells say nothing. Raises `InputInvalid`.

    `numbers` is how the file writes them.
    """
    email, opt_out = "", False
    values: dict[str, Value] = {}
    for name, cell in zip(columns, cells, strict=False):
        if not name or not cell:
            continue
        if name == EMAIL:
            email = checked_address(cell)
        elif name == OPTED_OUT:
            opt_out = bool(typed(FieldType.YES_NO, name, cell))
        else:
            text = key_of_label(options.get(name, {}), cell)
            values[name] = typed_written(known[name], name, text, numbers)
    return Cells(email, values, opt_out)


def plan_for(row: Cells, holder: Person | None, *, only_empty: bool) -> RowPlan:
    """What a row does to who has its address, or to nobody yet.

    With `only_empty` values that are here already stay.
    """
    if holder is None:
        if not row.email and not (row.values.get("last_name") or row.values.get("first_name")):
            return RowPlan(RowKind.SKIP, why="Neither a name nor an email address.")
        return RowPlan(RowKind.CREATE, row.email, row.values, opt_out=row.opt_out)
    changed = {
        name: value
        for name, value in row.values.items()
        if holder.fields.get(name) != value and not (only_empty and name in holder.fields)
    }
    kind = RowKind.CHANGE if changed or row.opt_out else RowKind.SAME
    return RowPlan(kind, row.email, changed, holder.person_id, holder.name, row.opt_out)


def key_of_label(options: Mapping[str, str], cell: str) -> str:
    """A dropdown's key, where a text has its label."""
    if cell in options:
        return cell
    folded = fold_name(cell)
    return next((key for key, label in options.items() if fold_name(label) == folded), cell)


def _plain(title: str) -> str:
    return " ".join(fold_name(title).replace("_", " ").replace("-", " ").split())
