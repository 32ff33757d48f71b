"""Ten minutes in which AWS and Sugar fail now and then and workers die, and what is left of it.

`FUNNEL_SOAK_SECONDS` makes the day shorter, `FUNNEL_SOAK_PEOPLE` the company smaller, and
`FUNNEL_SOAK_SEED` another day of it.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from local.mailbox.server import messages
from local.stack.demo import allow_mail, follow_site
from local.sugar.demo.build import Size, build
from local.sugar.funnel_module import Entered
from tests.soak.bad_day import BadDay, bad_day
from tests.soak.quiet import settle
from tests.soak.reckoning import Reckoner
from tests.soak.working_day import WorkingDay
from tests.stack.scene import LONG_AGO

SECONDS = float(os.environ.get("FUNNEL_SOAK_SECONDS", "600"))
PEOPLE = int(os.environ.get("FUNNEL_SOAK_PEOPLE", "1500"))
SEED = int(os.environ.get("FUNNEL_SOAK_SEED", "7"))


@pytest.mark.soak
@pytest.mark.feature("G4")
def test_after_a_day_of_faults_nothing_is_lost_doubled_or_unexplained(tmp_path: Path) -> None:
    with bad_day(tmp_path, SEED) as day:
        invitation = day.stack.operator.create_tenant("Bad day")
        tenant = invitation.tenant_id
        client = day.stack.sign_in(tenant)
        with day.sugar.company.at(datetime.now(UTC) - LONG_AGO):
            build(day.sugar.sugar, SEED, Size.of(PEOPLE))
        follow_site(day.stack, client)
        allow_mail(client)
        client.save_connection(client.test_connection(day.before_sugar.url, "api", "api"))
        day.sugar.company.enter_module(Entered(**client.json("POST", "/api/setup/hooks/key")))

        work = WorkingDay(day, client, tenant, SEED)
        # The first sync goes on meanwhile: it is part of the day.
        day.begin()
        work.work(SECONDS)
        day.end()
        work.end()
        rounds = settle(day, tenant)
        sent = messages(day.stack.aws.url)
        found = Reckoner(day.tables(tenant), day.sugar.company, sent, work.done).all()
        tell(day, work, rounds)
        for kind, counts in (("compared", found.counts), ("in the report", found.explained)):
            print(kind, dict(counts))
        print({name: len(wrong) for name, wrong in found.wrong.items()} or "nothing is wrong")
        for name, wrong in found.wrong.items():
            print(name, *wrong[:40], sep="\n  ")
        assert work.done.finished >= {"sales", "marketing"}
        assert sum(day.before_aws.counts().values()) > 1000
        assert found.wrong == {}


def tell(day: BadDay, work: WorkingDay, rounds: list[str]) -> None:
    """What the day was like."""
    print()
    print("AWS:", day.before_aws.counts())
    print("Sugar:", day.before_sugar.counts())
    print("workers killed:", day.killed)
    print("requests of people:", work.done.tries, "refused:", work.done.refused)
    print("the quiet:", *rounds, sep="\n  ")
