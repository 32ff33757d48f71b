"""A server's end of one kept-alive HTTP connection, with as little work as it takes."""

import asyncio
from collections.abc import Mapping


class Connection(asyncio.Protocol):
    """Takes whole requests, one after the other; `answer` writes to `transport`."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self._data = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._data += data
        while (end := self._data.find(b"\r\n\r\n")) >= 0:
            lines = self._data[:end].decode("latin-1").split("\r\n")
            headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines[1:])}
            whole = end + 4 + int(headers.get("content-length", 0))
            if len(self._data) < whole:
                return
            body = bytes(self._data[end + 4 : whole])
            del self._data[:whole]
            self.answer(lines[0].split()[1], headers, body)

    def answer(self, path: str, headers: Mapping[str, str], body: bytes) -> None:
        """Answer one request."""
        raise NotImplementedError
