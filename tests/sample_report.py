"""A small report as the extractors would hand it over, made by hand: every kind of finding, in real sentences."""

from __future__ import annotations

import datetime
from decimal import Decimal

from kg.graph import DEFAULT_BASE, Extraction, Triple, to_triples
from kg.joining import Joins, Merge
from kg.joining.rewriting import describe_joins
from kg.lexicon.divisions import load_divisions
from kg.lexicon.linking import load_linking
from kg.linking import Linked, link
from kg.model import (
    Bound,
    Claim,
    Document,
    Figure,
    FigureKind,
    Mention,
    Modality,
    Name,
    Report,
    Section,
    Sentence,
)
from kg.resources import data_folder

# (title, level, year, first year of a span, modality)
_SECTIONS: tuple[tuple[str, int, int, int | None, Modality], ...] = (
    ("政府工作报告", 0, 2023, None, "actual"),
    ("一、2023年工作回顾", 1, 2023, None, "actual"),
    ("二、过去五年工作回顾", 1, 2022, 2018, "actual"),
    ("三、2024年工作安排", 1, 2024, None, "target"),
)
# (section, sentence)
_SENTENCES = (
    (1, "一、2023年工作回顾"),
    (1, "地区生产总值增长4.0%，增速比上年提高2.6个百分点，GDP占全区20.10%。"),
    (1, "下达市本级资金34.67亿元，空气质量排第6位，横州市茉莉花产量约10万吨，全区用电量下降1.5%。"),
    (1, "比亚迪等一批重大项目投产，龙电华鑫项目落户青秀区经开区、开工建设。"),
    (1, "南宁经济技术开发区（简称“南开区”）获评“国家级绿色工业园区”，南开区聚焦新能源汽车。"),
    (1, "南宁—河内经济走廊连接南宁与河内，与越南海防签署友好交流协议，市委支持南宁马拉松举办。"),
    (2, "二、过去五年工作回顾"),
    (2, "横州茉莉花等特产名扬海外，累计新增贷款1.20万亿元，一季度建成公园12个，市民中心启用。"),
    (3, "三、2024年工作安排"),
    (3, "地区生产总值增长5%左右，“一体两翼”中的东翼引进项目30个以上，登记失业率控制在4.5%以内。"),
    (3, "推动比亚迪东盟电池等项目达产，竣工比亚迪项目，发展新能源汽车产业，侯刚市长挂帅，新增锅炉3蒸吨。"),
)
# (sentence, words, kind)
_MENTIONS = (
    (2, "横州市", "Place"),
    (3, "比亚迪", "Project"),
    (3, "龙电华鑫项目", "Project"),
    (3, "青秀区", "Place"),
    (3, "经开区", "Zone"),
    (4, "南宁经济技术开发区", "Zone"),
    (4, "国家级绿色工业园区", "Honour"),
    (4, "南开区", "Zone"),
    (4, "新能源汽车", "Industry"),
    (5, "南宁—河内经济走廊", "Corridor"),
    (5, "河内", "Place"),
    (5, "越南海防", "Place"),
    (5, "市委", "Organization"),
    (5, "南宁马拉松", "Event"),
    (7, "横州茉莉花", "Product"),
    (7, "市民中心", "Facility"),
    (9, "一体两翼", "Programme"),
    (9, "东翼", "Programme"),
    (10, "比亚迪东盟电池", "Project"),
    (10, "比亚迪项目", "Project"),
    (10, "新能源汽车产业", "Industry"),
    (10, "侯刚", "Person"),
)
# (sentence, words, indicator, value, unit, kind, period, bound, of)
_FIGURES: tuple[tuple[int, str, str, str, str, FigureKind, str, Bound, str | None], ...] = (
    (1, "增长4.0%", "地区生产总值", "4.0", "%", "growth", "2023", "=", None),
    (1, "提高2.6个百分点", "地区生产总值增速", "2.6", "个百分点", "growth", "2023", "=", None),
    (1, "占全区20.10%", "GDP占全区", "20.10", "%", "share", "2023", "=", None),
    (2, "34.67亿元", "下达市本级资金", "34.67", "亿元", "level", "2023", "=", None),
    (2, "第6位", "空气质量", "6", "位", "rank", "2023", "=", None),
    (2, "约10万吨", "茉莉花产量", "10", "万吨", "level", "2023", "~", "横州市"),
    (2, "下降1.5%", "全区用电量", "-1.5", "%", "growth", "2023", "=", "全区"),
    (3, "一批", "重大项目", "1", "批", "level", "2023", ">=", "某专班"),
    (7, "1.20万亿元", "新增贷款", "1.20", "万亿元", "level", "2018-2022", "=", None),
    (7, "12个", "建成公园", "12", "个", "level", "2022-Q1", "=", None),
    (9, "增长5%左右", "GDP", "5", "%", "growth", "2024", "~", None),
    (9, "30个以上", "引进项目", "30", "个", "level", "2024", ">=", None),
    (9, "控制在4.5%以内", "登记失业率", "4.5", "%", "share", "2024", "<=", None),
    (10, "3蒸吨", "锅炉", "3", "蒸吨", "level", "2024", "=", None),
)
# (sentence, words, subject, predicate, object)
_CLAIMS = (
    (3, "比亚迪等一批重大项目投产", ("比亚迪", "Project"), "hasStatus", ("operating", "Status")),
    (3, "龙电华鑫项目落户青秀区", ("龙电华鑫项目", "Project"), "locatedIn", ("青秀区", "Place")),
    (3, "龙电华鑫项目落户青秀区经开区、开工", ("龙电华鑫项目", "Project"), "hasStatus", ("started", "Status")),
    (3, "龙电华鑫项目", ("龙电华鑫项目", "Project"), "developedBy", ("龙电华鑫", "Organization")),
    (4, "获评“国家级绿色工业园区”", ("南宁经济技术开发区", "Zone"), "awarded", ("国家级绿色工业园区", "Honour")),
    (4, "南开区聚焦新能源汽车", ("南开区", "Zone"), "focusesOn", ("新能源汽车", "Industry")),
    (5, "走廊连接南宁", ("南宁—河内经济走廊", "Corridor"), "connects", ("南宁", "Place")),
    (5, "与河内", ("南宁—河内经济走廊", "Corridor"), "connects", ("河内", "Place")),
    (5, "与越南海防签署", ("南宁市", "Place"), "cooperatesWith", ("越南海防", "Place")),
    (5, "南宁马拉松举办", ("南宁市", "Place"), "hosts", ("南宁马拉松", "Event")),
    (7, "横州茉莉花", ("横州市", "Place"), "produces", ("横州茉莉花", "Product")),
    (9, "“一体两翼”中的东翼", ("东翼", "Programme"), "partOf", ("一体两翼", "Programme")),
    (10, "推动比亚迪东盟电池等项目达产", ("比亚迪东盟电池", "Project"), "hasStatus", ("operating", "Status")),
    (10, "竣工比亚迪项目", ("比亚迪项目", "Project"), "hasStatus", ("completed", "Status")),
    (10, "发展新能源汽车产业", ("南宁市", "Place"), "focusesOn", ("新能源汽车产业", "Industry")),
)
EXTRACTION = Extraction("0.1.0", "0" * 64)


