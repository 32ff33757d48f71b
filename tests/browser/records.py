"""Records of a company: users, accounts, people, opportunities, and what went wrong with some."""

from datetime import datetime, timedelta

from funnel.domain.connecting.currencies import BASE, Currencies, Currency
from funnel.domain.crm import Value
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId, derived_id
from funnel.domain.people.people import sugar_values
from funnel.domain.sync.records import (
    Claim,
    Direction,
    FieldChange,
    HistoryEntry,
    Link,
    Person,
    ReadStamp,
    State,
    SugarRecord,
    SyncError,
    Unit,
)
from tests.fakes.store import MemoryStore

USERS = (
    ("sarah", "Sarah", "Okafor", "Head of Sales", "Active"),
    ("jonas", "Jonas", "Weiß", "Account Manager", "Active"),
    ("max", "Max", "Delacroix-Montgomery", "Inside Sales", "Active"),
    ("will", "Will", "Westin", "Account Manager", "Inactive"),
)
BOSS = "sarah"
"""Whom the others report to."""

ACCOUNTS = (
    ("Acme Forwarding", "Customer", "Transportation", "Hamburg", "sarah"),
    ("Bergmann & Söhne Maschinenbau GmbH", "Prospect", "Machinery", "Stuttgart", "jonas"),
    ("Café O'Malley", "Customer", "Hospitality", "Cork", "max"),
    ("Dansk Vindkraft A/S", "Customer", "Energy", "Aarhus", "sarah"),
    ("École Supérieure de Lyon", "Prospect", "Education", "Lyon", "jonas"),
    ("Fjord & Fjell", "Partner", "Retail", "Bergen", "max"),
    ("Great Lakes Shipping Co.", "Customer", "Transportation", "Duluth", "will"),
)
FIRST = ("Amélie", "Björn", "Chidi", "Dagmar", "Eoin", "Fatima", "Göran", "Hanna", "Ines", "Jürgen")
LAST = ("Müller", "O'Brien", "Nakamura", "García", "Schmidt & Co", "Østergaard", "de la Cruz")
SOURCES = ("Web Site", "Trade Show", "Cold Call", "Word of mouth")


class Filler:
    """Puts records in, one unit each."""

    def __init__(self, store: MemoryStore, tenant: TenantId, now: datetime) -> None:
        self.store, self.tenant, self.now = store, tenant, now

    def record(
        self,
        module: Module,
        sugar_id: str,
        name: str,
        fields: dict[str, Value],
        *,
        owner: str = "",
        parent: str = "",
        person: str = "",
        contacts: tuple[str, ...] = (),
        stale: bool = False,
    ) -> SugarRecord:
        """One record."""
        stamp = ReadStamp(self.now - timedelta(days=2), self.now, self.now)
        found = SugarRecord(
            tenant=self.tenant,
            key=RecordKey(module, SugarId(sugar_id)),
            state=State.STALE if stale else State.SYNCED,
            fields=fields,
            stamp=stamp,
            digest=sugar_id,
            name=name,
            first_seen=self.now - timedelta(days=31),
            owner_id=SugarId(owner),
            parent_id=SugarId(parent),
            contact_ids=tuple(SugarId(one) for one in contacts),
            person_id=PersonId(person),
            out_of_date_since=self.now - timedelta(days=4) if stale else None,
        )
        assert self.store.commit(self.tenant, [Unit(records=[found])]) == [True]
        return found

    def person(
        self, person_id: str, name: str, email: str, links: list[Link], *, shared: bool = False
    ) -> None:
        """A person over its links, which are in."""
        keys = [link.key for link in links]
        records = self.store.records(self.tenant, keys)
        found = Person(
            tenant=self.tenant,
            person_id=PersonId(person_id),
            fields=sugar_values([records[key] for key in keys]),
            created_at=self.now - timedelta(days=31),
            changed_at=self.now - timedelta(hours=5),
            links=tuple(links),
            emails=(email,) if email else (),
            shared=shared,
            name=name,
        )
        claims = [Claim(self.tenant, email, found.person_id)] if email else []
        assert self.store.commit(self.tenant, [Unit(people=[found], claims=claims)]) == [True]

    def error(
        self, module: Module, name: str, code: str, field: str, value: str, root: str
    ) -> None:
        """An error that goes back to an account."""
        key = RecordKey(module, SugarId(derived_id(name)[:8]))
        causing = module if name == root else Module.ACCOUNTS
        cause = RecordKey(causing, SugarId(derived_id(root)[:8]))
        error = SyncError(
            tenant=self.tenant,
            error_id=derived_id(str(key), field, code),
            direction=Direction.PULL,
            record=key,
            name=name,
            field=field,
            value=value,
            code=code,
            root=cause,
            root_name=root,
            first_seen=self.now - timedelta(days=6),
            last_seen=self.now - timedelta(minutes=17),
            blocked_by=None if key == cause else cause,
        )
        assert self.store.commit(self.tenant, [Unit(errors=[error])]) == [True]


