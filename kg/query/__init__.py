"""Questions to a graph in a file: SPARQL over an in-memory store, and the named questions of `data/queries/`.

Read-only and local: a query may not reach out (SERVICE), name other sources (FROM) or change anything.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import BadInput, BadQuery
from kg.query.guard import refuse_outside
from kg.vocab import PREFIXES

Cell = str | int | None

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
_ASKED = re.compile(r"^# (en|zh): (.+)$", re.MULTILINE)
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_EXPECTED = re.compile(r"^expected (?:one of )?")
_SENTENCE = re.compile(r"[A-Z]\w* [\w ]+")
_CLASSES = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Query:
    """A named question: what it asks, in English and Chinese, and its SPARQL text."""

    name: str
    english: str
    chinese: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """An answer. A cell is the text of a term, a whole number, or None where nothing is bound.

    Decimals stay text. The store writes them in canonical form (12.50 as 12.5); `kg:asWritten` keeps the digits.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def load_store(*paths: Path) -> ox.Store:
    """Load RDF files (Turtle, N-Triples, N-Quads, TriG, JSON-LD) into a store in memory.

    Its default graph is the merge of all graphs. Oxigraph's own union of graphs keeps a triple once a graph: what ten
    reports say of a place would be counted ten times.

    Raises `BadInput` for a file that is missing, of another kind, or not well-formed, with the line.
    """
    store = ox.Store()
    for path in paths:
        if path.suffix not in FORMATS:
            raise BadInput(path, f"has the ending {path.suffix}; kg reads {', '.join(FORMATS)}")
        if not path.is_file():
            raise BadInput(path, "is not there")
        try:
            store.bulk_load(path=str(path), format=FORMATS[path.suffix])
        except OSError as error:
            raise BadInput(path, f"cannot be read: {error.strerror or error}") from error
        except SyntaxError as error:
            raise BadInput(path, f"line {error.lineno}: {error.msg}") from error
    named = (quad for quad in store if not isinstance(quad.graph_name, ox.DefaultGraph))
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in list(named))
    return store


def run_query(store: ox.Store, text: str) -> Table:
    """Answer a SELECT, ASK, CONSTRUCT or DESCRIBE query over the default graph of a store.

    ASK gives one cell `true` or `false`, CONSTRUCT and DESCRIBE a table of triples. Raises `BadQuery`, with the line
    where one is known, for what is not SPARQL and for what is refused.

    >>> run_query(ox.Store(), "SELECT (1 + 1 AS ?two) {}")
    Table(columns=('two',), rows=((2,),))
    >>> run_query(ox.Store(), "SELECT * { SERVICE <http://localhost/> {} }")
    Traceback (most recent call last):
    kg.query.guard.RefusedQuery: line 1: SERVICE is refused: queries are read-only and stay inside the graph
    """
    refuse_outside(text)
    try:
        answer = store.query(text, prefixes=dict(PREFIXES))
        if isinstance(answer, ox.QueryBoolean):
            return Table(("answer",), ((str(bool(answer)).lower(),),))
        if isinstance(answer, ox.QueryTriples):
            return Table(("subject", "predicate", "object"), tuple(tuple(map(_read_cell, triple)) for triple in answer))
        columns = tuple(variable.value for variable in answer.variables)
        return Table(columns, tuple(tuple(_read_cell(row[name]) for name in columns) for row in answer))
    except SyntaxError as error:
        raise BadQuery(explain_syntax(error, text)) from error
    except (OSError, RuntimeError) as error:
        raise BadQuery(f"cannot be answered: {error}") from error


def read_queries(folder: Path) -> tuple[Query, ...]:
    """Read the named questions `folder/*.rq`, by name; each tells in its head what it asks.

    >>> from kg.resources import data_folder
    >>> len(read_queries(data_folder() / "queries")) >= 14
    True
    """
    return tuple(_read_named(folder))


def find_query(folder: Path, name: str) -> Query:
    """Return one named question; `BadQuery` for a name that there is not, with the nearest ones."""
    queries = {query.name: query for query in read_queries(folder)}
    if name not in queries:
        near = difflib.get_close_matches(name, queries, 1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(queries)}"
        raise BadQuery(f"no query is named {name!r}; {hint}")
    return queries[name]


def _read_named(folder: Path) -> Iterator[Query]:
    for path in sorted(folder.glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        asked = dict(_ASKED.findall(text))
        if asked.keys() != {"en", "zh"}:
            raise BadQuery(f"{path}: says what it asks in lines '# en: …' and '# zh: …'")
        yield Query(path.stem, asked["en"], asked["zh"], text)


def explain_syntax(error: SyntaxError, text: str) -> str:
    """Say where a query cannot be read, and why where the parser knows; what it expected there misleads more often.

    >>> explain_syntax(SyntaxError("error at 1:22: expected one of Prefix not found, ['%'], ['-' | '0' ..= '9']"), "")
    'line 1, column 22: Prefix not found'
    >>> explain_syntax(SyntaxError("error at 1:18: expected one of LATERAL, SERVICE"), "SELECT * { ?s ?p }")
    'line 1, column 18: cannot be read; the mistake is before: }'
    """
    found = _POSITION.fullmatch(str(error.msg))
    if not found:
        return str(error.msg)
    line, column = int(found[1]), int(found[2])
    rest = " ".join("\n".join(text.split("\n")[line - 1 :])[column - 1 :].split())
    reasons = [part.strip() for part in _CLASSES.sub("", _EXPECTED.sub("", found[3])).split(",")]
    reason = next((part for part in reasons if _SENTENCE.match(part)), "")
    if not reason:
        reason = f"cannot be read; the mistake is before: {rest[:40] or 'the end'}"
    return f"line {line}, column {column}: {reason}"


def _read_cell(term: object) -> Cell:
    if isinstance(term, ox.Literal):
        whole = term.datatype.value == "http://www.w3.org/2001/XMLSchema#integer"
        return int(term.value) if whole else term.value
    if isinstance(term, ox.NamedNode):
        return term.value
    return None if term is None else str(term)
