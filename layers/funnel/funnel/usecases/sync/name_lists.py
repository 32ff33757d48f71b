"""Call auto lists as Sugar calls the values they are made from."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from funnel.domain.crm import FieldDef
from funnel.domain.errors import Conflict
from funnel.domain.ids import Module, TenantId
from funnel.domain.lists.auto_lists import (
    AUTO_FIELDS,
    AutoValue,
    Labels,
    ListSettings,
    list_name,
)
from funnel.domain.lists.lists import auto_list_id
from funnel.usecases.app import App
from funnel.usecases.bells.ask_recompute import start_recompute

_TRIES = 6


def name_lists(app: App, tenant: TenantId, module: Module, fields: Iterable[FieldDef]) -> None:
    """Learn the labels of the module's dropdowns, and rename the lists whose label has changed.

    A tenant that was here before there were lists gets them. What loses a race is left to the next
    worker that reads the module's fields.
    """
    seen = _labels(module, {one.name: one for one in fields})
    settings = app.lists.list_settings(tenant)
    if settings.version and all(_same(settings.labels.get(n, {}), v) for n, v in seen.items()):
        return
    after = replace(settings, labels={**settings.labels, **seen})
    try:
        # Before it is known that they were, and for those made meanwhile once more after it.
        _rename(app, after, seen)
        if not settings.version and app.records.list_people(tenant, "", 1).items:
            start_recompute(app, after, "")
        else:
            app.lists.save_list_settings(after)
        _rename(app, after, seen)
    except Conflict:
        return


def _same(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether both say the same, in the same order: that is Sugar's, and people know it."""
    return list(one.items()) == list(other.items())


def _labels(module: Module, fields: dict[str, FieldDef]) -> dict[str, dict[str, str]]:
    """By our field's name. The first module of a field with several says what they are called."""
    return {
        one.name: dict(fields[source].options)
        for one in AUTO_FIELDS.values()
        if next(iter(one.sources)) is module
        and (source := one.sources[module]) in fields
        and fields[source].options
    }


def _rename(app: App, settings: ListSettings, seen: Labels) -> None:
    values = [AutoValue(name, value) for name, some in seen.items() for value in some if value]
    ids = {auto_list_id(settings.tenant, v.field, v.value): v for v in values}
    for list_id, found in app.lists.lists(settings.tenant, sorted(ids)).items():
        name = list_name(ids[list_id], settings.labels)
        if name != found.name:
            app.lists.save_list(replace(found, name=name))
