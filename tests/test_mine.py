from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.learn.mine import CorpusReport, count_names, main, mine_candidates, read_corpus, read_leave_out
from kg.resources import data_folder

TEXTS = {
    "a.txt": "甲市深入实施“双十工程”，获评国家森林城市，做强石化产业。",
    "b.txt": "乙市深入实施“双十 工程”，创建国家森林城市。",
    "c.txt": "丙市实施工程。",
}
ROWS = ["a.txt\t甲市\t2020", "b.txt\t乙市\t2021", "c.txt\t丙市\t2019"]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text("标题" * 100 + text, encoding="utf-8")
    (tmp_path / "INDEX.tsv").write_text("\n".join(["file\tplace\tyear", *ROWS, ""]), encoding="utf-8")
    return tmp_path


def test_a_corpus_leaves_out_places_and_the_years_around_a_year(corpus: Path) -> None:
    places = [report.place for report in read_corpus(corpus, frozenset({("甲市", 2021), ("丙市", None)}))]
    assert places == ["乙市"]


def test_a_copy_is_read_once(corpus: Path) -> None:
    (corpus / "b.txt").write_text((corpus / "a.txt").read_text(encoding="utf-8"), encoding="utf-8")
    assert [report.place for report in read_corpus(corpus, frozenset())] == ["甲市", "丙市"]


def test_candidates_are_counted_by_reports_places_and_years() -> None:
    corpus = [CorpusReport("甲市", 2020, TEXTS["a.txt"]), CorpusReport("甲市", 2021, TEXTS["a.txt"])]
    found = mine_candidates(corpus, data_folder())
    assert str(found["quoted"]["双十工程"]) == "r=2 p=1 y=2"
    assert str(found["received"]["国家森林城市"]) == "r=2 p=1 y=2"


def test_a_name_inside_a_longer_one_is_not_counted() -> None:
    tallies = count_names([CorpusReport("甲市", 2020, "国家森林城市")], ["森林城市", "国家森林城市"])
    assert (tallies["森林城市"].reports, tallies["国家森林城市"].reports) == (0, 1)


def test_commands_write_tables(corpus: Path, tmp_path: Path) -> None:
    leave_out = tmp_path / "leave.tsv"
    leave_out.write_text("丙市\n丁市\t2020\n", encoding="utf-8")
    assert read_leave_out(leave_out) == {("丙市", None), ("丁市", 2020)}
    run = CliRunner().invoke(main, ["candidates", str(corpus), str(tmp_path / "out"), "--least", "2"])
    assert run.exit_code == 0
    assert "双十工程\t2\t2\t2" in (tmp_path / "out/quoted.tsv").read_text(encoding="utf-8")
    lexicon = tmp_path / "a.tsv"
    lexicon.write_text("name\tkind\taliases\tnot_in\tsource\n双十工程\tProgramme\t\t\t\n", encoding="utf-8")
    run = CliRunner().invoke(main, ["count", str(corpus), str(lexicon), "--leave-out", str(leave_out)])
    assert run.exit_code == 0
    assert lexicon.read_text(encoding="utf-8").endswith("双十工程\tProgramme\t\t\tr=2 p=2 y=2\n")
