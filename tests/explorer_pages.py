"""Reports made by hand for the page's tests: a town with more than the page opens on, a hostile one, and many years."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sample_report import EXTRACTION

from kg.graph import Triple, to_triples
from kg.lexicon.divisions import load_divisions
from kg.lexicon.linking import load_linking
from kg.lexicon.tracking import load_tracking
from kg.linking import Linked, link
from kg.model import Claim, Document, Figure, Mention, Modality, Name, Report, Section, Sentence
from kg.resources import data_folder
from kg.track import follow_graphs

REVIEW = "一、工作回顾"
PLAN = "二、工作安排"
# How many years before its own a part of the report speaks of.
_YEARS: dict[str, tuple[int, Modality]] = {REVIEW: (1, "actual"), PLAN: (0, "target")}


def link_report(
    parts: Mapping[str, Sequence[str]],
    names: dict[str, str],
    claims: Iterable[tuple[int, str, str, str]],
    place: tuple[str, str] = ("南宁市", "450100"),
    year: int = 2024,
) -> Linked:
    """Link a report of two parts: `names` are mentioned wherever they stand, `claims` tell (sentence, s, p, o).

    Sentences are numbered with their headings; growth figures (增长4.0%) are found where they stand.
    """
    text, sentences, sections = "", list[Sentence](), [Section(0, 0, "政府工作报告", 0, 0, None, year - 1, "actual")]
    for title, lines in parts.items():
        back, modality = _YEARS[title]
        spoken = year - back
        number, start = len(sections), len(text)
        for line in (title, *lines):
            at = len(text)
            index = len(sentences)
            sentences.append(Sentence(index, number, index, at, at + len(line), line, spoken, modality))
            text += line + "\n"
        sections.append(Section(number, 1, title, start, len(text), 0, spoken, modality))
    report = Report(
        id=f"{place[1]}-{year}",
        title="政府工作报告",
        text=text,
        source="made.txt",
        digest="0" * 64,
        place=place[0],
        place_code=place[1],
        level="city",
        year=year,
        date=datetime.date(year, 2, 27),
        speaker="某人",
    )
    document = Document(
        report,
        tuple(sections),
        tuple(sentences),
        tuple(_find_mentions(sentences, names)),
        tuple(_find_growth(sentences)),
        tuple(_make_claim(sentences[number], names, *rest) for number, *rest in claims),
    )
    return link(document, load_divisions(data_folder()), load_linking(data_folder()))


def _find_mentions(sentences: Iterable[Sentence], names: dict[str, str]) -> Iterable[Mention]:
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name)))))
    for sentence in sentences:
        for found in pattern.finditer(sentence.text):
            start, end = sentence.start + found.start(), sentence.start + found.end()
            yield Mention(start, end, found.group(), names[found.group()], sentence.index, "made")


def _find_growth(sentences: Iterable[Sentence]) -> Iterable[Figure]:
    for s in sentences:
        for found in re.finditer(r"([一-鿿]{2,8}?)(增长(\d+(?:\.\d+)?)%)", s.text):
            start, end = s.start + found.start(2), s.start + found.end(2)
            value = Decimal(found.group(3))
            yield Figure(
                start,
                end,
                found.group(2),
                found.group(1),
                value,
                "%",
                "growth",
                s.modality,
                str(s.period),
                "=",
                s.index,
                "made",
            )


def _make_claim(sentence: Sentence, names: dict[str, str], subject: str, predicate: str, target: str) -> Claim:
    return Claim(
        Name(subject, names[subject]),
        predicate,
        Name(target, "Status" if predicate == "hasStatus" else names[target]),
        sentence.index,
        sentence.start,
        sentence.end,
        sentence.modality,
        sentence.period,
        "made.rule",
    )


PROGRAMMES = [f"第{number}号行动" for number in range(1, 71)]


@functools.cache
def make_town() -> Linked:
    """Return a town's report: projects and their firms, zones, honours, and seventy programmes."""
    names = {
        "南宁市": "Place", "青秀区": "Place", "比亚迪": "Organization", "比亚迪东盟电池项目": "Project",
        "平陆运河": "Project", "五象新区": "Zone", "新能源汽车": "Industry", "全国文明城市": "Honour",
        "第20届东博会": "Event", "一体两翼": "Programme", "东翼": "Programme",
        **dict.fromkeys(PROGRAMMES, "Programme"),
    }  # fmt: skip
    review = [
        "地区生产总值增长4.0%，工业投资增长12.5%。",
        "比亚迪东盟电池项目落户青秀区，由比亚迪建设，已投产。",
        "南宁市获评全国文明城市，举办第20届东博会。",
    ]
    plan = [
        "地区生产总值增长5%。",
        "五象新区发展新能源汽车，融入一体两翼，东翼与五象新区同属一体两翼，加快平陆运河建设。",
        *(f"实施{'、'.join(PROGRAMMES[start : start + 7])}。" for start in range(0, 70, 7)),
    ]
    claims = [
        (2, "比亚迪东盟电池项目", "locatedIn", "青秀区"),
        (2, "比亚迪东盟电池项目", "developedBy", "比亚迪"),
        (2, "比亚迪东盟电池项目", "hasStatus", "operating"),
        (3, "南宁市", "awarded", "全国文明城市"),
        (3, "南宁市", "hosts", "第20届东博会"),
        (6, "五象新区", "focusesOn", "新能源汽车"),
        (6, "五象新区", "partOf", "一体两翼"),
        (6, "东翼", "partOf", "一体两翼"),
        (6, "平陆运河", "hasStatus", "underConstruction"),
    ]
    return link_report({REVIEW: review, PLAN: plan}, names, claims)


