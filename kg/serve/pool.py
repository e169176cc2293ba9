"""Processes that answer queries, each killed when a query takes too long; others stand ready to take its place."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kg.query import explain_syntax
from kg.serve.limits import Limits
from kg.serve.line import Line, open_line
from kg.vocab import PREFIXES

_SCRIPT = Path(__file__).with_name("worker.py")
_FAULTS = (OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the forms its answer may take ("" for none), and the graphs that it is asked of; none are all.

    The answer to a `volatile` one, which asks for the time or for chance, is another one each time.
    """

    query: str
    solutions: str = "application/sparql-results+json"
    triples: str = "text/turtle"
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    volatile: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of an answer and its media type."""

    media: str
    body: bytes


class QueryFailed(Exception):
    """A query without an answer: the HTTP status, and the reason in one line."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(slots=True, eq=False)
class _Worker:
    process: asyncio.subprocess.Process
    line: Line
    location: Path


class Pool:
    """A fixed number of workers over one store; those who ask wait their turn, and are turned away beyond a limit.

    Some more stand by: starting one takes long on a busy machine, and who asks after an attack shall not wait for it.
    """

    def __init__(self, location: Path, limits: Limits, warn: Callable[[str], None] = lambda _: None) -> None:
        self._location = location
        self._limits = limits
        self._warn = warn
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._standby: list[_Worker] = []
        self._due = limits.workers
        self._all: set[_Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._open = True

    async def start(self) -> None:
        """Start the workers, and return when the first one is ready."""
        await self._add()
        for _ in range(self._limits.workers + self._limits.standby - 1):
            self._later()

    async def stop(self) -> None:
        """End every worker."""
        self._open = False
        starting = tuple(self._tasks)
        for task in starting:
            task.cancel()
        # A process that is being started gives its socket back before the loop ends.
        await asyncio.gather(*starting, return_exceptions=True)
        for worker in list(self._all):
            self._end(worker)
            await worker.process.wait()

    async def move(self, location: Path) -> None:
        """Answer from another store from now on; what is being answered is answered from the old one."""
        self._location = location
        old, self._standby = self._standby, []
        for worker in old:
            self._end(worker)
            self._later()
        for _ in range(self._idle.qsize()):
            self._give_back(self._idle.get_nowait())

    async def ask(self, question: Question) -> Answer:
        """Return the answer; raises `QueryFailed`. Cancelling ends the query, by killing its process if it runs."""
        worker = self._idle.get_nowait() if self._idle.qsize() else await self._wait_for_worker()
        return await self._ask_worker(worker, question)

    async def _wait_for_worker(self) -> _Worker:
        if self._waiting >= self._limits.waiting:
            raise QueryFailed(503, "too many queries at once; try again in a moment")
        self._waiting += 1
        try:
            # Whoever waits longer than a query may run would not be served in time anyway.
            async with asyncio.timeout(self._limits.seconds):
                return await self._idle.get()
        except TimeoutError:
            raise QueryFailed(503, "too many queries at once; try again in a moment") from None
        finally:
            self._waiting -= 1

    async def _ask_worker(self, worker: _Worker, question: Question) -> Answer:
        clean = False
        try:
            async with asyncio.timeout(self._limits.seconds):
                head, body = await self._exchange(worker, question)
            clean = True
        except TimeoutError:
            self._warn(f"a query was stopped after {self._limits.seconds:g} s")
            raise QueryFailed(504, f"the query took longer than {self._limits.seconds:g} s") from None
        except _FAULTS:
            raise await self._explain_death(worker) from None
        finally:
            if clean:
                self._give_back(worker)
            else:
                self._replace(worker)
        if "error" in head:
            raise self._explain_error(head, question)
        return Answer(head["media"], body)

    async def _exchange(self, worker: _Worker, question: Question) -> tuple[dict[str, str], bytes]:
        asked = {
            "query": question.query,
            "solutions": question.solutions,
            "triples": question.triples,
            "default": question.default,
            "named": question.named,
        }
        head, body = await worker.line.ask(json.dumps(asked).encode())
        return json.loads(head), body

    def _explain_error(self, head: dict[str, str], question: Question) -> QueryFailed:
        if head["error"] == "syntax":
            return QueryFailed(400, explain_syntax(SyntaxError(head["reason"]), question.query))
        if head["error"] == "large":
            size = self._limits.answer // 2**20
            return QueryFailed(422, f"the answer has more than {self._limits.rows:,} rows or {size} MB; use LIMIT")
        if head["error"] == "form":
            return QueryFailed(406, "a table comes in another form than a graph; check Accept")
        if head["error"] == "memory":
            return self._explain_memory()
        return QueryFailed(422, f"the query cannot be answered: {head['reason']}")

    def _explain_memory(self) -> QueryFailed:
        return QueryFailed(422, f"the query wants more memory than {self._limits.memory // 2**20} MB")

    async def _explain_death(self, worker: _Worker) -> QueryFailed:
        with suppress(TimeoutError):
            await asyncio.wait_for(worker.process.wait(), 1)
        code = worker.process.returncode
        self._warn(f"a query ended its process ({code})")
        if code == -signal.SIGXCPU:
            return QueryFailed(504, f"the query took longer than {self._limits.seconds:g} s")
        if code == -signal.SIGSEGV:
            return QueryFailed(422, "the query is nested too deeply")
        return self._explain_memory()

    def _give_back(self, worker: _Worker) -> None:
        if worker.location == self._location:
            self._idle.put_nowait(worker)
        else:
            self._replace(worker)

    def _replace(self, worker: _Worker) -> None:
        self._end(worker)
        if self._open:
            self._due += 1
            self._fill()
            self._later()

    def _fill(self) -> None:
        while self._due and self._standby:
            self._due -= 1
            self._give_back(self._standby.pop())

    def _later(self) -> None:
        task = asyncio.create_task(self._add())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _add(self) -> None:
        pause = 0.1
        while True:
            location = self._location
            try:
                worker = await self._spawn(location)
            except _FAULTS as error:
                self._warn(f"a process that answers queries does not start: {error}")
                await asyncio.sleep(pause)
                pause = min(2 * pause, 5)
                continue
            if location == self._location:
                self._standby.append(worker)
                self._fill()
                return
            self._end(worker)

    async def _spawn(self, location: Path) -> _Worker:
        always = {
            "prefixes": dict(PREFIXES),
            "rows": self._limits.rows,
            "bytes": self._limits.answer,
            "seconds": self._limits.seconds,
        }
        line, far = await open_line()
        try:
            process = await self._start_process(location, far)
        except BaseException:
            line.close()
            raise
        finally:
            far.close()
        worker = _Worker(process, line, location)
        self._all.add(worker)
        try:
            async with asyncio.timeout(30):
                await line.ask(json.dumps(always).encode())
        except BaseException:
            self._end(worker)
            raise
        return worker

    async def _start_process(self, location: Path, far: socket.socket) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            _SCRIPT,
            location,
            str(self._limits.memory),
            stdin=far.fileno(),
            stdout=far.fileno(),
            stderr=asyncio.subprocess.DEVNULL,
            # Nothing secret of the server's own surroundings is there to be read; Ctrl-C is for the server alone.
            env={name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ},
            start_new_session=True,
        )

    def _end(self, worker: _Worker) -> None:
        if worker.process.returncode is None:
            worker.process.kill()
        worker.line.close()
        self._all.discard(worker)
