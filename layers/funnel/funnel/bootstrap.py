"""Wires the adapters to the use cases: the only place that knows both."""

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from funnel.adapters.dynamodb import DynamoStore, Tables, score_change
from funnel.adapters.effects import EFFECTS
from funnel.adapters.html import Nh3Cleaner
from funnel.adapters.s3 import S3Files
from funnel.adapters.secrets import SecretsManager
from funnel.adapters.ses import SesMailer, heard_from_event
from funnel.adapters.sqs import SqsDeadLetters, SqsQueue, message_from_json
from funnel.adapters.system import SystemClock, SystemIds
from funnel.config import Config
from funnel.ports.dead_letters import DeadLetters
from funnel.ports.messages import Message
from funnel.usecases.app import App
from funnel.usecases.kept_sessions import KeptSessions

__all__ = [
    "app",
    "app_with_companies",
    "app_with_sugar",
    "app_with_threads",
    "config",
    "dead_letters",
    "mail_message",
    "message_from_json",
    "score_change",
]

_MAILS_AT_ONCE = 8
_KEPT_FREE = 32_000_000
"""Bytes of what a function may write that are left to others."""


@cache
def config() -> Config:
    """The settings of this function."""
    return Config.of(os.environ)


@cache
def app() -> App:
    """The product, for a door that does not meet Sugar."""
    return _app(config(), SystemClock())


@cache
def app_with_sugar() -> App:
    """The product, for a door that does; needs the sugar layer."""
    from funnel.adapters.links import HttpLinkProbe
    from funnel.adapters.sugar import SugarConnector

    clock = SystemClock()
    plain = _app(config(), clock)
    connector = SugarConnector(clock=clock, allow=config().private_sugar_hosts)
    return replace(
        plain,
        crm=connector,
        background=ThreadPoolExecutor(1, thread_name_prefix="sugar"),
        sessions=KeptSessions(clock),
        link_probe=HttpLinkProbe(clock),
    )


@cache
def app_with_companies() -> App:
    """The product, for the door that writes down visits: it knows whose networks they come from."""
    from funnel.adapters.companies import BucketFiles, MmdbCompanies

    plain, settings = app(), config()
    if not settings.companies_bucket:
        return plain
    room = settings.companies_megabytes * 1_000_000 - _KEPT_FREE
    files = BucketFiles(settings.companies_bucket, Path(tempfile.gettempdir()) / "companies", room)
    lookup = MmdbCompanies(files, plain.clock, plain.companies.save_company_databases)
    return replace(plain, company_lookup=lookup)


@cache
def app_with_threads() -> App:
    """The product, for the door that sends mail: a few at once, since each waits for SES."""
    return replace(app(), background=ThreadPoolExecutor(_MAILS_AT_ONCE, thread_name_prefix="mail"))


def mail_message(text: str) -> Message:
    """The message of a body of a queue of mail: one of ours, or an event of the mail service.

    Raises `ValueError` for what is neither.
    """
    return heard_from_event(text) or message_from_json(text)


def dead_letters() -> DeadLetters:
    """What was given up, for the operator's door: each queue with those its messages are from."""
    settings = config()
    sources = sources_of_dead_letters(settings)
    names = {f"{name}DeadLetters": queue for name, queue in settings.dead_letters.items()}
    from_queues = {f"{name}DeadLetters": sources.get(name, {}) for name in settings.dead_letters}
    return SqsDeadLetters(names, from_queues, _queue(settings).url_of, mail_message)


def sources_of_dead_letters(settings: Config) -> dict[str, dict[str, str]]:
    """For each queue of dead letters, the URLs of the queues that its messages are from."""
    return {
        "Pull": {"PullQueue": settings.pull_queue_url},
        "Push": {"PushQueue": settings.push_queue_url},
        "Jobs": {"JobsQueue": settings.jobs_queue_url},
        "SignIn": {"SignInQueue": settings.sign_in_queue_url},
        "TargetLists": {"TargetListsQueue": settings.target_lists_queue_url},
        "Activities": {"ActivitiesQueue": settings.activities_queue_url},
        "People": {"PeopleQueue": settings.people_queue_url},
        "Mail": {
            "MailQueue": settings.mail_queue_url,
            "MailEventsQueue": settings.mail_events_queue_url,
            "MailWordsQueue": settings.mail_words_queue_url,
        },
        "Campaigns": {"CampaignsQueue": settings.campaigns_queue_url},
    }


def _queue(settings: Config) -> SqsQueue:
    return SqsQueue(
        settings.pull_queue_url,
        settings.jobs_queue_url,
        settings.target_lists_queue_url,
        settings.push_queue_url,
        settings.activities_queue_url,
        settings.people_queue_url,
        settings.sign_in_queue_url,
        settings.mail_queue_url,
        settings.mail_events_queue_url,
        settings.mail_words_queue_url,
        settings.campaigns_queue_url,
    )


def _app(settings: Config, clock: SystemClock) -> App:
    store = DynamoStore(
        Tables(
            tenants=settings.tenants_table,
            sync=settings.sync_table,
            records=settings.records_table,
            people=settings.people_table,
            sync_errors=settings.sync_errors_table,
            history=settings.history_table,
            lists=settings.lists_table,
            changes=settings.changes_table,
            activities=settings.activities_table,
            scores=settings.scores_table,
            pushes=settings.pushes_table,
            marketing=settings.marketing_table,
            vision=settings.vision_table,
            mail=settings.mail_table,
            campaigns=settings.campaigns_table,
        )
    )
    return App.over(
        store,
        secrets=SecretsManager(f"funnel/{settings.stage}"),
        files=S3Files(settings.files_bucket),
        queue=_queue(settings),
        clock=clock,
        ids=SystemIds(),
        outgoing_addresses=settings.outgoing_addresses,
        score_hold=timedelta(seconds=settings.score_hold_seconds),
        mailer=SesMailer(settings.mail_configuration),
        cleaner=Nh3Cleaner(),
        public_url=settings.public_url,
        mail_rate=settings.mail_rate,
        effects=EFFECTS,
    )
