"""The named questions on the first report: each answers what was read and accepted, in less than a second.

The accepted answers lie in `tests/queries/<name>.csv`; `python tests/write_answers.py` writes them anew.
"""

import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from seed_report import make_seed_triples

from kg.export.turtle import write_turtle
from kg.graph import Triple, to_graph
from kg.query import find_query, load_store, read_queries, run_query
from kg.query.tables import format_csv
from kg.resources import data_folder
from kg.validate import validate

QUERIES = data_folder() / "queries"
ANSWERS = sorted((Path(__file__).parent / "queries").glob("*.csv"))


@pytest.fixture(scope="module")
def seed() -> dict[Triple, None]:
    return make_seed_triples()


@pytest.fixture(scope="module")
def store(seed: dict[Triple, None], tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    path = tmp_path_factory.mktemp("seed") / "nanning-2024.ttl"
    path.write_text(write_turtle(seed), encoding="utf-8")
    return load_store(path)


def test_every_question_has_an_answer() -> None:
    assert {path.stem for path in ANSWERS} == {query.name for query in read_queries(QUERIES)}
    assert all(len(path.read_text(encoding="utf-8").splitlines()) > 1 for path in ANSWERS)


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.stem)
def test_answers_stay_as_accepted(path: Path, store: ox.Store) -> None:
    query = find_query(QUERIES, path.stem)
    start = time.perf_counter()
    table = run_query(store, query.text)
    assert time.perf_counter() - start < 1
    assert format_csv(table) == path.read_text(encoding="utf-8")


def test_the_graph_conforms(seed: dict[Triple, None]) -> None:
    assert validate(to_graph(seed)) == []
