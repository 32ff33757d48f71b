"""What is carried over a restore, table by table, and by which rule (docs/operations.md tells why).

Erasures, opt-outs and what was revoked stay as they are now; all else becomes what it was.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from funnel.adapters.dynamodb.address_rows import CLAIM, CONSENT, consent_item, consent_of
from funnel.adapters.dynamodb.alerts import ALERTS
from funnel.adapters.dynamodb.api_keys import KEY
from funnel.adapters.dynamodb.codec import from_text
from funnel.adapters.dynamodb.erasures import MARK, PROOF
from funnel.adapters.dynamodb.form_rows import FORM
from funnel.adapters.dynamodb.mail_rows import MAIL
from funnel.adapters.dynamodb.rows import PERSON, RECORD, person_id_in, record_of
from funnel.adapters.dynamodb.sites import SITE
from funnel.adapters.dynamodb.sync_rows import CONNECTION, JOB
from funnel.adapters.dynamodb.tenants import ATTEMPT, LINK, SESSION, SESSIONS
from funnel.domain.connecting.connections import Connection, Pause, PauseReason
from funnel.domain.consent.consent import Mark, kept_over
from funnel.domain.forms.forms import Form
from funnel.domain.ids import Module, TenantId
from funnel.domain.people.erasure import Erasure
from funnel.domain.people.redos import Redo, RedoKind
from funnel.domain.signing_in.api_keys import ApiKey
from funnel.domain.signing_in.sugar_users import is_a_person
from funnel.domain.sync.pull_rules import is_active
from funnel.domain.sync.records import State, SugarRecord
from funnel.domain.sync.runs import Job, JobStatus
from funnel.domain.tracking.sites import ConsentMode, Site
from funnel.domain.vision.alerts import Alerts
from funnel.usecases.erasing.erase_person import ERASE
from scripts.restoring.sending import of_campaigns, of_mail
from scripts.restoring.wanted import Row, Rule, Wanted, body, keys, tenant_of

NOTE = "restore"
"""The key of the row that says how far a restore is; `scripts/restore.py` writes it."""

BY = "a restore"
"""By whom sync is paused where the Sugar of then was left since."""


def of_people(now: Row | None, then: Row | None) -> Wanted:
    """Erasures and consent."""
    pk, sk = keys(now, then)
    tenant = tenant_of(now or then or {})
    if pk == f"{tenant}#redo":
        return Wanted(now or then)
    if sk.startswith(MARK):
        return Wanted(now or then)
    if sk.startswith(PROOF):
        return _proof(now, then)
    if sk == PERSON:
        return _person(tenant, now, then)
    if sk == CONSENT:
        return _consent(tenant, now, then)
    if sk == CLAIM:
        return _claim(now, then)
    return Wanted(then)


def _proof(now: Row | None, then: Row | None) -> Wanted:
    if now is None:
        return Wanted(then)
    erasure = from_text(Erasure, now["body"]["S"])
    redo = Redo(erasure.tenant, RedoKind.ERASE, erasure.person_id)
    unfinished = (redo,) if erasure.finished_at is None else ()
    return Wanted(now, "erasures", erasure.tenant, unfinished)


def _person(tenant: TenantId, now: Row | None, then: Row | None) -> Wanted:
    """Who was erased since is there again, to be erased once more with all that leads from it."""
    if now is None or "erased" not in now:
        return Wanted(then)
    if then is None:
        return Wanted(now)
    if "erased" in then:
        return Wanted(then)
    redo = Redo(tenant, RedoKind.ERASE, person_id_in(tenant, then))
    return Wanted(then, redos=(redo,))


def _consent(tenant: TenantId, now: Row | None, then: Row | None) -> Wanted:
    if now is None:
        return Wanted(then)
    since = consent_of(now)
    before = consent_of(then) if then else None
    new = [
        mark for mark in Mark if since.flag(mark).value and not (before and before.flag(mark).value)
    ]
    if not new:
        return Wanted(then)
    what = "opt-outs" if Mark.OPT_OUT in new else "addresses that bounce"
    row = consent_item(kept_over(before, since)) if before else now
    return Wanted(row, what, tenant, (Redo(tenant, RedoKind.CONSENT, since.email),))


def _claim(now: Row | None, then: Row | None) -> Wanted:
    """Who has an address is as it was; that there is a consent of it stays known."""
    if now is None or "consent" not in now or (then is not None and "consent" in then):
        return Wanted(then)
    row = dict(then if then is not None else now)
    if then is None:
        row.pop("person", None)
    row.pop("expires_at", None)
    return Wanted({**row, "consent": now["consent"]})


def of_tenants(now: Row | None, then: Row | None) -> Wanted:
    """Who may come in: sessions and links as they are now, and no key that was revoked."""
    pk, sk = keys(now, then)
    if pk == NOTE or pk.partition("#")[0] in (SESSION, LINK, ATTEMPT):
        return Wanted(now)
    if sk == SESSIONS:
        return Wanted(now or then)
    if sk.startswith(f"{KEY}#") and now is not None and then is not None:
        since = from_text(ApiKey, now["body"]["S"])
        before = from_text(ApiKey, then["body"]["S"])
        revoked = since.revoked_at is not None and before.revoked_at is None
        return Wanted(now, "revoked API keys" if revoked else "", since.tenant)
    return Wanted(then)


def of_sync(now: Row | None, then: Row | None) -> Wanted:
    """How Sugar is reached and signs, and erasures that were asked for and not yet done."""
    _, sk = keys(now, then)
    if sk == CONNECTION and now is not None and then is not None:
        return _connection(now, then)
    if sk == JOB and now is not None:
        job = from_text(Job, now["body"]["S"])
        if job.kind == ERASE:
            waits = job.status in (JobStatus.QUEUED, JobStatus.RUNNING)
            redo = Redo(
                job.tenant, RedoKind.ERASE, str(job.arguments["person_id"]), job.requested_by
            )
            return Wanted(now, redos=(redo,) if waits else ())
    return Wanted(then)


def _connection(now: Row, then: Row) -> Wanted:
    since = from_text(Connection, now["body"]["S"])
    before = from_text(Connection, then["body"]["S"])
    by_admin = before.pause if before.pause and before.pause.reason is PauseReason.ADMIN else None
    stays = replace(
        before,
        pause=since.pause or by_admin,
        read_only=since.read_only or before.read_only,
        held_since=since.held_since or before.held_since,
        frame_origins=tuple(one for one in before.frame_origins if one in since.frame_origins),
    )
    if since.connection_id != before.connection_id:
        # Its secrets were deleted when it was left: sync waits for an admin, and nothing of it is trusted.
        pause = Pause(PauseReason.ADMIN, since.created_at, BY)
        left = replace(stays, pause=pause, signing_keys=())
        return body(then, left, "Sugars that were left, which are paused", before.tenant)
    after = replace(
        stays,
        signing_keys=since.signing_keys,
        endpoint=since.endpoint,
        user_name=since.user_name,
        user_id=since.user_id,
        secret_ref=since.secret_ref,
        credential_version=since.credential_version,
        clock_skew=since.clock_skew,
    )
    if after == before:
        return Wanted(then)
    return body(then, after, "connections as they are reached, signed and paused", before.tenant)


def of_records(now: Row | None, then: Row | None) -> Wanted:
    """Users who may less, and records whose person was erased."""
    pk, sk = keys(now, then)
    if sk != RECORD or now is None or then is None:
        return Wanted(then)
    tenant = tenant_of(now)
    if pk.startswith(f"{tenant}#{Module.USERS.value}/"):
        lost = _standing(record_of(tenant, now)) < _standing(record_of(tenant, then))
        return Wanted(now, "Users with fewer rights", tenant) if lost else Wanted(then)
    was_emptied = now["state"]["S"] == State.ERASED.value != then["state"]["S"]
    if was_emptied or "digest" not in now:
        # The next reading takes it for news, and by its mark leaves it out: also of somebody else.
        return Wanted({name: value for name, value in then.items() if name != "digest"})
    return Wanted(then)


def _standing(user: SugarRecord) -> int:
    if not (is_active(user) and is_a_person(user)):
        return 0
    return 2 if user.fields.get("is_admin") is True else 1


def of_vision(now: Row | None, then: Row | None) -> Wanted:
    """Alerts that a rep, or mail that came back, has switched off."""
    _, sk = keys(now, then)
    if sk != ALERTS or now is None or then is None:
        return Wanted(now if sk == ALERTS and now is not None else then)
    since, before = (from_text(Alerts, row["body"]["S"]) for row in (now, then))
    if not set(before.settings.on) <= set(since.settings.on):
        return Wanted(now, "alerts switched off", since.tenant)
    # Its mails that went out stay, and are named by these numbers.
    return body(then, replace(before, numbers=max(since.numbers, before.numbers)), "", "")


def of_marketing(now: Row | None, then: Row | None) -> Wanted:
    """Sites that follow less, and our own people whom a form tells nothing any more."""
    pk, sk = keys(now, then)
    if now is None or then is None:
        return Wanted(then)
    if (pk.startswith(f"{SITE}#") and sk == SITE) or sk.startswith(f"{SITE}#"):
        site, since = (from_text(Site, row["body"]["S"]) for row in (then, now))
        stays = _as_strict(site, since)
        if stays != site:
            return body(then, stays, "sites that follow less" if sk != SITE else "", site.tenant)
    if (pk.startswith(f"{FORM}#") and sk == FORM) or sk.startswith(f"{FORM}#"):
        form, newer = (from_text(Form, row["body"]["S"]) for row in (then, now))
        told = tuple(one for one in form.actions.notify if one in newer.actions.notify)
        if told != form.actions.notify:
            actions = replace(form.actions, notify=told)
            what = "forms that tell fewer of our own people" if sk != FORM else ""
            return body(then, replace(form, actions=actions), what, form.tenant)
    return Wanted(then)


def _as_strict(site: Site, since: Site) -> Site:
    """A site that follows nobody whom it follows no more by now."""
    asks = ConsentMode.ASK in (site.consent, since.consent)
    return replace(
        site,
        active=site.active and since.active,
        honour_do_not_track=site.honour_do_not_track or since.honour_do_not_track,
        consent=ConsentMode.ASK if asks else site.consent,
    )


def rules(client: Any, table: str) -> Mapping[str, Rule]:
    """By the table's logical id; rows of the others become what they were.

    `table` is the one that is made what it was, `client` a boto client by which it is looked at.
    """

    def look(pk: str) -> Row | None:
        key = {"pk": {"S": pk}, "sk": {"S": MAIL}}
        found: Row | None = client.get_item(TableName=table, Key=key, ConsistentRead=True).get(
            "Item"
        )
        return found

    return {
        "TenantsTable": of_tenants,
        "SyncTable": of_sync,
        "PeopleTable": of_people,
        "RecordsTable": of_records,
        "VisionTable": of_vision,
        "MarketingTable": of_marketing,
        "MailTable": of_mail(look),
        "CampaignsTable": of_campaigns,
    }
