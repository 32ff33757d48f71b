"""Write `dashlet_vectors.json`: keys and tokens as the Sugar module's own PHP makes them.

PYTHONPATH=layers/funnel:. python -m tests.fakes.vectors
"""

import json
from pathlib import Path
from typing import Any

from funnel.domain.connecting.signing import entered_key
from funnel.domain.ids import ConnectionId
from local.sugar.funnel_module import Entered
from local.sugar.tokens import PANELS, RECORD, SIGN_IN, Wanted, by_php

FILE = Path(__file__).parent / "dashlet_vectors.json"
NOW = 1_795_910_400
_CASES = (
    Wanted("1", PANELS, NOW, 600, "0" * 32),
    Wanted("0badcafe-0000-4000-8000-000000000007", RECORD, NOW, 600, "a1" * 16, ("Leads", "l-1")),
    Wanted("seed_jim/id", RECORD, NOW, 300, "b2" * 16, ("Contacts", '0badcafe-ü/\\"')),
    Wanted("u2", SIGN_IN, NOW, 120, "c3" * 16),
    Wanted("u3", PANELS, NOW, 86_400, "d4" * 16),
)


def vectors() -> list[dict[str, Any]]:
    """One for each case, with all that is needed to make or to check it."""
    secret, connection = "a secret of the vault", "3f2a9c51-0c6d-4a54-8d9e-6a2f0f7a1b22"
    kid = "9b0d4a11-0000-4000-8000-000000000002"
    address = f"https://funnel.example.test/sugar/t1/{connection}"
    entered = Entered(address, entered_key(kid, secret, ConnectionId(connection)))
    return [
        {
            "secret": secret,
            "connection": connection,
            "address": address,
            "key": entered.key,
            "dashlet_key": entered.purpose_key("dashlet"),
            "webhook_key": entered.purpose_key("webhook"),
            "user": one.user,
            "audience": one.audience,
            "now": one.now,
            "seconds": one.seconds,
            "id": one.id,
            "record": list(one.record) if one.record else None,
            "token": by_php(entered, one),
        }
        for one in _CASES
    ]


if __name__ == "__main__":
    FILE.write_text(json.dumps(vectors(), indent=1, ensure_ascii=False) + "\n")
