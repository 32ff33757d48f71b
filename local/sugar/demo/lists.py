"""The demo company's target lists and their members, campaigns, targets and tasks."""

from typing import TYPE_CHECKING

from local.sugar.demo import words
from local.sugar.schema.options import OPTIONS

if TYPE_CHECKING:
    from local.sugar.demo.build import Draft


def _targets(draft: "Draft") -> list[str]:
    rows, links = [], []
    for _ in range(draft.size.prospects):
        first, last = draft.people.name()
        record, stamps = draft.new_id(), draft.stamps(draft.dates.moment())
        rows.append({"id": record, "first_name": first, "last_name": last, "deleted": 0, **stamps})
        email = draft.people.email(first, last)
        links.append(("Prospects", record, email, True, str(stamps["date_entered"])))
    draft.bulk.records("Prospects", rows)
    draft.bulk.addresses(links)
    return [str(row["id"]) for row in rows]


def _campaigns(draft: "Draft", lists: list[str]) -> None:
    rows, pairs = [], []
    for place, name in enumerate(words.CAMPAIGNS):
        record, stamps = draft.new_id(), draft.stamps(draft.dates.moment())
        rows.append({
            "id": record, "name": name, "status": "Active", "campaign_type": "Email",
            "tracker_key": place + 1, "end_date": draft.dates.day(10, 300), "deleted": 0,
            "assigned_user_id": draft.owner(), **stamps,
        })  # fmt: skip
        pairs.append({
            "prospect_list_id": lists[place], "campaign_id": record,
            "date_modified": stamps["date_entered"],
        })  # fmt: skip
    draft.bulk.records("Campaigns", rows)
    draft.bulk.pairs("prospect_list_campaigns", pairs)


def _tasks(draft: "Draft", leads: list[str]) -> None:
    rows = []
    for _ in range(min(200, len(leads))):
        stamps = draft.stamps(draft.dates.moment())
        rows.append({
            "id": draft.new_id(), "name": draft.random.choice(words.TASKS), "deleted": 0,
            "status": draft.random.choice(OPTIONS["task_status"]),
            "priority": draft.random.choice(OPTIONS["task_priority"]),
            "date_due": f"{draft.dates.day(-60, 30)} 09:00:00", "parent_type": "Leads",
            "parent_id": draft.random.choice(leads), "assigned_user_id": draft.owner(), **stamps,
        })  # fmt: skip
    draft.bulk.records("Tasks", rows)


def build_lists(
    draft: "Draft", leads: list[str], contacts: list[str], accounts: list[dict[str, object]]
) -> None:
    """Make the lists: the first holds `large_list` members, one is empty."""
    random, targets = draft.random, _targets(draft)
    members = {
        "Leads": leads, "Contacts": contacts, "Prospects": targets, "Users": list(draft.owners),
        "Accounts": [str(row["id"]) for row in accounts if not row["deleted"]],
    }  # fmt: skip
    rows, pairs, ids = [], [], []
    for place, (name, kind) in enumerate(words.LISTS):
        record, stamps = draft.new_id(), draft.stamps(draft.dates.moment(newest_days=60))
        ids.append(record)
        rows.append({
            "id": record, "name": name, "list_type": kind, "deleted": 0,
            "domain_name": "competitor.example" if kind == "exempt_domain" else None,
            "assigned_user_id": draft.owner(), **stamps,
        })  # fmt: skip
        wanted = draft.size.large_list if place == 0 else random.randrange(20, 400)
        shares = {"Leads": 0.6, "Contacts": 0.35, "Prospects": 0.05}
        if place == 8:
            shares = {"Accounts": 0.5, "Users": 0.1, "Contacts": 0.4}
        for module, share in shares.items() if name != "Empty list" else ():
            known = members[module]
            chosen = random.sample(known, min(len(known), round(wanted * share)))
            pairs += [
                {
                    "prospect_list_id": record, "related_id": one, "related_type": module,
                    "date_modified": stamps["date_modified"],
                }
                for one in chosen
            ]  # fmt: skip
    draft.bulk.records("ProspectLists", rows)
    draft.bulk.pairs("prospect_lists_prospects", pairs)
    _campaigns(draft, ids)
    _tasks(draft, leads)
