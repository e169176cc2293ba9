"""The explorer page in a real browser, used as a person would: by clicking and typing."""

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from axe_playwright_python.sync_playwright import Axe
from explorer_pages import (
    HOSTILE,
    PROGRAMMES,
    graph_of,
    graphs_with_outcomes,
    make_hostile,
    make_nested,
    make_town,
    make_years,
    read_table,
)
from playwright.sync_api import Browser, Page, expect, sync_playwright
from requirements import require

from kg.explorer import build_page

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY = "performance.getEntriesByName('kg-ready').length > 0"
# Where CI wants to keep what the tests saw.
SHOTS = os.environ.get("KG_SCREENSHOTS")

# Growth of 4.0 % in the town's report: its place in the text is its name.
FIGURE = "450100-2024.000013-000019"
GRAVE = ("serious", "critical")
PROMISES = "#view=table&table=promises&verdict=missed"
OUTCOME = "#view=table&table=promises&pick=o:figure/450100-2022.000046-000050"

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = require("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("explorer")
    files = {}
    for name, made in (
        ("town", [make_town()]),
        ("hostile", [make_hostile()]),
        ("years", make_years()),
        ("nested", [make_nested()]),
    ):
        files[name] = folder / f"{name}.html"
        files[name].write_text(build_page(*graphs_with_outcomes(*made)), encoding="utf-8")
    return files


@pytest.fixture
def opened(browser: Browser, pages: dict[str, Path], request: pytest.FixtureRequest) -> Iterator[Open]:
    """Open a page; afterwards nothing may have been asked of a network, and nothing may have gone wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    context.set_default_timeout(8000)
    trouble: list[str] = []
    page = context.new_page()

    def note(words: str, wrong: bool) -> None:
        if wrong:
            trouble.append(words)

    page.on("console", lambda message: note(message.text, message.type in ("error", "warning")))
    page.on("pageerror", lambda error: note(str(error), True))
    page.on("request", lambda asked: note(asked.url, not asked.url.startswith(("file:", "data:", "blob:"))))

    def visit(name: str = "town", address: str = "", width: int = 1280, height: int = 800) -> Page:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{pages[name].as_uri()}{address}")
        wait_until(page, READY)
        return page

    yield visit
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{request.node.name}.png")
    context.close()
    assert trouble == []


def wait_until(page: Page, condition: str) -> None:
    # Playwright's own waiting evaluates in the page, which the page's security policy forbids.
    for _ in range(400):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never came true: {condition}")


def drawn(page: Page) -> int:
    return int(re.findall(r"\d+", page.locator("#graph-tools [role=status]").inner_text())[0])


def choose(page: Page, query: str) -> None:
    page.fill("#search", query)
    page.press("#search", "Enter")


def click_node(page: Page, name: str) -> None:
    spot = page.evaluate("name => kg.spotOf([...kg.model.nodes.values()].find(n => n.name === name).id)", name)
    page.locator("#graph").click(position=spot)


def title(page: Page) -> str:
    return page.locator("#panel h2").inner_text()


def test_opens_on_the_main_structure(opened: Open) -> None:
    page = opened()
    expect(page.locator("#heading")).to_have_text("南宁市2024年政府工作报告")
    assert drawn(page) < len(PROGRAMMES)
    first = page.locator("#graph canvas").screenshot()
    page.wait_for_timeout(300)
    assert page.locator("#graph canvas").screenshot() == first, "the picture moves after it was drawn"
    # The figures that can be compared greet the reader.
    expect(page.locator("#panel .pairs-table tbody")).to_have_text(re.compile(r"地区生产总值\s*\+4\.0%\s*\+5%"))


def test_search_by_name_pinyin_and_initials(opened: Open) -> None:
    page = opened()
    for query in ("bydDM", "biyadidong", "比亚迪东", "dmdc"):
        page.keyboard.press("/")
        page.keyboard.type(query)
        expect(page.locator("#hits [role=option]").first).to_contain_text("比亚迪东盟电池项目")
        page.keyboard.press("Enter")
        assert title(page) == "比亚迪东盟电池项目"
        page.keyboard.press("Escape")


def test_search_results_by_class_with_counts_and_by_keyboard(opened: Open) -> None:
    page = opened()
    page.fill("#search", "byd")
    assert page.locator("#hits .group-name").all_inner_texts() == ["组织机构\n1", "项目\n1"]
    page.press("#search", "ArrowDown")
    page.press("#search", "Enter")
    assert title(page) == "比亚迪东盟电池项目"
    page.fill("#search", "没有的东西")
    expect(page.locator("#hits")).to_contain_text("没有找到")
    page.press("#search", "Escape")
    expect(page.locator("#hits")).to_be_hidden()


def test_the_legend_is_the_filter(opened: Open) -> None:
    page = opened()
    before = drawn(page)
    page.get_by_label("政策与行动").first.uncheck()
    assert drawn(page) < before
    page.locator("#legend li", has_text="功能区").get_by_role("button").click()
    page.click("#toggle-list")
    assert page.locator("#graph-list h3").all_inner_texts() == ["地方 1", "功能区 1"]
    page.click("text=清除筛选")
    page.get_by_role("group", name="实绩或目标").get_by_text("目标").click()
    expect(page.locator("#graph-list")).to_contain_text("平陆运河")
    expect(page.locator("#graph-list")).not_to_contain_text("全国文明城市")


def test_a_node_tells_its_facts_with_their_sentences(opened: Open) -> None:
    page = opened()
    click_node(page, "比亚迪东盟电池项目")
    assert title(page) == "比亚迪东盟电池项目"
    panel = page.locator("#panel")
    expect(panel).to_contain_text("运营")
    assert [text.split()[0] for text in panel.locator("h4").all_inner_texts()] == ["状态", "位于", "建设主体"]
    panel.get_by_role("button", name="依据").nth(1).click()
    assert panel.locator(".evidence mark").all_inner_texts() == ["比亚迪东盟电池项目", "青秀区"]
    page.keyboard.press("Escape")
    expect(panel).to_contain_text("概览")


def test_a_node_has_its_targets_beside_its_results(opened: Open) -> None:
    page = opened("town", "#pick=n:place/450100")
    row = page.locator("#panel .beside tbody tr", has_text="地区生产总值").first
    assert row.locator(".number").all_inner_texts() == ["+4.0% 2023", "+5% 2024"]
    row.get_by_role("button", name="依据").click()
    assert page.locator("#panel .below mark").all_inner_texts() == ["增长4.0%", "增长5%"]
    row.get_by_role("button", name="依据").click()
    expect(page.locator("#panel .below").first).to_be_hidden()
    # Where several years tell of it, it is a chart.
    page = opened("years", "#pick=n:place/450100")
    expect(page.locator("#panel .charted svg")).to_have_attribute("aria-label", re.compile("2022 实绩 .*2022 目标"))
    page.locator("#panel .charted").get_by_role("button", name="依据").click()
    assert page.locator("#panel .charted .quote").count() == 6


def test_an_edge_tells_what_it_rests_on(opened: Open) -> None:
    page = opened()
    choose(page, "比亚迪东盟")
    middle = page.evaluate(
        """() => { const spot = (name) => kg.spotOf([...kg.model.nodes.values()].find((n) => n.name === name).id);
        const [a, b] = [spot("比亚迪东盟电池项目"), spot("青秀区")];
        return { x: a.x * 0.35 + b.x * 0.65, y: a.y * 0.35 + b.y * 0.65 }; }"""
    )
    page.locator("#graph").click(position=middle)
    expect(page.locator("#panel .triple")).to_have_text("比亚迪东盟电池项目位于青秀区")
    expect(page.locator("#panel .quote mark").first).to_be_visible()


def test_text_and_graph_lead_to_each_other(opened: Open) -> None:
    page = opened()
    choose(page, "wuxiang")
    page.locator("#panel").get_by_role("button", name="看原文").first.click()
    expect(page.locator(".sentence.found")).to_contain_text("五象新区发展新能源汽车")
    expect(page.locator(".mark.current").first).to_have_text("五象新区")
    page.locator(".report").get_by_text("新能源汽车").click()
    assert title(page) == "新能源汽车"
    page.locator(".report").get_by_text("增长12.5%").click()
    expect(page.locator("#panel .big")).to_contain_text("+12.5%")
    page.locator(".mark").first.press("ArrowRight")
    page.keyboard.press("Enter")
    page.get_by_label("活动").first.uncheck()
    assert "unmarked" in (page.locator(".report .kind-Event").first.get_attribute("class") or "")
    choose(page, "比亚迪东盟")
    page.click("text=在图谱中看")
    expect(page.locator("#graph")).to_be_visible()


def test_a_name_inside_a_figure_cuts_it_in_two(opened: Open) -> None:
    page = opened("nested", "#view=text")
    sentence = page.locator(".sentence", has_text="工业投资")
    assert sentence.inner_text() == "工业投资增长3%。"
    assert sentence.locator(".mark").all_inner_texts() == ["增长", "3%"]
    sentence.get_by_text("3%").click()
    # Both halves of the figure are marked, and the name is still a name.
    expect(page.locator("#panel .big")).to_contain_text("+3%")
    assert page.locator(".mark.current").all_inner_texts() == ["增长", "3%"]
    sentence.get_by_text("增长").click()
    assert title(page) == "增长"
    assert page.locator(".mark.current").all_inner_texts() == ["增长"]


def test_addresses_that_name_nothing_open_all_the_same(opened: Open) -> None:
    nonsense = "#place=no&edition=1&section=z&pick=n:%00&only=a,b&path=x,y&camera=1,2,NaN&pins=q:1:2&sort=99&table=z"
    for view in ("graph", "text", "table", "nowhere"):
        page = opened("town", f"{nonsense}&view={view}")
        expect(page.locator(".view > :not([hidden])")).to_have_count(1)
        page.goto("about:blank")


def test_expand_focus_hide_and_restore(opened: Open) -> None:
    page = opened()
    choose(page, "一体两翼")
    page.locator("#panel").get_by_role("button", name="只看它与邻居").click()
    assert drawn(page) == 3
    page.click("text=返回全图")
    before = drawn(page)
    page.locator("#panel").get_by_role("button", name="隐藏").click()
    assert drawn(page) == before - 1
    page.click("text=恢复隐藏的 1 个")
    assert drawn(page) == before
    choose(page, page.evaluate("[...kg.model.nodes.values()].at(-1).name"))
    assert drawn(page) == before + 1
    page.locator("#graph-tools").get_by_text("全部").click()
    assert drawn(page) > len(PROGRAMMES)


def test_a_node_that_was_moved_stays_where_it_was_put(opened: Open) -> None:
    page = opened()
    spot = "kg.spotOf([...kg.model.nodes.values()].find(n => n.name === '青秀区').id)"
    before, box = page.evaluate(spot), page.locator("#graph").bounding_box()
    assert box
    x, y = box["x"] + before["x"], box["y"] + before["y"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y + 20, steps=4)
    page.mouse.move(x + 90, y + 50, steps=6)
    page.mouse.up()
    wait_until(page, "location.hash.includes('pins=')")
    page.wait_for_timeout(400)
    moved, address = page.evaluate(spot), page.url
    assert moved["x"] > before["x"] + 40 and moved["y"] > before["y"] + 20
    page.goto("about:blank")
    page.goto(address)
    wait_until(page, READY)
    assert page.evaluate(spot) == moved
    click_node(page, "青秀区")
    page.locator("#panel").get_by_role("button", name="取消固定").click()
    assert "pins=" not in page.url
    # Twice on a node shows its neighbours.
    before_count = drawn(page)
    page.locator("#graph").dblclick(position=page.evaluate(spot))
    assert drawn(page) >= before_count and "add=" in page.url


def test_the_shortest_path_with_its_sentences(opened: Open) -> None:
    page = opened()
    choose(page, "东翼")
    page.locator("#panel").get_by_role("button", name="查找路径").click()
    choose(page, "新能源汽车")
    assert title(page) == "东翼 → 新能源汽车"
    steps = page.locator("#panel .path li .row").all_inner_texts()
    assert [step.split()[:2] for step in steps] == [["东翼", "属于"], ["一体两翼", "包括"], ["五象新区", "聚焦产业"]]
    assert page.locator("#panel .path .quote").count() == 3
    assert drawn(page) == 4


def test_tables_sort_filter_and_leave_as_csv(opened: Open) -> None:
    page = opened("town", "#view=table&table=figures")
    first = page.locator("#table-body tbody th")
    assert first.all_inner_texts() == ["地区生产总值", "工业投资", "地区生产总值"]
    heads = page.locator("#table-body thead button")
    heads.get_by_text("数值").click()
    heads.get_by_text("数值").click()
    assert page.locator("#table-body tbody td:nth-child(3)").all_inner_texts() == ["12.5", "5", "4.0"]
    page.fill("#view-table input", "目标")
    assert first.all_inner_texts() == ["地区生产总值"]
    with page.expect_download() as download:
        page.click("text=下载 CSV")
    rows = list(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert (
        rows[0][:3] == ["指标", "界限", "数值"] and rows[1][:4] == ["地区生产总值", "等于", "5", "%"] and len(rows) == 2
    )
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    assert first.all_inner_texts() == ["地区生产总值"], "words and order are part of the address"
    page.click("#tab-projects")
    assert page.locator("#table-body tbody tr").first.locator("td").all_inner_texts()[1:3] == ["运营", "实绩"]
    first.first.get_by_role("button").click()
    assert title(page) == "比亚迪东盟电池项目"


def test_pictures_and_turtle_leave_the_page(opened: Open) -> None:
    page = opened()
    taken = {}
    for button in ("save-png", "save-svg", "save-turtle"):
        page.click("#export summary")
        with page.expect_download() as download:
            page.click(f"#{button}")
        taken[button] = download.value.path().read_bytes()
    assert taken["save-png"].startswith(b"\x89PNG") and len(taken["save-png"]) > 20_000
    assert "比亚迪东盟电池项目" in taken["save-svg"].decode()
    triples = list(ox.parse(taken["save-turtle"], format=ox.RdfFormat.TURTLE))
    labels = {t.object.value for t in triples if t.predicate.value.endswith("#label")}
    assert len(labels) == drawn(page) and "全国文明城市" in labels
    known = {(s, p, getattr(o, "text", o)) for s, p, o in graph_of(make_town())}
    for t in triples:
        assert isinstance(t.subject, ox.NamedNode) and isinstance(t.object, ox.NamedNode | ox.Literal)
        assert (t.subject.value, t.predicate.value, t.object.value) in known


def test_a_link_opens_the_same_view_and_back_goes_back(opened: Open) -> None:
    page = opened()
    choose(page, "五象")
    page.locator("#panel").get_by_role("button", name="只看它与邻居").click()
    page.wait_for_timeout(400)
    address = page.url
    picture = page.locator("#graph canvas").screenshot()
    page.go_back()
    assert drawn(page) > 10
    page.go_back()
    expect(page.locator("#panel")).to_contain_text("概览")
    page.go_forward()
    assert title(page) == "五象新区"
    page.goto("about:blank")
    page.goto(address)
    wait_until(page, READY)
    page.mouse.move(0, 0)
    assert title(page) == "五象新区" and drawn(page) == 3
    assert page.locator("#graph canvas").screenshot() == picture


def test_everything_by_keyboard(opened: Open) -> None:
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "graph"
    page.keyboard.press("ArrowRight")
    assert title(page) == "南宁市"
    page.keyboard.press("ArrowRight")
    assert title(page) != "南宁市"
    scale = "kg.store.get().camera[2]"
    page.keyboard.press("+")
    wait_until(page, f"{scale} > 0")
    near = page.evaluate(scale)
    page.keyboard.press("-")
    page.keyboard.press("-")
    wait_until(page, f"{scale} < {near}")
    page.keyboard.press("0")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_contain_text("概览")


def test_english_and_dark(opened: Open) -> None:
    page = opened()
    page.click("#language")
    expect(page.locator("#heading")).to_have_text("南宁市 government work report 2024")
    expect(page.locator("#legend")).to_contain_text("Programme")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.click("#theme")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    wait_until(page, READY)
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    expect(page.locator("#panel")).to_contain_text("Overview")


@pytest.mark.parametrize(
    ("name", "theme", "views"),
    [
        ("years", "light", ["", "#place=place/450100", "#view=text", "#view=table", PROMISES, OUTCOME]),
        ("years", "dark", ["#place=place/450100&edition=2023", "#pick=f:450100-2023.000013-000017", PROMISES, OUTCOME]),
        (
            "town",
            "light",
            ["#pick=n:place/450100", "#view=text&pick=f:450100-2024.000013-000019", "#view=table&table=figures"],
        ),
        ("town", "dark", ["#pick=n:place/450100", "#list=1&lang=en"]),
        ("nested", "light", ["#view=text"]),
    ],
)
def test_axe_finds_nothing_serious(opened: Open, name: str, theme: str, views: list[str]) -> None:
    page = opened(name)
    if theme == "dark":
        page.click("#theme")
    for view in views:
        page.evaluate("address => { location.hash = address; }", view)
        page.wait_for_timeout(100)
        found = Axe().run(page).response["violations"]
        grave = [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found if v["impact"] in GRAVE]
        assert grave == [], view


def test_works_at_375_pixels(opened: Open) -> None:
    page = opened(width=375, height=700)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    choose(page, "wuxiang")
    expect(page.locator("#panel")).to_be_in_viewport()
    page.click("text=返回概览")
    expect(page.locator("#panel")).to_be_hidden()
    page.click("#toggle-panel")
    expect(page.locator("#panel")).to_contain_text("概览")
    page.click("#toggle-panel")
    expect(page.locator("#panel")).to_be_hidden()
    page.click("#toggle-legend")
    page.get_by_label("政策与行动").first.uncheck()
    page.mouse.click(360, 400)
    for view in ("text", "table"):
        page.click(f"#show-{view}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_prints_without_its_tools(opened: Open) -> None:
    page = opened("town", "#view=text")
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.click("#theme")
    page.evaluate("location.hash = ''")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".print-picture")).to_be_visible()
    assert page.evaluate("document.querySelector('.print-picture').naturalWidth") > 300
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".print-picture")).to_have_count(0)
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.evaluate("location.hash = 'view=text'")
    page.emulate_media(media="print")
    for part in ("#legend", "#search", "#panel", ".tools"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator(".report")).to_be_visible()
    assert page.evaluate("document.body.scrollHeight") >= page.evaluate(
        "document.querySelector('.report').scrollHeight"
    )


def test_a_hostile_report_is_only_text(opened: Open) -> None:
    page = opened("hostile")
    for view in ("", "#view=text", "#view=table&table=facts", "#list=1"):
        page.goto("about:blank")
        opened("hostile", view)
    for name in HOSTILE:
        choose(page, name[:12])
        page.locator("#panel").get_by_role("button", name="依据").first.click()
        assert title(page) == name.replace("\u2028", "\u2028")
        expect(page.locator("#panel .quote mark").first).to_contain_text(name[:6])
    for button in ("save-svg", "save-turtle"):
        page.click("#export summary")
        with page.expect_download() as download:
            page.click(f"#{button}")
        content = download.value.path().read_text(encoding="utf-8")
        assert (
            "<script>window" not in content if button == "save-svg" else ox.parse(content, format=ox.RdfFormat.TURTLE)
        )
    assert page.evaluate("window.hacked") is None
    assert page.locator("script").count() == 7 and page.locator("img, iframe, a").count() == 0


def test_reports_of_many_places_and_years_are_filtered_in_the_legend(opened: Open) -> None:
    page = opened("years")
    expect(page.locator("#heading")).to_have_text("2地2022–2024年政府工作报告")
    expect(page.locator("#panel")).to_contain_text("收录的地区")
    assert drawn(page) == 3
    page.get_by_role("group", name="地区").get_by_text("南宁市").click()
    assert drawn(page) == 3
    page.get_by_role("group", name="报告年份").get_by_text("2022").click()
    page.click("#toggle-list")
    expect(page.locator("#graph-list")).to_contain_text("平陆运河")
    expect(page.locator("#graph-list")).not_to_contain_text("糖厂")
    page.get_by_role("group", name="地区").get_by_text("柳州市").click()
    expect(page.locator("#graph-list")).to_contain_text("糖厂")
    expect(page.locator("#graph-list")).not_to_contain_text("平陆运河")
    page.click("text=清除筛选")
    assert drawn(page) == 3


def test_targets_stand_beside_results_over_the_years(opened: Open) -> None:
    page = opened("years", "#place=place/450100")
    chart = page.locator("#panel .chart svg").first
    # Each year has its own report's target and the next report's result, whatever else is said of it.
    expect(chart).to_have_attribute(
        "aria-label",
        "2021 实绩 +4%；2022 实绩 +5%；2022 目标 +6%；2023 实绩 +6%；2023 目标 +7%；2024 目标 +8%",
    )
    assert chart.locator(".slot.missed").count() == 2
    chart.locator(".slot").nth(1).click()
    expect(page.locator("#panel .big")).to_contain_text("+5%")
    expect(page.locator("#panel .chart")).to_be_visible()
    page.click("#show-table")
    assert page.locator("#table-body tbody tr").count() == 2
    assert page.locator("#table-body tbody tr").first.locator("td").all_inner_texts()[-1] == "未达成"


def test_promises_stand_beside_what_became_of_them(opened: Open) -> None:
    page = opened("years", "#place=place/450100")
    # How each year's targets went, beside the overview; a verdict leads to its rows.
    bars = page.locator("#panel .stacks button")
    assert [bar.get_attribute("aria-label") for bar in bars.all()] == [
        "2022 未完成 1，推进中 1",
        "2023 未完成 1，推进中 1",
    ]
    page.locator("#panel .verdict-key").get_by_role("button", name="未完成").click()
    rows = page.locator("#table-body tbody tr")
    assert [[cell.strip() for cell in row.inner_text().split("\t")][:7] for row in rows.all()] == [
        ["地区生产总值", "南宁市", year, target, "未完成", result, "-1个百分点"]
        for year, target, result in (("2023", "+7%", "+6%"), ("2022", "+6%", "+5%"))
    ]
    page.locator(".chip-button", has_text="全部").click()
    expect(rows).to_have_count(4)
    # Both sentences fit beside the numbers on a common screen.
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.evaluate("(b => b.scrollWidth <= b.clientWidth)(document.querySelector('#table-body'))")
    page.locator(".chip-button", has_text="推进中").click()
    expect(rows).to_have_count(2)
    with page.expect_download() as download:
        page.click("text=下载 CSV")
    lines = list(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert lines[0][-2:] == ["目标原句", "结果原句"] and lines[1][-2:] == ["推进平陆运河。"] * 2 and len(lines) == 3
    rows.nth(1).get_by_role("button").click()
    assert title(page) == "平陆运河"
    expect(page.locator("#panel .outcome")).to_have_text(re.compile(r"谋划\s*→\s*开工（计划）"))
    assert page.locator("#panel .quote mark").all_inner_texts() == ["推进平陆运河。"] * 2
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    wait_until(page, READY)
    expect(rows).to_have_count(2)
    assert title(page) == "平陆运河"
    # The thing itself knows them too.
    page.locator("#panel .pairs").get_by_role("button", name="平陆运河").click()
    expect(page.locator("#panel")).to_contain_text("承诺兑现 2")


def test_a_page_of_one_report_says_why_it_tells_of_no_promise(opened: Open) -> None:
    page = opened("town", "#view=table&table=promises")
    expect(page.locator("#table-body")).to_contain_text("kg page 2023.ttl 2024.ttl")


def test_the_life_line_of_works(opened: Open) -> None:
    page = opened("years")
    choose(page, "平陆运河")
    life = page.locator("#panel .life svg")
    expect(life).to_have_attribute("aria-label", "2022 谋划（目标）；2023 开工（目标）；2024 在建（目标）")
    life.locator(".point").nth(1).click()
    expect(page.locator("#panel .kind")).to_have_text("句子")
    expect(page.locator("#panel .quote")).to_contain_text("推进平陆运河")


def test_the_reading_view_goes_from_report_to_report(opened: Open) -> None:
    page = opened("years", "#view=text")
    which = page.locator("#which-report")
    expect(which.locator("option:checked")).to_have_text("柳州市 2024年")
    expect(page.locator(".report")).to_contain_text("糖厂开工")
    page.get_by_role("button", name="上一份报告").click()
    expect(page.locator(".report")).to_contain_text("地区生产总值增长6%")
    page.select_option("#which-report", label="南宁市 2022年")
    expect(page.locator(".report")).to_contain_text("地区生产总值增长4%")
    page.locator(".report").get_by_text("平陆运河").click()
    page.locator("#panel .quote").nth(2).get_by_role("button", name="看原文").click()
    expect(page.locator(".sentence.found")).to_contain_text("推进平陆运河")
    expect(which.locator("option:checked")).to_have_text("南宁市 2024年")
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator("#which-report option:checked")).to_have_text("南宁市 2024年")


def test_twenty_thousand_nodes_stay_quick(browser: Browser, pages: dict[str, Path], tmp_path: Path) -> None:
    """A page of very many nodes opens on a few, and finds any of them as fast as one types."""
    text = pages["years"].read_text(encoding="utf-8")
    found = re.search('<script type="application/json" id="kg-nodes">(.*?)</script>', text, re.DOTALL)
    assert found
    rows = json.loads(found.group(1))
    first = len(rows)
    more = 20_000 - first
    rows += [
        {"id": n, "label": f"第{n}号东盟工程", "group": "Project", "value": 0.1, "key": f"project/{n}"}
        for n in range(first, 20_000)
    ]
    names = re.search('"names":({.*?}),"mentions":{"size"', text)
    assert names
    spare = {"aliases": "", "code": None, "mentions": 0}
    columns = {
        name: [row[name] for row in read_table(json.loads(names.group(1)))] + [value] * more
        for name, value in spare.items()
    }
    text = text.replace(found.group(1), json.dumps(rows, ensure_ascii=False))
    text = text.replace(names.group(1), json.dumps({"size": 20_000, **columns}, ensure_ascii=False))
    file = tmp_path / "many.html"
    file.write_text(text, encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    wait_until(page, READY)
    assert drawn(page) == 3
    page.fill("#search", "第19999")
    expect(page.locator("#hits [role=option]").first).to_contain_text("第19999号东盟工程")
    spent = page.evaluate(
        """() => { const box = document.querySelector("#search"); box.value = "东盟"; const before = performance.now();
        box.dispatchEvent(new Event("input")); return performance.now() - before; }"""
    )
    # A tenth of a second on a machine of its own; tests share theirs.
    assert spent < 400
    page.press("#search", "Enter")
    assert drawn(page) == 4
    page.close()
