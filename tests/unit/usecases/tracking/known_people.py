"""People who are known by the forms they send."""

from funnel.domain.ids import PersonId
from funnel.usecases.people.create_person import NewPerson, create_person
from tests.fakes.world import TENANT
from tests.unit.usecases.tracking.tracking import Shop

ADA, BEN, CLEO = "ada@example.test", "ben@example.test", "cleo@example.test"
NOBODY = PersonId("")


def made(shop: Shop, email: str, name: str = "Brandt") -> str:
    new = NewPerson({"last_name": name}, email, "Ann")
    return create_person(shop.world.app, TENANT, new, email).person_id
