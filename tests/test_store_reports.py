"""Reports in a store, joined: in whatever order they came and went, it holds what building them at once would give."""

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from joined_reports import KEYS, join_all, make_readings

from kg.errors import BadInput
from kg.graph import to_graph
from kg.query import run_query
from kg.store import joins_graph, list_graphs, open_store
from kg.store.readings import Reading
from kg.store.reports import change_reports, read_tables
from kg.store.terms import to_triple
from kg.validate import validate


@pytest.fixture(scope="module")
def readings() -> tuple[Reading, ...]:
    return make_readings()


def dump(folder: Path, store: ox.Store) -> tuple[bytes, dict[str, bytes]]:
    """Return all that a store holds as sorted N-Quads, and its files beside the database."""
    lines = (store.dump(format=ox.RdfFormat.N_QUADS) or b"").splitlines()
    files = {path.name: path.read_bytes() for path in sorted((folder / "readings").iterdir())}
    return b"\n".join(sorted(lines)), files


def build(folder: Path, *readings: Reading) -> tuple[bytes, dict[str, bytes]]:
    store = open_store(folder)
    change_reports(store, folder, join_all, readings)
    return dump(folder, store)


def test_adding_replacing_and_removing_leaves_what_a_fresh_build_gives(
    readings: tuple[Reading, ...], tmp_path: Path
) -> None:
    fresh = {
        kept: build(tmp_path / "".join(map(str, kept)), *(readings[number] for number in kept))
        for size in (1, 2, 3)
        for kept in itertools.combinations(range(3), size)
    }
    assert len({quads for quads, _ in fresh.values()}) == len(fresh)
    folder = tmp_path / "walked"
    store = open_store(folder)
    held: tuple[int, ...] = ()
    chance = random.Random(3)
    for _ in range(9):
        number = chance.randrange(3)
        if number in held and len(held) > 1 and chance.random() < 0.6:
            change_reports(store, folder, join_all, remove=[KEYS[number]])
            held = tuple(other for other in held if other != number)
        else:
            change_reports(store, folder, join_all, [readings[number]])
            held = tuple(sorted({*held, number}))
        assert dump(folder, store) == fresh[held]


def test_one_thing_is_one_node_with_one_label_and_every_merge_has_a_reason(
    readings: tuple[Reading, ...], tmp_path: Path
) -> None:
    folder = tmp_path / "store"
    store = open_store(folder)
    change = change_reports(store, folder, join_all, readings)
    assert change.put == tuple(sorted(KEYS))
    assert change.rewritten == ()
    labels = "SELECT ?x { ?x rdfs:label ?a , ?b ; a ?kind . ?kind rdfs:subClassOf kg:Entity FILTER(STR(?a) < STR(?b)) }"
    assert run_query(store, labels).rows == ()
    merges = run_query(
        store, "SELECT ?words ?reason WHERE { ?m a kg:Merge ; rdfs:label ?words ; kg:mergeReason ?reason }"
    )
    assert merges.rows
    assert {reason for _, reason in merges.rows} <= {
        "core",
        "short",
        "part",
        "omitted",
        "defined",
        "number",
        "division",
        "given",
        "similar",
    }
    left = "SELECT ?x WHERE { ?m kg:mergedFrom ?x . ?x a ?kind }"
    assert run_query(store, left).rows == ()
    assert joins_graph() in {entry.graph for entry in list_graphs(store)}
    joins = to_graph(to_triple(q) for q in store.quads_for_pattern(None, None, None, ox.NamedNode(joins_graph())))
    assert validate(joins) == []


def test_what_another_report_tells_rewrites_those_that_are_there(readings: tuple[Reading, ...], tmp_path: Path) -> None:
    folder = tmp_path / "store"
    store = open_store(folder)
    change_reports(store, folder, join_all, readings[:1])
    change = change_reports(store, folder, join_all, readings[1:])
    assert change.rewritten == (KEYS[0],)
    assert set(change.sizes) == set(KEYS)
    assert [table.report for table in read_tables(store, folder)] == sorted(KEYS)


def test_an_unknown_report_is_not_removed(readings: tuple[Reading, ...], tmp_path: Path) -> None:
    folder = tmp_path / "store"
    store = open_store(folder)
    change_reports(store, folder, join_all, readings[:1])
    with pytest.raises(BadInput, match="holds no x-1; it holds 450100-2017"):
        change_reports(store, folder, join_all, remove=["x-1"])


def test_a_lost_reading_is_told(readings: tuple[Reading, ...], tmp_path: Path) -> None:
    folder = tmp_path / "store"
    store = open_store(folder)
    change_reports(store, folder, join_all, readings[:1])
    for path in (folder / "readings").iterdir():
        path.unlink()
    with pytest.raises(BadInput, match="lacks the reading of 450100-2017"):
        change_reports(store, folder, join_all, readings[1:])


def test_a_kill_at_any_moment_leaves_what_some_fresh_build_gives(readings: tuple[Reading, ...], tmp_path: Path) -> None:
    states = {build(tmp_path / str(size), *readings[:size])[0] for size in (1, 2, 3)}
    folder = tmp_path / "store"
    chance = random.Random(7)
    seen: set[bytes] = set()
    script = Path(__file__).parent / "joined_reports.py"
    with subprocess.Popen(
        [sys.executable, script, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdin
        assert parent.stdout
        for _ in range(7):
            print("go", file=parent.stdin, flush=True)
            words = {parent.stdout.readline().strip(), parent.stdout.readline().strip()}
            child = int(next(word for word in words if word.isdigit()))
            time.sleep(chance.uniform(0, 0.5))
            os.kill(child, signal.SIGKILL)
            assert parent.stdout.readline() == "ended\n"
            store = open_store(folder)
            if read_tables(store, folder):
                quads, _ = dump(folder, store)
                assert quads in states
                seen.add(quads)
            del store
        parent.stdin.close()
    assert seen, "the kills came too early to prove anything"
