"""Processes that answer queries: as many as there are cores, each killed and replaced when a query takes too long."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kg.query import explain_syntax
from kg.serve.limits import Limits
from kg.vocab import PREFIXES

_SCRIPT = Path(__file__).with_name("worker.py")
_FAULTS = (asyncio.IncompleteReadError, OSError, ValueError)


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
    location: Path


class Pool:
    """A fixed number of workers over one store; those who ask wait their turn, and are turned away beyond a limit."""

    def __init__(self, location: Path, limits: Limits, warn: Callable[[str], None] = lambda _: None) -> None:
        self._location = location
        self._limits = limits
        self._warn = warn
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._all: set[_Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._open = True

    async def start(self) -> None:
        """Start the workers, and return when the first one is ready."""
        for _ in range(self._limits.workers):
            self._later()
        self._idle.put_nowait(await self._idle.get())

    async def stop(self) -> None:
        """End every worker."""
        self._open = False
        for task in self._tasks:
            task.cancel()
        for worker in list(self._all):
            await self._end(worker)

    async def move(self, location: Path) -> None:
        """Answer from another store from now on; what is being answered is answered from the old one."""
        self._location = location
        for _ in range(self._idle.qsize()):
            await self._give_back(self._idle.get_nowait())

    async def ask(self, question: Question) -> Answer:
        """Return the answer; raises `QueryFailed`. Cancelling ends the query, by killing its process if it runs."""
        if self._waiting >= self._limits.waiting:
            raise QueryFailed(503, "too many queries at once; try again in a moment")
        self._waiting += 1
        try:
            # Whoever waits longer than a query may run would not be served in time anyway.
            async with asyncio.timeout(self._limits.seconds):
                worker = await self._idle.get()
        except TimeoutError:
            raise QueryFailed(503, "too many queries at once; try again in a moment") from None
        finally:
            self._waiting -= 1
        return await self._ask_worker(worker, question)

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
                await self._give_back(worker)
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
        await self._write(worker, asked)
        return json.loads(await self._read(worker)), await self._read(worker)

    async def _write(self, worker: _Worker, told: Mapping[str, object]) -> None:
        message = json.dumps(told).encode()
        assert worker.process.stdin
        worker.process.stdin.write(len(message).to_bytes(8, "big") + message)
        await worker.process.stdin.drain()

    async def _read(self, worker: _Worker) -> bytes:
        assert worker.process.stdout
        size = int.from_bytes(await worker.process.stdout.readexactly(8), "big")
        return await worker.process.stdout.readexactly(size)

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

    async def _give_back(self, worker: _Worker) -> None:
        if worker.location == self._location:
            self._idle.put_nowait(worker)
        else:
            self._replace(worker)

    def _replace(self, worker: _Worker) -> None:
        if worker.process.returncode is None:
            worker.process.kill()
        self._all.discard(worker)
        if self._open:
            self._later()

    def _later(self) -> None:
        task = asyncio.create_task(self._add())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _add(self) -> None:
        pause = 0.1
        while True:
            try:
                worker = await self._spawn()
            except _FAULTS as error:
                self._warn(f"a process that answers queries does not start: {error}")
                await asyncio.sleep(pause)
                pause = min(2 * pause, 5)
                continue
            await self._give_back(worker)
            return

    async def _spawn(self) -> _Worker:
        location = self._location
        always = {
            "prefixes": dict(PREFIXES),
            "rows": self._limits.rows,
            "bytes": self._limits.answer,
            "seconds": self._limits.seconds,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            _SCRIPT,
            location,
            str(self._limits.memory),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            # Nothing secret of the server's own surroundings is there to be read; Ctrl-C is for the server alone.
            env={name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ},
            start_new_session=True,
            limit=2**20,
        )
        worker = _Worker(process, location)
        self._all.add(worker)
        try:
            async with asyncio.timeout(30):
                await self._read(worker)
                await self._read(worker)
                await self._write(worker, always)
        except BaseException:
            self._all.discard(worker)
            if process.returncode is None:
                process.kill()
            raise
        return worker

    async def _end(self, worker: _Worker) -> None:
        if worker.process.returncode is None:
            worker.process.kill()
        await worker.process.wait()
        self._all.discard(worker)
