"""Builds the demo company: a plausible customer base with the usual dirt.

Among about 5,000 people: missing addresses, duplicates, leads and contacts with one
address, addresses shared under different names, owners who left, accounts nobody is
assigned to (one with 40 contacts and 6 opportunities), contacts whose account is deleted,
converted leads, an import of 700 in one second, null and future dates.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from local.sugar.demo import words
from local.sugar.demo.dates import Dates
from local.sugar.demo.leads import build_leads
from local.sugar.demo.lists import build_lists
from local.sugar.demo.people import People, plain
from local.sugar.demo.rows import Bulk
from local.sugar.schema.options import OPTIONS
from local.sugar.soap.context import Sugar
from local.sugar.store.users import password_hash
from local.sugar.store.world import ADMIN

EURO, FRANC = (f"c0000000-0000-4000-8000-{n:012d}" for n in (1, 2))


@dataclass(frozen=True, slots=True)
class Size:
    """How large the company's data is."""

    leads: int = 3000
    contacts: int = 2000
    accounts: int = 800
    opportunities: int = 400
    prospects: int = 300
    imported: int = 700
    large_list: int = 3000

    @classmethod
    def of(cls, people: int) -> "Size":
        """A company with so many leads and contacts, all else in proportion."""
        return cls(
            leads=people * 3 // 5,
            contacts=people - people * 3 // 5,
            accounts=max(people * 4 // 25, 10),
            opportunities=max(people * 2 // 25, 8),
            prospects=people * 3 // 50,
            imported=min(people * 7 // 50, people * 3 // 5),
            large_list=people * 3 // 5,
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """What the parts of the build share."""

    sugar: Sugar
    bulk: Bulk
    random: Random
    dates: Dates
    people: People
    size: Size
    owners: tuple[str, ...]
    former: tuple[str, ...]

    def new_id(self) -> str:
        """A record id."""
        return self.sugar.world.new_id()

    def owner(self) -> str:
        """Who a record is assigned to: one in twelve to somebody who left."""
        return self.random.choice(self.former if self.random.random() < 0.08 else self.owners)

    def stamps(self, moment: datetime) -> dict[str, object]:
        """When and by whom a record was entered and changed."""
        changed = self.dates.later(moment)
        return {
            "date_entered": self.dates.text(moment),
            "date_modified": self.dates.text(changed),
            "created_by": self.random.choice(self.owners),
            "modified_user_id": self.random.choice(self.owners),
        }


def _sales_people(sugar: Sugar, bulk: Bulk, dates: Dates) -> list[tuple[str, bool]]:
    """Twelve users: a manager, eight who sell, three who left. Password: the user name."""
    rows, links = [], []
    found: list[tuple[str, bool]] = []
    for place in range(12):
        first, last = words.FIRST_NAMES[place * 5], words.LAST_NAMES[place * 7]
        record, left = sugar.world.new_id(), place in (4, 8, 11)
        name = f"{plain(first)}.{plain(last)}"
        entered = dates.text(dates.moment(newest_days=400))
        rows.append({
            "id": record, "user_name": name, "first_name": first, "last_name": last,
            "title": "Head of Sales" if place == 0 else "Sales", "department": "Sales",
            "status": "Inactive" if left else "Active", "date_entered": entered,
            "employee_status": "Terminated" if left else "Active", "date_modified": entered,
            "reports_to_id": found[0][0] if found else None, "created_by": ADMIN,
            "modified_user_id": ADMIN,
        })  # fmt: skip
        links.append(("Users", record, f"{name}@sugar.example", True, entered))
        found.append((record, left))
    bulk.records("Users", rows)
    bulk.addresses(links)
    for row in rows:
        password = password_hash(str(row["user_name"]))
        sugar.world.database.run(
            "UPDATE users SET user_hash = ? WHERE id = ?", (password, row["id"])
        )
    return found


def _accounts(draft: Draft) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    links = []
    random, size = draft.random, draft.size
    for place in range(size.accounts):
        name, domain = draft.people.company()
        street, city, code, country = draft.people.address()
        stamps = draft.stamps(draft.dates.moment(newest_days=30))
        unassigned = place == 0 or random.random() < 0.015
        row: dict[str, object] = {
            "id": draft.new_id(), "name": name, "deleted": 0,
            "account_type": random.choice(OPTIONS["account_type"]),
            "industry": random.choice(OPTIONS["industry"]),
            "annual_revenue": str(random.randrange(1, 900) * 100_000),
            "employees": str(random.randrange(2, 9000)),
            "billing_address_street": street, "billing_address_city": city,
            "billing_address_postalcode": code, "billing_address_country": country,
            "phone_office": draft.people.phone(), "website": f"https://www.{domain}/",
            "assigned_user_id": None if unassigned else draft.owner(),
            "region_c": random.choice(("north", "south", "east", "west")), **stamps,
        }  # fmt: skip
        rows.append(row | {"domain": domain})
        links.append(
            ("Accounts", str(row["id"]), f"info@{domain}", True, str(stamps["date_entered"]))
        )
    deleted = rows[-max(size.accounts // 60, 4) :]
    for row in deleted:
        row["deleted"] = 1
    draft.bulk.records("Accounts", rows)
    draft.bulk.addresses(links)
    return rows


def _currencies(draft: Draft) -> None:
    """The second currency of the company, and one that it gave up; the base one is US Dollar."""
    entered = draft.dates.text(draft.dates.began())
    stamps = {"date_entered": entered, "date_modified": entered, "created_by": ADMIN, "deleted": 0}
    draft.bulk.records("Currencies", [
        {"id": EURO, "name": "Euro", "symbol": "€", "iso4217": "EUR", "conversion_rate": 0.92,
         "status": "Active", **stamps},
        {"id": FRANC, "name": "Swiss Franc", "symbol": "CHF", "iso4217": "CHF",
         "conversion_rate": 0.95, "status": "Inactive", **stamps},
    ])  # fmt: skip


def _currency(place: int) -> tuple[str, float]:
    """An Opportunity's currency and its rate: a third in Euro, one in what was given up."""
    if place == 7:
        return FRANC, 0.95
    return (EURO, 0.92) if place % 3 == 2 else ("-99", 1.0)


def _opportunities(
    draft: Draft, accounts: list[dict[str, object]], of: dict[str, list[str]]
) -> None:
    random, live = draft.random, [row for row in accounts if not row["deleted"]]
    rows, owned, contacts = [], [], []
    for place in range(draft.size.opportunities):
        account = accounts[0] if place < 6 else random.choice(live)
        record, amount = draft.new_id(), float(random.randrange(5, 4000) * 100)
        stage = random.choice(OPTIONS["sales_stage"])
        won = {"Closed Won": 100, "Closed Lost": 0}.get(stage, random.randrange(10, 95, 5))
        currency, rate = _currency(place)
        stamps = draft.stamps(draft.dates.moment())
        rows.append({
            "id": record, "name": f"{account['name']} - {random.choice(words.DEALS)}",
            "amount": amount, "amount_usdollar": round(amount / rate, 6),
            "currency_id": currency, "sales_stage": stage,
            "probability": won, "date_closed": draft.dates.day(-500, 240), "deleted": 0,
            "opportunity_type": random.choice(OPTIONS["opportunity_type"]),
            "lead_source": random.choice(OPTIONS["lead_source"]),
            "assigned_user_id": draft.owner(), **stamps,
        })  # fmt: skip
        date = stamps["date_entered"]
        owned.append({"opportunity_id": record, "account_id": account["id"], "date_modified": date})
        known = of.get(str(account["id"]), [])
        contacts += [
            {"contact_id": contact, "opportunity_id": record, "date_modified": date}
            for contact in random.sample(known, min(len(known), random.randrange(3)))
        ]
    draft.bulk.records("Opportunities", rows)
    draft.bulk.pairs("accounts_opportunities", owned)
    draft.bulk.pairs("opportunities_contacts", contacts)


def _contacts(
    draft: Draft, accounts: list[dict[str, object]]
) -> tuple[list[dict[str, str]], dict[str, list[str]]]:
    random = draft.random
    rows, links, pairs = [], [], []
    told: list[dict[str, str]] = []
    of: dict[str, list[str]] = {}
    for place in range(draft.size.contacts):
        account = accounts[0] if place < 40 else random.choice(accounts)
        first, last = draft.people.name()
        record, stamps = draft.new_id(), draft.stamps(draft.dates.moment())
        street, city, code, country = draft.people.address()
        rows.append({
            "id": record, "first_name": first if random.random() > 0.03 else None,
            "last_name": last, "title": random.choice(words.TITLES),
            "department": random.choice(words.DEPARTMENTS), "phone_work": draft.people.phone(),
            "primary_address_street": street, "primary_address_city": city,
            "primary_address_postalcode": code, "primary_address_country": country,
            "lead_source": random.choice(OPTIONS["lead_source"]), "deleted": 0,
            "assigned_user_id": draft.owner(), **stamps,
        })  # fmt: skip
        date, domain = str(stamps["date_entered"]), str(account["domain"])
        email, drawn = "", random.random()
        if drawn > 0.09:
            email = draft.people.email(first, last, domain)
        if drawn > 0.97:
            email = f"info@{domain}"
        if email:
            links.append(("Contacts", record, email, True, date))
            if drawn < 0.14:
                private = draft.people.email(first, last)
                links.append(("Contacts", record, private, False, date))
        if random.random() > 0.04 or place < 40:
            pairs.append({"contact_id": record, "account_id": account["id"], "date_modified": date})
            of.setdefault(str(account["id"]), []).append(record)
        told.append({"id": record, "first": first, "last": last, "email": email,
                     "account": str(account["id"]), "company": str(account["name"])})  # fmt: skip
    draft.bulk.records("Contacts", rows)
    draft.bulk.addresses(links)
    draft.bulk.pairs("accounts_contacts", pairs)
    return told, of


def build(sugar: Sugar, seed: int, size: Size | None = None) -> None:
    """Fill an empty Sugar (with its standard users) with the demo company.

    The same seed gives the same records under the same ids; dates end at the server's now.
    """
    before, sugar.world.random = sugar.world.random, Random(f"demo/{seed}/ids")
    try:
        _build(sugar, seed, size or Size())
    finally:
        sugar.world.random = before


def _build(sugar: Sugar, seed: int, size: Size) -> None:
    random, now = Random(f"demo/{seed}"), sugar.world.clock.now()
    people, dates, bulk = People(random), Dates(random, now), Bulk(sugar)
    with sugar.world.database:
        staff = _sales_people(sugar, bulk, dates)
        draft = Draft(
            sugar, bulk, random, dates, people, size,
            tuple(record for record, left in staff if not left),
            tuple(record for record, left in staff if left),
        )  # fmt: skip
        accounts = _accounts(draft)
        contacts, of = _contacts(draft, accounts)
        _currencies(draft)
        _opportunities(draft, accounts, of)
        leads = build_leads(draft, contacts, now - timedelta(days=210))
        build_lists(draft, leads, [one["id"] for one in contacts], accounts)
