"""The demo company: connected through the interface an admin uses, and synced for the first time."""

import sys
from collections.abc import Callable

from local.stack.client import GOES_ON, FunnelClient
from local.stack.progress import Progress
from local.stack.stack import Stack

SYNC_SECONDS = 1800
ENDINGS = {"done": "The demo company is synced."}


def connect_demo(stack: Stack, say: Callable[[str], None]) -> FunnelClient:
    """Sign in to the demo tenant and connect the simulated Sugar, where that is not done yet."""
    client = stack.sign_in(stack.demo_tenant())
    connection = client.connection()
    if connection is None or connection["endpoint"]["site_url"] != stack.sugar.url:
        say("Connecting the simulated Sugar ...")
        connect(stack, client)
    return client


def connect(stack: Stack, client: FunnelClient) -> None:
    """Test and save a connection to the simulated Sugar; the first sync starts."""
    job = client.test_connection(stack.sugar.url, stack.sugar.user_name, stack.sugar.password)
    client.save_connection(job)


def show_run(client: FunnelClient) -> None:
    """Draw the progress of the newest run to its end; nothing if it has ended before."""
    progress = Progress(sys.stdout)
    status = ""
    for run in client.watch_run(SYNC_SECONDS):
        status, seen_before = run["status"], status
        if not seen_before and status not in GOES_ON:
            return
        progress.show(run)
    progress.end()
    print(ENDINGS.get(status, f"The sync is {status}; see the sync page."), flush=True)
