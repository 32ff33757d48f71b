"""The tokens by which a Sugar says which of its users looks into FunnelVision (E7).

A token is a JWT of one kind only: header `{"alg":"HS256","typ":"JWT","kid":…}`, signed by the
dashlet's key of the connection that `iss` names. Whatever is odd about one is a reason of its own
here, for tests and counts; who asks is told none of them.
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from funnel.domain.ids import ConnectionId, Module, RecordKey, SugarId

LONGEST_LIFE = timedelta(seconds=600)
LEEWAY = timedelta(seconds=30)
"""How wrong Sugar's clock may be beside the difference that we know of."""

MOST_CHARACTERS = 2_048
RECORD_MODULES = frozenset({Module.LEADS, Module.CONTACTS})

_NO_KEY = "0" * 64
"""Signs nothing; compared with, so that a name nobody has takes as long as one that is known."""

_PLAIN = re.compile(r"[!-~]{1,64}", re.ASCII)
_LONGEST_ID = 64
_WHOLE_SECONDS = 10**11


class Audience(StrEnum):
    """What a token is for, and nothing else."""

    PANELS = "funnelvision"
    RECORD = "funnelvision-record"
    SIGN_IN = "funnel-sign-in"


class Flaw(StrEnum):
    """What can be wrong with a token."""

    SIZE = "longer than any of ours"
    PARTS = "not three parts"
    CODING = "not base64 as it is written in a token"
    HEADER = "the header is not the one that is agreed on"
    ALGORITHM = "another algorithm"
    KEY = "no such key"
    SIGNATURE = "not signed by the key"
    CLAIMS = "the claims cannot be read"
    ISSUER = "from another connection"
    AUDIENCE = "for another use"
    LIFE = "good for longer than ten minutes, or for no time"
    EARLY = "not good yet"
    EXPIRED = "not good any more"
    RECORD = "names no record, or one where none belongs"


class TokenFlawed(ValueError):
    """A token that is not good; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class DashletToken:
    """What a good token says: who looks, at what, and until when by Sugar's clock."""

    connection_id: ConnectionId
    user_id: SugarId
    audience: Audience
    made_at: datetime
    ends_at: datetime
    token_id: str
    record: RecordKey | None = None


def minted(token: DashletToken, kid: str, key: str) -> str:
    """The token as a Sugar makes it. `key` is the dashlet's key, in hex."""
    claims: dict[str, object] = {
        "iss": token.connection_id,
        "sub": token.user_id,
        "aud": token.audience.value,
        "iat": int(token.made_at.timestamp()),
        "exp": int(token.ends_at.timestamp()),
        "jti": token.token_id,
    }
    if token.record is not None:
        claims["rec"] = {"module": token.record.module.value, "id": token.record.sugar_id}
    said = f"{_coded_json({'alg': 'HS256', 'typ': 'JWT', 'kid': kid})}.{_coded_json(claims)}"
    return f"{said}.{_signature(key, said)}"


def read_token(
    text: str,
    key_of: Callable[[str], str],
    connection_id: ConnectionId,
    audiences: Collection[Audience],
    now: datetime,
    clock_skew: float = 0,
) -> DashletToken:
    """What a token says, if it is good.

    Parameters
    ----------
    text
        The token.
    key_of
        The dashlet's key, in hex, by the name the header gives it; "" for none.
    connection_id, audiences
        Whose it has to be, and for what it may be.
    now, clock_skew
        Our time, and by how many seconds Sugar's clock is ahead of it.

    Raises
    ------
    TokenFlawed
        Nothing of what it says is looked at before its signature has been found good.
    """
    if len(text) > MOST_CHARACTERS:
        raise TokenFlawed(Flaw.SIZE)
    parts = text.split(".")
    if len(parts) != 3:
        raise TokenFlawed(Flaw.PARTS)
    head, body, signature = (_decoded(part) for part in parts)
    key = key_of(_kid(head))
    wanted = _mac(key or _NO_KEY, f"{parts[0]}.{parts[1]}")
    if not hmac.compare_digest(wanted, signature) or not key:
        raise TokenFlawed(Flaw.SIGNATURE if key else Flaw.KEY)
    return _checked(_claims(body), connection_id, audiences, now + timedelta(seconds=clock_skew))


