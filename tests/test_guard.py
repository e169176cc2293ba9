"""The guard before every query: no way of writing may lead a query out of the graph."""

import contextlib
import time

import pyoxigraph as ox
import pytest

from kg.query.guard import RefusedQuery, refuse_outside

OUT = "SERVICE<http://127.0.0.1:9/>{?s ?p ?o}"
# Each of these is SPARQL to the parser, which would go out; each tries to make the guard read it as something else.
DISGUISES = [
    "SELECT * { #x\r" + OUT + "}",
    "SELECT * { ?s ?p 1" + OUT + "}",
    "SELECT * { ?s ?p true" + OUT + "}",
    "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x{?s ?p ?o}}",
    "PREFIX e: <x:> SELECT * { ?s ?p e:a\\#b " + OUT + "}",
    "PREFIX e: <x:> SELECT * { ?s ?p e:a\\' " + OUT + " BIND('a' AS ?z)}",
    "PREFIX e: <x:> SELECT * { ?s ?p e:a.b." + OUT + "}",
    "SELECT * { BIND('a\\u0027' AS ?z) " + OUT + " BIND('a' AS ?w)}",
    "SELECT * { ?s ?p 'a\\u0027'. BIND(<http://x/\\u0041'> AS ?k) " + OUT + " BIND('' AS ?l)}",
    "SELECT * { BIND(1 AS ?a) FILTER(?a<'>')" + OUT + " BIND('' AS ?l)}",
    "SELECT * { BIND(1 AS ?a) FILTER(?a<?a)SERVICE#>\n<http://127.0.0.1:9/>{?s ?p ?o} }",
    "SELECT * { BIND(1 AS ?a) FILTER(?a<?b#>'''\n) " + OUT + " }#'''",
    'SELECT * { VALUES ?a { """x" } ' + OUT + " }",
    "SELECT * { VALUES ?a { '''x' } " + OUT + " }",
]


@pytest.mark.parametrize("query", DISGUISES)
def test_no_disguise_leads_out(query: str) -> None:
    with pytest.raises(RefusedQuery):
        refuse_outside(query)


@pytest.mark.parametrize("query", DISGUISES)
def test_the_disguises_are_real_or_no_sparql(query: str) -> None:
    """A disguise that the parser did not take would prove nothing, so most must parse as they stand."""
    try:
        answer = ox.Store().query(query)
        if not isinstance(answer, ox.QueryBoolean):
            list(answer)
    except OSError as error:
        assert "port 9 is not allowed" in str(error)
    except SyntaxError:
        assert query in DISGUISES[-6:]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?service ?from ?o FILTER(?o < 3) }",
        "PREFIX schema: <https://schema.org/> SELECT * { ?s schema:serviceType ?o }",
        "SELECT * { ?s <https://example.org/it's(#service)> '南宁' }",
        "SELECT * { ?s ?p '\\u5357\\u5B81' }",
    ],
)
def test_ordinary_queries_pass(query: str) -> None:
    refuse_outside(query)


@pytest.mark.parametrize("query", ['"""\\"""\\' * 20000, "'\\'" * 30000, "<a" * 50000, '"' * 100001, "#\r" * 50000])
def test_the_guard_takes_no_time(query: str) -> None:
    start = time.perf_counter()
    with contextlib.suppress(RefusedQuery):
        refuse_outside(query)
    assert time.perf_counter() - start < 2
