"""The settings of a door, from its environment; read here and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Config:
    """What template.yaml gives every function."""

    stage: str
    public_url: str
    tenants_table: str
    sync_table: str
    records_table: str
    people_table: str
    sync_errors_table: str
    history_table: str
    lists_table: str
    changes_table: str
    activities_table: str
    scores_table: str
    pushes_table: str
    marketing_table: str
    vision_table: str
    mail_table: str
    campaigns_table: str
    pull_queue_url: str
    jobs_queue_url: str
    target_lists_queue_url: str
    push_queue_url: str
    score_hold_seconds: int
    activities_queue_url: str
    people_queue_url: str
    files_bucket: str
    sign_in_queue_url: str
    mail_queue_url: str
    mail_events_queue_url: str
    mail_words_queue_url: str
    campaigns_queue_url: str
    mail_configuration: str
    mail_rate: float
    private_sugar_hosts: tuple[str, ...]
    outgoing_addresses: tuple[str, ...]
    companies_bucket: str
    companies_megabytes: int
    dead_letters: Mapping[str, str]
    """A queue of dead letters as operators call it, to its name; for the operator's door only."""

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "Config":
        """Raises `KeyError` naming the variable that is missing."""
        return cls(
            stage=environment["FUNNEL_STAGE"],
            public_url=environment["FUNNEL_PUBLIC_URL"].rstrip("/"),
            tenants_table=environment["FUNNEL_TENANTS_TABLE"],
            sync_table=environment["FUNNEL_SYNC_TABLE"],
            records_table=environment["FUNNEL_RECORDS_TABLE"],
            people_table=environment["FUNNEL_PEOPLE_TABLE"],
            sync_errors_table=environment["FUNNEL_SYNC_ERRORS_TABLE"],
            history_table=environment["FUNNEL_HISTORY_TABLE"],
            lists_table=environment["FUNNEL_LISTS_TABLE"],
            changes_table=environment["FUNNEL_CHANGES_TABLE"],
            activities_table=environment["FUNNEL_ACTIVITIES_TABLE"],
            scores_table=environment["FUNNEL_SCORES_TABLE"],
            pushes_table=environment["FUNNEL_PUSHES_TABLE"],
            marketing_table=environment["FUNNEL_MARKETING_TABLE"],
            vision_table=environment["FUNNEL_VISION_TABLE"],
            mail_table=environment["FUNNEL_MAIL_TABLE"],
            campaigns_table=environment["FUNNEL_CAMPAIGNS_TABLE"],
            pull_queue_url=environment["FUNNEL_PULL_QUEUE_URL"],
            jobs_queue_url=environment["FUNNEL_JOBS_QUEUE_URL"],
            target_lists_queue_url=environment["FUNNEL_TARGET_LISTS_QUEUE_URL"],
            push_queue_url=environment["FUNNEL_PUSH_QUEUE_URL"],
            score_hold_seconds=int(environment.get("FUNNEL_SCORE_HOLD_SECONDS", "60")),
            activities_queue_url=environment["FUNNEL_ACTIVITIES_QUEUE_URL"],
            people_queue_url=environment["FUNNEL_PEOPLE_QUEUE_URL"],
            files_bucket=environment["FUNNEL_FILES_BUCKET"],
            sign_in_queue_url=environment["FUNNEL_SIGN_IN_QUEUE_URL"],
            mail_queue_url=environment["FUNNEL_MAIL_QUEUE_URL"],
            mail_events_queue_url=environment["FUNNEL_MAIL_EVENTS_QUEUE_URL"],
            mail_words_queue_url=environment["FUNNEL_MAIL_WORDS_QUEUE_URL"],
            campaigns_queue_url=environment["FUNNEL_CAMPAIGNS_QUEUE_URL"],
            mail_configuration=environment["FUNNEL_MAIL_CONFIGURATION"],
            mail_rate=float(environment.get("FUNNEL_MAIL_RATE", "5")),
            private_sugar_hosts=_listed(environment.get("FUNNEL_PRIVATE_SUGAR_HOSTS", "")),
            outgoing_addresses=_listed(environment.get("FUNNEL_OUTGOING_ADDRESSES", "")),
            companies_bucket=environment.get("FUNNEL_COMPANIES_BUCKET", ""),
            companies_megabytes=int(environment.get("FUNNEL_COMPANIES_MEGABYTES", "512")),
            dead_letters=_named(environment.get("FUNNEL_DEAD_LETTERS", "")),
        )


def _listed(text: str) -> tuple[str, ...]:
    """What stands between commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _named(text: str) -> dict[str, str]:
    """Values by what stands before them: `Pull=a,Push=b`."""
    return dict(part.split("=", 1) for part in _listed(text))
