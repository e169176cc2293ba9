"""Loading: the protocol against a server that misbehaves, and the whole against three real stores."""

from __future__ import annotations

import base64
import json
import re
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from many_reports import make_report
from requirements import require
from servers import PASSWORD, find_fuseki, fuseki_server, oxigraph_server, virtuoso_server

from kg.cli.load import load
from kg.errors import BadInput
from kg.export.lines import write_nquads
from kg.export.turtle import write_turtle
from kg.load import LoadError, load_graphs, read_graphs
from kg.load.auth import Login
from kg.load.bulk import write_bulk
from kg.load.client import Client, Patience
from kg.load.files import Graphs
from kg.load.targets import find_target, refuse_open_secret
from kg.query import load_store, read_queries, run_query
from kg.resources import data_folder

QUICK = Patience(timeout=20, tries=3, pause=0.01)
COUNT = 3
# In place of a status: the connection ends while the body is still being sent.
HANG_UP = -1
MERGED = "https://example.org/merged"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("files")
    paths = [folder / f"{number}.ttl" for number in range(COUNT)]
    for number, path in enumerate(paths):
        path.write_text(write_turtle(make_report(number)[1]), encoding="utf-8")
    return paths


@pytest.fixture(scope="module")
def graphs(files: list[Path]) -> Graphs:
    return read_graphs(files)


class Odd(BaseHTTPRequestHandler):
    """A store that gives the answers it is told to, one by one, and remembers what it was sent."""

    answers: list[tuple[int, bytes]]
    seen: list[tuple[str, str, bytes, str | None]]

    def answer(self) -> None:
        if self.answers and self.answers[0][0] == HANG_UP:
            self.rfile.read(1000)
            self.answers.pop(0)
            self.close_connection = True
            return
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.seen.append((self.command, self.path, body, self.headers.get("Authorization")))
        status, words = self.answers.pop(0) if self.answers else (204, b"")
        if status == 0:
            self.close_connection = True
            return
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="x"')
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    do_GET = do_PUT = do_POST = answer  # noqa: N815 (the names that the base class calls)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def odd_server(*answers: tuple[int, bytes], context: ssl.SSLContext | None = None) -> Iterator[tuple[str, type[Odd]]]:
    handler = type("Told", (Odd,), {"answers": list(answers), "seen": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", handler
        server.shutdown()


def count(number: int) -> tuple[int, bytes]:
    return 200, json.dumps({"results": {"bindings": [{"n": {"type": "literal", "value": str(number)}}]}}).encode()


def small() -> Graphs:
    triple = ox.Triple(ox.NamedNode("x:a"), ox.NamedNode("x:b"), ox.Literal("南宁", language="zh"))
    return {"https://example.org/图": {triple: None}}


def test_a_graph_is_put_under_its_encoded_name_and_counted() -> None:
    with odd_server((204, b""), count(1)) as (url, told):
        done = load_graphs(small(), find_target(url, "oxigraph"), Client(Login(), QUICK))
    put, asked = told.seen
    assert put[:3] == (
        "PUT",
        "/store?graph=https%3A%2F%2Fexample.org%2F%E5%9B%BE",
        '<x:a> <x:b> "南宁"@zh .\n'.encode(),
    )
    assert parse_qs(urlsplit(asked[1]).query)["query"][0].startswith("SELECT (COUNT(*) AS ?n) { GRAPH <https://exa")
    assert [(one.triples, one.counted) for one in done] == [(1, True)]


def test_faults_are_tried_again_and_told() -> None:
    said: list[str] = []
    with odd_server((0, b""), (503, b"busy"), (204, b""), count(1)) as (url, told):
        load_graphs(small(), find_target(url, "oxigraph"), Client(Login(), QUICK, said.append))
    assert [entry[0] for entry in told.seen] == ["PUT", "PUT", "PUT", "GET"]
    assert "trying again" in said[0]
    assert "answers 503" in said[1]


def test_a_connection_that_ends_half_way_is_made_again() -> None:
    said: list[str] = []
    many: dict[str | None, dict[ox.Triple, None]] = {
        "https://example.org/g": {
            ox.Triple(ox.NamedNode("x:a"), ox.NamedNode("x:b"), ox.Literal(f"{number}" * 1000)): None
            for number in range(3000)
        }
    }
    with odd_server((HANG_UP, b""), (204, b""), count(3000)) as (url, told):
        load_graphs(many, find_target(url, "oxigraph"), Client(Login(), QUICK, said.append))
    assert [entry[0] for entry in told.seen] == ["PUT", "GET"]
    assert told.seen[0][2].count(b"\n") == 3000
    assert len(said) == 1


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ([(503, b"busy")] * 9, "PUT failed 3 times; the last time: answers 503"),
        (
            [(403, b"<html><b>No</b></html>")],
            "answers 403 Forbidden; the account may not write here 此账户无权写入; No",
        ),
        ([(405, b"")], "the server is read-only"),
        ([(413, b"")], "try a smaller --piece"),
        ([(301, b"")], "answers 301"),
        ([(204, b""), count(0)], "1 triples were sent to https://example.org/图, but it holds 0"),
        ([(204, b""), (200, b"<html>")], "does not answer a count"),
    ],
)
def test_refusals_are_clear(answers: list[tuple[int, bytes]], message: str) -> None:
    with odd_server(*answers) as (url, _), pytest.raises(LoadError, match=re.escape(message)):
        load_graphs(small(), find_target(url, "oxigraph"), Client(Login(), QUICK))


