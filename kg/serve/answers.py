"""Answers on their way to clients: counted, sent in parts, and given up when nobody wants them any more."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg.serve.pool import Answer, Pool, QueryFailed, Question
from kg.serve.protocol import Cache

_PART = 64 * 1024


class Desk:
    """Asks the workers, remembers their answers, and counts the bytes that slow clients have not taken yet."""

    def __init__(self, pool: Pool, cache: Cache, most: int) -> None:
        self.pool = pool
        self.cache = cache
        self.held = 0
        self._most = most

    async def ask(self, request: Request, question: Question) -> Answer:
        """Return the answer to a question; it is given up where the client leaves. Raises `QueryFailed`."""
        answer = self.cache.find(question)
        if answer is None:
            if self.held > self._most:
                raise QueryFailed(503, "too many answers wait to be read; try again in a moment")
            answer = await self._ask_while_there(request, question)
            self.cache.keep(question, answer)
        return answer

    async def _ask_while_there(self, request: Request, question: Question) -> Answer:
        asking = asyncio.create_task(self.pool.ask(question))
        leaving = asyncio.create_task(_wait_until_gone(request))
        try:
            await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                raise QueryFailed(499, "the client is gone")
            return asking.result()
        finally:
            for task in (asking, leaving):
                task.cancel()
            with suppress(QueryFailed, asyncio.CancelledError):
                await asking

    def send(self, body: bytes, media: str, status: int = 200) -> Response:
        """Return the response that carries an answer."""
        return _Parcel(self, body, media, status) if len(body) > _PART else Response(body, status, media_type=media)


class _Parcel(Response):
    """A large answer, sent part by part, so that a client that does not read is noticed."""

    def __init__(self, desk: Desk, body: bytes, media: str, status: int) -> None:
        super().__init__(body, status, media_type=media)
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        size = len(self.body)
        self._desk.held += size
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            for start in range(0, size, _PART):
                part = bytes(self.body[start : start + _PART])
                await send({"type": "http.response.body", "body": part, "more_body": start + _PART < size})
        finally:
            self._desk.held -= size


async def _wait_until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