def make_document() -> Document:
    """Return the document of the small report."""
    text, sentences = "", list[Sentence]()
    for index, (section, words) in enumerate(_SENTENCES):
        _, _, year, since, modality = _SECTIONS[section]
        start = len(text)
        sentences.append(
            Sentence(index, section, index, start, start + len(words), words, year, modality, since),
        )
        text += words + "\n"
    report = Report(
        id="450100-2024",
        title="政府工作报告",
        text=text,
        source="nanning-2024.txt",
        digest="ab" * 32,
        place="南宁市",
        place_code="450100",
        level="city",
        year=2024,
        date=datetime.date(2024, 2, 27),
        speaker="侯刚",
    )
    starts = [0, *(next(s.start for s in sentences if s.section == index) for index in range(1, len(_SECTIONS)))]
    ends = [len(text), *starts[2:], len(text)]
    sections = tuple(
        Section(index, level, title, starts[index], ends[index], 0 if index else None, year, modality, since)
        for index, (title, level, year, since, modality) in enumerate(_SECTIONS)
    )

    def place(sentence: int, words: str) -> tuple[int, int]:
        at = sentences[sentence].start + sentences[sentence].text.rindex(words)
        return at, at + len(words)

    mentions = tuple(
        Mention(*place(number, words), words, kind, number, "lexicon.sample", 0.9) for number, words, kind in _MENTIONS
    )
    figures = tuple(
        Figure(
            *place(number, words),
            words,
            indicator,
            Decimal(value),
            unit,
            kind,
            sentences[number].modality,
            period,
            bound,
            number,
            "figure.sample",
            1.0,
            of,
        )
        for number, words, indicator, value, unit, kind, period, bound, of in _FIGURES
    )
    claims = tuple(
        Claim(
            Name(*subject),
            predicate,
            Name(*target),
            number,
            *place(number, words),
            sentences[number].modality,
            sentences[number].period,
            "relation.sample",
            0.8,
        )
        for number, words, subject, predicate, target in _CLAIMS
    )
    return Document(report, sections, tuple(sentences), mentions, figures, claims)


def make_linked() -> Linked:
    """Return the small report with its entities."""
    return link(make_document(), load_divisions(data_folder()), load_linking(data_folder()))


def make_triples(base: str = DEFAULT_BASE) -> dict[Triple, None]:
    """Return the graph of the small report."""
    return to_triples(make_linked(), load_linking(data_folder()), EXTRACTION, base)


def make_joins(base: str = DEFAULT_BASE) -> dict[Triple, None]:
    """Return what would join the small report with another: a merge, an edition and a phase."""
    merge = Merge("place/450127", "place/450181", "division", "横县 → 横州市 2021", ("450100-2024",), 2)
    return describe_joins(Joins({}, (merge,), (("event/1", "event/2"),), (("project/1", "project/2"),)), f"{base}id/")
