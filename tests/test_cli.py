"""The command line as a user meets it: real files, exact messages, exit codes."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pyoxigraph as ox
import pytest
import rdflib

from kg.cli import cli, main
from kg.load import read_graphs
from kg.resources import data_folder
from kg.store import fill_store, open_store

SEED = data_folder() / "reports" / "nanning-2024.txt"
README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def run(*arguments: str) -> int:
    """Run the command in this process and return its exit code."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert isinstance(caught.value.code, int)
    return caught.value.code


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed's files, built once."""
    folder = tmp_path_factory.mktemp("exports")
    assert run("build", str(SEED), "--output", str(folder)) == 0
    return folder


def test_build_writes_both_files_and_nothing_else(built: Path) -> None:
    assert sorted(path.name for path in built.iterdir()) == ["nanning-2024.html", "nanning-2024.ttl"]


def test_build_prints_a_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", str(SEED), "-o", str(tmp_path), "--no-html") == 0
    out, err = capsys.readouterr()
    assert "南宁市  2024  2024-02-27  侯刚" in out
    assert "项目 Project" in out and "指标 Figures" in out and "kg query projects-by-status" in out
    assert err == ""


def test_two_engines_read_the_same_triples(built: Path) -> None:
    path = built / "nanning-2024.ttl"
    one = {(str(s), str(p), str(o)) for s, p, o in rdflib.Graph().parse(path)}
    other = {
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    }
    assert one == other and len(one) > 10_000