def fill(store: MemoryStore, tenant: TenantId, now: datetime) -> None:
    """Everything."""
    filler = Filler(store, tenant, now)
    for user_id, first, last, title, status in USERS:
        fields: dict[str, Value] = {
            "user_name": user_id,
            "first_name": first,
            "last_name": last,
            "title": title,
            "status": status,
            "email1": f"{user_id}@nordwind.example",
        }
        boss = "" if user_id == BOSS else BOSS
        filler.record(
            Module.USERS,
            user_id,
            f"{first} {last}",
            {**fields, "reports_to_id": boss},
            parent=boss,
        )
    for index, (name, kind, industry, city, owner) in enumerate(ACCOUNTS):
        _account(filler, index, name, kind, industry, city, owner)
    _people(filler)
    _deals(filler)
    _special_people(filler)
    _record_histories(filler)
    _errors(filler)


def _account(
    filler: Filler, index: int, name: str, kind: str, industry: str, city: str, owner: str
) -> None:
    fields: dict[str, Value] = {
        "name": name,
        "account_type": kind,
        "industry": industry,
        "annual_revenue": f"{index + 1}200000.00",
        "employees": str(40 * (index + 1)),
        "website": f"https://{derived_id(name)[:6]}.example/about/our-company",
        "phone_office": f"+49 40 55 {index}{index} 120",
        "billing_address_street": "Große Elbstraße 27",
        "billing_address_city": city,
        "description": "Met at transport logistic.\nWants a quote for the northern routes.",
    }
    filler.record(
        Module.ACCOUNTS, f"a{index}", name, fields, owner=owner, stale=name.startswith("Great")
    )


def _people(filler: Filler) -> None:
    for index in range(60):
        first, last = FIRST[index % 10], LAST[index % 7]
        name, email = f"{first} {last}", f"{index}.{derived_id(first)[:4]}@mail.example"
        module = Module.CONTACTS if index % 3 else Module.LEADS
        fields: dict[str, Value] = {
            "first_name": first,
            "last_name": last,
            "title": ("Head of Logistics", "Buyer", "CEO", "Office Manager")[index % 4],
            "account_name": ACCOUNTS[index % 7][0],
            "email1": email if index % 9 else "",
            "phone_work": f"+49 711 {index:03} 5520",
            "lead_source": SOURCES[index % 4],
            "primary_address_city": ACCOUNTS[index % 7][3],
            "do_not_call": index % 5 == 0,
        }
        owner, sugar_id = USERS[index % 4][0], f"p{index}"
        parent = f"a{index % 7}" if module is Module.CONTACTS else ""
        filler.record(
            module, sugar_id, name, fields, owner=owner, parent=parent, person=f"person-{index}"
        )
        held = email if index % 9 else ""
        link = Link(RecordKey(module, SugarId(sugar_id)), name, SugarId(owner), held)
        filler.person(f"person-{index}", name, held, [link])


CURRENCIES = (
    Currency(BASE, "Euro", "€", "EUR", "1"),
    Currency(SugarId("usd"), "US Dollar", "$", "USD", "1.25"),
    Currency(SugarId("points"), "Bonus points", "pt", "", "0"),
)
"""The base one, a second one, and one that has neither code nor rate."""


def _deals(filler: Filler) -> None:
    kept = filler.store.connection(filler.tenant)
    assert kept is not None
    filler.store.save_currencies(
        filler.tenant, Currencies(kept.connection_id, filler.now, CURRENCIES)
    )
    stages = ("Prospecting", "Proposal/Price Quote", "Negotiation/Review", "Closed Won")
    for index in range(9):
        account = index % 7
        name = f"{ACCOUNTS[account][0]} / {('Fleet 2027', 'Pilot', 'Renewal')[index % 3]}"
        fields: dict[str, Value] = {
            "name": name,
            "amount": f"{(index + 1) * 12500}.00",
            "amount_usdollar": f"{(index + 1) * (10000 if index % 3 == 1 else 12500)}.00",
            "currency_id": {1: "usd", 5: "points"}.get(index if index == 5 else index % 3, "-99"),
            "date_closed": f"2027-0{index % 9 + 1}-15",
            "sales_stage": stages[index % 4],
            "probability": 10 + 10 * index,
            "lead_source": SOURCES[index % 4],
            "next_step": "Call after the board meeting",
        }
        contacts = tuple(f"p{n}" for n in (account + 7, account + 14) if n % 3)
        filler.record(
            Module.OPPORTUNITIES, f"o{index}", name, fields, owner=USERS[index % 3][0],
            parent=f"a{account}", contacts=contacts,
        )  # fmt: skip