HOSTILE = (
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=2</script>",
    '"><img src=x onerror=window.hacked=3>',
    '<a href="javascript:window.hacked=4">href</a>',
    "{{ page.script }}{% raw %}",
    "']];window.hacked=5;//\\u2028\u2028𠮷",
    '=HYPERLINK("http://example.invalid")',
)


@functools.cache
def make_hostile() -> Linked:
    """Return a report whose names and sentences would break a page that forgot to escape one of them."""
    names = {"南宁市": "Place", **dict.fromkeys(HOSTILE, "Project")}
    claims = [(1 + index, name, "locatedIn", "南宁市") for index, name in enumerate(HOSTILE)]
    return link_report({REVIEW: [f"𠮷推进{name}建设，南宁市投资增长3%。" for name in HOSTILE]}, names, claims)


@functools.cache
def make_nested() -> Linked:
    """Return a report in which a name stands inside the words of a figure, and nothing else is told."""
    return link_report({REVIEW: ["工业投资增长3%。"], PLAN: ["继续。"]}, {"增长": "Programme"}, [])


NEIGHBOUR = ("柳州市", "450200")


@functools.cache
def make_years() -> tuple[Linked, ...]:
    """Return the reports of one place for three years and of another for one, which tell of works and of a target."""
    names = {
        "南宁市": "Place",
        "柳州市": "Place",
        "平陆运河": "Project",
        "西部陆海新通道": "Corridor",
        "糖厂": "Project",
    }
    states = {2022: "planned", 2023: "started", 2024: "underConstruction"}
    reports = [
        link_report(
            {
                REVIEW: [f"地区生产总值增长{year - 2018}%。", "南宁市融入西部陆海新通道。"],
                PLAN: [f"地区生产总值增长{year - 2016}%。", "推进平陆运河。"],
            },
            names,
            [(5, "平陆运河", "hasStatus", state)],
            year=year,
        )
        for year, state in states.items()
    ]
    other = {REVIEW: ["地区生产总值增长2%，柳州市融入西部陆海新通道。"], PLAN: ["糖厂开工。"]}
    return (*reports, link_report(other, names, [(3, "糖厂", "hasStatus", "started")], NEIGHBOUR, 2024))


def graph_of(linked: Linked) -> list[Triple]:
    """Return the graph of a linked report."""
    return list(to_triples(linked, load_linking(data_folder()), EXTRACTION))


def graphs_with_outcomes(*made: Linked) -> list[Iterable[Triple]]:
    """Return the graphs of linked reports, and what became of their targets as one more."""
    graphs = list(map(graph_of, made))
    return [*graphs, follow_graphs(graphs, load_tracking(data_folder()))]


def read_table(table: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a table of the page as rows, as table.mjs reads it."""
    rows: list[dict[str, Any]] = [{} for _ in range(table.pop("size"))]
    for name, column in table.items():
        for index, row in enumerate(rows):
            if isinstance(column, list):
                row[name] = column[index]
            else:
                row[name] = column["all"] if "all" in column else column["words"][column["at"][index]]
    return rows
