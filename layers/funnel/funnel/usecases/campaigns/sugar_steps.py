"""Have Sugar told what a campaign's step wants there: a person, another owner, a task."""

from funnel.domain.campaigns.campaigns import ChangeOwner, ScheduleTask, SyncWithSugar
from funnel.domain.campaigns.enrolments import Enrolment
from funnel.domain.pushing.push_ids import intent_id
from funnel.domain.pushing.pushes import Wish
from funnel.domain.sync.records import Person
from funnel.usecases.campaigns.walking import Walking
from funnel.usecases.connecting.connection import connection_of
from funnel.usecases.pushing.request_push import PushRequest, request_push
from funnel.usecases.pushing.sync_plan import owner_wish_of, task_wish_of, wish_of

SugarAction = ChangeOwner | SyncWithSugar | ScheduleTask


def sugar_step(walking: Walking, one: Enrolment, action: SugarAction, person: Person) -> None:
    """Keep what is asked for, once; the push log says what becomes of it.

    Raises `NotFound` where no Sugar is connected, and what `request_push` raises.
    """
    app, tenant, key = walking.app, walking.tenant, one.key()
    own_id = intent_id(connection_of(app, tenant).connection_id, key)
    # Asked for before, perhaps for whom this person was before a merge.
    if own_id in app.pushes.intents(tenant, [own_id]):
        return
    by = walking.campaign.name
    wish = _wish(walking, one, action, person)
    request = PushRequest(person.person_id, wish, by, key, unattended=True, in_bulk=True)
    request_push(app, tenant, request)


def _wish(walking: Walking, one: Enrolment, action: SugarAction, person: Person) -> Wish:
    """As of the moment the person came to the step, so that it is the same when it is tried again."""
    app, tenant, key, zone = walking.app, walking.tenant, one.key(), walking.campaign.timezone
    match action:
        case SyncWithSugar(plan):
            return wish_of(app, tenant, plan, person, one.since, zone, key)
        case ChangeOwner(owner):
            return owner_wish_of(app, tenant, owner, person, key)
        case ScheduleTask(task):
            return task_wish_of(app, tenant, task, one.since, zone, key)