def _special_people(filler: Filler) -> None:
    """A lead and a contact that are one person, under two names."""
    email = "einkauf@bergmann-soehne.example"
    links = []
    for module, sugar_id, first, last, owner in (
        (Module.CONTACTS, "shared-c", "Anneliese", "Bergmann", "jonas"),
        (Module.LEADS, "shared-l", "Einkauf", "Bergmann & Söhne", "max"),
    ):
        fields: dict[str, Value] = {
            "first_name": first,
            "last_name": last,
            "title": "Head of Purchasing",
            "account_name": "Bergmann & Söhne Maschinenbau GmbH",
            "email1": email,
            "phone_mobile": "+49 171 555 0142",
            "primary_address_street": "Industriestraße 9",
            "primary_address_city": "Stuttgart",
            "description": "Prefers calls before ten.",
        }
        name = f"{first} {last}"
        filler.record(module, sugar_id, name, fields, owner=owner, person="anneliese")
        links.append(Link(RecordKey(module, SugarId(sugar_id)), name, SugarId(owner), email))
    filler.person("anneliese", "Anneliese Bergmann", email, links, shared=True)
    events = (
        (5, "changed", "Sugar", "", (("title", "Buyer", "Head of Purchasing", "changed in Sugar"),)),
        (30, "parted", "Sugar", "", (("company", None, "Bergmann & Söhne Maschinenbau GmbH", "changed in Sugar"),)),
        (200, "changed", "Sugar", "", (
            ("phone_mobile", None, "+49 171 555 0142", "changed in Sugar"),
            ("city", "Esslingen", "Stuttgart", "both changed: Sugar wins"),
        )),
        (310, "changed", "Sugar", "", (("do_not_call", True, False, "changed in Sugar"),)),
    )  # fmt: skip
    entries = [
        HistoryEntry(
            filler.tenant,
            "anneliese",
            filler.now - timedelta(hours=hours),
            f"event-{hours}",
            kind,
            side,
            tuple(FieldChange(*change) for change in changes),
            note,
        )
        for hours, kind, side, note, changes in events
    ]
    assert filler.store.commit(filler.tenant, [Unit(history=entries)]) == [True]


def _record_histories(filler: Filler) -> None:
    """What happened to an Account, an Opportunity and a user; 25 things to the Account."""
    for subject, field, before, after in (
        ("Opportunities/o1", "sales_stage", "Prospecting", "Negotiation/Review"),
        ("Users/will", "status", "Active", "Inactive"),
        *(("Accounts/a1", "employees", str(n), str(n + 1)) for n in range(25)),
    ):
        hours = 10 + int(before) if before.isdigit() else 10
        entry = HistoryEntry(
            filler.tenant,
            subject,
            filler.now - timedelta(hours=hours),
            f"{subject}-{hours}",
            "changed",
            "Sugar",
            (FieldChange(field, before, after, "read from Sugar"),),
        )
        assert filler.store.commit(filler.tenant, [Unit(history=[entry])]) == [True]


def _errors(filler: Filler) -> None:
    root = "Harbour & Sons Ltd."
    filler.error(Module.ACCOUNTS, root, "OwnerMissing", "assigned_user_id", "", root)
    for index in range(14):
        name = f"{FIRST[index % 10]} {LAST[index % 7]}"
        filler.error(Module.CONTACTS, f"{name} {index}", "AccountHeld", "account_id", root, root)
    for index in range(3):
        name = f"Harbour / Crane {index + 1}"
        filler.error(Module.OPPORTUNITIES, name, "AccountHeld", "account_id", root, root)
    root = "Great Lakes Shipping Co."
    filler.error(Module.ACCOUNTS, root, "OwnerInactive", "assigned_user_id", "Will Westin", root)
    name = "=HYPERLINK(1) Ltd"
    filler.error(Module.LEADS, name, "ValueUnreadable", "birthdate", "31.31.1970", name)
