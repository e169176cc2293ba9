"""Figures that contradict each other, in one report and in those of neighbouring years, with their sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.check.rows import KINDS, Doubt, Kind
from kg.check.series import is_plain, list_levels, series_of
from kg.check.spans import Span, half_unit, span_of
from kg.facts import Account, Reading, find_clause
from kg.lexicon.checks import CheckRules
from kg.vocab import VOCABULARY

__all__ = ["KINDS", "Doubt", "Kind", "check_accounts"]

_PERCENT = "%"
_WHOLE = Decimal(100)
_LISTED = frozenset(concept.iri for concept in VOCABULARY.indicators.values())


def check_accounts(accounts: Sequence[Account], rules: CheckRules) -> tuple[Doubt, ...]:
    """Return the contradictions inside reports, between those of neighbouring years, and of a place and its parts.

    Only indicators that the ontology lists are compared between sentences: the same words made up for one report may
    mean two things.
    """
    by_place = {(account.told.place, account.told.year): account for account in accounts}
    parts: dict[tuple[str, int | None], list[Account]] = defaultdict(list)
    for account in by_place.values():
        parts[account.told.parent, account.told.year].append(account)
    doubts: list[Doubt] = []
    for (place, year), account in by_place.items():
        doubts += _find_shares(account, rules)
        doubts += _find_doubles(account, rules)
        if year is not None:
            before = by_place.get((place, year - 1))
            doubts += _find_growth(account, before, year, rules) if before else ()
            doubts += _find_retreats(account, year, rules)
            doubts += _find_sums(account, parts[place, year], year, rules) if place else ()
    return tuple(doubts)


def _find_shares(account: Account, rules: CheckRules) -> Iterator[Doubt]:
    """Yield shares of more than a whole."""
    for reading in account.readings:
        over = reading.kind == "share" and reading.measure == _PERCENT and reading.normal > _WHOLE
        if over and not rules.beyond.search(reading.name + find_clause(reading)):
            yield Doubt("share", account.told, (reading,), f"占比{reading.words}，超过100%")


def _find_doubles(account: Account, rules: CheckRules) -> Iterator[Doubt]:
    """Yield indicators of which one report tells two values of one year, further apart than rounding."""
    groups: dict[tuple[object, ...], list[Reading]] = defaultdict(list)
    for reading in account.readings:
        if (
            reading.year
            and reading.indicator in _LISTED
            and is_plain(reading, rules)
            and not _is_otherwise(reading, rules)
        ):
            groups[(*series_of(reading), reading.modality, reading.year)].append(reading)
    for first, *others in groups.values():
        other = next((other for other in others if not span_of(first).meets(span_of(other))), None)
        if other is not None:
            yield Doubt("double", account.told, (first, other), f"同一指标两个数值：{first.words}，{other.words}")


def _is_otherwise(reading: Reading, rules: CheckRules) -> bool:
    """Tell whether a figure is told on another basis, or in a sentence that looks back over several years."""
    return bool(rules.basis.search(find_clause(reading)) or rules.span.search(reading.quote.text))


def _find_growth(account: Account, before: Account, year: int, rules: CheckRules) -> Iterator[Doubt]:
    """Yield amounts that are not last year's amount with the growth that the same sentence tells."""
    old_levels = {series_of(level): level for level in list_levels(before, year - 2, _LISTED, rules)}
    for level in list_levels(account, year - 1, _LISTED, rules):
        last = old_levels.get(series_of(level))
        growth = next((r for r in account.readings if _is_growth_of(r, level)), None)
        if growth is None or last is None or last.normal <= 0 or rules.basis.search(find_clause(growth)):
            continue
        room = half_unit(growth) + (rules.slack if rules.prices.search(level.name) else 0)
        old, new = span_of(last), span_of(level)
        implied = Span((new.low / old.high - 1) * _WHOLE, (new.high / old.low - 1) * _WHOLE)
        if not implied.meets(Span(growth.normal - room, growth.normal + room)):
            exact = ((level.normal / last.normal - 1) * _WHOLE).quantize(Decimal("0.1"))
            note = f"由{last.words}到{level.words}应为{exact}%，报告称{growth.words}"
            yield Doubt("growth", account.told, (last, level, growth), note)


def _is_growth_of(reading: Reading, level: Reading) -> bool:
    same = (reading.indicator, reading.owner, reading.of) == (level.indicator, level.owner, level.of)
    told = reading.kind == "growth" and reading.modality == "actual" and reading.year == level.year
    plain = reading.measure == _PERCENT and reading.bound == "="
    return same and told and plain and reading.quote == level.quote and reading.begin > level.begin


def _find_retreats(account: Account, year: int, rules: CheckRules) -> Iterator[Doubt]:
    """Yield levels and shares of listed indicators aimed at that lie below what the year before had already."""
    for target in account.readings:
        aimed = target.modality == "target" and target.year == year and target.kind in ("level", "share")
        stands = target.indicator in _LISTED and not rules.yearly.search(target.name)
        if not (aimed and stands) or target.bound == "<=" or not is_plain(target, rules):
            continue
        for result in account.readings:
            told = result.modality == "actual" and result.year == year - 1 and series_of(result) == series_of(target)
            if told and is_plain(result, rules) and span_of(target).high < span_of(result).low:
                note = f"目标{target.words}低于上年实绩{result.words}"
                yield Doubt("retreat", account.told, (result, target), note)
                break


def _find_sums(account: Account, parts: Sequence[Account], year: int, rules: CheckRules) -> Iterator[Doubt]:
    """Yield amounts of a place that are less than what its parts have together."""
    told = [{series_of(r): r for r in list_levels(part, year - 1, _LISTED, rules)} for part in parts]
    for level in list_levels(account, year - 1, _LISTED, rules) if len(parts) > 1 else ():
        shares = [found[series_of(level)] for found in told if series_of(level) in found]
        if len(shares) > 1 and sum(span_of(share).low for share in shares) > span_of(level).high:
            total = sum(share.normal for share in shares)
            note = f"{len(shares)}个下辖地区合计{total:f}{level.measure}，多于全域的{level.words}"
            yield Doubt("sum", account.told, (level, *shares), note)
