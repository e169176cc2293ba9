"""Reading and cutting: rule examples, cleaning, headings, and the time that each part speaks of."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BadInput
from kg.lexicon.head import load_head
from kg.lexicon.reading import read_toml
from kg.lexicon.structure import StructureRules, load_structure, time_pattern
from kg.model import Report
from kg.readers import clean_text, read_source
from kg.resources import data_folder
from kg.text import sentence_at, split_report

RULES = load_structure(data_folder())
HAN = st.text(alphabet="一二三、。！？\n（）(*#年工作回顾安排2024 —“”", max_size=80)


def examples(file: str, tables: tuple[str, ...]) -> list[tuple[str, str, str, bool]]:
    loaded = read_toml(data_folder() / file)
    return [
        (table, entry["name"], text, expected)
        for table in tables
        for entry in loaded[table]
        for expected, texts in ((True, entry["yes"]), (False, entry["no"]))
        for text in texts
    ]


@pytest.mark.parametrize(("table", "name", "text", "expected"), examples("structure.toml", ("clean", "heading")))
def test_cleaning_and_heading_examples(table: str, name: str, text: str, expected: bool) -> None:
    if table == "clean":
        pattern = next(rule.pattern for rule in RULES.cleanings if rule.name == name)
        assert bool(pattern.search(text)) is expected
    else:
        pattern = next(rule.pattern for rule in RULES.headings if rule.name == name)
        assert bool(pattern.fullmatch(text) if name == "short" else pattern.match(text)) is expected


@pytest.mark.parametrize(("table", "name", "text", "expected"), examples("structure.toml", ("part", "turn")))
def test_time_examples(table: str, name: str, text: str, expected: bool) -> None:
    rule = next(rule for rule in (RULES.parts if table == "part" else RULES.turns) if rule.name == name)
    pattern = time_pattern(rule, 2024)
    assert bool(pattern.search(text) if table == "part" else pattern.match(text)) is expected


@pytest.mark.parametrize(
    ("table", "name", "text", "expected"), examples("head.toml", ("title", "date", "place", "speaker", "self"))
)
def test_head_examples(table: str, name: str, text: str, expected: bool) -> None:
    entries = read_toml(data_folder() / "head.toml")[table]
    at = next(number for number, entry in enumerate(entries) if entry["name"] == name)
    rules = load_head(data_folder())
    pattern = (rules.selves[at][0],) if table == "self" else ((*getattr(rules, f"{table}s"),)[at],)
    assert bool(pattern[0].search(text)) is expected


def report_of(text: str, year: int | None = 2024, rules: StructureRules = RULES) -> Report:
    published, origins = clean_text(text, [(c.pattern, c.to) for c in rules.cleanings])
    return Report("x-2024", "政府工作报告", published, "x.txt", "", year=year, origins=origins)


def test_parts_know_their_time() -> None:
    report = report_of(
        "一、2023年工作回顾\n经济增长4%。\n（一）抓产业。新增5家。\n五年来，累计投资9亿元。\n"
        "二、2024年工作安排\n增长5%。\n三、全面加强政府自身建设\n减少1项。"
    )
    _, sentences = split_report(report, RULES)
    times = {s.text: (s.modality, s.since, s.period) for s in sentences}
    assert times["经济增长4%。"] == ("actual", None, 2023)
    assert times["新增5家。"] == ("actual", None, 2023)
    assert times["五年来，累计投资9亿元。"] == ("actual", 2019, 2023)
    assert times["增长5%。"] == ("target", None, 2024)
    assert times["减少1项。"] == ("target", None, 2024)


def test_a_title_without_time_takes_that_of_its_text() -> None:
    text = (
        "一、2023年工作回顾\n成绩来之不易。\n"
        "二、决胜全面小康\n今年，我们将做好以下工作。\n种树。\n（一）壮大产业\n建厂。\n"
    )
    sections, sentences = split_report(report_of(text), RULES)
    times = {sentence.text: (sentence.modality, sentence.period) for sentence in sentences}
    assert times["成绩来之不易。"] == ("actual", 2023)
    assert times["种树。"] == times["建厂。"] == ("target", 2024)
    assert [section.modality for section in sections if section.title.startswith("二、")] == ["target"]


def test_a_plan_that_has_ended_is_a_result() -> None:
    text = "一、“十二五”规划目标任务胜利完成\n种树。\n"
    _, sentences = split_report(report_of(text, 2016), RULES)
    assert {sentence.modality for sentence in sentences} == {"actual"}


def test_sections_nest() -> None:
    sections, _ = split_report(report_of("一、甲\n（一）乙。文。\n1.丙\n二、丁\n文。"), RULES)
    assert [(s.level, s.title, s.parent) for s in sections[1:]] == [
        (1, "一、甲", 0),
        (2, "（一）乙", 1),
        (3, "1.丙", 2),
        (1, "二、丁", 0),
    ]
    assert sections[1].end == sections[4].start


def test_watermark_stars_comments_and_page_numbers_go() -> None:
    report = report_of(
        "更多数据尽在某站（http://www.example.cn/trade/list）\n\n**政府工作报告**\n<!-- 图 -->\n— 3 —\n"
        "## 一、回顾\n　　增长*5*%。\n17\n"
    )
    assert report.text == "政府工作报告\n一、回顾\n增长5%。"


@given(HAN)
def test_every_published_character_stands_where_its_map_says(raw: str) -> None:
    published, origins = clean_text(raw, [(c.pattern, c.to) for c in RULES.cleanings])
    report = Report("x", "", published, "", "", origins=origins)
    assert all(raw[report.origin(i)] == published[i] for i in range(len(published)))


@given(HAN)
def test_sentences_and_sections_hold_their_own_words(raw: str) -> None:
    report = report_of(raw)
    sections, sentences = split_report(report, RULES)
    last = 0
    for sentence in sentences:
        assert report.text[sentence.start : sentence.end] == sentence.text
        assert last <= sentence.start < sentence.end
        assert sentence_at(sentences, sentence.start) == sentence
        assert sections[sentence.section].start <= sentence.start <= sections[sentence.section].end
        last = sentence.end
    # Nothing but white space lies between sentences.
    covered = {i for s in sentences for i in range(s.start, s.end)}
    assert all(report.text[i].isspace() for i in range(len(report.text)) if i not in covered)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes("政府工作报告\n经济增长5%。".encode(encoding))
    raw = read_source(path).raw
    assert report_of(raw).text == "政府工作报告\n经济增长5%。"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"\xff\xfe\x00\x01\x02", "is neither UTF-8 nor GB18030 text; save it as UTF-8"),
        (b"plain english only", "has no Chinese text"),
    ],
)
def test_unreadable_files_say_why(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    with pytest.raises(BadInput) as caught:
        read_source(path)
    assert str(caught.value) == f"{path}: {reason}"


def test_other_endings_and_missing_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"kg reads \.txt and \.md"):
        read_source(tmp_path / "report.exe")
    with pytest.raises(BadInput, match="No such file"):
        read_source(tmp_path / "absent.txt")