def test_the_same_bytes_under_another_hash_seed(built: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    command = [sys.executable, "-m", "kg", "build", str(SEED), "-o", str(tmp_path), "--quiet"]
    subprocess.run(command, check=True, env=environment, timeout=120)
    for name in ("nanning-2024.ttl", "nanning-2024.html"):
        assert (tmp_path / name).read_bytes() == (built / name).read_bytes(), name


def test_the_committed_exports_are_of_this_program(built: Path) -> None:
    """Another processor may round a confidence otherwise; everything else must be as committed."""
    exports = Path(__file__).parents[1] / "exports"
    stale = "exports/ is stale; run make run"
    fresh, committed = ((folder / "nanning-2024.ttl").read_text(encoding="utf-8") for folder in (built, exports))
    confidence = re.compile(r"kg:confidence [\d.]+")
    assert confidence.sub("", fresh) == confidence.sub("", committed), stale
    if fresh == committed:
        assert (exports / "nanning-2024.html").read_bytes() == (built / "nanning-2024.html").read_bytes(), stale


def test_the_graph_conforms(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("validate", str(built / "nanning-2024.ttl")) == 0
    assert "0 violations" in capsys.readouterr().err


def test_validate_names_what_is_broken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text("@prefix kg: <https://w3id.org/govkg/ontology#> . <urn:x> a kg:Zone .", encoding="utf-8")
    assert run("validate", str(bad)) == 1
    assert "An entity has a name" in capsys.readouterr().out
    bad.write_text("<urn:x> a", encoding="utf-8")
    assert run("validate", str(bad)) == 2


def test_query_by_name_file_and_text(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    graph = str(built / "nanning-2024.ttl")
    assert run("query", "corridors", "--on", graph, "--format", "csv") == 0
    by_name = capsys.readouterr().out
    assert by_name.splitlines()[0] == "corridor,end"
    file = tmp_path / "mine.rq"
    file.write_text((data_folder() / "queries" / "corridors.rq").read_text(encoding="utf-8"), encoding="utf-8")
    assert run("query", str(file), "--on", graph, "--format", "csv") == 0
    assert capsys.readouterr().out == by_name
    text = "SELECT ?name WHERE { ?x a kg:Corridor ; rdfs:label ?name }"
    assert run("query", text, "--on", graph, "--format", "json") == 0
    assert {"name": "南宁—河内经济走廊"} in json.loads(capsys.readouterr().out)


def test_a_store_is_asked_as_its_files_are(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    turtle, folder = built / "nanning-2024.ttl", tmp_path / "reports.db"
    fill_store(folder, read_graphs([turtle]))
    for form in ("csv", "json", "table"):
        answers = []
        for source in (("--on", str(turtle)), ("--store", str(folder))):
            assert run("query", "corridors", *source, "--format", form) == 0
            answers.append(capsys.readouterr().out)
        assert answers[0] == answers[1] and answers[0].count("\n") > 5
    text = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?r a kg:Report } }"
    assert run("query", text, "--store", str(folder), "--format", "csv") == 0
    assert capsys.readouterr().out == "n\n1\n"
    assert [path.name for path in tmp_path.iterdir()] == ["reports.db"]


def test_no_store_is_one_line(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letters").mkdir()
    writing = open_store(tmp_path / "busy.db")
    for store, said in (
        (tmp_path / "none", "build one first: kg build REPORT.txt --store "),
        (tmp_path / "letters", "build one first: kg build REPORT.txt --store "),
        (built / "nanning-2024.ttl", "build one first: kg build REPORT.txt --store "),
        (tmp_path / "busy.db", "is being written by another process"),
    ):
        for command in (("query", "corridors"), ("serve",)):
            assert run(*command, "--store", str(store)) == 2
            err = capsys.readouterr().err
            assert err.startswith(f"kg: {store}: ") and err.count("\n") == 1 and said in err
    del writing
    assert run("query", "corridors", "--store", str(tmp_path), "--on", "x.ttl") == 2
    assert "give --on FILE or --store DIR, not both" in capsys.readouterr().err


def test_query_mistakes_are_one_line(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    graph = str(built / "nanning-2024.ttl")
    for question, said in (
        ("coridors", "did you mean corridors?"),
        ("SELECT * WHERE {", "line 1"),
        ("missing.rq", "cannot be read"),
    ):
        assert run("query", question, "--on", graph) == 2
        err = capsys.readouterr().err
        assert err.startswith("kg: ") and err.count("\n") == 1 and said in err


def test_extract_gives_offsets_in_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("extract", str(SEED)) == 0
    source = SEED.read_text(encoding="utf-8")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) > 400
    for row in rows:
        for item in (*row["entities"], *row["figures"]):
            assert source[item["start"] : item["start"] + len(item["text"])] == item["text"]


def test_explain_prints_a_tree(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "--place", "南宁市", "--year", "2024", "地区生产总值增长4.0%。") == 0
    out = capsys.readouterr().out
    assert "├─ time 时间  actual 2023" in out
    assert "└─ figure 指标  增长4.0% → 地区生产总值 4.0%  (growth actual 2023)" in out


def test_coverage_gives_a_reason_for_every_gap(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("coverage", str(SEED), "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows and all(row["reason"] and row["text"] in row["sentence"] for row in rows)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "is empty"), (b"\xff\xfe\x00", "is neither UTF-8 nor GB18030 text"), (b"english", "has no Chinese text")],
)
def test_bad_reports_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, reason: str
) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    assert run("build", str(path), "-o", str(tmp_path / "out")) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"kg: {path}: {reason}") and err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_unknown_fields_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.txt"
    path.write_text("经济平稳增长，新增企业5家。", encoding="utf-8")
    assert run("build", str(path), "-o", str(tmp_path), "--no-html", "--quiet") == 0
    err = capsys.readouterr().err
    assert [line.split(": ")[2].split()[0] for line in err.splitlines()] == ["place", "year", "date", "speaker"]
    overrides = ("--place", "南宁市", "--year", "2024", "--date", "2024-02-27", "--speaker", "某人")
    assert run("build", str(path), "-o", str(tmp_path), "--no-html", "--quiet", *overrides) == 0
    assert capsys.readouterr().err == ""
    assert "place:450100" in (tmp_path / "report.ttl").read_text(encoding="utf-8")


def test_two_reports_of_one_name_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", str(SEED), str(tmp_path / SEED.name), "-o", str(tmp_path)) == 2
    assert "same files" in capsys.readouterr().err


def test_a_query_without_a_build_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("query", "corridors") == 2
    assert "build one first: kg build REPORT.txt" in capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_has_help_with_an_example_and_stands_in_the_readme(name: str) -> None:
    command = cli.commands[name]
    text = command.get_help(click.Context(command))
    assert f"kg {name}" in text and "Examples:" in text
    assert f"kg {name}" in README
