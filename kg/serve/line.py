"""The line to a process that answers: one message at a time there, and its head and body back."""

from __future__ import annotations

import asyncio
import socket
from typing import cast

_HEAD = 12


class Line(asyncio.Protocol):
    """One end of a pair of sockets; the other is the standard input and output of the process."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._parts: list[bytes] = []
        self._size = 0
        self._due = _HEAD
        self._reply: asyncio.Future[tuple[bytes, bytes]] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the socket over."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Put a reply together: the lengths of its head (4 bytes) and body (8 bytes), the head, the body."""
        self._parts.append(data)
        self._size += len(data)
        if self._size < self._due:
            return
        whole = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
        first = int.from_bytes(whole[:4], "big")
        self._due = _HEAD + first + int.from_bytes(whole[4:_HEAD], "big")
        self._parts = [whole]
        if self._size < self._due:
            return
        self._parts, self._size, self._due = [], 0, _HEAD
        if self._reply and not self._reply.done():
            self._reply.set_result((whole[_HEAD : _HEAD + first], whole[_HEAD + first :]))

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits that no reply will come."""
        self._transport = None
        if self._reply and not self._reply.done():
            self._reply.set_exception(ConnectionResetError("the process has ended"))

    async def ask(self, message: bytes) -> tuple[bytes, bytes]:
        """Send a message and return the head and the body of the reply; `ConnectionResetError` where none will come."""
        if self._transport is None:
            raise ConnectionResetError("the process has ended")
        self._reply = asyncio.get_running_loop().create_future()
        self._transport.write(len(message).to_bytes(8, "big") + message)
        return await self._reply

    def close(self) -> None:
        """Give the socket back."""
        if self._transport is not None:
            self._transport.abort()


async def open_line() -> tuple[Line, socket.socket]:
    """Return a line and the socket at its other end, which is the caller's to close."""
    near, far = socket.socketpair()
    near.setblocking(False)
    try:
        _, line = await asyncio.get_running_loop().create_unix_connection(Line, sock=near)
    except BaseException:
        near.close()
        far.close()
        raise
    return line, far
