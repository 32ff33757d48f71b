"""Which Task or Note a push makes about a Lead or Contact; one that is there is not made again."""

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import CrmRow, Value
from funnel.domain.ids import Module, RecordKey, SugarId, WrittenModule
from funnel.domain.pushing.pushes import Deed, PushIntent, Step, TaskWish, Why
from funnel.domain.pushing.related import NoteWish, related_record_id
from funnel.ports.crm import Looking


def task_step(
    crm: Looking,
    connection: Connection,
    intent: PushIntent,
    wish: TaskWish,
    about: Step,
    row: CrmRow | None,
) -> Step:
    """A Task for the sales rep: whom it was asked for, else the owner of the record that is there."""
    owner = intent.wish.owner_id or str(row.fields.get("assigned_user_id") or "" if row else "")
    fields: dict[str, Value] = {
        "name": wish.title,
        "status": "Not Started",
        "priority": wish.priority.value,
        **_about(about.module, about.sugar_id),
        **_owner(owner or connection.user_id),
    }
    if wish.due_at is not None:
        fields["date_due"] = wish.due_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return _step(crm, connection, intent, WrittenModule.TASKS, Why.ASKED, wish.title, fields)


def note_step(crm: Looking, connection: Connection, intent: PushIntent, wish: NoteWish) -> Step:
    """A Note of a mail, its writer's. It needs no look at the record: it was written from it."""
    fields: dict[str, Value] = {
        "name": wish.subject,
        "description": wish.text,
        **_about(WrittenModule(wish.about.module), wish.about.sugar_id),
        **_owner(wish.owner_id),
    }
    return _step(crm, connection, intent, WrittenModule.NOTES, Why.SENT, wish.subject, fields)


def _step(
    crm: Looking,
    connection: Connection,
    intent: PushIntent,
    module: WrittenModule,
    why: Why,
    name: str,
    fields: dict[str, Value],
) -> Step:
    """By its id, and over REST, where a server may not keep that, by a mark in what it says.

    Without that each try after a lost answer would make one more.
    """
    sugar_id = intent.task_id or related_record_id(intent.connection_id, module, intent.key)
    if sugar_id in crm.existing(module, [sugar_id]):
        return Step(Deed.KEEP, module, sugar_id, Why.MADE, name)
    if connection.endpoint.dialect.is_rest:
        mark = f"Funnel {intent.intent_id}"
        about = RecordKey(Module(str(fields["parent_type"])), SugarId(str(fields["parent_id"])))
        made = crm.marked(module, about, mark)
        if made:
            return Step(Deed.KEEP, module, made[0], Why.MADE, name)
        text = str(fields.get("description") or "")
        fields = {**fields, "description": f"{text}\n\n{mark}".strip()}
    return Step(Deed.CREATE, module, sugar_id, why, name, fields)


def _about(module: WrittenModule, sugar_id: SugarId) -> dict[str, Value]:
    """The record it stands under."""
    fields: dict[str, Value] = {"parent_type": module.value, "parent_id": sugar_id}
    if module is WrittenModule.CONTACTS:
        fields["contact_id"] = sugar_id
    return fields


def _owner(owner: str) -> dict[str, Value]:
    return {"assigned_user_id": owner} if owner else {}
