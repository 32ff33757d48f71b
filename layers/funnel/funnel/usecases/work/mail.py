"""What the queues of mail bring: what is due, what became of it, and who unsubscribed."""

from collections.abc import Callable

from funnel.ports.marketing_messages import (
    HearOfMail,
    SendBroadcast,
    SendMails,
    TakeWord,
    TellAlerts,
)
from funnel.usecases.app import App
from funnel.usecases.broadcasts.send_broadcast import send_broadcast
from funnel.usecases.delivery.deliver_mails import deliver_mails
from funnel.usecases.delivery.hear_of_mail import hear_of_mail
from funnel.usecases.delivery.take_word import take_word
from funnel.usecases.vision.tell_alerts import tell_alerts


def work_on_mail(
    app: App,
    message: SendMails | SendBroadcast | HearOfMail | TakeWord | TellAlerts,
    worker: str,
    seconds_left: Callable[[], float],
) -> None:
    """Carry it out. Raises `Transient` errors, upon which the queue sends it again."""
    match message:
        case SendMails():
            deliver_mails(app, message, worker, seconds_left)
        case SendBroadcast():
            send_broadcast(app, message, worker, seconds_left)
        case HearOfMail():
            hear_of_mail(app, message.tenant, message.mail_id, message.heard)
        case TakeWord():
            take_word(app, message.tenant, message.word)
        case TellAlerts():
            tell_alerts(app, message.tenant, message.user_id)
