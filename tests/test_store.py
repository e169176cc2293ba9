"""The embedded store: whole states only, each triple once, and questions that any engine answers alike."""

import os
import random
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from many_reports import GRAPHS, make_report

from kg.errors import BadInput
from kg.export.lines import write_nquads
from kg.graph import Triple, to_graph
from kg.query import Query, load_store, read_queries, run_query
from kg.resources import data_folder
from kg.store import catalogue_graph, list_graphs, ontology_graph, open_store, put_report, remove_report, take_snapshot

QUERIES = read_queries(data_folder() / "queries")


@pytest.fixture
def store(tmp_path: Path) -> ox.Store:
    return open_store(tmp_path / "store")


def spo(store: ox.Store, graph: str | None) -> set[tuple[object, object, object]]:
    name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    return {(q.subject, q.predicate, q.object) for q in store.quads_for_pattern(None, None, None, name)}


def check_whole(store: ox.Store) -> None:
    """The catalogue counts what is there, and the default graph holds exactly what the others hold."""
    entries = list_graphs(store)
    for entry in entries:
        assert len(spo(store, entry.graph)) == entry.triples, entry
    named = [graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)]
    held = {graph for graph in named if spo(store, graph)}
    assert held == {entry.graph for entry in entries} | {catalogue_graph()}
    assert spo(store, None) == set().union(*(spo(store, graph) for graph in named))


def test_a_new_store_holds_the_ontology(store: ox.Store) -> None:
    assert [entry.graph for entry in list_graphs(store)] == [ontology_graph()]
    assert run_query(store, "ASK { kg:Project rdfs:subClassOf kg:Entity }").rows == (("true",),)
    check_whole(store)


def test_a_report_is_added_replaced_and_removed(store: ox.Store) -> None:
    graph, first = make_report(0)
    other, _ = make_report(1)
    put_report(store, graph, first)
    put_report(store, *make_report(1))
    check_whole(store)
    before = set(store)
    put_report(store, graph, first)
    assert set(store) == before
    put_report(store, graph, make_report(0, edition=1)[1])
    check_whole(store)
    assert set(store) != before
    put_report(store, graph, first)
    assert set(store) == before
    assert [entry.graph for entry in list_graphs(store)] == [graph, other, ontology_graph()]
    assert list_graphs(store)[0].report == "https://w3id.org/govkg/id/report/450100-2024"
    assert remove_report(store, other)
    assert not remove_report(store, other)
    check_whole(store)
    assert remove_report(store, graph)
    check_whole(store)
    assert len(list_graphs(store)) == 1


def test_what_two_reports_say_stays_when_one_goes(store: ox.Store) -> None:
    put_report(store, *make_report(0))
    put_report(store, *make_report(1))
    question = "SELECT (COUNT(*) AS ?n) { <https://w3id.org/govkg/unit/yuan> skos:prefLabel ?name }"
    assert run_query(store, question).rows == ((2,),)
    remove_report(store, GRAPHS + "450101-2024")
    assert run_query(store, question).rows == ((2,),)


def test_a_store_is_for_one_writer_and_no_other_folder(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    with pytest.raises(BadInput, match="is being written by another process"):
        open_store(tmp_path / "store")
    del store
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(BadInput, match="is a folder of something else"):
        open_store(tmp_path / "letters")
    with pytest.raises(BadInput, match="holds no store; build one first"):
        take_snapshot(tmp_path / "letters", tmp_path / "copy")


def test_a_snapshot_is_read_while_the_store_is_written(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    put_report(store, *make_report(0))
    del store
    take_snapshot(tmp_path / "store", tmp_path / "copy")
    store = open_store(tmp_path / "store")
    put_report(store, *make_report(1))
    copy = ox.Store.read_only(str(tmp_path / "copy"))
    assert len(list_graphs(copy)) == 2
    assert len(list_graphs(store)) == 3
    check_whole(copy)


def test_a_kill_at_any_moment_leaves_a_whole_state(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    script = Path(__file__).parent / "store_writer.py"
    chance = random.Random(5)
    editions = [[frozenset(as_stored(make_report(number, edition)[1])) for edition in (0, 1)] for number in range(3)]
    seen: set[int] = set()
    with subprocess.Popen(
        [sys.executable, script, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdin
        assert parent.stdout
        for _ in range(12):
            print("go", file=parent.stdin, flush=True)
            words = {parent.stdout.readline().strip(), parent.stdout.readline().strip()}
            child = int(next(word for word in words if word.isdigit()))
            time.sleep(chance.uniform(0, 0.25))
            os.kill(child, signal.SIGKILL)
            assert parent.stdout.readline() == "ended\n"
            store = open_store(folder)
            check_whole(store)
            for number in range(3):
                held = spo(store, make_report(number)[0])
                if held:
                    state = editions[number].index(frozenset(held))
                    seen.add(2 * number + state)
            del store
        parent.stdin.close()
    assert len(seen) > 2, "the kills came too early to prove anything"


def as_stored(triples: list[Triple]) -> set[tuple[object, object, object]]:
    store = ox.Store()
    store.load(write_nquads({"x:g": triples}).encode(), format=ox.RdfFormat.N_QUADS)
    return {(q.subject, q.predicate, q.object) for q in store}


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> tuple[ox.Store, rdflib.Graph]:
    store = open_store(tmp_path_factory.mktemp("three") / "store")
    graph = rdflib.Graph()
    for number in range(3):
        put_report(store, *make_report(number))
        graph += to_graph(make_report(number)[1])
    return store, graph


def plain(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"{Decimal(text).normalize():f}" if text.replace(".", "", 1).lstrip("-").isdigit() else text


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_the_store_answers_as_rdflib_does(query: Query, three: tuple[ox.Store, rdflib.Graph]) -> None:
    table = run_query(three[0], query.text)
    found = three[1].query(query.text)
    ours = sorted([plain(cell) for cell in row] for row in table.rows)
    theirs = sorted([plain(cell) for cell in row] for row in found if isinstance(row, rdflib.query.ResultRow))
    assert ours == theirs


def test_a_file_of_quads_and_the_store_agree(tmp_path: Path, three: tuple[ox.Store, rdflib.Graph]) -> None:
    path = tmp_path / "three.nq"
    path.write_text(write_nquads(dict(make_report(number) for number in range(3))), encoding="utf-8")
    question = "SELECT (COUNT(*) AS ?n) { ?s kg:mentionedIn ?o }"
    assert run_query(load_store(path), question) == run_query(three[0], question)
