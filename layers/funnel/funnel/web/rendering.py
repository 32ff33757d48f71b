"""Pages out of templates."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from funnel.domain.ids import PULLED_MODULES
from funnel.domain.signing_in.tenants import Role
from funnel.web.asked import Asked
from funnel.web.assets import asset_url
from funnel.web.errors import (
    ErrorBody,
    FormError,
    wrong_at,
    wrong_elsewhere,
    wrong_fields,
    wrong_under,
)
from funnel.web.navigation import menu
from funnel.web.replies import Reply
from funnel.web.same_origin import SAFE_METHODS, TOKEN_FIELD
from funnel.web.sessions import Caller, form_token
from funnel.web.sign_in_places import STILL_HERE, local_page, sign_in_page
from funnel.web.texts import LANGUAGES, Texts
from funnel.web.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def environment() -> "Environment":
    """Jinja, escaping everything and refusing names that are not there.

    Imported with the first page, so that what asks for data only does not wait for it.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.globals.update(
        asset=asset_url, PULLED_MODULES=PULLED_MODULES, token_field=TOKEN_FIELD, menu=menu
    )
    found.globals["languages"] = LANGUAGES
    found.filters.update(
        at=wrong_at, elsewhere=wrong_elsewhere, under=wrong_under, wrong_fields=wrong_fields
    )
    return found


def page(
    asked: Asked, template: str, *, title: str = "", status: int = 200, **values: Any
) -> Reply:
    """A page, or a part of one, in the caller's language."""
    words = Words(asked.texts, asked.app.clock.now())
    context: Mapping[str, Any] = {
        "t": asked.texts,
        "w": words,
        "title": title,
        "user": asked.caller,
        "is_admin": asked.caller is not None and asked.caller.role is Role.ADMIN,
        "form_token": form_token(asked.presented.token) if asked.caller else "",
        "caller_key": caller_key(asked.caller) if asked.caller else "",
        "signs_in": sign_in_page(asked.caller.tenant, next=STILL_HERE) if asked.caller else "",
        "answers": asked.method not in SAFE_METHODS,
        "here": asked.path,
        "back_to": local_page(asked.address) or "/",
        "flash": "",
        **{name: _told(asked.texts, value) for name, value in values.items()},
    }
    return Reply(status, environment().get_template(template).render(context))


def caller_key(caller: Caller) -> str:
    """Tells whether two sessions are of the same person."""
    return f"{caller.tenant}/{caller.user_name}"


def _told(texts: Texts, value: object) -> object:
    """An error in the caller's language; anything else as it is."""
    if not isinstance(value, ErrorBody):
        return value
    told = replace(value, text=texts.said(value.text), mend=texts.said(value.mend))
    if isinstance(told, FormError):
        others = (replace(o, text=texts.said(o.text), mend=texts.said(o.mend)) for o in told.others)
        return replace(told, others=tuple(others))
    return told
