from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from funnel.domain.crm import Dialect
from local.sugar.settings import Product
from local.sugar.simulator import SugarSimulator
from tests.contract.crm_port.subject import Subject

EVERY_DIALECT = [
    pytest.param((product, dialect), id=f"{product.value}-{dialect.value}")
    for product in Product
    for dialect in Dialect
    if dialect.is_rest is (product is Product.SUGAR)
]


@pytest.fixture(scope="module")
def sugars() -> Iterator[dict[Product, SugarSimulator]]:
    with ExitStack() as running:
        yield {one: running.enter_context(SugarSimulator(one)) for one in Product}


@pytest.fixture(params=EVERY_DIALECT)
def subject(
    request: pytest.FixtureRequest, sugars: dict[Product, SugarSimulator]
) -> Iterator[Subject]:
    """Every SOAP dialect of both products, and REST; one server each, cleared after each test."""
    product, dialect = request.param
    yield from _cleared(Subject(sugars[product], dialect))


@pytest.fixture
def best(sugars: dict[Product, SugarSimulator]) -> Iterator[Subject]:
    """The best SOAP dialect only, for what does not depend on it."""
    yield from _cleared(Subject(sugars[Product.SUITECRM], Dialect.V4_1))


@pytest.fixture
def rest(sugars: dict[Product, SugarSimulator]) -> Iterator[Subject]:
    """REST only, for what SOAP does not have."""
    yield from _cleared(Subject(sugars[Product.SUGAR], Dialect.REST_11))


def _cleared(subject: Subject) -> Iterator[Subject]:
    company = subject.sugar.company
    before = {module: set(company.ids(module, deleted=-1)) for module in _MODULES}
    subject.sugar.log.clear()
    yield subject
    subject.sugar.troubles.clear()
    for crm in subject.opened:
        crm.sign_out()
    for module, known in before.items():
        for record in set(company.ids(module, deleted=-1)) - known:
            company.prune(module, record)


_MODULES = (
    "Currencies", "Users", "Accounts", "Leads", "Contacts", "Opportunities", "Prospects", "ProspectLists",
    "Tasks", "Notes", "Campaigns",
)  # fmt: skip
