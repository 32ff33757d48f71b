"""Start an import of people and carry it out; whom it brings is put on a list made by hand, if one is chosen."""

from collections.abc import Sequence

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import ListId
from funnel.domain.mapping.written_numbers import NumberStyle
from funnel.domain.problems import Problems
from funnel.domain.sync.runs import Job
from funnel.usecases.app import App
from funnel.usecases.jobs.people_jobs import ask_for
from funnel.usecases.lists.change_list import list_in_use
from funnel.usecases.lists.keep_lists import checked_name, make_list, put_on_list, rename_list
from funnel.usecases.people.claim_file import claim_file
from funnel.usecases.people.import_people import ImportRows, is_started, list_of, started


def start_import(
    app: App,
    job: Job,
    columns: Sequence[str],
    *,
    only_empty: bool,
    onto: ListId | None = None,
    new_list: str = "",
    numbers: NumberStyle = NumberStyle.PLAIN,
) -> Job:
    """Carry an import out, and put whom it brings on the list `onto`, or on a new one of this name.

    Started already it stays as it is, and asked for once more the new list is the same one. Raises
    `InputInvalid` with all that is wrong, `Conflict` while another import of the same file is not over,
    and `NotFound` for a file that is not kept any more.
    """
    if is_started(job):
        return ask_for(app, job)
    wrong, new_list = Problems(), " ".join(new_list.split())
    with wrong.found():
        started(app, job, columns, only_empty=only_empty)
    with wrong.found():
        if onto and new_list:
            raise InputInvalid(
                "Choose a list or name a new one, not both.",
                mend="Leave one of them empty.",
                field="new_list",
            )
        if onto:
            list_in_use(app, job.tenant, onto)
    with wrong.found():
        if new_list:
            _check_name(new_list)
    wrong.raise_all()
    claim_file(app, job)
    if new_list:
        key = f"import {job.job_id}"
        made = make_list(app, job.tenant, key, new_list, job.requested_by)
        if made.name != new_list:
            # Asked for by another name before, which came to nothing.
            rename_list(app, job.tenant, made.list_id, new_list)
        onto = made.list_id
    ready = started(app, job, columns, only_empty=only_empty, onto=onto, numbers=numbers)
    return ask_for(app, ready)


class ImportWork:
    """An import as one worker does it. Who is on the list stays, so that a step may be repeated."""

    def __init__(self, app: App, job: Job) -> None:
        self._app = app
        self._rows = ImportRows(app, job)
        self._onto = list_of(job)

    def step(self, job: Job) -> Job:
        """The next rows. Raises `InputInvalid` once the list is retired, and does none of them then."""
        if self._onto:
            list_in_use(self._app, job.tenant, self._onto)
        after, people = self._rows.step(job)
        if self._onto and people:
            put_on_list(self._app, job.tenant, self._onto, people)
        return after


def _check_name(name: str) -> None:
    try:
        checked_name(name)
    except InputInvalid as error:
        raise InputInvalid(error.text, mend=error.mend, field="new_list") from None
