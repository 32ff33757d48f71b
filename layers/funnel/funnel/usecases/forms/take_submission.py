"""Keep what was sent by a form that a marketer built, and have done what is to happen with it."""

from collections.abc import Mapping

from funnel.domain.forms.forms import EMAIL, FormId
from funnel.domain.forms.submissions import Submission, actions_of, wording_of
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.text import fold_email
from funnel.domain.tracking.activities import ActivityKind
from funnel.domain.tracking.hits import Hit, HitBatch
from funnel.ports.marketing_messages import ActOnForm
from funnel.usecases.app import App
from funnel.usecases.living import living


def take_submissions(
    app: App, tenant: TenantId, batch: HitBatch, told: Mapping[str, PersonId]
) -> None:
    """Keep each form of the batch that is one of somebody; `told` is whose, by the id of the hit.

    May be repeated: what is there already is only asked for again, where it is not done.
    """
    for hit in batch.hits:
        if hit.kind is ActivityKind.FORM and hit.form_id and hit.hit_id in told:
            _take(app, tenant, hit, told[hit.hit_id])


def _take(app: App, tenant: TenantId, hit: Hit, person_id: PersonId) -> None:
    form_id = FormId(hit.form_id)
    kept = app.forms.submission(tenant, form_id, hit.at, hit.hit_id)
    if kept is None:
        kept = _submission_of(app, tenant, hit, person_id)
        if kept is None or living(app, tenant, person_id) is None:
            return
        app.forms.add_submission(kept)
    if living(app, tenant, kept.person_id) is None:
        # Whoever was erased just now may have been looked through before, and a worker that saw it
        # may have died here.
        app.forms.drop_submission(kept)
        return
    if kept.due:
        app.queue.send(ActOnForm(tenant, form_id, hit.at, hit.hit_id))


def _submission_of(app: App, tenant: TenantId, hit: Hit, person_id: PersonId) -> Submission | None:
    form = app.forms.form(FormId(hit.form_id))
    if form is None or form.tenant != tenant:
        return None
    return Submission(
        tenant,
        form.form_id,
        hit.hit_id,
        hit.at,
        person_id,
        fold_email(hit.fields.get(EMAIL, "")),
        dict(hit.fields),
        hit.url,
        app.clock.now(),
        actions_of(form, hit.fields),
        app.ids.new_token() if form.actions.confirm else "",
        agreed_to=wording_of(form, hit.fields),
    )
