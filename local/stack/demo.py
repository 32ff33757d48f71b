"""The demo company: connected through the interface an admin uses, and synced for the first time."""

import sys
from collections.abc import Callable

from local.stack.client import FunnelClient
from local.stack.progress import Progress
from local.stack.stack import Stack

SYNC_SECONDS = 1800


def connect_demo(stack: Stack, say: Callable[[str], None]) -> FunnelClient:
    """Sign in to the demo tenant and connect the simulated Sugar, where that is not done yet."""
    client = stack.sign_in(stack.demo_tenant())
    connection = client.connection()
    if connection is None or not str(connection.get("url", "")).startswith(stack.sugar.url):
        say("Connecting the simulated Sugar ...")
        connect(stack, client)
    return client


def connect(stack: Stack, client: FunnelClient) -> None:
    """Test and save a connection to the simulated Sugar; the first sync starts."""
    job = client.test_connection(stack.sugar.url, stack.sugar.user_name, stack.sugar.password)
    client.save_connection(job)


def show_run(client: FunnelClient) -> None:
    """Draw the progress of the run that goes on, if one does, to its end."""
    if client.current_run() is None:
        return
    progress = Progress(sys.stdout)
    print("Syncing the demo company:", flush=True)
    for run in client.watch_run(SYNC_SECONDS):
        progress.show(run)
    progress.end()
    print("Synced.", flush=True)
