"""A site whose visitors' networks are known, and what is counted for their companies."""

from dataclasses import replace

from funnel.domain.companies.companies import Evidence, NetworkOwner
from funnel.domain.companies.company_visits import KEPT, Company, visits_of
from funnel.domain.companies.network_names import NetworkKind
from funnel.domain.tracking.visitors import Visitor
from funnel.ports.marketing_messages import RecordHits
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.tracking.sign_links import sign_link
from tests.fakes.companies import FakeLookup
from tests.fakes.world import TENANT
from tests.unit.usecases.tracking.tracking import HOME, LAPTOP, PHONE, Shop

KIOSK = "kiosk00000000000"
ADA, BEN = "ada@example.test", "ben@example.test"
HARBOUR = NetworkOwner(
    "Harbour Cranes AS", NetworkKind.COMPANY, Evidence.RANGE, city="Bergen", country="Norway"
)
LINE = NetworkOwner("Northern Telecom", NetworkKind.PROVIDER, Evidence.NAME, "telecom")
AT_HARBOUR, AT_LINE, NOWHERE = "192.0.2.7", "198.51.100.9", "203.0.113.1"


def watched() -> Shop:
    """A site whose visitors' networks are known."""
    found = Shop()
    lookup = FakeLookup({AT_HARBOUR: HARBOUR, AT_LINE: LINE})
    found.world.app = replace(found.world.app, company_lookup=lookup)
    return found


def company(shop: Shop, owner: NetworkOwner = HARBOUR) -> Company:
    found = shop.world.store.companies.get((TENANT, owner.key))
    assert found is not None
    return found


def from_ip(message: RecordHits, ip: str) -> RecordHits:
    return replace(message, batch=replace(message.batch, ip=ip))


def counted_anew(shop: Shop) -> dict[str, dict[str, object]]:
    """What each company's visits are, from nothing but visitors and their activities."""
    found: dict[str, dict[str, object]] = {}
    since = shop.world.clock.now() - KEPT
    for browser in (LAPTOP, PHONE, KIOSK):
        visitor: Visitor | None = shop.world.store.visitor(TENANT, browser)  # type: ignore[arg-type]
        for holder in visitor.holders if visitor else ():
            for owner in (HARBOUR, LINE):
                done = shop.of(holder.subject)
                for visit in visits_of(done, owner.key, holder, since):
                    at = found.setdefault(owner.organisation, {})
                    at[f"{visit.subject} {visit.visit_id}"] = visit
    return found


def counted(shop: Shop) -> dict[str, dict[str, object]]:
    return {
        one.organisation: {f"{v.subject} {v.visit_id}": v for v in one.visits}
        for one in shop.world.store.companies.values()
        if one.visits
    }


def scene(shop: Shop) -> list[RecordHits]:
    """Three browsers in two networks; a form, another's form on the same machine, a signed link."""
    new = NewPerson({"last_name": "Brandt"}, BEN, "Ann")
    create_person(shop.world.app, TENANT, new, BEN)
    link = sign_link(shop.world.app, TENANT, shop.person(BEN), HOME, 30)
    batches = [
        shop.batch(shop.page(0, f"{HOME}a"), shop.page(3, f"{HOME}b")),
        shop.batch(shop.page(10, f"{HOME}c")),
        shop.batch(shop.page(45)),
        shop.batch(shop.form(50, ADA), shop.page(52)),
        shop.batch(shop.form(90, BEN), shop.page(95)),
        shop.batch(shop.page(20), browser=PHONE),
        shop.batch(shop.page(25, link), browser=PHONE),
        shop.batch(shop.page(30), shop.page(32, f"{HOME}x"), browser=KIOSK),
        shop.batch(*[shop.page(60 + n / 600, f"{HOME}{n}") for n in range(9)], browser=KIOSK),
    ]  # fmt: skip
    return [from_ip(one, AT_LINE if at in (2, 5) else AT_HARBOUR) for at, one in enumerate(batches)]
