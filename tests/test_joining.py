"""Joining: each rule's own examples, names of several reports that are one thing or two, order, editions, graphs."""

import itertools
import re
from pathlib import Path

import pytest

from kg.errors import BadData
from kg.graph import Literal, to_graph
from kg.joining import Joins, Table, join_tables, make_table
from kg.joining.copies import NEAR, find_copy
from kg.joining.likeness import judge_likeness, measure_likeness
from kg.joining.names import Core, read_cores
from kg.joining.renamed import list_new_names, list_renamed
from kg.joining.rewriting import describe_joins, rewrite_triples
from kg.joining.sketches import Shape, compare_sketches, sketch_text
from kg.joining.words import WordCutter
from kg.lexicon.divisions import load_divisions
from kg.lexicon.joining import FEATURES, load_joining
from kg.lexicon.linking import load_linking, plain_key
from kg.lexicon.reading import read_toml, read_tsv
from kg.linking import link, view_places
from kg.model import Document, Mention, Report
from kg.resources import data_folder
from kg.validate import validate
from kg.vocab import KG, RDF, RDFS, SKOS

DIVISIONS = load_divisions(data_folder())
LINKING = load_linking(data_folder())
RULES = load_joining(data_folder())
TABLES = read_toml(data_folder() / "joining.toml")
ROOT = "https://w3id.org/govkg/id/"
COLUMNS = ["kind", "place_a", "name_a", "place_b", "name_b", "others", "same", "reason", "comment"]
CASES = read_tsv(Path(__file__).parent / "cases" / "joining" / "pairs.tsv", COLUMNS)


def make_tables(
    *reports: tuple[str, int, list[tuple[str, str]]], text: str = ""
) -> tuple[list[Table], list[list[str]]]:
    """Return a table for each (place, year, [(kind, name)]), and the ids that linking gives the names."""
    tables, ids = [], []
    for code, year, names in reports:
        report = Report(
            f"{code}-{year}", "", text, "", "", place=DIVISIONS.by_code(code).name, place_code=code, year=year
        )
        found = [(max(text.find(name), 0), kind, name) for kind, name in names]
        mentions = tuple(Mention(at, at + len(name), name, kind, 0, "case") for at, kind, name in found)
        linked = link(Document(report, (), (), mentions, (), ()), DIVISIONS, LINKING)
        tables.append(make_table(linked, DIVISIONS, LINKING))
        ids.append([made.entity for made in linked.mentions])
    return tables, ids


def join(tables: list[Table]) -> Joins:
    return join_tables(tables, DIVISIONS, LINKING, RULES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['name_a']}-{case['name_b']}")
def test_names_of_several_reports(case: dict[str, str]) -> None:
    others = [(kind, name) for kind, name in (pair.split(":") for pair in case["others"].split("|") if pair)]
    tables, ids = make_tables(
        (case["place_a"], 2020, [(case["kind"], case["name_a"]), *others]),
        (case["place_b"], 2022, [(case["kind"], case["name_b"])]),
    )
    joins = join(tables)
    one, other = ids[0][0], ids[1][0]
    assert (joins.things[one] == joins.things[other]) == (case["same"] == "yes"), case["comment"]
    reasons = {merge.reason for merge in joins.merges if {merge.source, merge.target} & {one, other}}
    assert case["reason"] == "-" or case["reason"] in reasons


@pytest.mark.parametrize("spelling", TABLES["spell"], ids=lambda spelling: spelling["name"])
def test_spellings_do_what_they_say(spelling: dict[str, list[list[str]]]) -> None:
    for kind in spelling["kinds"]:
        spelled = [
            [[RULES.spell_name(str(kind), plain_key(name)) for name in pair] for pair in spelling[side]]
            for side in ("yes", "no")
        ]
        assert all(one == other for one, other in spelled[0])
        assert all(one != other for one, other in spelled[1])


@pytest.mark.parametrize(
    ("table", "how"), [("edition", "fullmatch"), ("phase", "fullmatch"), ("route", "fullmatch"), ("rank", "search")]
)
def test_patterns_do_what_they_say(table: str, how: str) -> None:
    pattern = re.compile(TABLES[table]["pattern"])
    keys = {
        side: [
            RULES.spell_name(TABLES[table].get("kinds", ["Place"])[0], plain_key(word)) for word in TABLES[table][side]
        ]
        for side in ("yes", "no")
    }
    assert [word for word in keys["yes"] if not getattr(pattern, how)(word)] == []
    assert [word for word in keys["no"] if getattr(pattern, how)(word)] == []


def test_sorts_do_what_they_say() -> None:
    for kind, long, short in TABLES["sort"]["yes"]:
        assert RULES.sorts[kind].fullmatch(long.removeprefix(short))
    for kind, long, short in TABLES["sort"]["no"]:
        assert not RULES.sorts[kind].fullmatch(long.removeprefix(short))


