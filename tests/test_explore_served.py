"""The explorer over a whole store: what its page asks the server for, and the page itself in a browser."""

import asyncio
import json
import re
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from explorer_pages import graph_of, make_hostile, make_years, read_table
from playwright.sync_api import Page, expect, sync_playwright
from requirements import require
from served import Served, served
from test_explorer_browser import ARGUMENTS, READY, choose, title, wait_until

from kg.export.lines import write_ntriples
from kg.export.turtle import write_turtle
from kg.serve.maker import Maker
from kg.serve.pool import QueryFailed

Visit = Any


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    files = []
    for linked in make_years():
        files.append(folder / f"{linked.document.report.id}.ttl")
        files[-1].write_text(write_turtle(dict.fromkeys(graph_of(linked))), encoding="utf-8")
    with served(*files) as running:
        yield running


def ask(server: Served, path: str) -> Any:
    reply = server.get(f"/explore/data/{path}")
    assert reply.status == 200 and reply.media == "application/json", reply.text
    return json.loads(reply.body)


@pytest.mark.parametrize("query", ["平陆", "pinglu", "ply", "PL运河"])
def test_search_finds_by_name_and_pinyin(server: Served, query: str) -> None:
    found = ask(server, f"search?q={urllib.parse.quote(query)}")
    assert (found["total"], found["counts"], found["hits"][0]["label"]) == (1, {"Project": 1}, "平陆运河")
    assert found["hits"][0]["span"][0] == 0


@pytest.mark.parametrize("query", ["", "%00", "%3Cb%3E", "a" * 3000, "%E6%B2%A1%E6%9C%89", "n%01n"])
def test_search_for_nothing_and_nonsense_finds_nothing(server: Served, query: str) -> None:
    assert ask(server, f"search?q={query}") == {"total": 0, "counts": {}, "hits": []}


def test_a_thing_comes_with_the_sentences_that_tell_of_it(server: Served) -> None:
    (hit,) = ask(server, f"search?q={urllib.parse.quote('平陆')}")["hits"]
    answer = ask(server, f"node?id={hit['id']}")
    part = answer["part"]
    assert [row["text"] for row in read_table(part["sentences"])] == ["推进平陆运河。"] * 3
    assert [row["object"] for row in read_table(part["states"])] == ["planned", "started", "underConstruction"]
    assert [row["year"] for row in read_table(part["reports"])] == [2022, 2023, 2024]
    assert [row["level"] for row in read_table(part["sections"])] == [0, 1] * 3
    assert 0 < answer["weights"][hit["id"]] <= 1


def test_a_report_comes_whole_with_its_map(server: Served) -> None:
    part = ask(server, "report?key=450100-2023")["part"]
    assert part["figures"]["size"] == 2 and part["sentences"]["size"] == 6
    (drawn,) = part["maps"]
    assert drawn["year"] == 2023 and len(drawn["nodes"]) == len(part["nodes"]) == 3


def test_a_report_comes_with_what_became_of_its_targets(server: Served) -> None:
    rows = ask(server, "promises?key=450100-2022")
    assert [(row["target"].split("/")[0], row["verdict"], row["gap"]) for row in rows] == [
        ("figure", "missed", "-1"),
        ("claim", "inProgress", ""),
    ]
    assert rows[0]["aimed"].startswith("450100-2022.") and rows[0]["told"].startswith("450100-2023.")
    assert {row["report"] for row in rows} == {"450100-2023"}
    # The last report has none to look back on it.
    assert ask(server, "promises?key=450100-2024") == ask(server, "promises?key=450200-2024") == []


def test_the_way_between_two_things_goes_over_all_facts(server: Served) -> None:
    (canal,) = ask(server, f"search?q={urllib.parse.quote('平陆')}")["hits"]
    assert ask(server, "way?from=place/450100&to=place/450100") == ["place/450100"]
    # No fact leads there: the reports only name the two.
    assert ask(server, f"way?from=place/450100&to={canal['id']}") == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("promises?key=450100-1999", 404),
        ("promises", 404),
        ("way?from=place/450100&to=place/x", 404),
        ("way", 404),
        ("node?id=project/000000000000", 404),
        ("node?id=", 404),
        ("node?id=%3E%7D%20SERVICE%20%3Cx:y", 404),
        ("node?id=x%20y", 404),
        ("report?key=../../etc/passwd", 404),
        ("report?key=450100-1999", 404),
        ("report", 404),
        ("elsewhere", 404),
    ],
)
def test_what_is_not_there_is_said_without_a_trace(server: Served, path: str, status: int) -> None:
    reply = server.get(f"/explore/data/{path}")
    assert reply.status == status
    assert "Traceback" not in reply.text and "/kg/" not in reply.text and len(reply.text) < 200


def test_only_reading_is_answered(server: Served) -> None:
    for path in ("/explore", "/explore/data/search", "/explore/data/node", "/explore/data/report"):
        assert server.request("POST", path, b"q=x").status == 405


def test_the_page_may_ask_its_own_server_and_nobody_else(server: Served) -> None:
    reply = server.get("/explore", "text/html")
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', reply.text)
    assert found and "connect-src &#39;self&#39;" in found.group(1)
    assert "default-src &#39;none&#39;" in found.group(1)
    assert reply.headers["content-security-policy"] == "frame-ancestors 'none'"
    # The page opens on what all reports have in common, and carries no sentence.
    report = re.search('<script type="application/json" id="kg-report">(.*?)</script>', reply.text)
    assert report and json.loads(report.group(1))["sentences"]["size"] == 0