def test_a_server_that_repeats_the_secret_is_not_repeated() -> None:
    login = Login("basic", "me", "tell nobody")
    proof = base64.b64encode(b"me:tell nobody")
    with odd_server((403, b"no: tell nobody, " + proof)) as (url, _), pytest.raises(LoadError) as caught:
        load_graphs(small(), find_target(url, "oxigraph"), Client(login, QUICK))
    assert str(caught.value).endswith("no: ***, ***")


def test_a_token_that_is_none_is_not_shown(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    for token in ("秘密", "to\nken"):
        monkeypatch.setenv("KG_TOKEN", token)
        result = CliRunner().invoke(load, [str(files[0]), "--to", "http://localhost:1"])
        assert isinstance(result.exception, LoadError)
        assert token not in str(result.exception) + result.output


def test_a_proxy_is_asked_for_what_is_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    with odd_server((204, b""), count(1)) as (url, told):
        monkeypatch.setenv("http_proxy", url.replace("http://", "http://me:tell%20nobody@"))
        monkeypatch.delenv("no_proxy", raising=False)
        load_graphs(small(), find_target("http://store.example/a", "oxigraph"), Client(Login(), QUICK))
    assert told.seen[0][1] == "http://store.example/a/store?graph=https%3A%2F%2Fexample.org%2F%E5%9B%BE"
    with odd_server((204, b""), count(1)) as (url, told):
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        load_graphs(small(), find_target(url, "oxigraph"), Client(Login(), QUICK))
    assert told.seen[0][1].startswith("/store?")


def test_an_unknown_certificate(tmp_path: Path) -> None:
    openssl, key, own = require("openssl"), tmp_path / "key.pem", tmp_path / "own.pem"
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "9", "-subj", "/CN=localhost"]
    words += ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(own)]
    subprocess.run([openssl, *words], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own, key)
    with odd_server((204, b""), count(1), context=context) as (url, told):
        target = find_target(url.replace("http://127.0.0.1", "https://localhost"), "oxigraph")
        with pytest.raises(LoadError, match="self-signed certificate; set SSL_CERT_FILE"):
            load_graphs(small(), target, Client(Login(), QUICK))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SSL_CERT_FILE", str(own))
            assert load_graphs(small(), target, Client(Login(), QUICK))[0].counted
    assert len(told.seen) == 2


def test_nobody_listens() -> None:
    with odd_server() as (url, _):
        pass
    with pytest.raises(LoadError, match="failed 3 times; the last time: ConnectionRefusedError"):
        load_graphs(small(), find_target(url, "oxigraph"), Client(Login(), QUICK))


def test_digest_is_not_answered_with_basic() -> None:
    with odd_server((401, b"")) as (url, told), pytest.raises(LoadError, match="asks for Basic, not digest"):
        load_graphs(small(), find_target(url, "virtuoso"), Client(Login("digest", "dba", "secret"), QUICK))
    assert told.seen[0][3] is None


