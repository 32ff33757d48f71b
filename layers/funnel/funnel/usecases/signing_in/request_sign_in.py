"""Have Sugar asked whether somebody may sign in.

The password goes through Secrets Manager to the worker and is nowhere else. Whatever dies on the
way, a message that comes later deletes it.
"""

import unicodedata
from datetime import timedelta

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Credentials
from funnel.domain.errors import ConnectionPaused, InputInvalid, NotAllowed, NotFound
from funnel.domain.ids import JobId, TenantId
from funnel.domain.signing_in.tenants import SignInAttempt
from funnel.domain.signing_in.tries import (
    OF_A_SOURCE,
    OF_A_TENANT,
    OF_A_USER,
    source_tries,
    who_tries,
)
from funnel.domain.sync.runs import Job
from funnel.domain.text import fold_user_name
from funnel.ports.sync_messages import SignIn
from funnel.usecases.app import App
from funnel.usecases.connecting.connect import LONGEST_CREDENTIAL, SIGN_IN, origin_of, required
from funnel.usecases.connecting.secret_names import sign_in_name
from funnel.usecases.signing_in.count_try import count_try, refuse_too_many
from funnel.usecases.signing_in.sign_in import token_hash

PATIENCE = timedelta(minutes=5)
"""How long a browser waits for Sugar's word; later nobody is asked and nobody let in."""

CLEAN_UP = 600
"""Seconds until the password is deleted at the latest, if the worker never came to it."""

WAY_IN = "Whoever runs Funnel at your company can make you a sign-in link, which needs no Sugar."

_EVERYBODY = "everybody"
_LAST_OF_THREE = 0xFFFF


def request_sign_in(
    app: App,
    tenant: TenantId,
    user_name: str,
    password: str,
    return_to: str = "",
    source: str = "",
) -> str:
    """Have it asked; the token by which the same browser, and no other, hears the answer.

    `source` is the address in the network from which it is asked: who sends forms without end is
    stopped before all others of the tenant are.
    Raises `InputInvalid`, `TooManyTries`, `NotAllowed` (Funnel's own user), `ConnectionPaused` or
    `NotFound` (no Sugar). Nothing has reached Sugar then.
    """
    name = _name(user_name)
    secret = required(password, "password", "your password in Sugar", LONGEST_CREDENTIAL)
    connection = sugar_to_ask(app, tenant)
    refuse_our_own(connection, name)
    now, who, job_id = app.clock.now(), who_tries(tenant, name), app.ids.new_id()
    refuse_too_many(app.sync.tries(tenant, who), OF_A_USER, now)
    if source:
        count_try(app, tenant, source_tries(tenant, source), job_id, OF_A_SOURCE)
    count_try(app, tenant, _EVERYBODY, job_id, OF_A_TENANT)
    token = app.ids.new_token()
    arguments = {
        "secret_ref": app.secrets.ref(tenant, sign_in_name(job_id)),
        "connection_id": connection.connection_id,
        "who": who,
    }
    app.sync.save_job(Job(tenant, job_id, SIGN_IN, "", now, arguments))
    app.tenants.put_attempt(
        SignInAttempt(
            tenant=tenant,
            token_hash=token_hash(token),
            job_id=JobId(job_id),
            connection_id=connection.connection_id,
            return_to=return_to,
            expires_at=now + PATIENCE,
        )
    )
    message = SignIn(tenant, JobId(job_id))
    app.queue.send(message, delay=CLEAN_UP)
    credentials = Credentials(name, secret, origin_of(connection.endpoint.url))
    app.secrets.put(tenant, sign_in_name(job_id), credentials)
    app.queue.send(message)
    return token


def sugar_to_ask(app: App, tenant: TenantId) -> Connection:
    """The connection to the Sugar that knows the tenant's people.

    Raises `NotFound` where there is none and `ConnectionPaused`, saying how to get in all the same.
    """
    connection = app.sync.connection(tenant)
    if connection is None:
        raise NotFound("No Sugar is connected yet, so it cannot be asked who you are.", mend=WAY_IN)
    if connection.pause is not None:
        raise ConnectionPaused(
            "The connection to Sugar is paused, so it cannot be asked who you are.",
            mend=f"Wait until an admin has resumed it. {WAY_IN}",
        )
    return connection


def refuse_our_own(connection: Connection, user_name: str) -> None:
    """Raise `NotAllowed` for the user Funnel itself signs in as, which must never be locked out."""
    if fold_user_name(connection.user_name) == fold_user_name(user_name):
        raise NotAllowed(
            "Funnel itself signs in to Sugar as this user, so nobody can sign in here with it.",
            mend=f"Sign in with a Sugar user of your own. {WAY_IN}",
        )


def _name(text: str) -> str:
    """The user name. Raises `InputInvalid`, also for signs that no user name has.

    Databases overlook some of them, or cut the name there, and so take it for another's.
    """
    name = required(text.strip(), "user_name", "your user name in Sugar", LONGEST_CREDENTIAL)
    if any(_is_no_sign_of_a_name(sign) for sign in name):
        raise InputInvalid("There is a sign in this that no user name has.", field="user_name")
    return name


def _is_no_sign_of_a_name(sign: str) -> bool:
    """Invisible ones, blanks of other kinds, and what three bytes of UTF-8 cannot hold."""
    return sign != " " and (unicodedata.category(sign)[0] in "CZ" or ord(sign) > _LAST_OF_THREE)
