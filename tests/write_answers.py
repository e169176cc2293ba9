"""Write what the named questions answer on the first report: `python tests/write_answers.py`.

One file a question, `tests/queries/<name>.csv`, which `tests/test_answers.py` holds every build to. Read the
difference before you commit it: a line that came or went is a statement that the graph gained or lost.
"""

from __future__ import annotations

from pathlib import Path

from seed_report import make_seed_triples

from kg.export.files import write_whole
from kg.export.turtle import write_turtle
from kg.query import load_store, read_queries, run_query
from kg.query.tables import format_csv
from kg.resources import data_folder

FOLDER = Path(__file__).parent / "queries"


def answer_questions(turtle: Path) -> dict[str, str]:
    """Return the answers on a Turtle file as CSV, by the questions' names."""
    store = load_store(turtle)
    return {query.name: format_csv(run_query(store, query.text)) for query in read_queries(data_folder() / "queries")}


def write_answers() -> None:
    """Build the first report and write all answers; answers to questions that are gone are removed."""
    turtle = FOLDER / "seed.ttl"
    write_whole(turtle, write_turtle(make_seed_triples()))
    answers = answer_questions(turtle)
    turtle.unlink()
    for path in FOLDER.glob("*.csv"):
        if path.stem not in answers:
            path.unlink()
    for name, table in answers.items():
        write_whole(FOLDER / f"{name}.csv", table)


if __name__ == "__main__":
    write_answers()
