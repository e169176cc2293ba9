"""Outcomes as words: rows for tables and CSV, and a Markdown page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from kg.facts import Reading, Standing
from kg.graph.terms import plain_decimal
from kg.query import Table
from kg.track.lives import Life
from kg.track.outcome import VERDICTS, Outcome, Verdict
from kg.vocab import VOCABULARY

_VERDICTS: dict[Verdict, str] = {
    "exceeded": "超额完成",
    "met": "完成",
    "missed": "未完成",
    "in_progress": "推进中",
    "not_mentioned": "未提及",
}
COLUMNS = (
    *("place", "year", "kind", "subject", "target", "verdict", "result", "gap", "gap_unit", "match", "note"),
    *("target_sentence", "result_sentence", "target_iri", "result_iri"),
)
_SHOWN = ("年 year", "判定 verdict", "事项 subject", "目标 target", "结果 result", "差额 gap")
_ADVANCED = "推进"
# What belongs to a list and not to one of its figures: 分别增长5%, and the number that the list gives an item.
_EACH = "分别"
_LISTED = re.compile(r"^[0-9]+[.．、](?![0-9])")
_NAMED = "提及，未写状态"
_AIMED = "拟"


def tell_verdict(outcome: Outcome) -> str:
    """Return a verdict in Chinese."""
    return _VERDICTS[outcome.verdict]


def tell_aim(outcome: Outcome) -> str:
    """Return what was aimed at in a few Chinese words: 地区生产总值增长5%左右, 平陆运河开工."""
    return f"{outcome.target.name}{_aim(outcome)}"


def tell_result(outcome: Outcome) -> str:
    """Return what was reached in a few Chinese words; empty where nothing is told."""
    result = outcome.result
    if isinstance(result, Reading):
        if outcome.match == "computed" and outcome.reached is not None and isinstance(outcome.target, Reading):
            return f"{plain_decimal(outcome.reached).text}{outcome.target.written}（算出）"
        words = result.words.removeprefix(_EACH)
        return words if result.name == outcome.target.name else f"{result.name}{words}"
    if isinstance(result, Standing):
        state = VOCABULARY.labels[result.status]
        return f"{state}（计划）" if result.modality == "target" else state
    return "" if result is None else f"{_NAMED}（计划）" if result.quote.modality == "target" else _NAMED


def tell_gap(outcome: Outcome) -> str:
    """Return the gap with its sign and unit: -1个百分点."""
    return "" if outcome.gap is None else f"{_signed(outcome.gap)}{_gap_unit(outcome)}"


def show_outcomes(outcomes: Sequence[Outcome]) -> Table:
    """Return a table for people: one line a target, no sentences."""
    several = len({outcome.place for outcome in outcomes}) > 1
    rows = (
        (
            *((o.place,) if several else ()),
            o.year,
            f"{_VERDICTS[o.verdict]} {o.verdict}",
            _LISTED.sub("", o.target.name),
            _aim(o),
            tell_result(o),
            tell_gap(o),
        )
        for o in outcomes
    )
    return Table((*(("地方 place",) if several else ()), *_SHOWN), tuple(rows))


def list_outcomes(outcomes: Sequence[Outcome]) -> Table:
    """Return a table for programs: one row a target, with both sentences and the IRIs of both findings."""
    rows = (
        (
            o.place,
            o.year,
            "figure" if o.is_figure else "project",
            o.target.name,
            _aim(o),
            o.verdict,
            tell_result(o),
            None if o.gap is None else plain_decimal(o.gap).text,
            _gap_unit(o),
            o.match,
            o.note,
            o.target.quote.text,
            o.result.quote.text if o.result else None,
            o.target.iri,
            o.result.iri if o.result else None,
        )
        for o in outcomes
    )
    return Table(COLUMNS, tuple(rows))


def show_lives(lives: Sequence[Life]) -> Table:
    """Return life lines as a table for people: one line a thing, of what was reached and what was last aimed at.

    Only things of which reports tell two steps at least are shown.
    """
    rows = []
    for life in lives:
        reached = [stop for stop in life.stops if stop.state.modality == "actual"]
        steps = [f"{s.year} {s.word}" for n, s in enumerate(reached) if n == 0 or reached[n - 1].word != s.word]
        last = life.stops[-1]
        if last.state.modality == "target":
            steps.append(f"{last.year} {_AIMED}{last.word}")
        if len(steps) > 1:
            rows.append((life.name, life.kind, " → ".join(steps)))
    return Table(("事项 subject", "类别 class", "历程 life line"), tuple(rows))


def list_lives(lives: Sequence[Life]) -> Table:
    """Return life lines as a table for programs: one row a state, with its sentence."""
    rows = (
        (life.name, life.kind, stop.year, stop.word, stop.state.modality, stop.told.year, stop.state.quote.text)
        for life in lives
        for stop in life.stops
    )
    return Table(("subject", "kind", "year", "step", "modality", "report_year", "sentence"), tuple(rows))


def count_verdicts(outcomes: Sequence[Outcome]) -> str:
    """Return how many outcomes have each verdict, in one line.

    >>> count_verdicts([])
    '0 个目标 targets'
    """
    counts = Counter(outcome.verdict for outcome in outcomes)
    parts = [f"{_VERDICTS[verdict]} {counts[verdict]}" for verdict in VERDICTS if counts[verdict]]
    return "，".join([f"{len(outcomes)} 个目标 targets", *parts])


def write_markdown(outcomes: Sequence[Outcome]) -> str:
    """Return a page with a section for each year and verdict, each target with both sentences."""
    lines = []
    for place, year in dict.fromkeys((o.place, o.year) for o in outcomes):
        mine = [o for o in outcomes if (o.place, o.year) == (place, year)]
        lines += [f"# {place}{year}年目标的兑现情况", "", count_verdicts(mine), ""]
        for verdict in VERDICTS:
            told = [o for o in mine if o.verdict == verdict]
            if told:
                lines += [f"## {_VERDICTS[verdict]} {verdict.replace('_', ' ')}（{len(told)}）", ""]
                lines += [line for o in told for line in _write_one(o)]
                lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _write_one(outcome: Outcome) -> list[str]:
    reached, gap = tell_result(outcome), tell_gap(outcome)
    told = f" → {reached}" if reached else ""
    remarks = "；".join(part for part in (f"差额{gap}" if gap else "", outcome.note) if part)
    lines = [f"- **{_LISTED.sub('', outcome.target.name)}** {_aim(outcome)}{told}{f'（{remarks}）' if remarks else ''}"]
    lines.append(f"  - {outcome.year}：{outcome.target.quote.text}")
    if outcome.result is not None:
        lines.append(f"  - {outcome.year + 1}：{outcome.result.quote.text}")
    return lines


def _aim(outcome: Outcome) -> str:
    target = outcome.target
    if isinstance(target, Reading):
        return target.words.removeprefix(_EACH)
    return VOCABULARY.labels[target.status] if isinstance(target, Standing) else _ADVANCED


def _gap_unit(outcome: Outcome) -> str:
    if outcome.gap is None or not isinstance(outcome.target, Reading):
        return ""
    return "个百分点" if outcome.target.measure == "%" else outcome.target.written


def _signed(number: Decimal) -> str:
    text = plain_decimal(number).text
    return text if text.startswith("-") or text == "0" else f"+{text}"