def test_levels_do_what_they_say() -> None:
    for side in ("yes", "no"):
        for kind, long, short in TABLES["level"][side]:
            assert kind in RULES.level_kinds
            opening = RULES.spell_name(kind, plain_key(long)).removesuffix(short)
            assert (opening != long and RULES.level.fullmatch(opening) is not None) == (side == "yes")


def test_the_order_of_reports_makes_no_difference() -> None:
    tables, _ = make_tables(
        (
            "450100",
            2016,
            [("Zone", "东盟经开区"), ("Event", "第13届东博会"), ("Place", "横县"), ("Project", "贵南高铁")],
        ),
        ("450100", 2020, [("Zone", "广西—东盟经济技术开发区"), ("Event", "中国—东盟博览会"), ("Project", "6号线二期")]),
        ("450000", 2022, [("Zone", "广西-东盟经开区"), ("Event", "东博会"), ("Project", "贵阳至南宁高铁")]),
        ("450100", 2024, [("Place", "横州市"), ("Project", "轨道交通6号线"), ("Project", "贵阳至南宁高铁")]),
    )
    first = join(tables)
    assert first.merges
    assert all(join(list(order)) == first for order in itertools.permutations(tables))


def test_editions_and_phases_lead_to_what_they_are_one_of() -> None:
    tables, ids = make_tables(
        ("450100", 2023, [("Event", "第20届东博会"), ("Project", "地铁6号线二期")]),
        ("450100", 2024, [("Event", "中国—东盟博览会"), ("Event", "东博会"), ("Project", "轨道交通6号线")]),
    )
    joins = join(tables)
    series, line = joins.things[ids[1][0]].id, joins.things[ids[1][2]].id
    assert joins.editions == ((ids[0][0], series),)
    assert joins.phases == ((ids[0][1], line),)


def test_a_definition_in_one_report_holds_in_others() -> None:
    text = "青山新能源产业示范区（以下简称“青能区”）启动。"
    told, full = make_tables(("450100", 2020, [("Zone", "青山新能源产业示范区")]), text=text)
    used, short = make_tables(("450100", 2023, [("Zone", "青能区")]))
    joins = join([*told, *used])
    assert joins.things[short[0][0]].id == full[0][0]
    (merge,) = joins.merges
    assert (merge.reason, merge.words, merge.reports) == ("defined", "青山新能源产业示范区（青能区）", ("450100-2020",))
    far, other = make_tables(("510100", 2023, [("Zone", "青能区")]))
    assert join([*told, *far]).things[other[0][0]].id == other[0][0]


def test_verdicts_by_hand_stand_above_the_rules(tmp_path: Path) -> None:
    for name in ("joining.toml", "likeness.tsv", "joins.tsv"):
        (tmp_path / name).write_bytes((data_folder() / name).read_bytes())
    with (tmp_path / "joins.tsv").open("a", encoding="utf-8") as file:
        file.write("apart\tProgramme\t450100\t湾区融合\t湾区融合战略\ttwo here\n")
        file.write("same\tZone\t450100\t牛角湾\t白沙产业园\trenamed\n")
    rules = load_joining(tmp_path)
    names = [("Programme", "湾区融合"), ("Programme", "湾区融合战略"), ("Zone", "牛角湾"), ("Zone", "白沙产业园")]
    for code, apart in (("450100", True), ("450300", False)):
        tables, ids = make_tables((code, 2020, names))
        things = join_tables(tables, DIVISIONS, LINKING, rules).things
        assert (things[ids[0][0]] != things[ids[0][1]]) == apart
        assert (things[ids[0][2]] == things[ids[0][3]]) == apart


def test_names_much_alike_are_one_where_no_report_names_both() -> None:
    one, other = ("Programme", "新居民积分入学管理新办法"), ("Programme", "新居民积分入学管理办法")
    apart, ids = make_tables(("450100", 2020, [one]), ("450100", 2022, [other]))
    joins = join(apart)
    assert joins.things[ids[0][0]] == joins.things[ids[1][0]]
    assert [(merge.reason, merge.words.split(" ")[1]) for merge in joins.merges] == [("similar", "~")]
    both, ids = make_tables(("450100", 2020, [one, other]))
    joins = join(both)
    assert joins.things[ids[0][0]] != joins.things[ids[0][1]]


def test_a_short_name_that_other_places_use_too_is_nobodys() -> None:
    near, ids = make_tables(
        ("620500", 2022, [("Organization", "青华")]), ("620500", 2023, [("Organization", "青华集团")])
    )
    joins = join(near)
    assert joins.things[ids[0][0]] == joins.things[ids[1][0]]
    far, _ = make_tables(("360100", 2023, [("Organization", "青华")]))
    joins = join([*near, *far])
    assert joins.things[ids[0][0]] != joins.things[ids[1][0]]


