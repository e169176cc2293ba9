"""The explorer over a whole store: one page that holds little and asks its own server for the rest, piece by piece."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from kg.lexicon.tracking import load_tracking
from kg.resources import data_folder
from kg.serve import parts
from kg.serve.answers import Desk
from kg.serve.atlas import Atlas
from kg.serve.describe import is_iri
from kg.serve.maker import Maker
from kg.serve.memory import Memory
from kg.serve.names import find_names
from kg.serve.pool import QueryFailed, Question
from kg.serve.ways import find_way

_HITS = 40
_LONGEST_QUERY = 40
_WAITING = 16
_PART_SECONDS = 20
# Reading all names of thousands of reports takes minutes, once.
_ATLAS_SECONDS = 1200
_PATIENCE = 8
_KEPT = 64 * 2**20
_SOON = (
    '<!doctype html><html lang="zh"><meta charset="utf-8"><meta http-equiv="refresh" content="3">'
    "<title>请稍候 One moment</title><p>正在读取库中的名称；几千份报告要几分钟，每次启动只读一次。</p>"
    "<p>The names of the store are being read: some minutes for thousands of reports, once a start.</p>"
)


class Explorer:
    """Answers the page and its questions; `database` tells where the store's present state lies."""

    def __init__(self, desk: Desk, database: Callable[[], Path], base: str) -> None:
        self._desk = desk
        self._database = database
        self._base = base
        self._maker = Maker()
        # One of these at a time, or a crowd of explorers would keep all workers from those who ask queries.
        self._asking = asyncio.Semaphore(1)
        self._waiting = 0
        self._reading: tuple[Path, asyncio.Task[Atlas]] | None = None
        self._parts = Memory[tuple[Path, str], bytes](_KEPT)

    def routes(self) -> list[Route]:
        """Return where the page and its questions are answered."""
        return [
            Route("/explore", self.show_page),
            Route("/explore/data/search", self.find_things),
            Route("/explore/data/node", self.tell_thing),
            Route("/explore/data/report", self.tell_report),
            Route("/explore/data/promises", self.tell_promises),
            Route("/explore/data/way", self.tell_way),
        ]

    def begin(self) -> None:
        """Begin to read the names of the store's present state, so that the first who asks need not wait for them."""
        database = self._database()
        if self._reading is None or self._reading[0] != database:
            reading = asyncio.create_task(self._maker.make("atlas", database, self._base, seconds=_ATLAS_SECONDS))
            # Where nobody asks, nobody hears of a failure either; whoever asks next begins anew.
            reading.add_done_callback(lambda done: None if done.cancelled() else done.exception())
            self._reading = database, reading

    async def stop(self) -> None:
        """End what runs for the explorer."""
        if self._reading:
            self._reading[1].cancel()
        await self._maker.stop()

    async def show_page(self, request: Request) -> Response:
        """Show the explorer of the whole store; while its names are still being read, a page that comes again."""
        try:
            atlas = await self._read_atlas()
        except QueryFailed as error:
            if error.status != 503:
                raise
            return HTMLResponse(_SOON, 503, {"retry-after": "3"})
        # The page brings its own policy along, under which only its own scripts run.
        return _send(request, atlas.page, "text/html; charset=utf-8", "frame-ancestors 'none'")

    async def find_things(self, request: Request) -> Response:
        """Answer a search."""
        atlas = await self._read_atlas()
        found, hits = find_names(atlas.names, request.query_params.get("q", "")[:_LONGEST_QUERY], _HITS)
        rows = [
            {
                "id": atlas.ids[hit.owner],
                "kind": atlas.kinds[hit.owner],
                "label": atlas.labels[hit.owner],
                "name": atlas.surfaces[hit.name],
                "span": hit.span,
            }
            for hit in hits
        ]
        counts = Counter(atlas.kinds[owner] for owner in found.tolist())
        answer = json.dumps({"total": len(found), "counts": counts, "hits": rows}, ensure_ascii=False)
        return Response(answer, media_type="application/json")

    async def tell_thing(self, request: Request) -> Response:
        """Answer what is known of a thing: the sentences that speak of it, and all that they say."""
        identity = request.query_params.get("id", "")
        iri = f"{self._base}id/{identity}"
        if not is_iri(iri):
            raise HTTPException(404, "that is no id")
        atlas = await self._read_atlas()

        async def ask(question: Question) -> bytes:
            return (await self._desk.ask(request, question)).body

        async def gather() -> bytes:
            sentences = parts.read_sentences(await ask(parts.ask_sentences(iri, identity in atlas.homes)))
            if not sentences:
                raise HTTPException(404, "no report speaks of that")
            findings = await ask(parts.ask_findings(sentences))
            return findings + await ask(parts.ask_names(iri, findings))

        return await self._tell(request, f"node {iri}", gather, False)

    async def tell_report(self, request: Request) -> Response:
        """Answer a whole report."""
        key = request.query_params.get("key", "")
        if key not in (await self._read_atlas()).keys:
            raise HTTPException(404, "no such report")

        async def gather() -> bytes:
            return (await self._desk.ask(request, parts.ask_report(f"{self._base}id/graph/{key}"))).body

        return await self._tell(request, f"report {key}", gather, True)

    async def tell_promises(self, request: Request) -> Response:
        """Answer what became of the targets of a report."""
        key = request.query_params.get("key", "")
        if key not in (await self._read_atlas()).keys:
            raise HTTPException(404, "no such report")
        database = self._database()
        packed = self._parts.find((database, f"promises {key}"))
        if packed is None:
            with self._queue():
                rules = load_tracking(data_folder())
                body: bytes = await self._maker.make(
                    "promises", database, self._base, key, rules, seconds=_PART_SECONDS
                )
            packed = await asyncio.to_thread(gzip.compress, body, 1, mtime=0)
            self._parts.keep((database, f"promises {key}"), packed, len(packed))
        return _send(request, packed, "application/json")

    async def tell_way(self, request: Request) -> Response:
        """Answer the ids of the things on a shortest way over all facts of the store; none where there is no way."""
        atlas = await self._read_atlas()
        ends = [atlas.numbers.get(request.query_params.get(name, "")) for name in ("from", "to")]
        if ends[0] is None or ends[1] is None:
            raise HTTPException(404, "that is no id")
        homes = [atlas.numbers[home] for home in sorted(atlas.homes) if home in atlas.numbers]
        way = await asyncio.to_thread(find_way, atlas.ways, ends[0], ends[1], homes)
        return Response(json.dumps([atlas.ids[number] for number in way]), media_type="application/json")

    async def _tell(self, request: Request, name: str, gather: Callable[[], Awaitable[bytes]], whole: bool) -> Response:
        key = self._database(), name
        packed = self._parts.find(key)
        if packed is None:
            atlas = await self._read_atlas()
            part, ids = await self._make_part(gather, whole)
            weights = json.dumps(atlas.weigh(ids)).encode()
            body = b'{"weights":' + weights + b',"part":' + part + b"}"
            packed = await asyncio.to_thread(gzip.compress, body, 1, mtime=0)
            self._parts.keep(key, packed, len(packed))
        return _send(request, packed, "application/json")

    async def _make_part(self, gather: Callable[[], Awaitable[bytes]], whole: bool) -> tuple[bytes, list[str]]:
        with self._queue():
            async with self._asking:
                body = await gather()
            made: tuple[bytes, list[str]] = await self._maker.make("part", body, whole, seconds=_PART_SECONDS)
            return made

    @contextmanager
    def _queue(self) -> Iterator[None]:
        """Take a place among those who wait for the maker; too many are turned away."""
        if self._waiting >= _WAITING:
            raise QueryFailed(503, "too many wait for the explorer; try again in a moment")
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1

    async def _read_atlas(self) -> Atlas:
        """Return what is known of the store's present state, once it is read."""
        self.begin()
        assert self._reading
        reading = self._reading[1]
        try:
            async with asyncio.timeout(_PATIENCE):
                return await asyncio.shield(reading)
        except TimeoutError:
            raise QueryFailed(503, "the names of the store are still being read; try again in a moment") from None
        except QueryFailed:
            self._reading = None
            raise


def _send(request: Request, packed: bytes, media: str, policy: str | None = None) -> Response:
    headers = {"vary": "Accept, Accept-Encoding"}
    if policy:
        headers["content-security-policy"] = policy
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(gzip.decompress(packed), headers=headers, media_type=media)
    return Response(packed, headers={**headers, "content-encoding": "gzip"}, media_type=media)
