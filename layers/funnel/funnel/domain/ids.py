"""Identifiers, so that one cannot be passed where another belongs."""

import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

TenantId = NewType("TenantId", str)
ConnectionId = NewType("ConnectionId", str)
PersonId = NewType("PersonId", str)
SugarId = NewType("SugarId", str)
RunId = NewType("RunId", str)
JobId = NewType("JobId", str)
ListId = NewType("ListId", str)
MemberKey = NewType("MemberKey", str)

_NAMESPACE = uuid.UUID("6f1d3f0e-6a52-5a38-9d0b-8f6b1d0c52a7")


class Module(StrEnum):
    """Sugar modules whose records are kept here, by the names Sugar's services use.

    Declared in the order they are worked: what others refer to comes first. Prospects, which Sugar
    shows as Targets, are read only where they are on a Target List: no run pulls them. Campaigns are
    never read: ours are written, and named in the error report.
    """

    USERS = "Users"
    ACCOUNTS = "Accounts"
    LEADS = "Leads"
    CONTACTS = "Contacts"
    OPPORTUNITIES = "Opportunities"
    PROSPECTS = "Prospects"
    CAMPAIGNS = "Campaigns"

    # Enum's own is Python code, and part of the hash of every record's key.
    __hash__ = str.__hash__


PULLED_MODULES = tuple(
    module for module in Module if module not in (Module.PROSPECTS, Module.CAMPAIGNS)
)
"""What a run works through, in its order."""

PEOPLE_MODULES = frozenset({Module.LEADS, Module.CONTACTS, Module.PROSPECTS})


class WrittenModule(StrEnum):
    """Sugar modules in which records are created, by the names Sugar's services use.

    Tasks and Notes are written and never read: what becomes of one is the sales rep's own affair.
    TARGET_LISTS are Target Lists made for a campaign; those of Sugar's own people are read only.
    """

    ACCOUNTS = "Accounts"
    LEADS = "Leads"
    CONTACTS = "Contacts"
    TASKS = "Tasks"
    NOTES = "Notes"
    CAMPAIGNS = "Campaigns"
    TARGET_LISTS = "ProspectLists"


@dataclass(frozen=True, slots=True, order=True)
class RecordKey:
    """One record of one Sugar module."""

    module: Module
    sugar_id: SugarId

    def __str__(self) -> str:
        return f"{self.module}/{self.sugar_id}"

    @classmethod
    def parse(cls, text: str) -> "RecordKey":
        """The key that `str()` wrote. Raises `ValueError` for anything else."""
        module, _, sugar_id = text.partition("/")
        return cls(Module(module), SugarId(sugar_id))


def derived_id(*parts: str) -> str:
    """A UUIDv5 that is the same each time for the same parts, so that a write can be repeated."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))
