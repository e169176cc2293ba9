"""Find the quantities of a sentence: number, unit, bound, and the words before it that say how it is meant.

What a quantity measures is not asked here; `kg.figures.indicators` does that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.figures.admission import Reading, is_quantity
from kg.figures.cues import CueWords, read_cues
from kg.figures.quantity import Quantity
from kg.lexicon.figure_rules import FigureRules, Way, WordQuantity
from kg.model import Bound, FigureKind
from kg.numerals import read_numeral, split_scale

_QUOTED = re.compile(r"“[^”]{1,25}”|《[^》]{1,60}》|‘[^’]{1,25}’|〔[^〕]{1,6}〕|\[\d{1,3}\]")
# The unit of a list of numbers may stand behind the last one only (36、58微克/立方米).
_LATER_UNIT = re.compile(r"(?:、\d[\d.]*)*(?:、|和|及)(?=\d)")
_ROUND_SUM = re.compile("[十百千万]+亿")
_CLAUSE_END = re.compile("(?:以上|大关)?(?:[，。；、！？）]|$)")
_LATER_POINTS = re.compile(r"(?:、[\d.]+个)*(?:、|和|及)[\d.]+个百分点")
_RATIO_SIGN = re.compile("[:：∶]")
_BEFORE_REFUSAL = 26
_NOUN_BEFORE = 8


def find_quantities(text: str, rules: FigureRules, taken: Sequence[tuple[int, int]] = ()) -> list[Quantity]:
    """Return the quantities of a sentence in order; they do not overlap each other nor the spans `taken`.

    Nothing inside short quotation marks or book title marks is a quantity: names stand there.
    """
    words: list[Quantity] = []
    if rules.word.search(text):
        words = [quantity for rule in rules.words for quantity in _read_words(text, rule)]
    hidden = [match.span() for match in _QUOTED.finditer(text)]
    hidden += [*taken, *((quantity.start, quantity.end) for quantity in words)]
    found: list[Quantity] = []
    position = 0
    while match := rules.quantity.search(text, position):
        start = match.start()
        if cover := next((end for begin, end in hidden if begin <= start < end), None):
            position = cover
        elif refused := _refuse(text, start, rules):
            position = max(refused.end(), start + 1)
        else:
            here = list(_read_match(text, match, found[-1].end if found else 0, rules))
            found += here
            position = match.end("number") if match["number"] and not here else match.end()
    return sorted([*found, *words], key=lambda quantity: quantity.start)


def _read_words(text: str, rule: WordQuantity) -> Iterator[Quantity]:
    for match in rule.pattern.finditer(text):
        groups = match.groupdict()
        value = read_numeral(groups["n"]) if groups.get("n") else rule.value
        bound: Bound = (
            ">=" if groups.get("ge") or match.group().endswith("以上") else "~" if groups.get("about") else "="
        )
        yield Quantity(
            match.start(), match.end(), value, rule.unit, "share", bound, rule.kind, "word", rule.name, cued=True
        )


def _refuse(text: str, start: int, rules: FigureRules) -> re.Match[str] | None:
    if refused := rules.refusal.match(text, start):
        return refused
    for rule in rules.refusals_after:
        refused = rule.pattern.match(text, start)
        if refused and rule.before.search(text, max(0, start - _BEFORE_REFUSAL), start):
            return refused
    return None


def _read_match(text: str, match: re.Match[str], floor: int, rules: FigureRules) -> Iterator[Quantity]:
    unit, scale = _read_unit(text, match, rules)
    cue = read_cues(text, match.start(), floor, "%" if match["percent"] else unit, rules)
    after = (match["after"] or "").removeprefix("及")
    bound = rules.bounds.get(after) or cue.bound or ("=" if not _is_vague(match) else ">=")
    if match["ratio"]:
        yield from _read_ratio(text, match, cue, rules)
    elif match["fraction"]:
        value = Decimal(f"{read_numeral(match['fraction']):.4g}")
        yield _build(text, match, cue, value, "", "share", bound, "fraction", rules)
    elif match["percent"]:
        percent = "%" if match["percent"] == "百分之" else "‰"
        yield _build(text, match, cue, read_numeral(match["parts"]), percent, "share", bound, "percent", rules)
    else:
        kind = _unit_kind(unit, rules)
        if is_quantity(Reading(text, match, cue, unit, scale, kind), rules):
            amount, inner = split_scale(match["number"])
            way: Way = "plain" if not unit else "number" if match["number"].isascii() else "words"
            quantity = _build(text, match, cue, amount, inner + scale + unit, kind, bound, way, rules)
            yield from _read_range(match, quantity, unit) if match["low"] else (quantity,)


def _read_ratio(text: str, match: re.Match[str], cue: CueWords, rules: FigureRules) -> Iterator[Quantity]:
    """Read a ratio to one as one value (2.35∶1), and a ratio of parts as a share for each."""
    first, *rest = (Decimal(part) for part in _RATIO_SIGN.split(match["ratio"]))
    if rest == [1]:
        yield _build(text, match, cue, first, "", "", "=", "ratio", rules)
        return
    whole = _build(text, match, cue, first, "", "share", "=", "ratio", rules)
    yield whole
    yield from (replace(whole, value=part, bare=True, spread="") for part in rest)


def _read_unit(text: str, match: re.Match[str], rules: FigureRules) -> tuple[str, str]:
    if match["more_in"]:
        return "个月", ""
    unit, scale = match["unit"] or "", match["scale"] or ""
    if unit == "个" and _LATER_POINTS.match(text, match.end()):
        return "个百分点", ""
    if not unit and _ROUND_SUM.fullmatch(match["number"] or "") and _CLAUSE_END.match(text, match.end()):
        # 超千亿 that ends a clause is money; in 上亿人民 the word that follows is what is counted.
        return "元", scale
    if unit or scale or not (match["number"] or "?").isascii():
        return unit, scale
    later = _LATER_UNIT.match(text, match.end())
    ahead = rules.quantity.match(text, later.end()) if later else None
    return (ahead["unit"] or "", ahead["scale"] or "") if ahead and ahead["number"] else ("", "")


def _unit_kind(unit: str, rules: FigureRules) -> str:
    known = rules.units.get(unit) or rules.units.get(re.split("[/每（]", unit)[0])
    return known or ""


def _is_vague(match: re.Match[str]) -> bool:
    return any(match[more] in ("多", "余", "来") for more in ("more", "more_scale", "more_unit", "more_in"))


def _build(
    text: str,
    match: re.Match[str],
    cue: CueWords,
    value: Decimal,
    unit: str,
    unit_kind: str,
    bound: Bound,
    way: Way,
    rules: FigureRules,
) -> Quantity:
    kind, falls = _kind_of(text, cue, unit_kind, rules)
    return Quantity(
        cue.start,
        match.end(),
        -value if falls else value,
        unit,
        unit_kind,
        bound,
        kind,
        way,
        way,
        grows=cue.grows and not cue.moved,
        moved=cue.moved,
        origin="from" in cue.roles,
        spread=cue.spread,
        suffix=cue.suffix,
        bare=cue.bare,
        cued=cue.strong,
    )


def _kind_of(text: str, cue: CueWords, unit_kind: str, rules: FigureRules) -> tuple[FigureKind, bool]:
    """Return the kind, and whether it is a growth downward."""
    if cue.relation:
        return cue.relation.kind, cue.relation.kind == "growth" and cue.falls
    if unit_kind == "points" or (cue.grows and not cue.moved):
        return "growth", cue.falls
    noun = rules.patterns["rate_of_growth"].search(text, cue.start - _NOUN_BEFORE, cue.start)
    if unit_kind == "share" and noun:
        return "growth", noun["fall"] is not None
    return "share" if unit_kind in ("share", "tenths") else "level", False


def _read_range(match: re.Match[str], upper: Quantity, unit: str) -> Iterator[Quantity]:
    """Read 2—3家 as two: at least 2 and at most 3."""
    low, scale = split_scale(match["low"] + re.sub("[^万亿]", "", match["low_unit"]))
    lower = replace(
        upper, end=match.end("low_unit"), value=-low if upper.value < 0 else low, bound=">=", way="range", rule="range"
    )
    yield replace(lower, unit=scale + unit) if scale else lower
    yield replace(upper, start=match.start("number"), bound="<=", way="range", rule="range", spread="", bare=True)
