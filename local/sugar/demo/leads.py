"""The demo company's leads, and the dirt that gathers among leads."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from local.sugar.demo import words
from local.sugar.schema.options import OPTIONS
from local.sugar.store.world import ADMIN

if TYPE_CHECKING:
    from local.sugar.demo.build import Draft

_STATUSES = ("New", "New", "Assigned", "Assigned", "In Process", "Recycled", "Dead")
_FUTURE = timedelta(days=40)


def _lead(draft: "Draft", contact: dict[str, str] | None) -> tuple[dict[str, object], str]:
    """One lead and its address; `contact` is who it became, or whose address it has."""
    random = draft.random
    first, last = draft.people.name()
    company, domain = (
        f"{random.choice(words.COMPANY_STEMS)} {random.choice(words.COMPANY_KINDS)}",
        None,
    )
    if random.random() < 0.5:
        domain = f"{company.split(maxsplit=1)[0].lower().encode('ascii', 'ignore').decode() or 'x'}.example"
    email = draft.people.email(first, last, domain) if random.random() > 0.06 else ""
    row: dict[str, object] = {
        "id": draft.new_id(), "first_name": first, "last_name": last, "account_name": company,
        "title": random.choice(words.TITLES), "status": random.choice(_STATUSES),
        "lead_source": random.choice(OPTIONS["lead_source"]), "deleted": 0,
        "phone_work": draft.people.phone(), "assigned_user_id": draft.owner(),
        "do_not_call": int(random.random() < 0.05),
        **draft.stamps(draft.dates.moment()),
    }  # fmt: skip
    if random.random() < 0.02:
        row["account_name"] = None
    if contact is not None:
        email = contact["email"] or email
        row |= {"first_name": contact["first"], "last_name": contact["last"]}
    return row, email


def _dirt(draft: "Draft", rows: list[dict[str, object]], emails: list[str], now: datetime) -> None:
    """Twins, deleted ones, and dates that are none or not yet."""
    random = draft.random
    count = len(rows)
    for _ in range(count // 50):
        one, other = random.randrange(count), random.randrange(count)
        for name in ("first_name", "last_name", "account_name"):
            rows[other][name] = rows[one][name]
        emails[other] = emails[one]
    for place in random.sample(range(count), count // 40):
        rows[place]["deleted"] = 1
    for place in random.sample(range(count), min(3, count)):
        rows[place]["date_modified"] = None
    for place in random.sample(range(count), min(2, count)):
        rows[place]["date_modified"] = draft.dates.text(now + _FUTURE)


def build_leads(draft: "Draft", contacts: list[dict[str, str]], imported: datetime) -> list[str]:
    """Make the leads; `imported` is the second in which many came at once. Answers live ids."""
    random, size = draft.random, draft.size
    rows: list[dict[str, object]] = []
    emails: list[str] = []
    second = draft.dates.text(imported.replace(hour=10, minute=14, second=7))
    for place in range(size.leads):
        drawn = random.random()
        contact = random.choice(contacts) if contacts and drawn < 0.11 else None
        row, email = _lead(draft, contact)
        if contact is not None and drawn < 0.08:
            row |= {
                "status": "Converted", "converted": 1, "contact_id": contact["id"],
                "account_id": contact["account"], "account_name": contact["company"],
            }  # fmt: skip
        if place < size.imported:
            row |= {
                "date_entered": second, "date_modified": second, "created_by": ADMIN,
                "modified_user_id": ADMIN, "lead_source": "Trade Show",
            }  # fmt: skip
        rows.append(row)
        emails.append(email)
    _dirt(draft, rows, emails, draft.sugar.world.clock.now())
    draft.bulk.records("Leads", rows)
    draft.bulk.addresses([
        ("Leads", str(row["id"]), email, True, str(row["date_entered"]))
        for row, email in zip(rows, emails, strict=True) if email
    ])  # fmt: skip
    return [str(row["id"]) for row in rows if not row["deleted"]]
