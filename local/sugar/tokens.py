"""Tokens of dashlets: by the module's own PHP where there is one, by the same algorithm elsewhere."""

import base64
import hashlib
import hmac
import json
import secrets
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from local.sugar.funnel_module import Entered

PANELS, RECORD, SIGN_IN = "funnelvision", "funnelvision-record", "funnel-sign-in"
SECONDS = {PANELS: 600, RECORD: 600, SIGN_IN: 120}
_PHP = Path(__file__).parent / "mint.php"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a token is to say. `record` is module and id, for the panel of a record."""

    user: str
    audience: str
    now: int
    seconds: int
    id: str
    record: tuple[str, str] | None = None


def mint(entered: Entered, user: str, audience: str, record: tuple[str, str] | None = None) -> str:
    """A token for a user, good from now on."""
    wanted = Wanted(
        user, audience, int(time.time()), SECONDS[audience], secrets.token_hex(16), record
    )
    return by_php(entered, wanted) or by_python(entered, wanted)


def by_php(entered: Entered, wanted: Wanted) -> str:
    """The token, by the PHP that Sugar would run; "" where there is no PHP."""
    php = shutil.which("php")
    if php is None:
        return ""
    asked = {
        "address": entered.address,
        "key": entered.key,
        "user": wanted.user,
        "audience": wanted.audience,
        "now": wanted.now,
        "seconds": wanted.seconds,
        "id": wanted.id,
        "record": _record(wanted),
    }
    done = subprocess.run(
        [php, _PHP],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    return done.stdout if done.returncode == 0 else ""


def by_python(entered: Entered, wanted: Wanted) -> str:
    """The same token to the byte: PHP puts a backslash before each slash in JSON."""
    header = {"alg": "HS256", "typ": "JWT", "kid": entered.kid}
    claims: dict[str, object] = {
        "iss": entered.connection,
        "sub": wanted.user,
        "aud": wanted.audience,
        "iat": wanted.now,
        "exp": wanted.now + min(600, wanted.seconds),
        "jti": wanted.id,
    }
    if wanted.record is not None:
        claims["rec"] = _record(wanted)
    text = ".".join(_plain(_json(part)) for part in (header, claims))
    key = entered.purpose_key("dashlet").encode()
    return f"{text}.{_plain(hmac.new(key, text.encode(), hashlib.sha256).digest())}"


def _record(wanted: Wanted) -> dict[str, str] | None:
    if wanted.record is None:
        return None
    module, record = wanted.record
    return {"module": module, "id": record}


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).replace("/", "\\/").encode()


def _plain(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
