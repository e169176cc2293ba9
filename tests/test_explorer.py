"""The explorer page as a text: one file, nothing from outside, everything escaped, the same bytes on every run."""

import base64
import hashlib
import html.parser
import json
import os
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from explorer_pages import HOSTILE, graph_of, graphs_with_outcomes, make_hostile, make_town, make_years, read_table
from requirements import require
from sample_report import make_linked

from kg.errors import BadData
from kg.explorer import build_page, name_page
from kg.explorer.bundle import ASSETS, STYLES, join_scripts
from kg.explorer.data import Page
from kg.explorer.layout import measure_label
from kg.explorer.maps import draw_maps
from kg.explorer.overview import Map
from kg.explorer.rank import OPENING
from kg.explorer.read import read_page
from kg.lexicon.tracking import load_tracking
from kg.linking import Linked
from kg.resources import data_folder
from kg.track import follow_graphs
from kg.vocab import VOCABULARY

MESSAGES = json.loads((ASSETS / "messages.json").read_text(encoding="utf-8"))
SCRIPTS = sorted((ASSETS / "js").glob("*.mjs"))


class Elements(html.parser.HTMLParser):
    """The start tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def read_rows(page: str, name: str) -> Any:
    found = re.search(f'<script type="application/json" id="kg-{name}">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found.group(1))


def show(*made: Linked) -> Page:
    return read_page(map(graph_of, made))


@pytest.fixture(scope="module")
def town() -> str:
    return build_page(graph_of(make_town()))


@pytest.fixture(scope="module")
def hostile() -> str:
    return build_page(graph_of(make_hostile()))


def test_page_asks_for_nothing_from_outside(town: str) -> None:
    elements = Elements(town)
    for tag, attributes in elements.tags:
        for name in ("src", "href", "action", "srcset", "data", "poster"):
            assert not attributes.get(name) or attributes[name] == "data:,", (tag, attributes)
    style = re.search("<style>(.*?)</style>", town, re.DOTALL)
    assert style and "url(" not in style.group(1) and "@import" not in style.group(1)


def test_policy_lets_only_the_own_scripts_run(town: str) -> None:
    (policy,) = (a["content"] or "" for _, a in Elements(town).tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-inline" not in policy.split("style-src")[0] and "http" not in policy
    code = re.findall(r'<script(?: type="module")?>(.*?)</script>', town, re.DOTALL)
    assert len(code) == 2
    for script in code:
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in policy


def test_hostile_names_stay_data(town: str, hostile: str) -> None:
    # Whatever a report says, the page has the very same elements.
    assert [tag for tag, _ in Elements(hostile).tags] == [tag for tag, _ in Elements(town).tags]
    assert {row["label"] for row in read_rows(hostile, "nodes")} >= set(HOSTILE)
    texts = "".join(row["text"] for row in read_table(read_rows(hostile, "report")["sentences"]))
    for name in HOSTILE:
        assert name in texts


def test_offsets_are_those_of_the_text(hostile: str) -> None:
    report = read_rows(hostile, "report")
    sentences, figures = read_table(report["sentences"]), read_table(report["figures"])
    assert figures
    for row in figures:
        text = sentences[row["sentence"]]["text"]
        assert text[row["start"] : row["start"] + row["length"]] == "增长3%"


def test_same_bytes_under_another_hash_seed() -> None:
    code = "import sys; from explorer_pages import graph_of, make_years; from kg.explorer import build_page; " + (
        "sys.stdout.buffer.write(build_page(*map(graph_of, make_years())).encode())"
    )
    folder = Path(__file__).parent
    environment = {**os.environ, "PYTHONHASHSEED": "4321"}
    made = subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, check=True)
    assert made.stdout == build_page(*map(graph_of, make_years())).encode()


@pytest.mark.parametrize("made", [[make_town()], [make_linked()], [make_hostile()], make_years()])
def test_no_two_opening_labels_lie_on_each_other(made: list[Linked]) -> None:
    page = show(*made)
    names = {node.id: node.name for node in page.nodes}
    for drawn in draw_maps(page):
        assert len(set(drawn.spots.values())) == len(drawn.spots)
        for one, other in combinations(list(drawn.spots)[: drawn.opening], 2):
            sizes = measure_label(names[one]), measure_label(names[other])
            apart_x = abs(drawn.spots[one][0] - drawn.spots[other][0]) - (sizes[0][0] + sizes[1][0]) / 2
            top, bottom = sorted((one, other), key=lambda node: drawn.spots[node][1])
            apart_y = drawn.spots[bottom][1] - drawn.spots[top][1] - measure_label(names[top])[1]
            assert apart_x > -2 or apart_y > -2, (names[one], names[other])


def test_page_opens_on_the_place_and_on_the_best_of_each_class() -> None:
    page = show(make_town())
    (drawn,) = draw_maps(page)
    order = list(drawn.spots)
    kinds = {node.id: node.kind for node in page.nodes}
    assert drawn.place == page.reports[0].home == order[0]
    assert drawn.spots[order[0]] == (0, 0)
    assert set(drawn.spots) == set(kinds) and drawn.opening < len(order)
    for kind, most in OPENING.items():
        there = [node for node in order if kinds[node] == kind]
        assert set(there[:most]) <= set(order[: drawn.opening]), kind


def test_many_reports_have_a_map_of_all_of_each_place_and_of_each_year() -> None:
    page = show(*make_years())
    home, other = "place/450100", "place/450200"
    maps = {(drawn.place, drawn.year): drawn for drawn in draw_maps(page)}
    assert list(maps) == [(None, None), (home, None), (other, None), (home, 2022), (home, 2023), (home, 2024)]
    names = {node.id: node.name for node in page.nodes}

    def named(drawn: Map) -> set[str]:
        return {names[node] for node in list(drawn.spots)[: drawn.opening]}

    # The map of all opens on the places and on what they have in common.
    assert named(maps[None, None]) == {"南宁市", "柳州市", "西部陆海新通道"}
    assert named(maps[home, None]) == {"南宁市", "西部陆海新通道", "平陆运河"}
    assert named(maps[other, None]) == {"柳州市", "西部陆海新通道", "糖厂"}


def test_reports_are_one_page_with_one_node_for_one_thing() -> None:
    page = show(*make_years())
    assert [(report.place, report.year) for report in page.reports] == [
        ("南宁市", 2022), ("南宁市", 2023), ("南宁市", 2024), ("柳州市", 2024)]  # fmt: skip
    (canal,) = (node for node in page.nodes if node.name == "平陆运河")
    assert len(canal.occurrences) == 3
    assert [fact.object for fact in page.facts if fact.subject == canal.id] == [
        "planned",
        "started",
        "underConstruction",
    ]
    growth = {figure.concept for figure in page.figures}
    assert len(growth) == 1 and {figure.owner for figure in page.figures} == {"place/450100", "place/450200"}
    assert name_page(page) == "2地2022–2024年政府工作报告"
    assert name_page(show(*make_years()[:3])) == "南宁市2022–2024年政府工作报告"
    assert name_page(show(make_town())) == "南宁市2024年政府工作报告"


def test_the_order_of_the_graphs_does_not_matter() -> None:
    graphs = [graph_of(linked) for linked in make_years()]
    assert build_page(*graphs) == build_page(*reversed(graphs))
    merged = dict.fromkeys(triple for graph in graphs for triple in graph)
    assert read_page([merged]).figures == read_page(graphs).figures


def test_outcomes_are_found_in_graphs_apart_and_in_one() -> None:
    apart = graphs_with_outcomes(*make_years())
    merged = dict.fromkeys(triple for graph in apart[:-1] for triple in graph)
    assert follow_graphs([merged], load_tracking(data_folder())) == apart[-1]
    outcomes = read_page(apart).outcomes
    assert [(o.target.split("/")[0], o.verdict, o.gap) for o in outcomes] == [
        ("figure", "missed", "-1"), ("claim", "inProgress", "")] * 2  # fmt: skip
    assert read_page([*apart[1:], apart[0]]).outcomes == outcomes
    # Without the report that looks back there is nothing to lead to.
    assert [o.verdict for o in read_page([apart[0], apart[-1]]).outcomes] == []
    assert follow_graphs(apart[:1], load_tracking(data_folder())) == {}


def test_rows_say_what_the_document_says(town: str) -> None:
    linked = make_town()
    report = read_rows(town, "report")
    assert report["facts"]["size"] + report["states"]["size"] == len(linked.document.claims)
    assert report["figures"]["size"] == len(linked.document.figures)
    (battery,) = (row for row in read_rows(town, "nodes") if row["label"] == "比亚迪东盟电池项目")
    edges = [row for row in read_rows(town, "edges") if row["from"] == battery["id"]]
    assert sorted(edge["label"] for edge in edges) == ["developedBy", "locatedIn"]
    assert report["pinyin"]["亚"] == "ya"


def test_one_fact_for_two_rules_that_read_the_same() -> None:
    linked = make_town()
    page = show(linked)
    assert len({fact.claim for fact in page.facts}) == len(page.facts)
    text = linked.document.report.text
    assert all(text[f.start : f.end] in page.sentences[f.sentence].text for f in page.facts)


def test_context_divisions_that_nobody_names_are_not_shown() -> None:
    linked = make_town()
    assert {"中国", "广西壮族自治区"} <= {entity.name for entity in linked.entities}
    assert not {"中国", "广西壮族自治区"} & {node.name for node in show(linked).nodes}


def test_every_message_has_both_languages() -> None:
    for key, texts in MESSAGES.items():
        assert len(texts) == 2 and all(texts), key
        slots = [sorted(re.findall(r"\{\w+\}", text)) for text in texts]
        assert slots[0] == slots[1], key


def test_every_message_is_used_and_every_used_one_there() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in [*SCRIPTS, ASSETS.parent / "template.html"])
    used = set(re.findall(r"""["'`]((?:\w+)\.[\w=<>~]+)["'`]""", sources))
    prefixes = set(re.findall(r"[`\"](\w+)\.\$\{", sources))
    prefixes |= {"kind", "predicate", "inverse"}
    for key in MESSAGES:
        assert key in used or key.split(".")[0] in prefixes, f"{key} is said nowhere"
    for key in used:
        if key.split(".")[0] in {name.split(".")[0] for name in MESSAGES}:
            assert key in MESSAGES, key


def test_page_knows_every_term_of_the_ontology() -> None:
    for kind in VOCABULARY.kinds:
        assert f"kind.{kind}" in MESSAGES
        assert f".kind-{kind} " in (ASSETS / "css" / "kinds.css").read_text(encoding="utf-8")
        assert f"  {kind}: " in (ASSETS / "js" / "marks.mjs").read_text(encoding="utf-8")
    for predicate in VOCABULARY.predicates:
        if predicate != "aimsAtStatus":
            assert f"predicate.{predicate}" in MESSAGES
            assert f'"{predicate}"' in (ASSETS / "js" / "model.mjs").read_text(encoding="utf-8")
    assert [f"status.{s}" in MESSAGES for s in VOCABULARY.statuses] == [True] * 6


def test_all_scripts_and_styles_are_in_the_page() -> None:
    script = join_scripts(ASSETS / "js", "main.mjs")
    for path in SCRIPTS:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first in script, path.name
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 250, path.name
    assert not re.search(r"^(import|export)\b", script, re.MULTILINE)
    assert sorted(f"{name}.css" for name in STYLES) == sorted(path.name for path in (ASSETS / "css").iterdir())


def test_scripts_parse_no_html() -> None:
    for path in SCRIPTS:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", text), (
            path.name
        )


