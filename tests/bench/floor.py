"""The floor of anything that talks to DynamoDB: the same requests and bytes once more, nothing else.

    recorder = Recorder(client)
    with recorder:
        work()
    recorder.floor()     # seconds of processor time for the same requests, one after the other

What is sent again is what was sent, by a client of botocore like the product's; each is answered
with the very bytes of its first answer, by a process of its own.
"""

import asyncio
import contextlib
import json
import os
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from botocore import xform_name
from botocore.exceptions import ClientError

from funnel.adapters.dynamodb import dynamodb_client
from tests.bench.connection import Connection

ROUNDS, MANY = 3, 2_000
_HEAD = struct.Struct("!II")


class Recorder:
    """Keeps what a client asks between `with` and its end, and what it is answered."""

    def __init__(self, client: Any) -> None:
        self._kept: list[tuple[str, bytes, int, bytes]] = []
        self._on = False
        session = client._endpoint.http_session
        send = session.send

        def noted(request: Any) -> Any:
            reply = send(request)
            if self._on:
                target = request.headers["X-Amz-Target"]
                operation = (target.decode() if isinstance(target, bytes) else target).split(".")[1]
                self._kept.append((operation, request.body, reply.status_code, reply.content))
            return reply

        session.send = noted

    def __enter__(self) -> Self:
        self._kept.clear()
        self._on = True
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._on = False

    @property
    def requests(self) -> int:
        """How many there were."""
        return len(self._kept)

    def floor(self) -> float:
        """Seconds of processor time that the same requests take by themselves: the median of three.

        Of many requests it is one round.
        """
        if not self._kept:
            return 0.0
        asked = [(xform_name(name), json.loads(body)) for name, body, _, _ in self._kept]
        with tempfile.NamedTemporaryFile() as file:
            for _, _, status, content in self._kept:
                file.write(_HEAD.pack(status, len(content)) + content)
            file.flush()
            process = subprocess.Popen(
                [sys.executable, "-m", __name__, file.name],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            assert process.stdout is not None
            client = dynamodb_client(
                endpoint_url=f"http://127.0.0.1:{int(process.stdout.readline())}",
                region_name="us-east-1",
                aws_access_key_id="canned",
                aws_secret_access_key="canned",
            )
            rounds = ROUNDS if len(asked) < MANY else 1
            taken = [_ask(client, asked) for _ in range(rounds)]
            process.communicate(timeout=30)
        return statistics.median(taken)


def _ask(client: Any, asked: list[tuple[str, dict[str, Any]]]) -> float:
    began = time.process_time()
    for name, parameters in asked:
        with contextlib.suppress(ClientError):
            getattr(client, name)(**parameters)
    return time.process_time() - began


class _Answering(Connection):
    """Answers each request with the next of the answers, and after the last with the first."""

    def __init__(self, answers: list[bytes], at: list[int]) -> None:
        super().__init__()
        self._answers, self._at = answers, at

    def answer(self, path: str, headers: Mapping[str, str], body: bytes) -> None:
        self.transport.write(self._answers[self._at[0]])
        self._at[0] = (self._at[0] + 1) % len(self._answers)


async def _serve(path: str) -> None:
    answers, data = [], Path(path).read_bytes()
    place = 0
    while place < len(data):
        status, length = _HEAD.unpack_from(data, place)
        place += _HEAD.size
        head = (
            f"HTTP/1.1 {status} Answer\r\nContent-Type: application/x-amz-json-1.0\r\n"
            f"Content-Length: {length}\r\n\r\n"
        )
        answers.append(head.encode() + data[place : place + length])
        place += length
    loop = asyncio.get_running_loop()
    at = [0]
    server = await loop.create_server(lambda: _Answering(answers, at), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1]))
