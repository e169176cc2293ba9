"""Queries: the runner's manners, refusals and messages, and the named questions in two engines."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
import rdflib
from sample_report import make_triples

from kg.errors import BadInput, BadQuery
from kg.export.lines import write_nquads
from kg.export.turtle import write_turtle
from kg.graph import to_graph
from kg.query import Query, Table, find_query, load_store, read_queries, run_query
from kg.query.tables import format_csv, format_json, format_table
from kg.resources import data_folder

QUERIES = read_queries(data_folder() / "queries")
SAMPLE = make_triples()


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "sample.ttl"
    path.write_text(write_turtle(SAMPLE), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def sample_graph() -> rdflib.Graph:
    return to_graph(SAMPLE)


def ask(path: Path, name: str) -> Table:
    return run_query(load_store(path), find_query(data_folder() / "queries", name).text)


def plain(cell: object) -> str:
    """Return a cell so that 4 and 4.0, as engines write one decimal, are equal."""
    text = "" if cell is None else str(cell)
    return f"{Decimal(text).normalize():f}" if text.replace(".", "", 1).lstrip("-").isdigit() else text


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_two_engines_agree(query: Query, sample_file: Path, sample_graph: rdflib.Graph) -> None:
    table = run_query(load_store(sample_file), query.text)
    found = sample_graph.query(query.text)
    assert found.vars is not None
    assert table.columns == tuple(map(str, found.vars))
    ours = sorted([plain(cell) for cell in row] for row in table.rows)
    theirs = sorted([plain(cell) for cell in row] for row in found if isinstance(row, rdflib.query.ResultRow))
    assert ours == theirs


def test_the_questions_of_users_are_there() -> None:
    names = {query.name for query in QUERIES}
    assert len(names) >= 14
    assert names >= {"projects-by-status", "company-projects", "corridors", "honours-by-place", "about-place"}
    assert names >= {"indicator-over-years", "targets-vs-results", "industry-programmes", "evidence"}
    assert all(query.english.endswith(("?", ".")) and query.chinese for query in QUERIES)


def test_evidence_leads_to_sentence_offsets_and_rule(sample_file: Path) -> None:
    table = ask(sample_file, "evidence")
    row = dict(zip(table.columns, table.rows[0], strict=True))
    assert row["words"] == "比亚迪等一批重大项目投产"
    assert row["rule"] == "relation.sample"
    assert str(row["text"]).startswith(str(row["words"]))
    assert isinstance(row["begin"], int)
    assert isinstance(row["end"], int)
    assert row["end"] - row["begin"] == len(str(row["words"]))
    assert str(row["sentence"]).startswith("https://w3id.org/govkg/id/sentence/450100-2024.")


def test_the_simple_question_never_counts_a_promise(sample_file: Path) -> None:
    assert ask(sample_file, "projects-operating").rows == (("比亚迪项目",),)


def test_quads_are_asked_as_one_graph_that_holds_a_triple_once(tmp_path: Path, sample_file: Path) -> None:
    path = tmp_path / "two.nq"
    path.write_text(write_nquads({"https://example.org/a": SAMPLE, "https://example.org/b": SAMPLE}), encoding="utf-8")
    for name in ("corridors", "figures-by-indicator", "most-mentioned"):
        assert ask(path, name) == ask(sample_file, name)
    graphs = run_query(load_store(path), "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    assert len(graphs.rows) == 2


def test_ask_and_construct_give_tables(sample_file: Path) -> None:
    store = load_store(sample_file)
    assert run_query(store, "ASK { ?s ?p ?o }").rows == (("true",),)
    triples = run_query(store, "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 2")
    assert (triples.columns, len(triples.rows)) == (("subject", "predicate", "object"), 2)


@pytest.mark.parametrize(
    ("text", "word", "line"),
    [
        ("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }", "SERVICE", 1),
        ("# SERVICE in a comment\nSELECT * {\n service SILENT <http://localhost/> {} }", "SERVICE", 3),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM", 1),
        ("SELECT *\nFROM NAMED <x:y> { ?s ?p ?o }", "FROM", 2),
        ("LOAD <http://localhost/>", "LOAD", 1),
        ("INSERT DATA { <x:a> <x:b> 1 }", "INSERT", 1),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE", 1),
        ("SELECT * { S\\u0045RVICE <http://localhost/> { ?s ?p ?o } }", "SERVICE", 1),
        ('SELECT ("""a\n"" # """ AS ?x) { SERVICE <http://localhost/> {} }', "SERVICE", 2),
    ],
)
def test_queries_that_reach_out_or_write_are_refused(text: str, word: str, line: int) -> None:
    with pytest.raises(BadQuery, match=f"^line {line}: {word} is refused"):
        run_query(load_store(), text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ('SERVICE' AS ?x) {}",
        "SELECT ?from ?service { ?from <https://example.org/from#SERVICE> ?service }",
        "PREFIX from: <https://example.org/> SELECT * { ?s from:load ?o } # INSERT",
        'SELECT ("it\'s \\"FROM\\" here" AS ?x) {}',
    ],
)
def test_words_in_names_strings_and_comments_are_let_through(text: str) -> None:
    run_query(load_store(), text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * WHERE {\n ?s ?p \n}", r"^line 3, column 2: cannot be read"),
        ("SELECT * { ?s foo:bar ?o }", r"^line 1, column \d+: Prefix not found$"),
        ("", r"^line 1, column 1: "),
    ],
)
def test_bad_sparql_names_the_line(text: str, message: str) -> None:
    with pytest.raises(BadQuery, match=message):
        run_query(load_store(), text)


def test_an_unknown_name_gets_a_hint(tmp_path: Path) -> None:
    with pytest.raises(BadQuery, match="did you mean corridors"):
        find_query(data_folder() / "queries", "coridors")
    with pytest.raises(BadQuery, match="there are about-place, "):
        find_query(data_folder() / "queries", "zzz")
    (tmp_path / "bare.rq").write_text("SELECT * {}", encoding="utf-8")
    with pytest.raises(BadQuery, match="says what it asks"):
        read_queries(tmp_path)


def test_bad_files_name_themselves(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("<x:a> <x:b> .\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"broken\.ttl: line 1: "):
        load_store(broken)
    with pytest.raises(BadInput, match=r"none\.ttl: is not there"):
        load_store(tmp_path / "none.ttl")
    with pytest.raises(BadInput, match=r"has the ending \.txt"):
        load_store(tmp_path / "a.txt")


def test_formats() -> None:
    table = Table(("名称", "n"), (("南宁市", 2), ("“一体两翼”,产业", None)))
    assert list(csv.reader(io.StringIO(format_csv(table)))) == [["名称", "n"], ["南宁市", "2"], ["“一体两翼”,产业", ""]]
    assert format_json(Table(("a",), ())) == "[]\n"
    assert '{"名称": "南宁市", "n": 2}' in format_json(table)
    assert format_table(table, rows=1, width=5).splitlines() == ["名称   n", "-----  -", "南宁…  2", "… 1 more"]
