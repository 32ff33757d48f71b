"""What tests of several kinds share: the deployed stack, started once and only when asked for.

`stack` is a `local.stack.stack.Stack` of its own state and free ports, the template deployed.
`stack.url`, `stack.client("dynamodb")`, `stack.sugar.url`, `stack.operator`,
`stack.new_tenant(name)` (a signed-in admin of an empty tenant, apart from all others).
"""

import gc
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import botocore.session
import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from local.stack.stack import Stack

# What botocore knows of AWS is read and parsed once, and not for each session.
botocore.session.create_loader = cache(botocore.session.create_loader)

# How long an example takes says how busy the machine is, and nothing of the product. Which examples
# are tried follows from the code alone, so that what passed passes again; `make soak` seeks others.
settings.register_profile(
    "search", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("funnel", settings.get_profile("search"), derandomize=True)
settings.load_profile("funnel")


def pytest_collection_finish() -> None:
    """Garbage is sought less often, and not in what was imported and collected: all of that stays."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Stack"]:
    """The deployed stack. Its logs stay in pytest's folder for this run."""
    from local.stack.stack import Options, Stack

    folder = tmp_path_factory.mktemp("stack")
    options = Options(folder, web_port=0, sugar_port=0, site_port=0, mail_port=0)
    with Stack(options) as running:
        yield running
