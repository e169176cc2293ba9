"""Connections that end when a client is too slow or there are too many of them; uvicorn alone would wait for ever."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kg.serve.limits import Limits

_FULL = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def guard_connections(limits: Limits) -> type[asyncio.Protocol]:
    """Return the protocol that keeps these limits."""

    # Percent-encoding makes three bytes of one.
    most = 3 * limits.request

    class GuardedProtocol(HttpToolsProtocol):
        """Closes a connection whose request is too large or late, or whose answer is not read in time."""

        _head: asyncio.TimerHandle | None = None
        _stall: asyncio.TimerHandle | None = None
        _refused = False
        _sent = 0

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            if len(self.connections) > limits.connections:
                self._refused = True
                transport.write(_FULL)
                transport.close()
                return
            self._expect_head()

        def data_received(self, data: bytes) -> None:
            if self._refused:
                return
            between = self._is_between()
            if self._head is None and between:
                self._expect_head()
            self._sent = self._sent + len(data) if between else len(data)
            super().data_received(data)
            if not self._is_between():
                if self._head is not None:
                    self._head.cancel()
                    self._head = None
            elif self._sent > most and not self.transport.is_closing():
                # Of a head that is not whole yet, the parser tells nothing and keeps everything.
                self.transport.write(_LARGE)
                self.transport.close()

        def on_header(self, name: bytes, value: bytes) -> None:
            super().on_header(name, value)
            if len(self.headers) > limits.lines:
                raise ValueError("too many headers")

        def on_response_complete(self) -> None:
            # What is still to come of a request that was answered already would be read for ever.
            if not self.pipeline and self.cycle.more_body:
                self.transport.close()
            super().on_response_complete()

        def connection_lost(self, exc: Exception | None) -> None:
            for timer in (self._head, self._stall):
                if timer is not None:
                    timer.cancel()
            super().connection_lost(exc)

        def pause_writing(self) -> None:
            super().pause_writing()
            self._stall = self.loop.call_later(limits.patience, self.transport.abort)

        def resume_writing(self) -> None:
            if self._stall is not None:
                self._stall.cancel()
                self._stall = None
            super().resume_writing()

        def _expect_head(self) -> None:
            self._head = self.loop.call_later(limits.patience, self.transport.abort)

        def _is_between(self) -> bool:
            return self.cycle is None or self.cycle.response_complete

    return GuardedProtocol
