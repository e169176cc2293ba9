"""`kg serve` as HTTP has it: methods, conditions, forms, and what a hostile request or a hostile graph may not do."""

from __future__ import annotations

import json
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from many_reports import make_report
from playwright.sync_api import Dialog, sync_playwright
from requirements import require
from served import Served, served

from kg.store import open_store, put_report

BASE = "https://w3id.org/govkg/"
COUNT = "SELECT (COUNT(*) AS ?n) { ?r a kg:Report }"
# What a page must show as text, in every place where the graph may hold it.
EVIL = "</td><script>alert(1)</script><img src=x onerror=alert(2)>\"'&"
HOSTILE = f"""
@prefix kg: <{BASE}ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
<{BASE}id/graph/evil> prov:wasDerivedFrom <{BASE}id/report/evil> .
<{BASE}id/report/evil> a kg:Report ; rdfs:label {json.dumps(EVIL)} .
<{BASE}id/report/evil> rdfs:seeAlso <javascript:alert(3)>, <{BASE}id/a'onmouseover='alert(4)'> .
<javascript:alert(5)> rdfs:label "a script" ; <urn:x:p'onclick='alert(6)> {json.dumps(EVIL)}@zh .
<{BASE}id/名/南宁> rdfs:label "characters" .
<{BASE}id/%E5%90%8D/a%2Fb> rdfs:label "percent signs" .
<{BASE}id/%E5%90%8D/%E5%8D%97> rdfs:label "percent signs too" .
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store") / "store"
    put_report(open_store(folder), *make_report(0))
    return folder


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Served]:
    with served("--store", store, "--patience", "3") as server:
        yield server


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path = tmp_path_factory.mktemp("hostile") / "evil.ttl"
    path.write_text(HOSTILE, encoding="utf-8")
    with served(path) as server:
        yield server


def send(server: Served, request: bytes) -> bytes:
    """Send bytes as they are, and return what comes until the server closes or says no more."""
    parts = []
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as client:
        try:
            client.sendall(request)
            while part := client.recv(1 << 16):
                parts.append(part)
        except (ConnectionError, TimeoutError):
            pass
    return b"".join(parts)


@pytest.mark.parametrize("path", ["/", "/sparql", f"/sparql?query={quote(COUNT)}", "/id/place/450100"])
def test_head_is_get_without_the_body(server: Served, path: str) -> None:
    get, head = server.get(path), server.request("HEAD", path, Accept="*/*")
    assert (head.status, head.body, get.status) == (200, b"", 200)
    assert head.headers["content-length"] == get.headers["content-length"] == str(len(get.body))
    assert head.media == get.media
    assert head.headers["etag"] == get.headers["etag"]
    assert server.request("HEAD", "/id/place/000000", Accept="*/*").status == 404


def test_options_tell_the_methods(server: Served) -> None:
    for path, methods in (("/sparql", "GET, HEAD, POST, OPTIONS"), ("/id/place/450100", "GET, HEAD, OPTIONS")):
        reply = server.request("OPTIONS", path)
        assert (reply.status, reply.headers["allow"], reply.body) == (204, methods, b"")
        assert "access-control-allow-methods" not in reply.headers
    assert server.request("TRACE", "/sparql").status == 405
    assert server.request("PROPFIND", "/sparql").status == 405
    assert server.request("BREW", "/sparql").status == 400


@pytest.mark.parametrize("path", ["/", f"/sparql?query={quote(COUNT)}", "/id/place/450100", "/ontology", "/sparql"])
def test_what_a_client_holds_is_not_sent_again(server: Served, path: str) -> None:
    first = server.get(path)
    tag = first.headers["etag"]
    for condition in (tag, f'"other", {tag}', tag.removeprefix("W/")):
        again = server.get(path, If_None_Match=condition)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["cache-control"] == "no-cache"
        assert again.headers["vary"] == first.headers["vary"]
        # A browser takes over what a 304 says: it must leave the page's own policy alone.
        assert "content-security-policy" not in again.headers
    assert server.get(path, If_None_Match='"other"').body == first.body
    assert server.get(path, "text/html", If_None_Match=tag).status in (200, 406)


def test_a_browser_is_told_on_a_page_what_is_wrong(server: Served) -> None:
    reply = server.get("/id/place/000000%3Cb%3E", "text/html")
    assert (reply.status, reply.media) == (404, "text/html")
    reply = server.get("/id/place/000000", "text/html")
    assert "<h1>没有这一项 Nothing is known of this</h1>" in reply.text
    assert "script-src 'sha256-" in reply.headers["content-security-policy"]
    assert server.get("/id/place/000000", "text/turtle").media == "text/plain"


def test_errors_and_chance_have_no_tag(server: Served) -> None:
    assert "etag" not in server.get("/id/place/000000").headers
    assert "etag" not in server.ask("SELECT").headers
    for word in ("NOW()", "rand()", "UUID()", "STRUUID()"):
        query = f"SELECT ({word} AS ?x) {{}}"
        first, second = server.ask(query), server.ask(query)
        assert "etag" not in first.headers
        assert first.headers["cache-control"] == "no-store"
        assert first.body != second.body, word


def test_a_new_state_has_new_tags_and_answers(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    put_report(open_store(folder), *make_report(0))
    with served("--store", folder) as server:
        first = server.ask(COUNT, "text/csv")
        put_report(open_store(folder), *make_report(1))
        server.process.send_signal(signal.SIGHUP)
        until = time.monotonic() + 20
        path = f"/sparql?query={quote(COUNT)}"
        while (reply := server.get(path, "text/csv", If_None_Match=first.headers["etag"])).status == 304:
            assert time.monotonic() < until
            time.sleep(0.05)
        while server.ask(COUNT, "text/csv").text != "n\r\n2\r\n":
            assert time.monotonic() < until
            time.sleep(0.05)
        assert reply.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("query", "accept", "status"),
    [
        (COUNT, "text/turtle", 406),
        (COUNT, "image/*", 406),
        ("ASK {}", "application/rdf+xml", 406),
        ("CONSTRUCT WHERE { ?a kg:stage ?b }", "text/csv", 406),
        ("CONSTRUCT WHERE { ?a kg:stage ?b }", "text/csv, application/n-triples;q=0.1", 200),
        (COUNT, "text/turtle, application/sparql-results+xml;q=0.1", 200),
        (COUNT, "application/sparql-results+json;q=0, text/csv", 200),
        (COUNT, "*/*;q=0", 406),
        (COUNT, "text/turtle;;;q=x,,,;", 406),
    ],
)
def test_a_form_that_there_is_not(server: Served, query: str, accept: str, status: int) -> None:
    reply = server.ask(query, accept)
    assert reply.status == status, reply.text
    assert status == 200 or reply.media == "text/plain"


@pytest.mark.parametrize("target", ["?query=%FF", "?query=ASK%7B%7D&a=%zz", "?query=50%", "?" + "a=1&" * 500])
def test_parameters_that_are_none(server: Served, target: str) -> None:
    assert server.get(f"/sparql{target}").status == 400


def test_a_query_may_hold_every_sign(server: Served) -> None:
    text = "南宁 \\\\ + % & = ; \\t é 🚄 \\\" '"
    query = f'SELECT ("{text}" AS ?x) {{}}'
    media = "application/sparql-query"
    for reply in (server.ask(query), server.request("POST", "/sparql", query.encode(), Content_Type=media)):
        assert json.loads(reply.body)["results"]["bindings"][0]["x"]["value"] == "南宁 \\ + % & = ; \t é 🚄 \" '"


def test_a_request_that_never_ends_is_cut_off(server: Served) -> None:
    head = f"GET /sparql?query={quote('ASK {}')} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as client:
        client.sendall(head.encode())
        assert b" 200 " in client.recv(1000)
        with pytest.raises(ConnectionError):
            for _ in range(200):
                client.sendall(b"5\r\nagain\r\n")
                time.sleep(0.02)


def test_many_requests_in_one_go_are_all_answered(server: Served) -> None:
    one = f"GET /sparql?query={quote('ASK {}')} HTTP/1.1\r\nHost: localhost\r\n"
    replies = send(server, (f"{one}\r\n" * 500 + f"{one}Connection: close\r\n\r\n").encode())
    assert replies.count(b'{"head":{},"boolean":true}') == 501


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /" + b"x" * 2_000_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /sparql?query=" + b"%20" * 700_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X-A: y\r\n" * 300_000 + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X-A: y\r\n" * 200 + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: " + b"y" * 2_000_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nAccept: " + b"a/b;q=0.1," * 200_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\nzz\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(600),
        b"\r\n" * 500_000,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\nHost: localhost\n\n",
        b"CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost, evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: evil@localhost\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: gzip\r\nContent-Length: 6\r\n"
        b"Content-Type: application/sparql-query\r\n\r\nASK {}",
    ],
    ids=lambda request: request[:40].decode("latin-1"),
)
def test_requests_that_are_none(server: Served, request_: bytes) -> None:
    start = time.perf_counter()
    reply = send(server, request_)
    status = reply.split(b" ")[1:2]
    assert not status or status[0] in (b"400", b"413", b"415", b"421", b"431"), reply[:200]
    assert b"Traceback" not in reply
    assert server.ask(COUNT, "text/csv").text == "n\r\n1\r\n"
    assert time.perf_counter() - start < 15


@pytest.mark.parametrize(
    "path",
    [
        "/explore/..%2F..%2F..%2Fetc%2Fpasswd",
        "/explore/%2e%2e",
        "/explore/..%5c..%5cetc",
        "/explore/%00",
        "/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/describe?iri=file:///etc/passwd",
        "/describe?iri=..%2F..%2Fetc%2Fpasswd",
        "/id/place/450100%00",
        "/%ff%fe",
        "/id/%EF%BF%BF",
        "/id/%0d%0aSet-Cookie:x",
        "/id/place/450100%3E%20%3Fp%20%3Fo%20%7D%20SERVICE%20%3Chttp:%2F%2F127.0.0.1:9%2F",
        "/describe?iri=x:a%3E%20%7D%20UNION%20%7B%20%3Fs%20%3Fp%20%3Fo",
    ],
)
def test_no_path_leads_to_a_file_or_into_a_query(server: Served, path: str) -> None:
    for accept in ("text/html", "text/turtle"):
        head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\nConnection: close\r\n\r\n"
        reply = send(server, head.encode())
        assert reply.split(b" ")[1] in (b"400", b"404"), reply[:300]
        assert b"root:" not in reply


def test_iris_with_percent_signs_and_with_characters(hostile: Served) -> None:
    for path, label in (
        ("/id/%E5%90%8D/%E5%8D%97%E5%AE%81", "characters"),
        ("/id/%E5%90%8D/a%2Fb", "percent signs"),
        ("/id/%E5%90%8D/%E5%8D%97", "percent signs too"),
    ):
        assert f"<h1>{label}</h1>" in hostile.get(path, "text/html").text, path
        assert f'"{label}"' in hostile.get(path, "text/turtle").text
    for iri, label in ((f"{BASE}id/名/南宁", "characters"), (f"{BASE}id/%E5%90%8D/a%2Fb", "percent signs")):
        assert f"<h1>{label}</h1>" in hostile.get(f"/describe?iri={quote(iri, safe='')}", "text/html").text


def test_a_hostile_graph_runs_nothing_in_a_browser(hostile: Served) -> None:
    chromium = require("chromium")
    home = f"http://127.0.0.1:{hostile.port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        said: list[str] = []

        def hear(dialog: Dialog) -> None:
            said.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", hear)
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        for path in ("/", "/id/report/evil", "/describe?iri=" + quote("javascript:alert(5)")):
            page.goto(home + path)
            assert page.locator("main").inner_text()
            assert page.locator("main img, main script").count() == 0
            for link in page.locator("a").all():
                assert (link.get_attribute("href") or "").startswith("/")
                link.hover()
        page.goto(home + "/id/report/evil")
        assert page.locator("h1").inner_text() == EVIL
        page.click("text=javascript:alert(3)")
        assert page.url.startswith(f"{home}/describe?iri=")
        assert not said
        browser.close()
