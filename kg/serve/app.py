"""The service: what answers under which path."""

from __future__ import annotations

import asyncio
import gzip
import secrets
import signal
import sys
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from kg.graph import DEFAULT_BASE
from kg.query import Query
from kg.serve import describe, pages
from kg.serve.answers import Desk
from kg.serve.explore import Explorer
from kg.serve.fresh import Fresh
from kg.serve.library import Library
from kg.serve.limits import Limits
from kg.serve.memory import Memory
from kg.serve.negotiate import PAGE, SOLUTIONS, TRIPLES, choose_form
from kg.serve.pool import Pool, QueryFailed, Question
from kg.serve.protocol import read_question
from kg.serve.shield import Shield
from kg.store import ontology_graph

_FORMATS = {"turtle": "text/turtle", "jsonld": "application/ld+json", "nt": "application/n-triples"}
_ASKED = 4 * 2**20
_EXPLORER = "frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class Setting:
    """What the service serves, and to whom."""

    library: Library
    queries: Sequence[Query]
    limits: Limits
    base: str = DEFAULT_BASE
    hosts: Collection[str] | None = None
    cors: bool = False


def build_app(setting: Setting, renew: Callable[[], Library] | None, warn: Callable[[str], None]) -> ASGIApp:
    """Return the application; `renew` gives the library of the store's present state, when the process gets SIGHUP."""
    service = _Service(setting, renew, warn)
    routes = [
        Route("/", service.show_home),
        Route("/sparql", service.answer_query, methods=["GET", "POST"]),
        Route("/describe", service.show_any),
        *service.explorer.routes(),
        Route("/explore/{key}", service.show_explorer),
        Route("/{path:path}", service.show_path),
    ]
    app = Starlette(
        routes=routes,
        lifespan=service.run,
        exception_handlers={QueryFailed: _tell_failure, HTTPException: _tell_http},
    )
    return Shield(Fresh(app, lambda: service.state), setting.hosts, setting.cors)


