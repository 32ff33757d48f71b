"""The ids of what a push makes: worked out before the first try, and the same for each."""

from funnel.domain.ids import ConnectionId, PersonId, SugarId, WrittenModule, derived_id
from funnel.domain.text import fold_name


def intent_id(connection: ConnectionId, key: str) -> str:
    """The intent of an idempotency key."""
    return derived_id("push", connection, key)


def person_record_id(
    connection: ConnectionId, module: WrittenModule, person_id: PersonId, generation: int
) -> SugarId:
    """The Lead or Contact that is made for a person."""
    return SugarId(derived_id("sugar", connection, module, person_id, str(generation)))


def account_record_id(connection: ConnectionId, company: str) -> SugarId:
    """The Account that is made for a company, however its name is spelled."""
    return SugarId(derived_id("sugar", connection, WrittenModule.ACCOUNTS, fold_name(company)))