def _kid(head: bytes) -> str:
    """The name of the key, from a header that is exactly the agreed one."""
    found = _object(head, Flaw.HEADER)
    if found.get("alg") != "HS256":
        raise TokenFlawed(Flaw.ALGORITHM)
    kid = found.get("kid")
    if set(found) != {"alg", "typ", "kid"} or found["typ"] != "JWT" or not _is_plain(kid):
        raise TokenFlawed(Flaw.HEADER)
    return str(kid)


def _claims(body: bytes) -> Mapping[str, object]:
    found = _object(body, Flaw.CLAIMS)
    texts = ("iss", "aud", "jti")
    if not all(_is_plain(found.get(name)) for name in texts) or not _is_id(found.get("sub")):
        raise TokenFlawed(Flaw.CLAIMS)
    if not all(_is_moment(found.get(name)) for name in ("iat", "exp")):
        raise TokenFlawed(Flaw.CLAIMS)
    return found


def _checked(
    claims: Mapping[str, object],
    connection_id: ConnectionId,
    audiences: Collection[Audience],
    there: datetime,
) -> DashletToken:
    """The token that these claims are. `there` is the time by Sugar's clock."""
    if claims["iss"] != connection_id:
        raise TokenFlawed(Flaw.ISSUER)
    if claims["aud"] not in {one.value for one in audiences}:
        raise TokenFlawed(Flaw.AUDIENCE)
    made_at, ends_at = (_moment(claims[name]) for name in ("iat", "exp"))
    if not timedelta(0) < ends_at - made_at <= LONGEST_LIFE:
        raise TokenFlawed(Flaw.LIFE)
    if there < made_at - LEEWAY:
        raise TokenFlawed(Flaw.EARLY)
    if there >= ends_at + LEEWAY:
        raise TokenFlawed(Flaw.EXPIRED)
    audience = Audience(str(claims["aud"]))
    return DashletToken(
        connection_id=connection_id,
        user_id=SugarId(str(claims["sub"])),
        audience=audience,
        made_at=made_at,
        ends_at=ends_at,
        token_id=str(claims["jti"]),
        record=_record(claims.get("rec"), audience),
    )


def _record(found: object, audience: Audience) -> RecordKey | None:
    """The record, which a token for a record has and no other."""
    if audience is not Audience.RECORD:
        if found is not None:
            raise TokenFlawed(Flaw.RECORD)
        return None
    if not isinstance(found, dict) or set(found) != {"module", "id"}:
        raise TokenFlawed(Flaw.RECORD)
    module, sugar_id = found["module"], found["id"]
    known = isinstance(module, str) and module in {one.value for one in RECORD_MODULES}
    if not known or not _is_id(sugar_id):
        raise TokenFlawed(Flaw.RECORD)
    return RecordKey(Module(module), SugarId(sugar_id))


def _object(data: bytes, flaw: Flaw) -> dict[str, object]:
    """A JSON object in which no name comes twice."""
    try:
        found = json.loads(data.decode(), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise TokenFlawed(flaw) from None
    if not isinstance(found, dict):
        raise TokenFlawed(flaw)
    return found


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name comes twice")
    return found


def _is_plain(value: object) -> bool:
    return isinstance(value, str) and _PLAIN.fullmatch(value) is not None


def _is_id(value: object) -> bool:
    """Whether it can be an id in Sugar, which an import may have made of any letters."""
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_ID:
        return False
    return value.isprintable() and not any(map(str.isspace, value))


def _is_moment(value: object) -> bool:
    return type(value) is int and 0 <= value < _WHOLE_SECONDS


def _moment(value: object) -> datetime:
    assert isinstance(value, int)
    return datetime.fromtimestamp(value, UTC)


def _coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _coded_json(value: object) -> str:
    return _coded(json.dumps(value, separators=(",", ":")).encode())


def _decoded(part: str) -> bytes:
    """The bytes of a part that is written in the one way there is, without padding."""
    try:
        padded = part.encode("ascii") + b"=" * (-len(part) % 4)
        data = base64.b64decode(padded, altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise TokenFlawed(Flaw.CODING) from None
    if _coded(data) != part:
        raise TokenFlawed(Flaw.CODING)
    return data


def _mac(key: str, said: str) -> bytes:
    return hmac.new(key.encode(), said.encode(), hashlib.sha256).digest()


def _signature(key: str, said: str) -> str:
    return _coded(_mac(key, said))