class _Service:
    def __init__(self, setting: Setting, renew: Callable[[], Library] | None, warn: Callable[[str], None]) -> None:
        self._setting = setting
        self._library = setting.library
        self._renew = renew
        self._warn = warn
        self._desk = Desk(Pool(setting.library.database, setting.limits, warn), setting.limits)
        self._asked = Memory[tuple[bytes, str], Question](_ASKED)
        self.state = secrets.token_hex(8)
        self.explorer = Explorer(self._desk, lambda: self._library.database, setting.base)

    @asynccontextmanager
    async def run(self, _: Starlette) -> AsyncIterator[None]:
        """Keep the workers for as long as the application runs."""
        await self._desk.pool.start()
        self.explorer.begin()
        loop, tasks = asyncio.get_running_loop(), set[asyncio.Task[None]]()
        if self._renew:
            loop.add_signal_handler(signal.SIGHUP, lambda: tasks.add(asyncio.create_task(self._reload())))
        try:
            yield
        finally:
            await self.explorer.stop()
            await self._desk.pool.stop()

    async def _reload(self) -> None:
        assert self._renew
        try:
            self._library = await asyncio.to_thread(self._renew)
        except Exception as error:
            self._warn(f"the store cannot be read anew: {error}")
            return
        await self._desk.pool.move(self._library.database)
        self._desk.forget()
        self.explorer.begin()
        self.state = secrets.token_hex(8)
        self._warn("the store was read anew")

    async def answer_query(self, request: Request) -> Response:
        """Answer the SPARQL protocol, the description of the service, or the editor to a browser."""
        accept = request.headers.get("accept", "")
        if request.method != "POST" and _asks_page(accept):
            return self._show(pages.write_editor(self._setting.queries))
        question = await self._read_question(request, accept)
        if question is None:
            media = self._choose(accept)
            endpoint = str(request.url.replace(query="", fragment=""))
            return Response(
                describe.describe_service(endpoint, self._setting.queries, media, self._setting.base), media_type=media
            )
        answer = await self._desk.ask(request, question)
        return self._desk.send(answer, {"cache-control": "no-store"} if question.volatile else None)

    async def _read_question(self, request: Request, accept: str) -> Question | None:
        limits, key = self._setting.limits, (request.scope["query_string"], accept)
        question = None if request.method == "POST" else self._asked.find(key)
        if question is None:
            question = await read_question(request, limits.request, limits.patience)
            if question and request.method != "POST":
                self._asked.keep(key, question, len(key[0]) + len(accept) + sys.getsizeof(question.query))
        return question

    async def show_home(self, request: Request) -> Response:
        """Show the explorer of the one report, or the list of many."""
        answer = await self._desk.ask(request, describe.ask_reports(self._setting.base))
        reports = describe.read_reports(answer.body)
        if len(reports) == 1 and (page := self._library.find_page(reports[0].graph)):
            return self._unpack(request, page)
        there = {report.graph: self._library.find_page(report.graph) is not None for report in reports}
        return self._show(pages.write_reports(reports, there, self._setting.base))

    async def show_explorer(self, request: Request) -> Response:
        """Show the explorer of a report."""
        key = request.path_params["key"]
        page = self._library.find_page(f"{self._setting.base}id/graph/{key}") if key.strip(".") else None
        if page is None:
            raise HTTPException(404, "no such report, or it was built without its page")
        return self._unpack(request, page)

    async def show_path(self, request: Request) -> Response:
        """Tell what is known of the IRI that ends in this path."""
        iri = self._setting.base + request.scope["raw_path"].decode("ascii", "replace")[1:]
        plain = self._setting.base + request.path_params["path"]
        # A browser writes an IRI that has Chinese characters in it as one that has their percent-encoding in it.
        if iri != plain and not await self._knows(request, iri):
            iri = plain
        return await self._tell(request, iri)

    async def show_any(self, request: Request) -> Response:
        """Tell what is known of any IRI."""
        return await self._tell(request, request.query_params.get("iri", ""))

    async def _tell(self, request: Request, iri: str) -> Response:
        if not describe.is_iri(iri):
            raise HTTPException(404, "that is no IRI")
        wanted = request.query_params.get("format")
        accept = request.headers.get("accept", "")
        media = _FORMATS.get(wanted, "") if wanted else choose_form(accept, TRIPLES, PAGE)
        if not media:
            raise HTTPException(406, f"there are text/html, {', '.join(dict.fromkeys(TRIPLES.values()))}")
        if media == "text/html":
            return await self._tell_page(request, iri)
        whole = iri == f"{self._setting.base}ontology"
        question = (
            describe.ask_graph(ontology_graph(self._setting.base), media) if whole else describe.ask_triples(iri, media)
        )
        if not await self._knows(request, iri):
            raise HTTPException(404, f"nothing is known of {iri}")
        return self._desk.send(await self._desk.ask(request, question))

    async def _knows(self, request: Request, iri: str) -> bool:
        if not describe.is_iri(iri):
            return False
        answer = await self._desk.ask(request, Question(f"ASK {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?p <{iri}> }} }}"))
        return b"true" in answer.body

    async def _tell_page(self, request: Request, iri: str) -> Response:
        said, used = describe.ask_facts(iri)
        out = describe.read_facts((await self._desk.ask(request, said)).body)
        back = describe.read_facts((await self._desk.ask(request, used)).body)
        if not out and not back:
            raise HTTPException(404, f"nothing is known of {iri}")
        return self._show(pages.write_entity(iri, out, back, self._setting.base))

    def _choose(self, accept: str) -> str:
        media = choose_form(accept, TRIPLES)
        if media is None:
            raise HTTPException(406, f"there are {', '.join(dict.fromkeys(TRIPLES.values()))}")
        return media

    def _show(self, html: str) -> Response:
        return HTMLResponse(html, headers={"content-security-policy": pages.write_policy()})

    def _unpack(self, request: Request, page: bytes) -> Response:
        # The page brings its own policy along, under which only its own scripts run.
        headers = {"content-security-policy": _EXPLORER}
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return HTMLResponse(gzip.decompress(page), headers=headers)
        return HTMLResponse(page, headers={**headers, "content-encoding": "gzip"})


def _asks_page(accept: str) -> bool:
    return "html" in accept and choose_form(accept, SOLUTIONS, TRIPLES, PAGE) == "text/html"


async def _tell_failure(request: Request, error: Exception) -> Response:
    assert isinstance(error, QueryFailed)
    return _tell(request, error.status, error.reason, {"retry-after": "1"} if error.status == 503 else {})


async def _tell_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _tell(request, error.status_code, error.detail, dict(error.headers or {}))


def _tell(request: Request, status: int, reason: str, headers: dict[str, str]) -> Response:
    """Tell a person on a page, and a program in a line, why there is no answer."""
    if request.method in ("GET", "HEAD") and _asks_page(request.headers.get("accept", "")):
        policy = {"content-security-policy": pages.write_policy()}
        return HTMLResponse(pages.write_failure(status, reason), status, {**headers, **policy})
    return PlainTextResponse(f"{reason}\n", status, headers)