def test_likeness_is_the_same_from_both_sides_and_numbers_weigh_against_it() -> None:
    cutter = WordCutter()

    def judge(left: str, right: str) -> float:
        measured = measure_likeness(Core(left, left), Core(right, right), True, cutter, RULES)
        assert measured == measure_likeness(Core(right, right), Core(left, left), True, cutter, RULES)
        assert len(measured) == len(FEATURES)
        return judge_likeness(measured, RULES.likeness)

    assert judge("江湾步道修复提升", "江湾步道修复") > judge("江湾步道2期修复提升", "江湾步道3期修复")
    assert judge("江湾步道", "白沙水厂") < 0.01


@pytest.mark.parametrize(
    ("row", "message"),
    [("held\tmuch", "should be a number"), ("height\t1.0", "unknown keys: height")],
)
def test_bad_weights_say_where_and_why(row: str, message: str, tmp_path: Path) -> None:
    for name in ("joining.toml", "likeness.tsv", "joins.tsv"):
        (tmp_path / name).write_bytes((data_folder() / name).read_bytes())
    with (tmp_path / "likeness.tsv").open("a", encoding="utf-8") as file:
        file.write(f"{row}\n")
    with pytest.raises(BadData, match=message):
        load_joining(tmp_path)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("maybe\tZone\t\ta\tb\tc", "verdict 'maybe' should be same or apart"),
        ("same\tZonne\t\ta\tb\tc", "kind 'Zonne' should be one of"),
        ("same\tZone\t45\ta\tb\tc", "place should be a division code"),
    ],
)
def test_a_broken_verdict_is_refused(tmp_path: Path, row: str, message: str) -> None:
    for name in ("joining.toml", "likeness.tsv"):
        (tmp_path / name).write_bytes((data_folder() / name).read_bytes())
    (tmp_path / "joins.tsv").write_text("verdict\tkind\tplace\tleft\tright\twhy\n" + row + "\n", encoding="utf-8")
    with pytest.raises(BadData, match=message):
        load_joining(tmp_path)


def test_a_rewritten_report_has_one_label_and_keeps_the_others_as_aliases() -> None:
    tables, ids = make_tables(
        ("450100", 2016, [("Zone", "东盟经开区")]),
        ("450100", 2020, [("Zone", "广西—东盟经济技术开发区")] * 3),
    )
    joins = join(tables)
    old, new = ROOT + ids[0][0], ROOT + ids[1][0]
    zone = Literal("东盟经开区", "", "zh")
    triples = rewrite_triples(
        [
            (old, RDF.type, KG.Zone),
            (old, RDFS.label, zone),
            (old, KG.scopePlace, ROOT + "place/450100"),
            ("x:m", KG.refersTo, old),
        ],
        joins,
        ROOT,
    )
    assert set(triples) == {
        (new, RDF.type, KG.Zone),
        (new, RDFS.label, Literal("广西—东盟经济技术开发区", "", "zh")),
        (new, SKOS.altLabel, zone),
        ("x:m", KG.refersTo, new),
    }
    assert validate(to_graph(describe_joins(joins, ROOT))) == []


def test_renamed_divisions_lead_on_and_never_back() -> None:
    after = {old.code: new.code for old, new in list_renamed(DIVISIONS)}
    for code in after:
        line = [code]
        while line[-1] in after:
            line.append(after[line[-1]])
            assert len(line) == len({*line}), line
    assert after["450127"] == "450181"
    assert list_new_names(DIVISIONS, "45")["横县"] == "横州"
    assert "玉林市" not in list_new_names(DIVISIONS, "45")


def test_copies_are_known_by_their_text() -> None:
    text = "".join(
        f"第{number}项工作完成投资{number * 7}亿元，增长{number}%，建成项目{number * 3}个。" for number in range(200)
    )
    shape = Shape("450100-2016", "a", sketch_text(text))
    edited = Shape("450100-2017", "b", sketch_text(text.replace("第9项工作", "第九项任务")))
    other = Shape("450100-2018", "c", sketch_text(text[::-1]))
    assert compare_sketches(shape.sketch, other.sketch) < NEAR
    copy = find_copy(edited, [other, shape])
    assert copy is not None
    assert (copy.other, copy.same) == ("450100-2016", False)
    assert find_copy(other, [shape, edited]) is None


def test_names_after_a_dot_are_cores_too() -> None:
    view = view_places(Report("x", "", "", "", "", place="南宁市", place_code="450100"), DIVISIONS, LINKING)
    cores = read_cores("Facility", "老城·三街两巷", view, {}, LINKING, RULES)
    assert [core.text for core in cores] == ["老城三街两巷", "三街两巷"]
