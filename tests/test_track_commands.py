"""`kg track`, `kg export` and `kg check` as people call them: what they print and write, and how they refuse."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from sample_outcomes import write_both

from kg.cli import main


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("graph") / "both.ttl"
    file.write_text(write_both(), encoding="utf-8")
    return file


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_track_prints_a_table_and_counts(capsys: pytest.CaptureFixture[str], graph: Path) -> None:
    status, out, err = run(capsys, "track", "南宁市", "--on", graph)
    assert status == 0
    assert "未完成 missed" in out
    assert "-0.8个百分点" in out
    assert "个目标 targets" in err


def test_track_writes_statements_that_lead_to_both_figures(
    capsys: pytest.CaptureFixture[str], graph: Path, tmp_path: Path
) -> None:
    file = tmp_path / "outcomes.ttl"
    assert run(capsys, "track", "--on", graph, "--verdict", "missed", "--format", "ttl", "-o", file)[0] == 0
    store = ox.Store()
    store.bulk_load(path=str(file), format=ox.RdfFormat.TURTLE)
    found = [quad.object for quad in store.quads_for_pattern(None, ox.NamedNode(f"{_KG}hasResult"), None, None)]
    assert all(isinstance(node, ox.NamedNode) and "/figure/450100-2025" in node.value for node in found)
    assert len(found) == 2


def test_track_shows_life_lines(capsys: pytest.CaptureFixture[str], graph: Path) -> None:
    status, out, _ = run(capsys, "track", "--on", graph, "--lives", "--format", "csv")
    assert status == 0
    assert "比亚迪项目,Project,2024,竣工,target,2024," in out


def test_track_refuses_a_place_and_a_year_that_are_not_there(capsys: pytest.CaptureFixture[str], graph: Path) -> None:
    status, _, err = run(capsys, "track", "柳州市", "--on", graph)
    assert status == 2
    assert "there are reports of: 南宁市" in err
    status, _, err = run(capsys, "track", "南宁市", "--year", 2020, "--on", graph)
    assert status == 2
    assert "缺少相邻两年的报告" in err
    status, _, err = run(capsys, "track", "--on", graph, "--store", graph)
    assert status == 2
    assert "not both" in err


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_export_writes_the_panel_and_its_dictionary(
    capsys: pytest.CaptureFixture[str], graph: Path, tmp_path: Path, form: str
) -> None:
    file = tmp_path / f"panel.{form}"
    status, _, err = run(capsys, "export", "--on", graph, "--format", form, "-o", file)
    assert status == 0
    assert "rows 行" in err
    assert file.stat().st_size > 1000
    assert "行政区划代码" in (tmp_path / "panel-dictionary.csv").read_text(encoding="utf-8")


def test_check_says_by_its_exit_code_whether_it_found_something(
    capsys: pytest.CaptureFixture[str], graph: Path
) -> None:
    status, out, err = run(capsys, "check", "南宁市", "--on", graph)
    assert (status, out) == (0, "")
    assert "0 处矛盾 contradictions" in err


_KG = "https://w3id.org/govkg/ontology#"
