"""Messages that were being worked on when the stack stopped, and that nobody works on any more.

On AWS a function that runs is not stopped by a deployment. Here they end with the stack, and what
they had received would stay hidden for as long as its queue says: half an hour and more.
"""

import json
from pathlib import Path


def give_back(file: Path) -> int:
    """Let whoever comes next receive them, in what the local AWS has saved of its queues; how many.

    What waits for a later time, and was not received yet, goes on waiting.
    """
    if not file.exists():
        return 0
    saved = json.loads(file.read_text())
    taken = [
        message
        for queue in saved["payload"]["queues"]["data"].values()
        for message in queue["messages"]
        if message["receipt_handle"]
    ]
    for message in taken:
        message["visible_at"] = message["sent_at"]
    file.write_text(json.dumps(saved))
    return len(taken)
