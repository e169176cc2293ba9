"""The page that people explore reports with: one HTML file that works from disk and asks nothing of the network."""

from __future__ import annotations

from collections.abc import Iterable

from kg.explorer.data import Page
from kg.explorer.maps import draw_maps
from kg.explorer.page import assemble_page
from kg.explorer.payload import describe_page
from kg.explorer.read import read_page
from kg.graph import Triple

__all__ = ["build_page", "name_page"]


def build_page(*graphs: Iterable[Triple]) -> str:
    """Return one page of all reports in these graphs as HTML text; write it as UTF-8."""
    page = read_page(graphs)
    return assemble_page(name_page(page), describe_page(page, draw_maps(page)))


def name_page(page: Page) -> str:
    """Return the title of a page: its place and years, or how many reports of how many places it holds."""
    reports = page.reports
    if not reports:
        return "政府工作报告"
    if len(reports) == 1 and not (reports[0].place and reports[0].year):
        return reports[0].title
    years = sorted({report.year for report in reports if report.year})
    span = f"{years[0]}–{years[-1]}年" if len(years) > 1 else f"{years[0]}年" if years else ""
    places = dict.fromkeys(report.place or "" for report in reports)
    name = next(iter(places)) if len(places) == 1 else f"{len(places)}地"
    return f"{name}{span}政府工作报告"
