"""`kg extract`, `kg explain`, `kg coverage`: what was found, why, and what was not."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

import kg.coverage
import kg.explain
from kg.cli.options import given_of, least_option, report_options
from kg.cli.tokenizer import load_tokenizer
from kg.errors import BadInput
from kg.export.files import write_whole
from kg.export.rows import to_json_lines
from kg.pipeline import Given, identify_report, load_rules, publish, read_report
from kg.pipeline import extract as extract_document
from kg.readers import Source
from kg.resources import data_folder

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("report", type=_FILE)
@click.option("-o", "--output", type=_FILE, help="Write to this file instead of the screen.")
@least_option
@report_options
def extract(report: Path, output: Path | None, least: float, **given: Any) -> None:
    """Print what a report says as JSON lines: one sentence a line with entities, relations and figures.

    The form is that of data/gold/GUIDELINES.md; every `start` is an offset in the file, in characters.

    \b
    Examples:
      kg extract data/reports/nanning-2024.txt -o nanning-2024.jsonl
      kg extract report.txt --place 南宁市 --year 2024 | head -3
    """
    rules = load_rules(data_folder())
    document, _ = read_report(report, rules, given_of(**given))
    lines = to_json_lines(publish(extract_document(document, rules), least))
    if output:
        write_whole(output, lines)
    else:
        click.echo(lines, nl=False)


@click.command()
@click.argument("sentence", nargs=-1, required=True)
@click.option("--place", default=None, help="The place whose report this is from (南宁市).")
@click.option("--year", type=int, default=None, help="The year of the report.")
@least_option
def explain(sentence: tuple[str, ...], place: str | None, year: int | None, least: float) -> None:
    """Show how a sentence is understood: names, figures and relations, each with its rule and confidence.

    \b
    Examples:
      kg explain 地区生产总值增长4.0%，增速比上年提高2.6个百分点。
      kg explain --place 南宁市 --year 2024 我市获评2023年度气象旅游城市。
    """
    text = " ".join(sentence)
    if not text.strip():
        raise BadInput("SENTENCE", "is empty")
    rules = load_rules(data_folder())
    source = Source("SENTENCE", text, hashlib.sha256(text.encode()).hexdigest())
    report, _ = identify_report(source, rules, Given(place=place, year=year))
    click.echo(kg.explain.explain(publish(extract_document(report, rules), least)))


@click.command()
@click.argument("report", type=_FILE)
@click.option("--kind", type=click.Choice(["number", "name"]), help="Only numbers, or only names.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@least_option
@report_options
def coverage(report: Path, kind: str | None, form: str, least: float, **given: Any) -> None:
    """List every number and name candidate that no published statement carries, with the reason.

    \b
    Examples:
      kg coverage data/reports/nanning-2024.txt
      kg coverage report.txt --kind number --format csv > gaps.csv
    """
    rules = load_rules(data_folder())
    read, _ = read_report(report, rules, given_of(**given))
    found = extract_document(read, rules)
    gaps = kg.coverage.find_gaps(found, publish(found, least), load_tokenizer())
    rows = [gap for gap in gaps if kind in (None, gap.kind)]
    if form == "json":
        click.echo(json.dumps([asdict(gap) for gap in rows], ensure_ascii=False, indent=1))
    elif form == "csv":
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(("start", "end", "kind", "text", "reason", "sentence"))
        writer.writerows((g.start, g.end, g.kind, g.text, g.reason, found.sentences[g.sentence].text) for g in rows)
        click.echo(buffer.getvalue(), nl=False)
    else:
        for gap in rows:
            click.echo(f"{gap.start:>7}  {gap.kind:<6}  {gap.text}  —  {gap.reason}")
        carried = len(found.figures), len(found.mentions)
        click.echo(f"{len(rows)} gaps 未覆盖; found: {carried[0]} figures 指标, {carried[1]} mentions 名称", err=True)
