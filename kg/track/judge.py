"""Verdicts: a value or a state reached, against the one that was aimed at, in the target's own terms."""

from __future__ import annotations

from decimal import Decimal

from kg.facts import Reading
from kg.lexicon.tracking import TrackingRules
from kg.track.outcome import Verdict

# What 左右 leaves open on both sides, and what lies clearly beyond a target: a tenth of the target's own value.
TOLERANCE = Decimal("0.1")


def judge_value(target: Reading, reached: Decimal, rules: TrackingRules) -> Verdict:
    """Return the verdict on a value in the target's unit.

    A ceiling is kept or not. 左右 is kept within a tenth of the target's value. Beyond any other target by more than a
    tenth of it, in the wished direction, is exceeded.

    >>> from dataclasses import replace
    >>> from kg.facts import Quote
    >>> from kg.lexicon.tracking import load_tracking
    >>> from kg.resources import data_folder
    >>> rules = load_tracking(data_folder())
    >>> five = Decimal(5)
    >>> target = Reading("", "", "地区生产总值", five, five, "", "%", "%", "growth", "target", "~", 2023, "2023", "",
    ...                  "", "增长5%左右", 0, 0, Quote("", "", 0, "target"))
    >>> judge_value(target, Decimal("4.5"), rules), judge_value(replace(target, bound=">="), Decimal("4.9"), rules)
    ('met', 'missed')
    """
    aim, room = target.value, abs(target.value) * TOLERANCE
    if target.bound == "<=" and target.kind != "rank":
        # 降幅控制在5%以内 is a fall of at most 5.
        kept = reached >= aim if aim < 0 else reached <= aim
        return "met" if kept else "missed"
    lower = is_lower_better(target, rules)
    if target.bound == "~" and lower and rules.capped.search(target.words):
        # 涨幅控制在3%左右 is a ceiling with some room above it.
        return "met" if reached <= aim + room else "missed"
    ahead = aim - reached if lower else reached - aim
    if target.bound == "~" and abs(ahead) <= room:
        return "met"
    if target.bound == "~" and ahead < 0:
        return "missed"
    if ahead > room and target.kind != "rank":
        return "exceeded"
    return "met" if ahead >= 0 else "missed"


def is_lower_better(target: Reading, rules: TrackingRules) -> bool:
    """Tell whether less of what a target measures is better: also where a fall is aimed at (压减10%)."""
    fall = target.kind == "growth" and target.value < 0
    return fall or target.kind == "rank" or bool(rules.lower.search(target.name))


# Ground broken and works going on are one step for a verdict: who promised 推进 has kept it by 开工, and 续建 tells
# that a promised start was made.
_STEPS = {"planned": 1, "preparatory": 2, "started": 3, "underConstruction": 3, "completed": 4, "operating": 5}


def judge_state(aim: str, reached: str, words: str, rules: TrackingRules, aimed: str = "") -> Verdict:
    """Return the verdict on a state that the next report says was reached; "" is a thing pushed ahead, no state told.

    `words` are the result's, `aimed` the target's: who promised 通车 has kept it by 开通运营.

    >>> from kg.lexicon.tracking import load_tracking
    >>> from kg.resources import data_folder
    >>> rules = load_tracking(data_folder())
    >>> judge_state("underConstruction", "completed", "竣工", rules), judge_state("completed", "started", "开工", rules)
    ('exceeded', 'in_progress')
    """
    # 规划建设 promises more than a plan.
    wanted = 3 if aim == "planned" and rules.built.search(aimed) else _STEPS.get(aim, 3)
    got = _STEPS.get(reached, 3)
    if got > wanted:
        only_finished = aim == "completed" and (rules.finished.search(words) or rules.opened.search(aimed))
        return "met" if only_finished else "exceeded"
    if reached == "completed" and aim == "operating" and rules.finished.search(aimed):
        return "met"
    if got < wanted or (aim == "started" and not reached):
        return "in_progress"
    return "met"
