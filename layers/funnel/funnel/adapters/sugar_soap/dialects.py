"""What each endpoint does differently. Source: recordings of live servers (`docs/sugar.md`)."""

from dataclasses import dataclass

from funnel.domain.crm import Dialect

BEST_FIRST = tuple(one for one in reversed(Dialect) if not one.is_rest)
"""The SOAP dialects."""


@dataclass(frozen=True, slots=True)
class Traits:
    """One dialect.

    `both` are the values of `deleted` that together list live and deleted records.
    `computed` says whether lists know computed fields: the flags of the email address, an
    opportunity's `account_id`. `acls` says whether the module list tells rights;
    `export_blocks` whether a role without export may not list. `ranges` says whether the members
    of a Target List were seen to be read by ranges of ids.
    """

    path: str
    wsdl: str
    both: tuple[int, ...]
    links: bool = True
    computed: bool = True
    favorites: bool = True
    filters_modules: bool = True
    acls: bool = True
    export_blocks: bool = False
    ranges: bool = False


def _service(name: str) -> str:
    return f"/service/{name}/soap.php"


TRAITS: dict[Dialect, Traits] = {
    Dialect.SOAP_5: Traits(
        "/soap.php",
        "sugar5.wsdl",
        (0, 1),
        links=False,
        computed=False,
        favorites=False,
        filters_modules=False,
        acls=False,
    ),
    Dialect.V2: Traits(
        _service("v2"),
        "v2.wsdl",
        (-1,),
        computed=False,
        favorites=False,
        filters_modules=False,
        acls=False,
        export_blocks=True,
        ranges=True,
    ),
    Dialect.V2_1: Traits(
        _service("v2_1"),
        "v2.wsdl",
        (-1,),
        computed=False,
        favorites=False,
        filters_modules=False,
        acls=False,
        export_blocks=True,
    ),
    Dialect.V3: Traits(
        _service("v3"), "v3.wsdl", (-1,), favorites=False, acls=False, export_blocks=True
    ),
    Dialect.V3_1: Traits(_service("v3_1"), "v4.wsdl", (-1,), export_blocks=True),
    Dialect.V4: Traits(_service("v4"), "v4.wsdl", (1,), ranges=True),
    Dialect.V4_1: Traits(_service("v4_1"), "v4.wsdl", (1,), ranges=True),
}

TABLES = {
    "Users": "users",
    "Accounts": "accounts",
    "Leads": "leads",
    "Contacts": "contacts",
    "Opportunities": "opportunities",
    "Prospects": "prospects",
    "ProspectLists": "prospect_lists",
    "Tasks": "tasks",
    "Notes": "notes",
    "Campaigns": "campaigns",
}
"""Module to database table; columns in a query must be qualified with it."""
