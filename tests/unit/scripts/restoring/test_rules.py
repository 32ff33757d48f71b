"""What each table keeps of what happened since the moment, and what becomes what it was."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from funnel.domain.connecting.connections import Pause, PauseReason
from funnel.domain.connecting.signing import SigningKey
from funnel.domain.consent.consent import HERE, Consent, Flag, Source
from funnel.domain.forms.forms import Form, FormActions, FormId
from funnel.domain.ids import ConnectionId, JobId, Module, PersonId, SugarId, TenantId
from funnel.domain.people.erasure import Erasure
from funnel.domain.people.redos import RedoKind
from funnel.domain.sync.records import Claim, State, Unit
from funnel.domain.sync.runs import Job, JobStatus
from funnel.domain.tracking.hits import SiteKey
from funnel.domain.tracking.sites import ConsentMode, Site
from funnel.domain.vision.alerts import Alert, Alerts, AlertSettings
from funnel.usecases.erasing.erase_person import ERASE, blank
from tests.contract.storage.builders import NOW, connection, key, person, record
from tests.unit.scripts.restoring.kept import Kept

TENANT = TenantId("acme")
HOUR = timedelta(hours=1)
REP = SugarId("u1")


def test_a_form_tells_nobody_any_more_who_left_it_and_keeps_all_else(kept: Kept) -> None:
    store = kept.store
    actions = FormActions(notify=("u1", "u2"))
    made = store.save_form(
        Form(TENANT, FormId("f1"), SiteKey("site"), "Fair", (), NOW, NOW, "Ann", actions=actions)
    )
    kept.since(
        lambda: store.save_form(
            replace(made, title="Other", actions=replace(actions, notify=("u2", "u3")))
        )
    )
    wanted = replace(made, actions=FormActions(notify=("u2",)))
    assert store.form(made.form_id) == wanted == store.forms(TENANT)[0]
    assert kept.counts == ["forms that tell fewer of our own people"]


def test_a_site_follows_nobody_whom_it_follows_no_more(kept: Kept) -> None:
    store = kept.store
    site = Site(
        TENANT, SiteKey("k"), "Shop", ("a.test",), NOW, consent=ConsentMode.AT_ONCE, version=0
    )
    open_one = store.save_site(replace(site, honour_do_not_track=False))
    kept.since(
        lambda: store.save_site(
            replace(
                open_one,
                name="Other",
                consent=ConsentMode.ASK,
                honour_do_not_track=True,
                active=False,
            )
        )
    )
    wanted = replace(open_one, consent=ConsentMode.ASK, honour_do_not_track=True, active=False)
    assert store.site(site.key) == wanted == store.sites(TENANT)[0]
    assert kept.counts == ["sites that follow less"]
    kept.since(
        lambda: store.save_site(
            replace(wanted, consent=ConsentMode.AT_ONCE, honour_do_not_track=False, active=True)
        )
    )
    assert store.site(site.key) == wanted


def test_the_connection_is_reached_and_trusted_as_now_and_all_else_of_it_is_as_it_was(
    kept: Kept,
) -> None:
    store = kept.store
    old, new = (SigningKey(one, f"signing-{one}", NOW) for one in ("old", "new"))
    before = store.save_connection(
        connection(TENANT, signing_keys=(old,), frame_origins=("https://a.test", "https://b.test"))
    )
    kept.since(
        lambda: store.save_connection(
            replace(
                before,
                signing_keys=(replace(old, ends_at=NOW), new),
                secret_ref="another",
                credential_version=3,
                read_only=True,
                pause=None,
                frame_origins=("https://b.test", "https://c.test"),
                modules=(Module.USERS,),
                synced_until={Module.LEADS: NOW + HOUR},
            )
        )
    )
    assert store.connection(TENANT) == replace(
        before,
        signing_keys=(replace(old, ends_at=NOW), new),
        secret_ref="another",
        credential_version=3,
        read_only=True,
        frame_origins=("https://b.test",),
    ), "an admin had paused it then: it stays so"
    assert store.connections_of_quarter(before.quarter).items == [TENANT]


def test_a_sugar_that_was_left_since_is_paused_and_its_keys_open_nothing(kept: Kept) -> None:
    store = kept.store
    old = SigningKey("old", "signing-old", NOW)
    before = store.save_connection(connection(TENANT, signing_keys=(old,), pause=None))
    another = ConnectionId("00000002-0000-4000-8000-000000000002")
    kept.since(
        lambda: store.save_connection(
            replace(before, connection_id=another, created_at=NOW + HOUR, secret_ref="other")
        )
    )
    pause = Pause(PauseReason.ADMIN, NOW + HOUR, "a restore")
    assert store.connection(TENANT) == replace(before, signing_keys=(), pause=pause)
    assert kept.counts == ["Sugars that were left, which are paused"]


def test_one_that_was_connected_since_is_not(kept: Kept) -> None:
    kept.since(lambda: kept.store.save_connection(connection(TENANT)))
    assert kept.store.connection(TENANT) is None


def test_alerts_that_were_switched_on_since_are_off_again_and_those_told_keep_their_numbers(
    kept: Kept,
) -> None:
    store = kept.store
    visit = AlertSettings((Alert.VISIT,))
    before = store.save_alerts(Alerts(TENANT, REP, visit, numbers=3))
    both = AlertSettings((Alert.VISIT, Alert.SCORE))

    def change() -> None:
        store.save_alerts(replace(before, settings=both, numbers=8))
        store.save_alerts(Alerts(TENANT, SugarId("u2"), visit))

    kept.since(change)
    assert store.alerts(TENANT, REP) == replace(before, numbers=8)
    assert store.alerts(TENANT, SugarId("u2")).settings == visit


def said(by: str, hours: int = 0) -> Source:
    return Source(HERE, NOW + hours * HOUR, by)


def consent(email: str, **more: Any) -> Consent:
    return Consent(TENANT, email, **{"connection_id": ConnectionId("c"), **more})


def test_opt_outs_made_since_stay_and_those_taken_back_since_are_there_again(kept: Kept) -> None:
    store = kept.store
    yes = Flag(True, True, said("then"))
    there = [
        consent("back@x.test", opt_out=yes),
        consent("out@x.test", invalid=yes),
        consent("other@x.test", told_at=NOW),
        consent("same@x.test", opt_out=yes),
    ]
    claims = [Claim(TENANT, one.email, PersonId("p"), consent=True) for one in there]
    lone = Claim(TENANT, "new@x.test", PersonId("p"))
    store.commit(TENANT, [Unit(consents=there, claims=[*claims, lone])])
    out = Flag(True, True, said("since", 1))
    other = ConnectionId("another")

    def change() -> None:
        v1 = [replace(one, version=1) for one in there[:3]]
        after = [
            replace(v1[0], opt_out=Flag(False, False, said("since", 1))),
            replace(v1[1], opt_out=out, invalid=Flag()),
            replace(v1[2], opt_out=out, connection_id=other),
            consent("new@x.test", opt_out=replace(out, agreed=False), due_at=NOW + HOUR),
            consent("welcome@x.test", welcome=said("a form", 1)),
            consent("gone@x.test", invalid=out),
        ]
        claims = [
            replace(lone, consent=True, version=1),
            Claim(TENANT, "welcome@x.test", PersonId("since"), consent=True),
            Claim(TENANT, "gone@x.test", PersonId("since"), consent=True),
        ]
        store.commit(TENANT, [Unit(consents=after, claims=claims)])

    kept.since(change)
    found = store.consents(
        TENANT,
        [f"{one}@x.test" for one in ("back", "out", "other", "same", "new", "welcome", "gone")],
    )
    flags = {one.email.split("@")[0]: (one.opt_out, one.invalid) for one in found.values()}
    assert flags == {
        "back": (yes, Flag()),
        "out": (out, yes),
        # What the Sugar of now has agreed to, the one of then has not.
        "other": (replace(out, agreed=False), Flag()),
        "same": (yes, Flag()),
        "new": (replace(out, agreed=False), Flag()),
        "gone": (Flag(), out),
    }
    due = {one.email for one in store.due_consents(TENANT, 9).items}
    assert due == {"other@x.test", "new@x.test"}
    held = store.claims(TENANT, ["new@x.test", "gone@x.test", "back@x.test"])
    holders = {one.email: (one.person_id, one.consent) for one in held.values()}
    assert holders == {
        "new@x.test": ("p", True),
        "gone@x.test": ("", True),
        "back@x.test": ("p", True),
    }
    assert {(one.kind, one.of) for one in kept.redos} == {
        (RedoKind.CONSENT, f"{one}@x.test") for one in ("out", "other", "new", "gone")
    }
    # Both rows go on from the version they had.
    (taken_back,) = store.consents(TENANT, ["out@x.test"]).values()
    assert store.commit(TENANT, [Unit(consents=[taken_back])]) == [True]
    assert store.commit(TENANT, [Unit(claims=[held["new@x.test"]])]) == [True]


def test_an_erasure_is_done_again_where_its_person_is_there_again_or_it_had_not_ended(
    kept: Kept,
) -> None:
    store = kept.store
    lead = key(Module.LEADS, "l1")
    people = [person(TENANT, one, emails=(f"{one}@x.test",)) for one in ("ended", "begun", "asked")]
    store.commit(TENANT, [Unit(people=[one]) for one in people])
    store.commit(TENANT, [Unit(people=[person(TENANT, "before")])])
    before = store.people(TENANT, [PersonId("before")])[PersonId("before")]
    store.commit(TENANT, [Unit(people=[blank(before)])])
    found = record(TENANT, "l1")
    store.commit(TENANT, [Unit(records=[found])])
    store.save_erasure(Erasure(TENANT, PersonId("before"), "Ann", NOW, ("lifted",), (), {}, NOW))

    def change() -> None:
        current = store.people(TENANT, [PersonId("ended")])[PersonId("ended")]
        store.commit(TENANT, [Unit(people=[blank(current)])])
        store.commit(TENANT, [Unit(people=[blank(person(TENANT, "made since"))])])
        emptied = replace(found, state=State.ERASED, fields={}, person_id=PersonId(""), version=1)
        store.commit(TENANT, [Unit(records=[emptied])])
        ended = Erasure(TENANT, PersonId("ended"), "Ann", NOW, ("m1",), ("m1",), {"a": 1}, NOW)
        store.save_erasure(ended)
        store.save_erasure(Erasure(TENANT, PersonId("begun"), "Bea", NOW, ("m2",)))
        store.lift(TENANT, "lifted")
        for one, status in (("asked", JobStatus.QUEUED), ("given-up", JobStatus.FAILED)):
            arguments = {"person_id": one, "records": []}
            store.save_job(Job(TENANT, one, ERASE, "Cleo", NOW, arguments, status))
        store.save_job(Job(TENANT, "import", "import", "Cleo", NOW, {}))

    kept.since(change)
    assert {(one.kind, one.of, one.by) for one in kept.redos} == {
        (RedoKind.ERASE, "ended", ""),
        (RedoKind.ERASE, "begun", ""),
        (RedoKind.ERASE, "asked", "Cleo"),
    }
    assert kept.counts == ["erasures", "erasures"]
    assert store.erased(TENANT) == {"m1": True, "m2": False, "lifted": False}
    assert [one.person_id for one in store.erasures(TENANT, 9).items] == [
        "before",
        "begun",
        "ended",
    ]
    there = store.people(TENANT, [PersonId(one) for one in ("ended", "before", "made since")])
    assert {one.person_id: one.erased for one in there.values()} == {
        "ended": False,
        "before": True,
        "made since": True,
    }
    back = store.records(TENANT, [lead])[lead]
    assert (back.state, back.fields, back.digest) == (found.state, found.fields, "")
    jobs = {
        one: store.job(TENANT, JobId(one)) is not None for one in ("asked", "given-up", "import")
    }
    assert jobs == {"asked": True, "given-up": True, "import": False}
