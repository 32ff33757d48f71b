"""A module's field list from its metadata and the words of the user's language.

Sources: Sugar Developer Guide 13.0, `/metadata GET`; "3 Tips for using the Sugar Metadata API"
(Sugar's developer blog, 2018). A vardef names its label (`vname`) and its list of options; the
words stand in the language file (`/lang/:lang GET`), which comes whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from funnel.domain.crm import FieldDef

_NO_FIELDS = frozenset(("link", "collection"))
_TRUE = (True, 1, "1", "true")
ADDRESS_FIELDS = {"email1": "varchar", "email2": "varchar"}
FLAG_FIELDS = {"email_opt_out": "bool", "invalid_email": "bool"}
_ADDRESSES = "email"


@dataclass(frozen=True, slots=True)
class ModuleFields:
    """One module's fields, those without a column of their own, and where their words stand."""

    known: dict[str, FieldDef]
    computed: frozenset[str]
    labels: dict[str, str] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)

    @property
    def with_addresses(self) -> bool:
        """Whether its records have email addresses."""
        return _ADDRESSES in self.known


def module_fields(vardefs: Mapping[str, Any]) -> ModuleFields:
    """The fields of a module's vardefs, labelled by their names until the words are known.

    The fields of addresses that SOAP tells are added where they are missing: REST has them in
    one field, `email`.
    """
    known: dict[str, FieldDef] = {}
    computed: set[str] = set()
    labels: dict[str, str] = {}
    lists: dict[str, str] = {}
    for name, told in vardefs.items():
        if not isinstance(told, Mapping) or not told.get("name"):
            continue
        kind = str(told.get("type") or "varchar")
        if kind in _NO_FIELDS:
            continue
        known[name] = FieldDef(name, kind, name, required=told.get("required") in _TRUE)
        if told.get("source") == "non-db":
            computed.add(name)
        labels[name] = str(told.get("vname") or "")
        if isinstance(told.get("options"), str) and kind not in ("date", "datetime"):
            lists[name] = told["options"]
    if _ADDRESSES in known:
        for name, kind in (ADDRESS_FIELDS | FLAG_FIELDS).items():
            computed.add(name)
            known.setdefault(name, FieldDef(name, kind, name))
    return ModuleFields(known, frozenset(computed), labels, lists)


def in_words(module: str, fields: ModuleFields, language: Mapping[str, Any]) -> list[FieldDef]:
    """The fields with the labels and options of a language file."""
    told = language.get("mod_strings")
    own = told.get(module) if isinstance(told, Mapping) else None
    common = language.get("app_strings")
    lists = language.get("app_list_strings")
    words: dict[str, Any] = {}
    for source in (common, own):
        if isinstance(source, Mapping):
            words |= source
    return [
        FieldDef(
            one.name,
            one.type,
            str(words.get(fields.labels.get(one.name, "")) or one.name).removesuffix(":"),
            one.required,
            _options(lists.get(fields.lists.get(one.name, "")))
            if isinstance(lists, Mapping)
            else {},
        )
        for one in fields.known.values()
    ]


def _options(told: Any) -> dict[str, str]:
    """Key to label, without the empty key; PHP writes a list of pairs to keep an order."""
    if isinstance(told, Mapping):
        pairs = list(told.items())
    elif isinstance(told, list):
        pairs = [(one[0], one[1]) for one in told if isinstance(one, list) and len(one) == 2]
    else:
        pairs = []
    return {str(key): str(label or "") for key, label in pairs if str(key)}
