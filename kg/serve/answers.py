"""Answers on their way to clients: asked for once, sent in parts, and given up when nobody wants them any more."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg.serve.limits import Limits
from kg.serve.memory import Memory
from kg.serve.pool import Answer, Pool, QueryFailed, Question

_PART = 64 * 1024
_GLANCE = 0.02


@dataclass(slots=True)
class _Asked:
    task: asyncio.Task[Answer]
    waiting: int = 0


class Desk:
    """Asks the workers, remembers their answers, and counts the bytes that slow clients have not taken yet.

    A store that is only read answers a question always alike, so an answer is kept, and clients who want the same one
    at the same time wait for it together.
    """

    def __init__(self, pool: Pool, limits: Limits) -> None:
        self.pool = pool
        self.held = 0
        self._limits = limits
        self.forget()

    def forget(self) -> None:
        """Forget every answer; those still on their way are of the old state and are not kept."""
        self._kept = Memory[Question, Answer](self._limits.cache)
        self._asked: dict[Question, _Asked] = {}

    async def ask(self, request: Request, question: Question) -> Answer:
        """Return the answer to a question; it is given up where the client leaves. Raises `QueryFailed`."""
        kept = self._kept
        answer = kept.find(question)
        if answer is None:
            if self.held > self._limits.held:
                raise QueryFailed(503, "too many answers wait to be read; try again in a moment")
            answer = await self._ask_while_there(request, question)
            if not question.volatile:
                kept.keep(question, answer, len(answer.body) + sys.getsizeof(question.query))
        return answer

    async def _ask_while_there(self, request: Request, question: Question) -> Answer:
        there = self._asked
        asked = None if question.volatile else there.get(question)
        if asked is None:
            asked = _Asked(asyncio.create_task(self.pool.ask(question)))
            there.setdefault(question, asked)
        asked.waiting += 1
        try:
            # Most answers come at once, and then nobody needs to watch the door.
            await asyncio.wait({asked.task}, timeout=_GLANCE)
            if not asked.task.done():
                await _wait_for_either(asked.task, request)
            if not asked.task.done():
                raise QueryFailed(499, "the client is gone")
            return asked.task.result()
        finally:
            asked.waiting -= 1
            if asked.task.done() or not asked.waiting:
                # Of the last one who waited, this ends the query.
                asked.task.cancel()
                if there.get(question) is asked:
                    del there[question]

    def send(self, answer: Answer, headers: dict[str, str] | None = None) -> Response:
        """Return the response that carries an answer."""
        kind = _Parcel if len(answer.body) > _PART else Response
        response = kind(answer.body, 200, headers, answer.media)
        if isinstance(response, _Parcel):
            response.desk = self
        return response


class _Parcel(Response):
    """A large answer, sent part by part, so that a client that does not read is noticed."""

    desk: Desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        size = len(self.body)
        self.desk.held += size
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            for start in range(0, size, _PART):
                part = bytes(self.body[start : start + _PART])
                await send({"type": "http.response.body", "body": part, "more_body": start + _PART < size})
        finally:
            self.desk.held -= size


async def _wait_for_either(task: asyncio.Task[Answer], request: Request) -> None:
    leaving = asyncio.create_task(_wait_until_gone(request))
    try:
        await asyncio.wait({task, leaving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        leaving.cancel()


async def _wait_until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
