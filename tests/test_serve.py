"""`kg serve` as clients see it: the SPARQL protocol, pages and RDF of every IRI, a store written while served."""

from __future__ import annotations

import gzip
import json
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from many_reports import make_report
from playwright.sync_api import expect, sync_playwright
from requirements import require
from sample_report import make_triples
from served import Served, served

from kg.explorer import build_page
from kg.export.turtle import write_turtle
from kg.query import load_store, read_queries, run_query
from kg.resources import data_folder
from kg.store import keep_page, open_store, put_report

CORRIDORS = "SELECT ?name { ?line a kg:Corridor ; rdfs:label ?name }"
BASE = "https://w3id.org/govkg/"
QUERIES = read_queries(data_folder() / "queries")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    (folder / "sample.ttl").write_text(write_turtle(make_triples()), encoding="utf-8")
    (folder / "sample.html").write_text(build_page(make_triples()), encoding="utf-8")
    return folder / "sample.ttl"


@pytest.fixture(scope="module")
def server(sample: Path) -> Iterator[Served]:
    with served(sample, "--cors") as server:
        yield server


def test_three_ways_to_ask(server: Served) -> None:
    form = urlencode({"query": CORRIDORS}).encode()
    replies = [
        server.ask(CORRIDORS),
        server.request("POST", "/sparql", form, Content_Type="application/x-www-form-urlencoded"),
        server.request("POST", "/sparql", CORRIDORS.encode(), Content_Type="application/sparql-query; charset=utf-8"),
    ]
    assert {reply.status for reply in replies} == {200}
    assert {reply.body for reply in replies} == {replies[0].body}
    rows = json.loads(replies[0].body)["results"]["bindings"]
    assert [row["name"] for row in rows] == [{"type": "literal", "value": "南宁—河内经济走廊", "xml:lang": "zh"}]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values;q=0.9, text/csv;q=0.1", "text/tab-separated-values"),
    ],
)
def test_tables_come_in_four_forms(server: Served, accept: str, media: str) -> None:
    reply = server.ask(CORRIDORS, accept)
    assert (reply.status, reply.media) == (200, media)
    assert "南宁—河内经济走廊" in reply.text
    truth = server.ask("ASK { ?line a kg:Corridor }", accept)
    assert (truth.media, "true" in truth.text) == (media, True)


