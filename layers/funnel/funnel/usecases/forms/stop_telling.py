"""Tell one of our own people of a form no more, by the link of such a mail, or again."""

from dataclasses import replace

from funnel.domain.errors import Conflict, StoreBusy
from funnel.domain.forms.forms import FormId
from funnel.domain.mail.mails import Mail, Word
from funnel.usecases.app import App
from funnel.usecases.forms.form_mails import ABOUT

_TRIES = 6


def switch_form_mail(app: App, mail: Mail, word: Word) -> None:
    """Take the user off the form's people, or put them on again.

    A word from before a change of the form says nothing any more. Raises `StoreBusy`.
    """
    for _ in range(_TRIES):
        form = app.forms.form(FormId(mail.about.get(ABOUT, "")))
        if form is None or form.tenant != mail.tenant or word.at <= form.changed_at:
            return
        others = tuple(one for one in form.actions.notify if one != mail.user)
        notify = others if word.opt_out else (*others, mail.user)
        if notify == form.actions.notify:
            return
        after = replace(form, actions=replace(form.actions, notify=notify), changed_at=word.at)
        try:
            app.forms.save_form(after)
        except Conflict:
            continue
        return
    raise StoreBusy("Others keep changing the form.")
