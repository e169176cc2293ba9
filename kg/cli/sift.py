"""Reports read and identified before anything is found in them, so that copies are noticed before any is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from kg.errors import BadInput
from kg.joining import shape_report
from kg.joining.copies import NEAR, compare_shapes, find_copy
from kg.joining.sketches import Shape
from kg.model import Report
from kg.pipeline import Given, Rules, read_report


@dataclass(frozen=True, slots=True)
class Read:
    """A report, the file that it was read from, and the shape of its text."""

    path: Path
    report: Report
    shape: Shape


def read_reports(paths: Sequence[Path], rules: Rules, given: Given) -> list[Read]:
    """Read and identify reports; what a text does not tell is said on stderr."""
    found = []
    for path in paths:
        report, unknown = read_report(path, rules, given)
        for field in unknown:
            click.echo(f"kg: {path}: {field} not found in the text 文中未找到; give it with --{field}", err=True)
        found.append(Read(path, report, shape_report(report)))
    return found


def sift_reports(reports: Sequence[Read], held: Sequence[Shape] = (), store: Path | None = None) -> list[Read]:
    """Return the reports that are no copies; each copy is told of on stderr, so that nothing is counted twice.

    `held` are those that the store `store` holds: there a near copy of the same place and year replaces the old one.
    Raises `BadInput` where two different texts claim to be the report of one place and year.
    """
    sources = {shape.report: str(store) for shape in held}
    shapes = {shape.report: shape for shape in held}
    kept: dict[str, Read] = {}
    for one in reports:
        key, named = one.shape.report, _name(one.report)
        if known := shapes.get(key):
            found = compare_shapes(one.shape, known)
            if found.likeness < NEAR:
                raise BadInput(
                    one.path,
                    f"claims to be {named} ({key}), but {sources[key]} has another text for it (alike "
                    f"{found.likeness:.0%}); give --year or --place, or remove the other: "
                    f"与已有的同地同年报告文本不同，请用--year或--place指明",
                )
            if key in kept:
                _say(one.path, f"the same report as {sources[key]}, left out 与其为同一报告，已略过", found.likeness)
                continue
            if not found.same:
                _say(one.path, f"replaces {named} in {store} 替换库中该报告", found.likeness)
        elif copy := find_copy(one.shape, shapes.values()):
            _say(
                one.path,
                f"says it is {named}, but is a copy of {copy.other} ({sources[copy.other]}), left out; the year or the "
                "place of one of them is wrong 与该报告文本相同而年份或地区不同，已略过",
                copy.likeness,
            )
            continue
        shapes[key], sources[key] = one.shape, str(one.path)
        kept[key] = one
    return list(kept.values())


def _name(report: Report) -> str:
    return f"{report.place or '?'} {report.year or '?'}"


def _say(path: Path, words: str, likeness: float) -> None:
    click.echo(f"kg: {path}: {words} (alike 相似度 {likeness:.0%})", err=True)
