"""What was sent by a form: who sent what, what became of it, and a file of it."""

from funnel.domain.csv_files import write_csv
from funnel.domain.forms.forms import FormId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.forms.view_forms import one_form
from funnel.usecases.forms.view_submissions import (
    SubmissionView,
    act_again,
    list_submissions,
    submission_rows,
)
from funnel.web.asked import Asked
from funnel.web.rendering import page
from funnel.web.replies import Reply, download, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

HERE = "/app/forms/<form_id>/sent"


@room.page("GET", HERE)
def show(asked: Asked, form_id: str) -> Reply:
    """A page of it, newest first."""
    cursor = asked.query("cursor")
    found = one_form(asked.app, asked.tenant, FormId(form_id), asked.own_address)
    done = asked.query("saved") == "again"
    return page(
        asked,
        "forms/sent.html",
        title=asked.texts("forms.sent.title", name=found.form.name),
        found=found,
        sent=list_submissions(asked.app, asked.tenant, FormId(form_id), cursor),
        cursor=cursor,
        flash=asked.texts("forms.sent.again.done") if done else "",
    )


@room.page("POST", f"{HERE}/<place>/again")
def again(asked: Asked, form_id: str, place: str) -> Reply:
    """Have done again what failed."""
    act_again(asked.app, asked.tenant, FormId(form_id), place)
    return see_other(f"/app/forms/{form_id}/sent?saved=again")


@room.page("GET", f"{HERE}.csv")
def as_csv(asked: Asked, form_id: str) -> Reply:
    """The latest 5,000 as a file."""
    return submissions_csv(asked, form_id)


def submissions_csv(asked: Asked, form_id: str) -> Reply:
    """The file: what was sent in columns by field, then what became of each thing."""
    form, rows = submission_rows(asked.app, asked.tenant, FormId(form_id))
    known = {one.name: one.label for one in form.fields}
    for row in rows:
        known |= {one.name: one.label for one in row.values if one.name not in known}
    actions = list(dict.fromkeys(one.action for row in rows for one in row.actions))
    texts = asked.texts
    titles = [
        *(texts(f"forms.csv.{name}") for name in ("at", "person", "page", "confirmed")),
        *known.values(),
        *(texts(f"forms.action.{one.value}") for one in actions),
    ]

    def cells(row: SubmissionView) -> list[str]:
        values = {one.name: one.text for one in row.values}
        done = {one.action: one for one in row.actions}
        return [
            row.at.isoformat(timespec="seconds"),
            row.person,
            row.url,
            row.confirmed_at.isoformat(timespec="seconds") if row.confirmed_at else "",
            *(values.get(name, "") for name in known),
            *(
                f"{texts('forms.state.' + done[one].state.value)}: {done[one].note}".rstrip(": ")
                if one in done
                else ""
                for one in actions
            ),
        ]

    text = write_csv([titles, *map(cells, rows)])
    return download(text, "funnel-form.csv", "text/csv; charset=utf-8")
