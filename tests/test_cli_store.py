"""Several reports on the command line: one joined file, a store, copies told of, removal."""

from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from test_cli import run

from kg.cli.sift import read_reports, sift_reports
from kg.errors import BadInput
from kg.pipeline import Given, load_rules
from kg.query import load_store, run_query
from kg.resources import data_folder
from kg.store import list_graphs, open_store

SOURCES = data_folder() / "gold" / "years" / "sources"


_load_once = cache(load_rules)


@pytest.fixture(autouse=True)
def rules_are_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands share the rules, which never change."""
    for command in ("build", "keep", "identity"):
        monkeypatch.setattr(import_module(f"kg.cli.{command}"), "load_rules", _load_once)
    monkeypatch.setattr("kg.crew.load_rules", _load_once)


@pytest.fixture(scope="module")
def shortened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The beginnings of two reports of one city."""
    folder = tmp_path_factory.mktemp("reports")
    for year in (2017, 2018):
        text = (SOURCES / f"nanning-{year}.txt").read_text(encoding="utf-8")
        (folder / f"南宁市-{year}.txt").write_text(text[:900], encoding="utf-8")
    return folder


def test_several_reports_give_one_joined_file(
    shortened: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("build", *map(str, sorted(shortened.iterdir())), "-o", str(tmp_path), "--no-html") == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.ttl", "南宁市-2017.ttl", "南宁市-2018.ttl"]
    assert "2 份报告 reports" in capsys.readouterr().out
    store = load_store(tmp_path / "all.ttl")
    assert run_query(store, "SELECT ?y { ?r a kg:Report ; kg:year ?y } ORDER BY ?y").rows == ((2017,), (2018,))
    assert run_query(store, "ASK { ?m a kg:Merge }").rows == (("true",),)
    several = "SELECT ?x { ?x a kg:Place ; rdfs:label ?a , ?b FILTER(STR(?a) < STR(?b)) }"
    assert run_query(store, several).rows == ()


def test_a_store_takes_and_gives_back_reports(
    shortened: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = sorted(shortened.iterdir())
    folder = tmp_path / "reports.db"
    assert run("build", str(first), "--store", str(folder)) == 0
    assert run("build", str(second), "--store", str(folder), "--no-html") == 0
    err = capsys.readouterr().err
    assert "450100-2018" in err and "2 份报告 reports" in err
    assert [path.name for path in (folder / "pages").iterdir()] == ["450100-2017.html.gz"]
    assert run("remove", "450100-2017", "--store", str(folder)) == 0
    assert "450100-2017  已移除 removed" in capsys.readouterr().err
    assert [entry.report for entry in list_graphs(open_store(folder)) if entry.report] == [
        "https://w3id.org/govkg/id/report/450100-2018"
    ]
    assert list((folder / "pages").iterdir()) == []
    assert run("remove", "450100-1999", "--store", str(folder)) == 2
    assert "holds no 450100-1999; it holds 450100-2018" in capsys.readouterr().err


def test_copies_are_told_of_and_counted_once(
    shortened: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = sorted(shortened.iterdir())
    again = tmp_path / "again.txt"
    again.write_text(first.read_text(encoding="utf-8").replace("。", "。 ", 3), encoding="utf-8")
    rules = _load_once(data_folder())
    (one, same), (mislabelled,), (clash,) = (
        read_reports(paths, rules, Given(place="南宁市", year=year))
        for paths, year in (([first, again], 2017), ([first], 2019), ([second], 2017))
    )
    assert sift_reports([one, same]) == [one]
    assert "again.txt: the same report as" in capsys.readouterr().err
    assert sift_reports([same], [one.shape], Path("db")) == [same]
    assert "again.txt: replaces 南宁市 2017 in db" in capsys.readouterr().err
    assert sift_reports([one], [one.shape], Path("db")) == [one]
    assert capsys.readouterr().err == ""
    assert sift_reports([mislabelled], [one.shape], Path("db")) == []
    assert "says it is 南宁市 2019, but is a copy of 450100-2017 (db)" in capsys.readouterr().err
    with pytest.raises(BadInput, match=r"claims to be 南宁市 2017 .*, but db has another text for it"):
        sift_reports([clash], [one.shape], Path("db"))


def test_identity_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pairs = tmp_path / "pairs.tsv"
    head = ["place", "left_year", "left_text", "left_kind", "right_year", "right_text", "right_kind", "same", "why"]
    rows = [
        ["南宁市", "2016", "横县", "Place", "2023", "横州市", "Place", "yes", "renamed"],
        ["南宁市", "2016", "甲项目", "Project", "2023", "乙工程", "Project", "yes", "nobody can know"],
    ]
    pairs.write_text("\n".join("\t".join(row) for row in [head, *rows]) + "\n", encoding="utf-8")
    report = tmp_path / "report.txt"
    report.write_text((SOURCES / "nanning-2017.txt").read_text(encoding="utf-8")[:800], encoding="utf-8")
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text(
        "政府工作报告\n——2020年1月8日在柳州市第十四届人民代表大会第六次会议上\n一、2019年工作回顾\n", "utf-8"
    )
    assert run("identity", str(pairs), "--errors", "--reports", str(report)) == 0
    out = capsys.readouterr().out
    assert "P 1.000  R 0.500" in out
    assert "missed 漏  2016 Project 甲项目  |  2023 Project 乙工程  (nobody can know)" in out
    weights = tmp_path / "likeness.tsv"
    assert run("identity", str(pairs), "--fit", str(weights)) == 0
    assert weights.read_text(encoding="utf-8").startswith("feature\tweight\nconstant\t")
    capsys.readouterr()
    for given, reason in (
        (["--place", "青岛市"], "has no pairs of 青岛市"),
        (["--reports", str(elsewhere)], "is of 柳州市, and no pair is of that"),
    ):
        assert run("identity", str(pairs), *given) == 2
        assert reason in capsys.readouterr().err