def test_an_import_that_cannot_be_joined_is_bad_data(tmp_path: Path) -> None:
    (tmp_path / "main.mjs").write_text('import * as all from "./other.mjs";\n', encoding="utf-8")
    with pytest.raises(BadData, match="cannot be joined"):
        join_scripts(tmp_path, "main.mjs")


def test_a_page_shows_what_the_report_was_read_as() -> None:
    """Nothing is lost on the way over the graph: the page has every sentence, name and figure of the document."""
    linked = make_linked()
    page, document = show(linked), linked.document
    assert [(s.start, s.text, s.period, s.modality) for s in page.sentences] == [
        (s.start, s.text, s.period, s.modality) for s in document.sentences
    ]
    assert [(s.level, s.title, s.start, s.end) for s in page.sections] == [
        (s.level, s.title, s.start, s.end) for s in document.sections
    ]
    assert [(f.start, f.end, f.text, f.value, f.unit, f.kind, f.period, f.bound, f.of) for f in page.figures] == [
        (f.start, f.end, f.text, f"{f.value:f}", f.unit, f.kind, f.period, f.bound, f.of) for f in document.figures
    ]
    spans = sorted((o.start, o.end, node.kind) for node in page.nodes for o in node.occurrences)
    kinds = {entity.id: entity.kind for entity in linked.entities}
    met = zip(document.mentions, linked.mentions, strict=True)
    assert spans == sorted((m.start, m.end, kinds[link.entity]) for m, link in met)
    report = document.report
    assert (page.reports[0].place, page.reports[0].year) == (report.place, report.year)


def test_size_leaves_room_for_a_real_report(town: str) -> None:
    assert len(town.encode()) < 800_000


def test_scripts_pass_their_own_tests() -> None:
    files = sorted(str(path) for path in (Path(__file__).parent / "js").glob("*.test.mjs"))
    assert files
    run = subprocess.run([require("node"), "--test", *files], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
