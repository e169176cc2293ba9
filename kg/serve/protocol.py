"""The SPARQL 1.1 Protocol: an HTTP request to a question, refused before it reaches a worker where it must be."""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from urllib.parse import parse_qsl

from starlette.requests import Request

from kg.query.guard import RefusedQuery, refuse_outside
from kg.serve.negotiate import SOLUTIONS, TRIPLES, choose_form
from kg.serve.pool import Answer, QueryFailed, Question

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_MOST_FIELDS = 100


async def read_question(request: Request, most: int, patience: float) -> Question | None:
    """Return what a request asks, or None where it asks nothing (a GET without a query).

    Raises `QueryFailed` with the status that the protocol gives: 400 malformed, 403 an update or a query that reaches
    out, 406, 408 not sent within `patience` seconds, 413 longer than `most` bytes, 415.
    """
    fields = _read_fields(request.url.query)
    if request.method == "POST":
        try:
            async with asyncio.timeout(patience):
                fields += await _read_post(request, most)
        except TimeoutError:
            raise QueryFailed(408, f"the request was not sent within {patience:g} s") from None
    names = [name for name, _ in fields]
    if "update" in names:
        raise QueryFailed(403, "updates are refused: this service is read-only")
    queries = [value for name, value in fields if name == "query"]
    if not queries:
        if request.method == "POST":
            raise QueryFailed(400, "the request holds no query")
        return None
    if len(queries) > 1:
        raise QueryFailed(400, "the request holds more than one query")
    if len(queries[0]) > most:
        raise QueryFailed(413, f"a query may have {most:,} bytes")
    _refuse(queries[0])
    accept = request.headers.get("accept", "")
    solutions, triples = choose_form(accept, SOLUTIONS), choose_form(accept, TRIPLES)
    if solutions is None and triples is None:
        raise QueryFailed(406, f"there are {', '.join(dict.fromkeys([*SOLUTIONS.values(), *TRIPLES.values()]))}")
    return Question(
        queries[0],
        # Which of the two it will be, only the query tells; a client that wants one of them gets the usual other.
        solutions or "application/sparql-results+json",
        triples or "text/turtle",
        _read_iris(fields, "default-graph-uri"),
        _read_iris(fields, "named-graph-uri"),
    )


def _refuse(query: str) -> None:
    try:
        refuse_outside(query)
    except RefusedQuery as error:
        raise QueryFailed(403, str(error)) from error


async def read_body(request: Request, most: int) -> bytes:
    """Return the body of a request; `QueryFailed` 413 as soon as it is too long."""
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > most:
        raise QueryFailed(413, f"a request may have {most:,} bytes")
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise QueryFailed(413, f"a request may have {most:,} bytes")
        parts.append(part)
    return b"".join(parts)


async def _read_post(request: Request, most: int) -> list[tuple[str, str]]:
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media == "application/sparql-update":
        raise QueryFailed(403, "updates are refused: this service is read-only")
    if media not in ("application/sparql-query", "application/x-www-form-urlencoded"):
        raise QueryFailed(415, "send application/sparql-query, or application/x-www-form-urlencoded")
    # Percent-encoding makes three bytes of one.
    body = await read_body(request, most if media == "application/sparql-query" else 3 * most)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryFailed(400, "the body is not UTF-8") from error
    return [("query", text)] if media == "application/sparql-query" else _read_fields(text)


def _read_fields(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError as error:
        raise QueryFailed(400, "the parameters cannot be read as UTF-8, or are too many") from error


def _read_iris(fields: list[tuple[str, str]], name: str) -> tuple[str, ...]:
    found = tuple(value for field, value in fields if field == name)
    for iri in found:
        if not _IRI.fullmatch(iri):
            raise QueryFailed(400, f"{name} is no absolute IRI")
    return found


class Cache:
    """The last answers, up to a number of bytes: a store that is only read answers a question always alike."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._held = 0
        self._answers: OrderedDict[Question, Answer] = OrderedDict()

    def find(self, question: Question) -> Answer | None:
        """Return the answer, if it is still there."""
        if question in self._answers:
            self._answers.move_to_end(question)
        return self._answers.get(question)

    def keep(self, question: Question, answer: Answer) -> None:
        """Keep an answer, and forget those that were asked for longest ago; a very large one is not kept."""
        cost = len(answer.body) + len(question.query)
        if cost > self._size // 8 or question in self._answers:
            return
        self._answers[question] = answer
        self._held += cost
        while self._held > self._size:
            old, gone = self._answers.popitem(last=False)
            self._held -= len(gone.body) + len(old.query)

    def clear(self) -> None:
        """Forget all."""
        self._answers.clear()
        self._held = 0
