"""What was asked for a person in Sugar: done, failed, waiting, and a look that is done."""

from dataclasses import asdict
from datetime import datetime, timedelta

from funnel.domain.ids import ConnectionId, JobId, PersonId, SugarId, TenantId, WrittenModule
from funnel.domain.pushing.pushes import (
    Deed,
    Obstacle,
    PushIntent,
    PushState,
    Step,
    TaskKind,
    TaskWish,
    Why,
    Wish,
)
from funnel.domain.sync.runs import LOOK, Job, JobStatus
from tests.fakes.store import MemoryStore

PERSON = PersonId("anneliese")
CALL = TaskWish(TaskKind.CALL, "Ask about the spring order")
STEPS = (
    Step(
        Deed.CREATE,
        WrittenModule.ACCOUNTS,
        SugarId("9c31-account"),
        Why.NONE_HAS_NAME,
        "Bergmann & Söhne",
        {"name": "Bergmann & Söhne", "assigned_user_id": "sarah"},
    ),
    Step(
        Deed.CREATE,
        WrittenModule.CONTACTS,
        SugarId("9c31-contact"),
        Why.NOBODY_HAS_IT,
        "Anneliese Bergmann",
        {"first_name": "Anneliese", "last_name": "Bergmann", "lead_source": "Web Site"},
        left_out=("birthdate",),
    ),
    Step(
        Deed.CREATE,
        WrittenModule.TASKS,
        SugarId("9c31-task"),
        Why.ASKED,
        CALL.title,
        {"name": CALL.title, "priority": "High", "date_due": "2026-12-01T09:30:00Z"},
    ),
)
CHANGED = Step(
    Deed.UPDATE,
    WrittenModule.LEADS,
    SugarId("shared-l"),
    Why.HAS_ADDRESS,
    "Anneliese Bergmann",
    {"title": "Head of purchasing"},
    {"title": "Purchasing"},
)


def fill_pushes(store: MemoryStore, tenant: TenantId, now: datetime) -> None:
    """A person's push log, and a look at what one would do."""
    contact = Wish(WrittenModule.CONTACTS, SugarId("sarah"), "Web Site", task=CALL)
    wanted = (
        ("done", contact, PushState.DONE, STEPS, None),
        ("edited", Wish(None), PushState.DONE, (CHANGED,), None),
        ("failed", contact, PushState.FAILED, (), Obstacle("PushMissesField", "company")),
        ("waiting", Wish(WrittenModule.LEADS), PushState.DUE, (), None),
    )
    for hours, (name, wish, state, steps, obstacle) in enumerate(wanted):
        at = now - timedelta(hours=30 - hours)
        intent = PushIntent(
            tenant=tenant,
            intent_id=name,
            connection_id=ConnectionId("c"),
            person_id=PERSON,
            key=name,
            wish=wish,
            asked_by="Mo Sandberg",
            asked_at=at,
            changed_at=at,
            state=state,
            due_at=now if state is PushState.DUE else None,
            steps=steps,
            obstacle=obstacle,
        )
        store.save_intent(intent)
    arguments = {
        "person_id": PERSON,
        "key": "page k",
        "module": "Contacts",
        "owner_id": "sarah",
        "lead_source": "Web Site",
        "update_existing": False,
        "anew": False,
        "task_kind": CALL.kind.value,
        "subject": CALL.subject,
        "due_at": "",
        "priority": CALL.priority.value,
    }
    result = {"steps": [asdict(step) for step in STEPS], "obstacle": None}
    job = Job(tenant, JobId("look"), LOOK, "Mo Sandberg", now, arguments)
    made = store.save_job(job)
    store.save_job(
        Job(
            tenant,
            JobId("look"),
            LOOK,
            "Mo Sandberg",
            now,
            arguments,
            JobStatus.DONE,
            result,
            version=made.version,
        )
    )
