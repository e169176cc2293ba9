"""Figures of two reports: which result answers which target."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.facts import Account, Reading, find_clause
from kg.lexicon.tracking import TrackingRules
from kg.track.judge import judge_value
from kg.track.outcome import Match, Outcome
from kg.track.similar import Weights, compare_names, contains, cut_pairs, weigh_names

# Above this the words of two indicators mean one thing; read off the reports of 2017 and 2018.
_LEAST = 0.52
_SAME_NUMBER = 0.25
# What two names share weighs at least this: 项目 and 建设 alone say nothing.
_SUBSTANCE = 9.0
# Of ranks names hardly tell which is meant: they must be so much alike.
_WHOLE = 0.8
_NATION = "国家"
_DIGITS = re.compile(r"[0-9.]+")
_PART_OF = "占"
# A result so many times its target is doubted where its sentence looks back over several years.
_FAR = 2
# A target is one of a result's list where that has an item which begins with so many of its characters.
_HEADED = 4
_KNOWN = "https://w3id.org/govkg/indicator/"
_PERCENT = "%"


def track_figures(before: Account, after: Account, rules: TrackingRules) -> Iterator[Outcome]:
    """Yield the outcome of each figure that the report `before` aims at, in the order of its text."""
    year = before.told.year
    if year is None:
        return
    targets = list(_first_of_each((r for r in before.readings if r.modality == "target" and r.year == year), rules))
    results = [
        r for r in after.readings if r.modality == "actual" and (r.year == year or r.period.startswith(f"{year}-"))
    ]
    pairs = _pair(targets, results, rules, _weigh(before, after, rules))
    for target in targets:
        silent = Outcome(before.told.name, year, after.told.iri, target, None, "not_mentioned", "")
        found = pairs.get(target.iri)
        yield _judge(silent, *found, rules) if found else _compute(silent, before, after, rules) or silent


def _first_of_each(targets: Iterator[Reading], rules: TrackingRules) -> Iterator[Reading]:
    """Yield targets less those that the plan has told before: in its text, and as a number of its list of works."""
    seen: set[tuple[object, ...]] = set()
    for target in targets:
        key = (
            rules.trim_indicator(target.name),
            target.owner,
            target.of,
            target.kind,
            target.unit,
            target.normal,
            target.bound,
        )
        if key not in seen:
            seen.add(key)
            yield target


def _weigh(before: Account, after: Account, rules: TrackingRules) -> Weights:
    return weigh_names(rules.trim_indicator(r.name) for r in (*before.readings, *after.readings))


def _pair(
    targets: Sequence[Reading], results: Sequence[Reading], rules: TrackingRules, weights: Weights
) -> dict[str, tuple[Reading, Match]]:
    """Return the result of each target by its IRI: the surest pairs first, and a result that is only like one once."""
    scored = []
    names = {reading.name for reading in (*targets, *results)}
    cut = {name: cut_pairs(rules.trim_indicator(name)) for name in names}
    for row, target in enumerate(targets):
        for column, result in enumerate(results):
            # Most pairs share no characters; that is seen fastest.
            if cut[target.name].isdisjoint(cut[result.name]) or not _is_comparable(target, result, rules):
                continue
            score = _score(target, result, rules, weights)
            # Ranks are among others, which names hardly tell.
            if score >= (_WHOLE if target.kind == "rank" else _LEAST):
                scored.append((-score, row, column))
    pairs: dict[str, tuple[Reading, Match]] = {}
    used: set[str] = set()
    for _, row, column in sorted(scored):
        target, result = targets[row], results[column]
        same = target.indicator == result.indicator
        if target.iri in pairs or (not same and result.iri in used):
            continue
        pairs[target.iri] = (result, "same" if same else "similar")
        used.add(result.iri)
    return pairs


def _is_comparable(target: Reading, result: Reading, rules: TrackingRules) -> bool:
    """Tell whether two figures count the same way, for the same place or body."""
    if target.kind != result.kind or (target.owner, target.of) != (result.owner, result.of):
        return False
    counted = {target.measure, result.measure} <= rules.counted
    return target.unit == result.unit or counted


def _score(target: Reading, result: Reading, rules: TrackingRules, weights: Weights) -> float:
    """Return how surely two comparable figures are of one indicator; 2 where they share its concept."""
    if target.indicator == result.indicator:
        # A part of a year stands back behind the whole one.
        return 2.0 if result.year else 1.9
    left, right = rules.trim_indicator(target.name), rules.trim_indicator(result.name)
    listed = target.indicator.startswith(_KNOWN) or result.indicator.startswith(_KNOWN)
    if _tell_apart(target, result, rules) or (listed and left != right):
        return 0.0
    alike, inside = compare_names(left, right, weights), contains(left, right, weights)
    shared = weights.weigh(cut_pairs(left) & cut_pairs(right)) if alike else 0.0
    if shared < _SUBSTANCE:
        return 0.0
    # A number that both reports give (22个镇级污水处理设施) speaks for them, the more the less common it is.
    equal = target.normal == result.normal and target.value > 2
    same_head = left[-2:] in right or right[-2:] in left
    if not same_head and not (equal and target.value > 9):
        return 0.0
    if not equal and rules.measured.search(left) and _have_other_fronts(left, right):
        return 0.0
    if _PART_OF in left and _PART_OF in right and not _share_front(left, right):
        return 0.0
    return (alike + inside) / 2 + (0 if not equal else _SAME_NUMBER if target.value > 9 else _SAME_NUMBER / 2)


def _have_other_fronts(left: str, right: str) -> bool:
    """Tell whether only the ends of two names are alike: 氢能产业规模 is not 人工智能产业规模."""
    return not {left[:2]} & cut_pairs(right) and not {right[:2]} & cut_pairs(left)


def _share_front(left: str, right: str) -> bool:
    """Tell whether two shares, 甲占乙比重, are of the same 甲: one front holds most of the other."""
    first, second = cut_pairs(left.partition(_PART_OF)[0]), cut_pairs(right.partition(_PART_OF)[0])
    return len(first & second) * 2 >= min(len(first), len(second))


def _tell_apart(target: Reading, result: Reading, rules: TrackingRules) -> bool:
    """Tell whether a word or a number says that two indicators are not one, however alike their names are."""
    left, right = rules.trim_indicator(target.name), rules.trim_indicator(result.name)
    if _DIGITS.findall(left) != _DIGITS.findall(right):
        return True
    if rules.find_steps(_spell(target, rules)) != rules.find_steps(_spell(result, rules)):
        return True
    wanted, found = rules.rank.findall(target.name), rules.rank.findall(result.name)
    if wanted and found and not set(wanted) & set(found):
        return True
    # What is the nation's is only a part of what a target without a level counts.
    if not wanted and _NATION in found:
        return True
    mine, theirs = set(rules.sector.findall(left)), set(rules.sector.findall(right))
    if mine and theirs and not mine & theirs:
        return True
    if _is_of_more(target, result, rules):
        return True
    said = _find_lead(result)
    if rules.stock.search(target.name) and not rules.stock.search(result.name) and rules.yearly.search(result.name):
        return True
    if rules.flow.search(target.name) and not rules.flow.search(result.name):
        lead = said[: len(said) - len(result.words)]
        return not rules.act.search(result.name + lead) or bool(rules.stock.search(lead))
    return target.words.startswith("突破") and bool(rules.flow.search(result.name))


def _is_of_more(target: Reading, result: Reading, rules: TrackingRules) -> bool:
    """Tell whether a result may be of several years, or is of several things of which the target names one."""
    if target.kind == "level" and result.normal > _FAR * target.normal and rules.span.search(result.quote.text):
        return True
    if rules.flow.search(target.name) and not rules.flow.search(result.name) and rules.grown.match(result.words):
        return True
    among = re.search(f"[、和及]{re.escape(rules.trim_indicator(target.name)[:_HEADED])}", result.name)
    return among is not None and "、" not in target.name and "等" not in result.name


def _find_lead(result: Reading) -> str:
    """Return the clause of a result, and the one before where it only tells a part of that: 新建基地80个，其中…65个."""
    said = find_clause(result)
    text = result.quote.text
    begin = result.begin - result.quote.begin + len(result.words) - len(said)
    if said.startswith("其中") and begin > 0:
        before = max(text.rfind(mark, 0, begin - 1) for mark in "，。；：") + 1
        return text[before:begin] + said
    return said


def _is_of_part_year(result: Reading, rules: TrackingRules) -> bool:
    """Tell whether a result counts only a part of its year, as it or a clause before it says: 前三季度，…增长4.1%."""
    said = result.quote.text[: result.end - result.quote.begin]
    found = [match.end() for match in rules.part_year.finditer(said)]
    return bool(found) and not rules.whole_year.search(said, found[-1])


def _spell(reading: Reading, rules: TrackingRules) -> str:
    name = reading.name
    for written, spelled in rules.idle_spellings:
        name = name.replace(written, spelled)
    return name


def _judge(silent: Outcome, result: Reading, match: Match, rules: TrackingRules) -> Outcome:
    """Return the outcome of a figure's target by its result."""
    target = silent.target
    assert isinstance(target, Reading)
    reached = result.normal / (target.normal / target.value) if target.value else result.value
    verdict, note = judge_value(target, reached, rules), ""
    if not result.year or _is_of_part_year(result, rules):
        verdict, note = "in_progress", "只有部分时段的数据"
    elif verdict == "exceeded" and rules.real.search(target.words) and not rules.real.search(result.words):
        # A nominal rise beyond a real one that was aimed at proves the aim, not more.
        verdict, note = "met", "目标为实际增长，结果未扣除价格因素"
    return replace(
        silent, result=result, verdict=verdict, match=match, reached=reached, gap=reached - target.value, note=note
    )


def _compute(silent: Outcome, before: Account, after: Account, rules: TrackingRules) -> Outcome | None:
    """Work out a growth that was aimed at from the amounts of both reports, where prices are those of the year."""
    target, year = silent.target, silent.year
    if not isinstance(target, Reading) or target.kind != "growth" or target.measure != _PERCENT:
        return None
    old, new = _find_level(before, target, year - 1), _find_level(after, target, year)
    if old is None or new is None or old.unit != new.unit or old.normal <= 0 or rules.constant.search(target.name):
        return None
    reached = ((new.normal / old.normal - 1) * 100).quantize(Decimal("0.1"))
    return replace(
        silent,
        result=new,
        verdict=judge_value(target, reached, rules),
        match="computed",
        reached=reached,
        gap=reached - target.value,
        note=f"由{year - 1}年的{old.words}与{year}年的{new.words}算出",
    )


def _find_level(account: Account, target: Reading, year: int) -> Reading | None:
    levels = (
        r
        for r in account.readings
        if r.indicator == target.indicator
        and r.kind == "level"
        and r.modality == "actual"
        and r.year == year
        and r.bound == "="
        and (r.owner, r.of) == (target.owner, target.of)
    )
    return next(levels, None)
