"""The panel: its rows, its files, and that the tools of analysts read them as they are."""

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from sample_outcomes import read_both

from kg.errors import BadData
from kg.lexicon.panel import load_columns
from kg.lexicon.tracking import load_tracking
from kg.panel import Row, make_panel
from kg.panel.write import dictionary_path, write_csv, write_dictionary, write_parquet
from kg.resources import data_folder

COLUMNS = load_columns(data_folder())
NAMES = [column.name for column in COLUMNS]


def make_rows() -> list[Row]:
    return list(make_panel(read_both(), load_tracking(data_folder())))


def find_row(indicator: str, year: int) -> Row:
    (row,) = [row for row in make_rows() if (row["indicator"], row["year"]) == (indicator, year)]
    return row


def test_a_row_has_target_result_and_gap_with_both_sentences() -> None:
    row = find_row("地区生产总值", 2024)
    assert (row["place"], row["place_code"], row["kind"], row["unit"]) == ("南宁市", "450100", "growth", "%")
    assert (row["target"], row["target_bound"], row["target_report"]) == (Decimal(5), "~", 2024)
    assert (row["actual"], row["actual_report"], row["gap"]) == (Decimal("4.2"), 2025, Decimal("-0.8"))
    assert (row["verdict"], row["matched_by"]) == ("missed", "same")
    assert "增长5%左右" in str(row["target_sentence"])
    assert "增长4.2%" in str(row["actual_sentence"])


def test_a_result_without_a_target_and_a_target_without_a_result_stand_alone() -> None:
    assert find_row("地区生产总值", 2023)["target"] is None
    row = find_row("引进项目", 2024)
    assert (row["target"], row["actual"], row["verdict"]) == (Decimal(30), None, "not_mentioned")


def test_values_are_in_the_unit_without_scale_words() -> None:
    row = find_row("下达市本级资金", 2023)
    assert (row["actual"], row["unit"]) == (Decimal("3467000000.00"), "元")


def test_rows_have_the_columns_of_the_dictionary_and_one_row_a_key() -> None:
    rows = make_rows()
    assert all(list(row) == NAMES for row in rows)
    keys = [tuple(row[name] for name in ("place", "measured_for", "year", "indicator", "kind", "unit")) for row in rows]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch("[a-z][a-z0-9_]{0,31}", name) for name in NAMES)


@pytest.mark.parametrize("bom", [False, True])
def test_pandas_reads_the_csv_as_it_is(tmp_path: Path, bom: bool) -> None:
    file = tmp_path / "panel.csv"
    file.write_text(write_csv(make_rows(), COLUMNS, bom), encoding="utf-8", newline="")
    frame = pd.read_csv(file, dtype={"place_code": str})
    assert list(frame.columns) == NAMES
    assert len(frame) == len(make_rows()) == file.read_bytes().count(b"\n") - 1
    gap = frame.loc[(frame.indicator == "地区生产总值") & (frame.year == 2024), "gap"]
    assert gap.tolist() == [-0.8]
    assert frame.target.dtype == float


def test_parquet_keeps_types_and_meanings(tmp_path: Path) -> None:
    file = tmp_path / "panel.parquet"
    file.write_bytes(write_parquet(make_rows(), COLUMNS))
    frame = pd.read_parquet(file)
    assert list(frame.columns) == NAMES
    assert str(frame.year.dtype) == "int64"
    assert frame.actual.dtype == float
    assert write_parquet(make_rows(), COLUMNS) == write_parquet(make_rows(), COLUMNS)


def test_the_dictionary_lies_beside_the_panel_in_two_languages() -> None:
    assert dictionary_path(Path("a/panel.csv")) == Path("a/panel-dictionary.csv")
    rows = list(csv.DictReader(io.StringIO(write_dictionary(COLUMNS))))
    assert [row["column"] for row in rows] == NAMES
    assert all(row["english"] and re.search("[一-龥]", row["chinese"]) for row in rows)
    assert {row["type"] for row in rows} == {"text", "integer", "number"}


def test_a_column_that_stata_would_refuse_is_refused(tmp_path: Path) -> None:
    (tmp_path / "compare").mkdir()
    (tmp_path / "compare" / "panel.tsv").write_text(
        "column\ttype\tenglish\tchinese\nTarget value\ttext\ta\tb\n", encoding="utf-8"
    )
    with pytest.raises(BadData, match="ASCII name"):
        load_columns(tmp_path)