def test_work_that_fails_or_takes_too_long_harms_nobody() -> None:
    body = write_ntriples(dict.fromkeys(graph_of(make_years()[0]))).encode()

    async def run() -> list[object]:
        maker, told = Maker(), list[object]()
        for given, seconds in ((b"no triples at all", 20.0), (body, 0.001), (body, 20.0)):
            try:
                part, ids = await maker.make("part", given, True, seconds=seconds)
                told.append((json.loads(part)["reports"]["size"], len(ids)))
            except QueryFailed as failed:
                told.append(failed.status)
        await maker.stop()
        return told

    assert asyncio.run(run()) == [503, 504, (1, 3)]


def test_a_crowd_is_turned_away_and_queries_are_answered_meanwhile(server: Served) -> None:
    with ThreadPoolExecutor(60) as crowd:
        # Each asks for something that nobody asked for before: pieces that are there cost nothing.
        asked = [crowd.submit(server.get, f"/explore/data/node?id=place/450100%23{n}") for n in range(60)]
        assert server.ask("SELECT (COUNT(*) AS ?n) { ?r a kg:Report }").status == 200
        statuses = {reply.result().status for reply in asked}
    assert statuses <= {404, 503} and 404 in statuses
    assert server.get("/explore/data/report?key=450100-2022").status == 200


@pytest.fixture
def visit(server: Served) -> Iterator[Visit]:
    """Open the served page; afterwards nobody else was asked, and nothing went wrong."""
    trouble: list[str] = []
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=require("chromium"), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(10000)
        page.on("console", lambda m: trouble.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))

        def go(address: str = "") -> Page:
            page.goto(f"http://127.0.0.1:{server.port}/explore{address}")
            wait_until(page, READY)
            return page

        yield go
        browser.close()
    assert trouble == []
    assert all(url.startswith((f"http://127.0.0.1:{server.port}/explore", "data:", "blob:")) for url in asked), asked


def test_the_served_page_reads_what_is_asked_for(visit: Visit) -> None:
    page = visit()
    expect(page.locator("#heading")).to_have_text("2地2022–2024年政府工作报告")
    expect(page.locator("#subheading")).to_have_text("4 份报告 · 5 个实体")
    page.fill("#search", "pinglu")
    expect(page.locator("#hits [role=option]").first).to_contain_text("平陆运河")
    page.press("#search", "Enter")
    expect(page.locator("#panel h2")).to_have_text("平陆运河")
    expect(page.locator("#panel .life svg")).to_have_attribute(
        "aria-label", "2022 谋划（目标）；2023 开工（目标）；2024 在建（目标）"
    )
    page.locator("#panel .quote").first.get_by_role("button", name="看原文").click()
    # The report that the sentence stands in is read whole, and the sentence shown in it.
    expect(page.locator(".report")).to_contain_text("地区生产总值增长")
    expect(page.locator(".report .mark.current").first).to_have_text("平陆运河")


def test_a_place_of_the_served_page_has_its_years(visit: Visit) -> None:
    page = visit("#place=place/450100")
    expect(page.locator("#panel .chart svg").first).to_have_attribute(
        "aria-label",
        "2021 实绩 +4%；2022 实绩 +5%；2022 目标 +6%；2023 实绩 +6%；2023 目标 +7%；2024 目标 +8%",
    )
    expect(page.locator("#graph-tools [role=status]")).to_contain_text("显示 3 /")
    page.click("#show-table")
    expect(page.locator("#table-body tbody tr")).to_have_count(2)
    expect(page.locator("#view-table .partly")).to_have_text("表格只含已读取的 3 份报告，全库共 4 份。")
    page.click("#tab-promises")
    expect(page.locator("#table-body tbody tr")).to_have_count(4)


def test_a_path_of_the_served_page_is_found_by_the_server(visit: Visit) -> None:
    page = visit()
    choose(page, "pinglu")
    expect(page.locator("#panel h2")).to_have_text("平陆运河")
    page.locator("#panel").get_by_role("button", name="查找路径").click()
    choose(page, "西部陆海")
    expect(page.locator("#panel h2")).to_have_text("平陆运河 → 西部陆海新通道")
    # Neither facts nor sentences join these two, and the page says of what it speaks.
    expect(page.locator("#panel")).to_contain_text("全库的事实没有把二者连起来")
    page.click("text=返回全图")
    choose(page, "西部陆海")
    page.locator("#panel").get_by_role("button", name="查找路径").click()
    choose(page, "柳州")
    # One sentence names both, which came with the things themselves.
    expect(page.locator("#panel .path .quote")).to_contain_text("柳州市融入西部陆海新通道")


def test_a_link_to_a_figure_of_the_served_page_opens_it(visit: Visit) -> None:
    page = visit("#pick=f:450100-2023.000013-000017")
    expect(page.locator("#panel .big")).to_contain_text("+5%")


def test_a_link_to_nothing_says_so(server: Served) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=require("chromium"), args=ARGUMENTS)
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.port}/explore#pick=n:project/000000000000")
        wait_until(page, READY)
        expect(page.locator("#hint")).to_contain_text("服务器没有给出答复：404 no report speaks of that")
        expect(page.locator("#panel")).to_contain_text("概览")
        browser.close()


def test_a_store_of_one_place_opens_on_its_latest_report(tmp_path: Path) -> None:
    file = tmp_path / "hostile.ttl"
    file.write_text(write_turtle(dict.fromkeys(graph_of(make_hostile()))), encoding="utf-8")
    with served(file) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=require("chromium"), args=ARGUMENTS)
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.port}/explore")
        wait_until(page, READY)
        wait_until(page, "kg.model.figures.size > 0")
        # Whatever a report says stays words on this way too.
        choose(page, "href")
        expect(page.locator("#panel h2")).to_contain_text("href")
        assert title(page).startswith("<a href=")
        assert page.evaluate("window.hacked") is None
        browser.close()
