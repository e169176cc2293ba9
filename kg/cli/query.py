"""`kg query` and `kg validate`: ask a built graph, and hold it against the shapes."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click
import pyoxigraph as ox
import rdflib

from kg.cli.options import last_build, snapshot_room
from kg.errors import BadInput
from kg.query import Table, find_query, load_store, read_queries, run_query
from kg.query.tables import format_csv, format_json, format_table
from kg.resources import data_folder
from kg.store import take_snapshot
from kg.validate import validate as find_violations

_FILE = click.Path(path_type=Path)
_NAMED = "queries"
# A named query that asks of one name says which words to change.
_EDIT = re.compile("^# edit:", re.MULTILINE)


@click.command()
@click.argument("question", required=False)
@click.option(
    "--on",
    "graphs",
    multiple=True,
    type=_FILE,
    help="Turtle file to ask; default: those of exports/. Repeatable.",
)
@click.option("--store", type=_FILE, help="Ask this store (kg build --store) instead of files.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--list", "list_only", is_flag=True, help="List the named queries.")
@click.option("--show", is_flag=True, help="Print the query's text instead of running it.")
def query(
    question: str | None, graphs: tuple[Path, ...], store: Path | None, form: str, list_only: bool, show: bool
) -> None:
    """Run a SPARQL query: a name of data/queries, a .rq file, or the text itself.

    \b
    Examples:
      kg query --list
      kg query projects-by-status
      kg query my.rq --on exports/nanning-2024.ttl --format csv
      kg query most-mentioned --store reports.db
      kg query 'SELECT ?name WHERE { ?x a kg:Corridor ; rdfs:label ?name }'
    """
    if store and graphs:
        raise click.UsageError("give --on FILE or --store DIR, not both")
    folder = data_folder() / _NAMED
    if list_only or question is None:
        for named in read_queries(folder):
            click.echo(f"{named.name:<24}{named.chinese}\n{'':<24}{named.english}")
        return
    text = _text_of(question, folder)
    if show:
        click.echo(text, nl=False)
        return
    table = _ask_store(store, text) if store else run_query(load_store(*(graphs or (last_build(),))), text)
    if form == "csv":
        click.echo(format_csv(table), nl=False)
    elif form == "json":
        click.echo(format_json(table), nl=False)
    else:
        click.echo(format_table(table, width=60 if sys.stdout.isatty() else None), nl=False)
        click.echo(f"{len(table.rows)} rows 行", err=True)
        if not table.rows and _EDIT.search(text):
            click.echo(
                f"此问只问一个名称，请另存改写 it asks of one name; edit a copy: kg query {question} --show", err=True
            )


def _ask_store(folder: Path, text: str) -> Table:
    # A snapshot, for the store may be written while the query runs.
    with snapshot_room(folder) as room:
        take_snapshot(folder, room / "rdf")
        return run_query(ox.Store.read_only(str(room / "rdf")), text)


def _text_of(question: str, folder: Path) -> str:
    if question.endswith(".rq"):
        try:
            return Path(question).read_text(encoding="utf-8")
        except OSError as error:
            raise BadInput(question, f"cannot be read: {error.strerror}") from error
    if any(mark in question for mark in "{}\n "):
        return question
    return find_query(folder, question).text


@click.command()
@click.argument("graphs", nargs=-1, type=_FILE)
@click.option("--shapes", type=_FILE, help="Another SHACL file instead of ontology/shapes.ttl.")
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def validate(graphs: tuple[Path, ...], shapes: Path | None, language: str) -> int:
    """Check Turtle files against the SHACL shapes; exit code 1 when one breaks them.

    \b
    Examples:
      kg validate
      kg validate exports/nanning-2024.ttl --language zh
    """
    broken = 0
    for path in graphs or (last_build(),):
        # The store says where a file is not Turtle; rdflib's parser does not always.
        load_store(path)
        graph = rdflib.Graph().parse(path, format="turtle")
        violations = find_violations(graph, shapes, language)
        for violation in violations:
            click.echo(f"{violation.focus}  {violation.path}  {violation.message}")
        click.echo(f"{path}: {len(graph):,} triples 三元组, {len(violations)} violations 不符合", err=True)
        broken += len(violations)
    return 1 if broken else 0
