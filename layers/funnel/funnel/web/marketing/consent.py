"""Unsubscribing an address and taking it back: what a form of the person's page does, and the API."""

from dataclasses import dataclass

from funnel.domain.consent.consent import Consent
from funnel.domain.ids import PersonId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.consent.change_consent import Said, done_by_hand, take_back, unsubscribe
from funnel.usecases.consent.view_consent import ConsentView, consent_view
from funnel.usecases.view_common import Sugar
from funnel.web.asked import Asked
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)
admins = Room(needs=Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Unsubscribed:
    """An address of the person, and why it is not to be written to; the reason may be left out."""

    email: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An address of the person, and why it may be written to again."""

    email: str
    reason: str


@dataclass(frozen=True, slots=True)
class SetByHand:
    """An address of the person whose marks somebody has set in Sugar by hand."""

    email: str


@room.page("POST", "/app/people/<person_id>/unsubscribe")
def on_unsubscribe(asked: Asked, person_id: str) -> Reply:
    """Unsubscribe an address, and go back to the person."""
    wish = Unsubscribed(asked.form_value("email"), asked.form_value("reason"))
    unsubscribe(asked.app, asked.tenant, PersonId(person_id), wish.email, _said(asked, wish.reason))
    return see_other(f"/app/people/{person_id}?saved=unsubscribed#addresses")


@admins.page("POST", "/app/people/<person_id>/take-back")
def on_take_back(asked: Asked, person_id: str) -> Reply:
    """Take an opt-out back, and go back to the person."""
    wish = TakenBack(asked.form_value("email"), asked.form_value("reason"))
    take_back(asked.app, asked.tenant, PersonId(person_id), wish.email, _said(asked, wish.reason))
    return see_other(f"/app/people/{person_id}?saved=taken-back#addresses")


@admins.page("POST", "/app/people/<person_id>/done-by-hand")
def on_done_by_hand(asked: Asked, person_id: str) -> Reply:
    """Note that Sugar was told by hand, and go back to the person."""
    email, by = asked.form_value("email"), asked.who.user_name
    done_by_hand(asked.app, asked.tenant, PersonId(person_id), email, by)
    return see_other(f"/app/people/{person_id}?saved=done-by-hand#addresses")


@room.api(
    "POST",
    "/api/app/people/<person_id>/unsubscribe",
    "Unsubscribe one of a person's addresses; Sugar is told soon, if it may be written to",
    ConsentView,
    body=Unsubscribed,
)
def unsubscribe_address(asked: Asked, person_id: str) -> ConsentView:
    """Unsubscribe an address."""
    wish = asked.json(Unsubscribed)
    said = _said(asked, wish.reason)
    return _view(asked, unsubscribe(asked.app, asked.tenant, PersonId(person_id), wish.email, said))


@admins.api(
    "POST",
    "/api/app/people/<person_id>/take-back",
    "Take an opt-out back, for admins, with a reason; Sugar is told as well",
    ConsentView,
    body=TakenBack,
)
def take_back_address(asked: Asked, person_id: str) -> ConsentView:
    """Take an opt-out back."""
    wish = asked.json(TakenBack)
    said = _said(asked, wish.reason)
    return _view(asked, take_back(asked.app, asked.tenant, PersonId(person_id), wish.email, said))


@admins.api(
    "POST",
    "/api/app/people/<person_id>/done-by-hand",
    "Say that an address was set by hand in a Sugar that cannot be told (soap.php), for admins",
    ConsentView,
    body=SetByHand,
)
def address_done_by_hand(asked: Asked, person_id: str) -> ConsentView:
    """Note that Sugar was told by hand."""
    email, by = asked.json(SetByHand).email, asked.who.user_name
    return _view(asked, done_by_hand(asked.app, asked.tenant, PersonId(person_id), email, by))


def _said(asked: Asked, reason: str) -> Said:
    return Said(asked.who.user_name, reason)


def _view(asked: Asked, consent: Consent) -> ConsentView:
    sugar = Sugar(asked.app, asked.tenant)
    return consent_view(consent, sugar, asked.app.sync.connection(asked.tenant))
