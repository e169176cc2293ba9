from pathlib import Path

import pytest

from kg.errors import BadData
from kg.lexicon.divisions import Divisions, load_divisions
from kg.lexicon.reading import read_tsv
from kg.resources import data_folder

CASES = read_tsv(Path(__file__).parent / "cases/divisions/find.tsv", ("name", "near", "year", "expect", "comment"))
HEADER = "code\tname\tlevel\tparent\tvalid_from\tvalid_to\tsuccessor\taliases\tsource\n"


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    return load_divisions(data_folder())


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(filter(None, (case["name"], case["near"]))))
def test_find(divisions: Divisions, case: dict[str, str]) -> None:
    found = divisions.find(case["name"], case["near"] or None, int(case["year"]) if case["year"] else None)
    likeliest = f"{found[0].name} {found[0].code}" if found else "nothing"
    assert likeliest == case["expect"], case["comment"]


def test_ancestors_end_at_a_province(divisions: Divisions) -> None:
    for division in divisions.rows:
        line = (division, *divisions.ancestors(division.code))
        assert line[-1].level == "province"
        assert len(line) <= 3


def test_members_are_in_force_right_below(divisions: Divisions) -> None:
    members = divisions.members("450100")
    assert "横州市" in [division.name for division in members]
    assert all(division.valid_to is None and division.parent == "450100" for division in members)
    assert divisions.members("450181") == ()


def test_a_code_has_one_name_at_a_time(divisions: Divisions) -> None:
    current = [division.code for division in divisions.rows if division.valid_to is None]
    assert len(current) == len(set(current))
    assert all(divisions.by_code(code).valid_to is None for code in current)


def test_successors_lead_to_a_division_in_force_or_end(divisions: Divisions) -> None:
    for division in divisions.rows:
        seen = []
        while division.valid_to is not None and division.successor and division.code not in seen:
            seen.append(division.code)
            division = divisions.by_code(division.successor)
        assert len(seen) <= 5


def test_short_names_have_no_nationality_left(divisions: Divisions) -> None:
    assert not [division.name for division in divisions.rows if any("族" in short for short in division.short_names)]


def test_rows_are_sorted(divisions: Divisions) -> None:
    codes = [division.code for division in divisions.rows]
    assert codes == sorted(codes)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("4501\t南宁市\tcity\t\t\t\t\t\tx", "code should be six digits"),
        ("450100\t南宁市\ttown\t\t\t\t\t\tx", "level 'town' should be one of province, city, county"),
        ("450100\t南宁市\tcity\t450000\t\t\t\t\tx", "refers to 450000, which is no code of the file"),
        ("450100\t南宁市\tcity\t\t98\t\t\t\tx", "valid_from should be a year or empty"),
    ],
)
def test_a_bad_row_says_what_is_wrong(tmp_path: Path, row: str, reason: str) -> None:
    (tmp_path / "divisions.tsv").write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(BadData, match=reason):
        load_divisions(tmp_path)
