"""`kg page` and `kg build --page --open`: many reports in one page, and the way into a browser."""

from pathlib import Path

import pytest
from explorer_pages import graph_of, make_years
from test_cli import SEED, run

from kg.export.turtle import write_turtle
from kg.store import open_store, put_report

GRAPHS = "https://w3id.org/govkg/id/graph/"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The graphs of four reports in files of their own."""
    folder = tmp_path_factory.mktemp("graphs")
    written = []
    for linked in make_years():
        file = folder / f"{linked.document.report.id}.ttl"
        file.write_text(write_turtle(dict.fromkeys(graph_of(linked))), encoding="utf-8")
        written.append(str(file))
    return written


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser that notes what it was asked to open."""
    command, asked = tmp_path / "browser", tmp_path / "asked"
    command.write_text(f'#!/bin/sh\necho "$1" >> {asked}\n', encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{command} %s")
    forget_browsers(monkeypatch)
    return asked


def forget_browsers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the module look at its surroundings anew: it remembers what it found first."""
    monkeypatch.setattr("webbrowser._tryorder", None)
    monkeypatch.setattr("webbrowser._browsers", {})


def test_page_of_files(files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "new" / "all.html"
    assert run("page", *files, "-o", str(target)) == 0
    assert "<title>2地2022–2024年政府工作报告</title>" in target.read_text(encoding="utf-8")
    assert f"{target}  " in capsys.readouterr().out


def test_page_of_a_store_is_that_of_the_files(files: list[str], tmp_path: Path) -> None:
    store = open_store(tmp_path / "db")
    for linked in make_years():
        put_report(store, GRAPHS + linked.document.report.id, graph_of(linked))
    store.flush()
    del store
    assert run("page", *files, "-o", str(tmp_path / "files.html")) == 0
    assert run("page", "--store", str(tmp_path / "db"), "-o", str(tmp_path / "store.html")) == 0
    assert (tmp_path / "files.html").read_bytes() == (tmp_path / "store.html").read_bytes()


@pytest.mark.parametrize(
    ("options", "title"),
    [
        (["--place", "南宁市"], "南宁市2022–2024年政府工作报告"),
        (["--place", "南宁市", "--since", "2023"], "南宁市2023–2024年政府工作报告"),
        (["--place", "南宁市", "--place", "柳州市", "--until", "2022"], "南宁市2022年政府工作报告"),
    ],
)
def test_page_of_chosen_reports(options: list[str], title: str, files: list[str], tmp_path: Path) -> None:
    assert run("page", *files, *options, "-o", str(tmp_path / "a.html")) == 0
    assert f"<title>{title}</title>" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_a_page_of_nothing_says_what_to_do(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("page", *files, "--place", "北京市", "-o", str(tmp_path / "a.html")) == 2
    assert "holds no report that was asked for" in capsys.readouterr().err
    assert run("page", "--store", str(tmp_path / "none")) == 2
    assert "build one first: kg build REPORT.txt --store" in capsys.readouterr().err
    assert run("page") == 2
    assert "give graphs of reports (exports/*.ttl), or --store" in capsys.readouterr().err
    assert not (tmp_path / "a.html").exists()


def test_open_shows_the_page_in_the_browser(files: list[str], tmp_path: Path, browser: Path) -> None:
    assert run("page", *files, "--open", "-o", str(tmp_path / "a.html")) == 0
    assert browser.read_text(encoding="utf-8") == (tmp_path / "a.html").as_uri() + "\n"


def test_build_opens_the_page_it_made(tmp_path: Path, browser: Path) -> None:
    assert run("build", str(SEED), "-o", str(tmp_path), "-q", "--open") == 0
    assert run("build", str(SEED), "-o", str(tmp_path), "-q", "--page", str(tmp_path / "one.html"), "--open") == 0
    asked = browser.read_text(encoding="utf-8").split()
    assert asked == [(tmp_path / name).as_uri() for name in ("nanning-2024.html", "one.html")]
    # A page of one report is that report's page, however it was asked for.
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "nanning-2024.html").read_bytes()


def test_without_a_browser_the_page_is_told(
    files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    forget_browsers(monkeypatch)
    target = tmp_path / "a.html"
    assert run("page", *files, "--open", "-o", str(target)) == 0
    assert (
        f"no browser was found; open it yourself 未找到浏览器，请自行打开: {target.as_uri()}" in capsys.readouterr().err
    )


def test_there_is_nothing_to_open_without_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", str(SEED), "-o", str(tmp_path), "--no-html", "--open") == 2
    assert "--open needs a page" in capsys.readouterr().err
