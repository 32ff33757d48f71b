"""How AWS is asked where an answer is awaited within seconds."""

from typing import Any

from botocore.config import Config
from botocore.session import get_session

from funnel.adapters.effects import EFFECTS


def patient_client(service: str) -> Any:
    """A client that waits 2 s for a connection and 8 s for an answer, and asks four times in all."""
    config = Config(
        connect_timeout=2,
        read_timeout=8,
        retries={"mode": "standard", "total_max_attempts": 4},
    )
    return EFFECTS.watch(get_session().create_client(service, config=config))