@pytest.mark.parametrize(
    ("accept", "media", "form"),
    [
        ("*/*", "text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", "application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_graphs_come_in_four_forms(server: Served, accept: str, media: str, form: ox.RdfFormat) -> None:
    for query in ("CONSTRUCT WHERE { ?line a kg:Corridor }", f"DESCRIBE <{BASE}id/place/450100>"):
        reply = server.ask(query, accept)
        assert (reply.status, reply.media) == (200, media)
        assert list(ox.parse(reply.body, format=form))


def test_only_some_graphs_are_asked(server: Served) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    graph = f"{BASE}id/graph/450100-2024"
    whole, part = (
        json.loads(reply.body)["results"]["bindings"][0]["n"]["value"]
        for reply in (server.ask(count), server.ask(count, **{"default-graph-uri": graph}))
    )
    assert (int(part), int(whole) > int(part)) == (len(make_triples()), True)
    named = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    assert server.ask(named, "text/csv", **{"named-graph-uri": graph}).text == f"g\r\n{graph}\r\n"


def test_the_named_questions_are_answered_as_here(server: Served, sample: Path) -> None:
    store = load_store(sample)
    for query in QUERIES:
        reply = server.ask(query.text, "text/csv")
        assert reply.status == 200, (query.name, reply.text)
        assert len(reply.text.splitlines()) - 1 == len(run_query(store, query.text).rows), query.name


@pytest.mark.parametrize(
    ("method", "path", "body", "media", "status", "words"),
    [
        ("POST", "/sparql", b"query=", "application/x-www-form-urlencoded", 400, "line 1, column 1: "),
        ("POST", "/sparql", b"x=1", "application/x-www-form-urlencoded", 400, "holds no query"),
        ("POST", "/sparql", b"SELECT * {\n ?s ?p }", "application/sparql-query", 400, "line 2, column "),
        ("POST", "/sparql", b"\xff", "application/sparql-query", 400, "not UTF-8"),
        ("POST", "/sparql", b"DROP ALL", "application/sparql-update", 403, "updates are refused"),
        ("POST", "/sparql", b"update=DROP+ALL", "application/x-www-form-urlencoded", 403, "updates are refused"),
        ("POST", "/sparql", b"DROP ALL", "application/sparql-query", 403, "DROP is refused"),
        ("POST", "/sparql", b"LOAD <http://localhost/>", "application/sparql-query", 403, "LOAD is refused"),
        ("POST", "/sparql", b"{}", "application/json", 415, "send application/sparql-query"),
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, "", 400, "more than one query"),
        ("GET", "/sparql?update=DROP%20ALL", None, "", 403, "updates are refused"),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=no%20iri", None, "", 400, "is no absolute IRI"),
        ("PUT", "/sparql", b"", "", 405, "Not Allowed"),
        ("DELETE", "/id/place/450100", None, "", 405, "Not Allowed"),
        ("GET", "/id/place/000000", None, "", 404, "nothing is known"),
        ("GET", "/describe?iri=nothing", None, "", 404, "is no IRI"),
        ("GET", "/explore/..%2Fsecret", None, "", 404, ""),
        ("GET", "/explore/none", None, "", 404, "no such report"),
    ],
)
def test_what_is_refused_is_told(
    server: Served, method: str, path: str, body: bytes | None, media: str, status: int, words: str
) -> None:
    reply = server.request(method, path, body, **({"Content_Type": media} if media else {}))
    assert (reply.status, words in reply.text) == (status, True), reply.text
    assert reply.media == "text/plain"
    assert "Traceback" not in reply.text


def test_unknown_forms_are_not_acceptable(server: Served) -> None:
    assert server.ask(CORRIDORS, "image/png").status == 406
    assert server.get("/id/place/450100", "image/png").status == 406


def test_an_iri_is_a_page_and_rdf(server: Served) -> None:
    page = server.get("/id/place/450100", "text/html,application/xhtml+xml,*/*;q=0.8")
    assert (page.status, page.media) == (200, "text/html")
    assert "<h1>南宁市</h1>" in page.text
    assert 'href="/id/place/450000"' in page.text
    assert page.headers["vary"] == "Accept, Accept-Encoding"
    for path, media, form in (
        ("/id/place/450100", "text/turtle", ox.RdfFormat.TURTLE),
        ("/id/place/450100?format=jsonld", "application/ld+json", ox.RdfFormat.JSON_LD),
        (f"/describe?iri={quote(BASE, safe='')}id%2Fplace%2F450100&format=nt", "application/n-triples", None),
        ("/ontology", "text/turtle", ox.RdfFormat.TURTLE),
    ):
        reply = server.get(path)
        assert (reply.status, reply.media) == (200, media)
        assert list(ox.parse(reply.body, format=form or ox.RdfFormat.N_TRIPLES))
    term = server.get("/describe?iri=" + quote(f"{BASE}ontology#Project", safe=""), "text/html")
    assert "项目" in term.text


def test_each_iri_of_the_graph_answers(server: Served) -> None:
    subjects = sorted({subject for subject, _, _ in make_triples()})
    for iri in subjects[::40]:
        path = iri.removeprefix(BASE)
        path = f"/{path}" if path != iri and "#" not in path else "/describe?iri=" + quote(iri, safe="")
        for accept in ("text/html", "text/turtle", "application/ld+json"):
            reply = server.get(path, accept)
            assert (reply.status, reply.media) == (200, accept), iri


def test_the_service_describes_itself(server: Served) -> None:
    reply = server.get("/sparql", "text/turtle")
    triples = {(t.subject, t.predicate, t.object) for t in ox.parse(reply.body, format=ox.RdfFormat.TURTLE)}
    sd = "http://www.w3.org/ns/sparql-service-description#"
    endpoint = ox.NamedNode(f"http://127.0.0.1:{server.port}/sparql")
    assert (endpoint, ox.NamedNode(sd + "endpoint"), endpoint) in triples
    selects = [t for t in triples if t[1].value == "http://www.w3.org/ns/shacl#select"]
    assert len(selects) == len(QUERIES)


def test_headers_protect_browsers(server: Served) -> None:
    for path, accept in (("/sparql", "text/html"), ("/id/place/450100", "text/html"), ("/none", "*/*")):
        headers = server.get(path, accept).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert "server" not in headers
    assert server.get("/sparql").headers["access-control-allow-origin"] == "*"
    assert server.request("OPTIONS", "/sparql").status == 204


def test_a_name_that_was_made_to_lead_here_is_refused(server: Served) -> None:
    assert server.get("/sparql", Host="rebound.example").status == 421
    assert server.get("/sparql", Host=f"localhost:{server.port}").status == 200
    assert server.get("/sparql", Host="[::1]:7001").status == 200


def test_the_home_of_one_report_is_its_explorer(server: Served) -> None:
    home = server.get("/", "text/html", Accept_Encoding="gzip, br")
    assert home.headers["content-encoding"] == "gzip"
    assert "default-src" not in home.headers["content-security-policy"]
    plain = server.get("/", "text/html")
    assert "content-encoding" not in plain.headers
    assert plain.body == gzip.decompress(home.body)
    assert {reply.headers["vary"] for reply in (home, plain)} == {"Accept, Accept-Encoding"}


def test_a_store_is_served_while_it_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    store = open_store(folder)
    put_report(store, *make_report(0))
    keep_page(folder, make_report(0)[0], "<p>the explorer</p>")
    del store
    with served("--store", folder) as server:
        assert server.get("/", "text/html").text == "<p>the explorer</p>"
        assert "access-control-allow-origin" not in server.get("/").headers
        store = open_store(folder)
        put_report(store, *make_report(1))
        del store
        count = "SELECT (COUNT(*) AS ?n) { ?r a kg:Report }"
        assert server.ask(count, "text/csv").text == "n\r\n1\r\n"
        server.process.send_signal(signal.SIGHUP)
        until = time.monotonic() + 20
        while server.ask(count, "text/csv").text == "n\r\n1\r\n":
            assert time.monotonic() < until
            time.sleep(0.05)
        assert server.ask(count, "text/csv").text == "n\r\n2\r\n"
        listed = server.get("/", "text/html").text
        assert re.findall(r'href="/explore/([^"]+)"', listed) == ["450100-2024"]
        assert listed.count("<tr>") == 3
        assert server.get("/explore/450100-2024", "text/html").status == 200
    assert not list(tmp_path.glob(".kg-*"))


def test_the_editor_in_a_browser(server: Served) -> None:
    path = require("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        asked: list[str] = []
        faults: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.goto(f"http://127.0.0.1:{server.port}/sparql")
        page.select_option("#example", "corridors")
        page.click("button[type=submit]")
        expect(page.locator("#answer td").first).to_have_text("南宁—河内经济走廊")
        page.fill("#query", "SELECT ('<img src=x onerror=alert(1)>' AS ?x) {}")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#answer td").first).to_have_text("<img src=x onerror=alert(1)>")
        assert not faults
        page.fill("#query", "SELECT")
        page.click("button[type=submit]")
        expect(page.locator("#error")).to_contain_text("查询写法有误 The query cannot be read\nline 1")
        page.fill("#query", "SELECT * { <x:a> ?p ?o }")
        page.click("button[type=submit]")
        expect(page.locator("#answer")).to_have_text("没有符合的结果。 Nothing matches.")
        expect(page.locator("#error")).to_be_empty()
        page.fill("#query", "SELECT ?x { ?x a kg:Report }")
        page.click("button[type=submit]")
        expect(page.locator("#answer td a").first).to_have_attribute("href", re.compile("^/describe"))
        assert all(url.startswith((f"http://127.0.0.1:{server.port}/", "data:", "blob:")) for url in asked)
        browser.close()
