"""What every unit test is held to."""

from collections.abc import Iterator

import pytest

from tests.rights import holding


@pytest.fixture(autouse=True)
def only_what_is_allowed() -> Iterator[None]:
    """Whoever comes in by a function's door asks only for what template.yaml lets it."""
    holding.transgressions.clear()
    yield
    if holding.transgressions:
        pytest.fail("\n".join(sorted(set(holding.transgressions))), pytrace=False)
