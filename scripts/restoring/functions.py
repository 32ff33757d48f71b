"""Stopping the functions of a deployment, and letting them run again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

NEVER_STOPPED = ("OperatorFunction", "AuthorizerFunction", "CollectFunction")
"""Who hold pushes, let people in, and put what is seen on sites into a queue."""
DOES_AGAIN = ("PeopleFunction",)
"""Who does again what may not be undone, before anybody else runs."""
READERS = (
    "ScheduleFunction",
    "PullFunction",
    "TargetListsFunction",
    "PeopleFunction",
    "JobsFunction",
)
PAGES = ("SetupFunction", "MarketingFunction", "SignInFunction", "FunnelVisionFunction")


@dataclass(frozen=True, slots=True)
class Functions:
    """The functions of a stack by their logical ids; `client` is a boto client for Lambda."""

    client: Any
    names: Mapping[str, str]

    def stopped_ones(self) -> list[str]:
        """The names of those that a restore stops."""
        return [name for logical, name in self.names.items() if logical not in NEVER_STOPPED]

    def is_stopped(self, function: str) -> bool:
        """Whether AWS starts it no more."""
        told = self.client.get_function_concurrency(FunctionName=function)
        return bool(told.get("ReservedConcurrentExecutions") == 0)

    def longest(self, function: str) -> float:
        """Seconds for which what runs already may go on."""
        told = self.client.get_function_configuration(FunctionName=function)
        return float(told["Timeout"])

    def stop(self, function: str) -> None:
        """Its queues first: what they hand out in vain would count as tries, and be given up."""
        self._switch(function, on=False)
        self.client.put_function_concurrency(FunctionName=function, ReservedConcurrentExecutions=0)

    def let_run(self, which: Iterable[str]) -> None:
        """Let these run, by their logical ids."""
        wanted = set(which)
        for logical, name in self.names.items():
            if logical in wanted and logical not in NEVER_STOPPED:
                self.client.delete_function_concurrency(FunctionName=name)
                self._switch(name, on=True)

    def _switch(self, function: str, *, on: bool) -> None:
        """Its queues and streams; AWS refuses to switch one that is just being switched."""
        pages = self.client.get_paginator("list_event_source_mappings").paginate(
            FunctionName=function
        )
        for mapping in (one for page in pages for one in page["EventSourceMappings"]):
            if mapping["State"] not in (
                ("Enabled", "Enabling") if on else ("Disabled", "Disabling")
            ):
                self.client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=on)
