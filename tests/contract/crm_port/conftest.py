from collections.abc import Iterator

import pytest

from funnel.domain.crm import Dialect
from local.sugar.settings import Product
from local.sugar.simulator import SugarSimulator
from tests.contract.crm_port.subject import Subject

EVERY_DIALECT = [
    pytest.param((product, dialect), id=f"{product.value}-{dialect.value}")
    for product in Product
    for dialect in Dialect
]


@pytest.fixture(scope="module")
def sugars() -> Iterator[dict[Product, SugarSimulator]]:
    with SugarSimulator(Product.SUITECRM) as suite, SugarSimulator(Product.SUGARCE) as sugar:
        yield {Product.SUITECRM: suite, Product.SUGARCE: sugar}


@pytest.fixture(params=EVERY_DIALECT)
def subject(
    request: pytest.FixtureRequest, sugars: dict[Product, SugarSimulator]
) -> Iterator[Subject]:
    """Every dialect of both products; one server each, cleared after each test."""
    product, dialect = request.param
    yield from _cleared(Subject(sugars[product], dialect))


@pytest.fixture
def best(sugars: dict[Product, SugarSimulator]) -> Iterator[Subject]:
    """The best dialect only, for what does not depend on it."""
    yield from _cleared(Subject(sugars[Product.SUITECRM], Dialect.V4_1))


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
    "Users", "Accounts", "Leads", "Contacts", "Opportunities", "Prospects", "ProspectLists",
)  # fmt: skip