def test_secrets_stay_secret(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "secret" not in repr(Login("basic", "me", "secret"))
    with pytest.raises(LoadError, match=r"^http://localhost/: keep the password out of the address"):
        find_target("http://me:secret@localhost/", "gsp")
    for login in (Login("basic", "me", "secret"), Login("bearer", secret="secret")):
        with pytest.raises(LoadError, match="would show the password to the network"):
            refuse_open_secret(find_target("http://store.example/", "gsp"), login)
        refuse_open_secret(find_target("https://store.example/", "gsp"), login)
        refuse_open_secret(find_target("http://127.0.0.1/", "gsp"), login)
    monkeypatch.setenv("KG_TOKEN", "the token")
    with odd_server((204, b""), (500, b"")) as (url, told):
        result = CliRunner().invoke(load, [str(files[0]), "--to", url])
    assert told.seen[0][3] == "Bearer the token"
    assert "the token" not in result.output


def test_a_password_is_asked_for_or_refused(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_PASSWORD", raising=False)
    result = CliRunner().invoke(load, [str(files[0]), "--to", "http://localhost:1", "--user", "me"])
    assert "set KG_PASSWORD" in str(result.exception)


def test_files_name_their_graphs(tmp_path: Path, files: list[Path]) -> None:
    assert list(read_graphs(files)) == [make_report(number)[0] for number in range(COUNT)]
    assert list(read_graphs(files, "https://example.org/all")) == ["https://example.org/all"]
    assert list(read_graphs(files, merge=True)) == [None]
    bare = tmp_path / "bare.nt"
    bare.write_text("<x:a> <x:b> <x:c> .\n", encoding="utf-8")
    with pytest.raises(BadInput, match="names no graph of its own; give one with --graph"):
        read_graphs([bare])
    quads = tmp_path / "all.nq"
    quads.write_text(write_nquads(dict([make_report(0), make_report(1)])), encoding="utf-8")
    assert list(read_graphs([quads])) == [make_report(0)[0], make_report(1)[0]]


def plain(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"{Decimal(text).normalize():f}" if re.fullmatch(r"-?\d+(\.\d+)?", text) else text


def ask_server(url: str, query: str) -> list[list[str]]:
    body = urlencode({"query": query}).encode()
    answer = Client(Login(), QUICK).send(
        "POST", url, body, "application/x-www-form-urlencoded", "application/sparql-results+json"
    )
    found = json.loads(answer)
    columns = found["head"]["vars"]
    rows = found["results"]["bindings"]
    return sorted([plain(row.get(column, {}).get("value")) for column in columns] for row in rows)


def check_answers(url: str, files: list[Path]) -> None:
    """Each named question has the same answer there as over the files here."""
    store = load_store(*files)
    for query in read_queries(data_folder() / "queries"):
        ours = sorted([plain(cell) for cell in row] for row in run_query(store, query.text).rows)
        assert ask_server(url, query.text) == ours, query.name


def ask_years(url: str) -> list[list[str]]:
    """Kinds of values that stores treat in their own way: years, decimals, languages."""
    return ask_server(
        url,
        "PREFIX kg: <https://w3id.org/govkg/ontology#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"
        "SELECT ?v { ?f kg:year ?y ; kg:normalizedValue ?v ; kg:asWritten ?w FILTER(?y >= 2024 && ?v > 4.99 && "
        'LANGMATCHES(LANG(?w), "zh")) }',
    )


def load_all(files: list[Path], target: str, kind: str, login: Login, graph: str | None = None) -> None:
    found = read_graphs(files, merge=graph == "default")
    for _ in range(2):
        load_graphs(found, find_target(target, kind), Client(login, QUICK), piece=700)


def test_oxigraph(files: list[Path], tmp_path: Path) -> None:
    with oxigraph_server(tmp_path / "database") as url:
        load_all(files, url, "oxigraph", Login())
        load_all(files, url, "oxigraph", Login(), "default")
        check_answers(f"{url}/query", files)
        assert len(ask_years(f"{url}/query")) == 2 * COUNT
        result = CliRunner().invoke(load, [*map(str, files), "--to", url])
        assert result.exit_code == 0, result.output
        assert f"{COUNT} graphs" in result.output
        with pytest.raises(LoadError, match="check --to and --kind"):
            load_all(files, url + "/nowhere", "oxigraph", Login())


@pytest.mark.parametrize("scheme", ["basic", "digest"])
def test_fuseki(scheme: str, files: list[Path], tmp_path: Path) -> None:
    login = Login("basic" if scheme == "basic" else "digest", "loader", PASSWORD)
    with fuseki_server(tmp_path / "fuseki", scheme) as url:
        with pytest.raises(LoadError, match="401"):
            load_all(files, url, "fuseki", Login())
        with pytest.raises(LoadError, match="check --user, --auth and the password"):
            load_all(files, url, "fuseki", Login(login.scheme, "loader", "wrong"))
        load_all(files, url, "fuseki", login)
        if scheme == "basic":
            load_all(files, url, "fuseki", login, "default")
            check_fuseki(url, files, login)


def check_fuseki(url: str, files: list[Path], login: Login) -> None:
    store = load_store(*files)
    client = Client(login, QUICK)
    for query in read_queries(data_folder() / "queries"):
        answer = client.send(
            "GET", f"{url}/query?{urlencode({'query': query.text})}", accept="application/sparql-results+json"
        )
        found = ox.parse_query_results(answer, format=ox.QueryResultsFormat.JSON)
        assert isinstance(found, ox.QuerySolutions)
        theirs = sorted(
            [plain(None if cell is None else getattr(cell, "value", cell)) for cell in row] for row in found
        )
        ours = sorted([plain(cell) for cell in row] for row in run_query(store, query.text).rows)
        assert theirs == ours, query.name


def test_virtuoso(files: list[Path], tmp_path: Path) -> None:
    bulk = tmp_path / "bulk"
    with virtuoso_server(tmp_path / "virtuoso", bulk) as (url, client):
        login = Login("digest", "dba", PASSWORD)
        for wrong in (Login(), Login("basic", "dba", PASSWORD), Login("digest", "dba", "dba")):
            with pytest.raises(LoadError, match="answers 401"):
                load_all(files, url, "virtuoso", wrong)
        with pytest.raises(LoadError, match="no default graph"):
            load_all(files, url, "virtuoso", login, "default")
        load_all(files, url, "virtuoso", login)
        # Over many graphs Virtuoso gives a row once a graph, so a question that counts is asked of one merged graph.
        merged = read_graphs(files, MERGED)
        load_graphs(merged, find_target(url, "virtuoso"), Client(login, QUICK))
        check_answers(f"{url}/sparql?{urlencode({'default-graph-uri': MERGED})}", files)
        Client(login, QUICK).send("DELETE", find_target(url, "virtuoso").graph_url(MERGED))
        assert len(ask_years(f"{url}/sparql")) == 2 * COUNT
        # The bulk loader brings back what was emptied by hand.
        first = make_report(0)[0]
        size = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{first}> {{ ?s ?p ?o }} }}"
        before = ask_server(f"{url}/sparql", size)
        subprocess.run([*client, f"exec=SPARQL CLEAR GRAPH <{first}>;"], check=True, capture_output=True)
        assert ask_server(f"{url}/sparql", size) == [["0"]]
        write_bulk(read_graphs(files), "virtuoso", bulk)
        for _ in range(2):
            subprocess.run(
                ["sh", bulk / "load.sh"],
                check=True,
                capture_output=True,
                env={"VIRTUOSO": client[1], "VIRTUOSO_PASSWORD": PASSWORD, "PATH": "/usr/bin:/bin"},
            )
        assert ask_server(f"{url}/sparql", size) == before


def test_bulk_files_load_into_oxigraph(files: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "a folder's bulk"
    write_bulk(read_graphs(files), "oxigraph", folder)
    subprocess.run(
        ["sh", folder / "load.sh"],
        check=True,
        capture_output=True,
        env={"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "DATABASE": str(tmp_path / "database")},
    )
    held = ox.Store.read_only(str(tmp_path / "database"))
    assert len(held) == sum(map(len, read_graphs(files).values()))


def test_bulk_files_load_into_tdb2(files: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "bulk"
    write_bulk(read_graphs(files), "tdb2", folder)
    # The server's jar holds the loader too; the distribution of Jena has a script of this name.
    script = tmp_path / "tdb2.tdbloader"
    script.write_text(f'#!/bin/sh\nexec {require("java")} -cp {find_fuseki()} tdb2.tdbloader "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    done = subprocess.run(
        ["sh", folder / "load.sh"],
        check=True,
        capture_output=True,
        text=True,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "DATABASE": str(tmp_path / "database")},
    )
    total = sum(map(len, read_graphs(files).values()))
    assert re.search(rf"\b{total:,}\b", done.stdout + done.stderr), done.stderr


@pytest.mark.parametrize(("kind", "name"), [("qlever", "Qleverfile"), ("graphdb", "load.sh")])
def test_bulk_files_of_the_others(kind: str, name: str, graphs: Graphs, tmp_path: Path) -> None:
    written = write_bulk(graphs, kind, tmp_path / "bulk")
    assert tmp_path / "bulk" / name in written
    assert "graphs.nq" in (tmp_path / "bulk" / name).read_text(encoding="utf-8")
    write_bulk(graphs, kind, tmp_path / "bulk")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("", encoding="utf-8")
    with pytest.raises(BadInput, match="is a folder of something else"):
        write_bulk(graphs, kind, tmp_path / "letters")


def test_bulk_by_command(files: list[Path], tmp_path: Path) -> None:
    result = CliRunner().invoke(load, [*map(str, files), "--bulk", "virtuoso", str(tmp_path / "bulk")])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "bulk" / "00001-001.nt.graph").read_text(encoding="utf-8") == make_report(0)[0] + "\n"
    result = CliRunner().invoke(load, [str(files[0])])
    assert result.exit_code == 2
    assert "give one of --to URL and --bulk KIND DIR" in result.output
