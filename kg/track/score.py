"""How good tracking is, on outcomes that an annotator read off two reports (`data/gold/years/promises.jsonl`)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.facts import Reading
from kg.track.outcome import Finding, Outcome

Row = Mapping[str, Any]
# Two names of a target in one sentence that share so much of their characters are of one thing.
_SAME_NAME = 0.7
_TELLING = re.compile("[0-9]+|[一二三四五六七八九十东西南北]")


@dataclass(frozen=True, slots=True)
class Trial:
    """A target that an annotator wrote down, and the outcome tracking has for it; None where it has no such target."""

    gold: Row
    outcome: Outcome | None

    @property
    def is_pair(self) -> bool:
        """Tell whether the annotator found a result."""
        return self.gold["result_text"] is not None

    @property
    def is_right_pair(self) -> bool:
        """Tell whether both found a result, in the same sentence, and for figures of one value."""
        result = self.outcome.result if self.outcome else None
        if result is None or not self.is_pair or not _same_sentence(result.quote.text, self.gold["result_text"]):
            return False
        value = self.gold["result_value"]
        if value is None or not isinstance(result, Reading) or float(result.value) == float(value):
            return True
        # The annotator wrote 18099 units down as 1.8099, where the target counts in ten thousands.
        reached = self.outcome.reached if self.outcome else None
        return reached is not None and math.isclose(float(reached), float(value))

    @property
    def is_right_verdict(self) -> bool:
        """Tell whether both gave the same verdict."""
        return self.outcome is not None and self.outcome.verdict == self.gold["verdict"]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over targets: how many there are, were found, have a result, got one, got the right one …"""

    targets: int
    found: int
    pairs: int
    pairs_of_found: int
    given: int
    right: int
    right_verdicts: int
    all_verdicts: int

    @property
    def precision(self) -> float:
        """Return the share of right ones among the pairs that tracking gave."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Return the share of the annotator's pairs that tracking found, of targets that both have."""
        return self.right / self.pairs_of_found if self.pairs_of_found else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        return 2 * self.right / (self.given + self.pairs_of_found) if self.given + self.pairs_of_found else 0.0

    @property
    def f1_of_all(self) -> float:
        """Return the same with the annotator's pairs of targets that were not read off the report counted as missed."""
        return 2 * self.right / (self.given + self.pairs) if self.given + self.pairs else 0.0


def match_gold(gold: Sequence[Row], outcomes: Sequence[Outcome]) -> tuple[Trial, ...]:
    """Return each target that an annotator wrote down with tracking's outcome for it."""
    return tuple(_match(gold, outcomes))


def _match(gold: Sequence[Row], outcomes: Sequence[Outcome]) -> Iterator[Trial]:
    taken: set[int] = set()
    for row in gold:
        fitting = [
            (_same_sentence(o.target.quote.text, row["target_text"]), _overlap(row["subject"], o.target.name), -index)
            for index, o in enumerate(outcomes)
            if index not in taken and _is_target(row, o)
        ]
        if not fitting:
            yield Trial(row, None)
            continue
        index = -max(fitting)[2]
        taken.add(index)
        yield Trial(row, outcomes[index])


def _is_target(row: Row, outcome: Outcome) -> bool:
    """Tell whether an outcome is of the target that an annotator wrote down.

    A thing that a plan names twice has one target, in whichever sentence.
    """
    target: Finding = outcome.target
    if outcome.is_figure != (row["kind"] == "figure"):
        return False
    same = _same_sentence(target.quote.text, row["target_text"])
    if isinstance(target, Reading):
        return same and row["value"] is not None and float(row["value"]) == abs(float(target.value))
    if target.name == row["subject"]:
        return True
    # A thing that several reports name has one label, which may be another report's.
    alike = _overlap(row["subject"], target.name) >= _SAME_NAME and _tell(row["subject"]) == _tell(target.name)
    return same and (target.name in row["subject"] or row["subject"] in target.name or alike)


def _tell(name: str) -> list[str]:
    """Return the numbers and sides of a name, which tell works apart: 2号线东延线 is not 3号线东延线."""
    return sorted(_TELLING.findall(name))


def _overlap(left: str, right: str) -> float:
    shared = set(left) & set(right)
    return 2 * len(shared) / (len(set(left)) + len(set(right)))


def _same_sentence(left: str, right: str) -> bool:
    return left in right or right in left


def count_trials(trials: Sequence[Trial]) -> Tally:
    """Count what the measures are made of."""
    found = [trial for trial in trials if trial.outcome is not None]
    right = [trial for trial in found if trial.is_right_pair]
    return Tally(
        targets=len(trials),
        found=len(found),
        pairs=sum(trial.is_pair for trial in trials),
        pairs_of_found=sum(trial.is_pair for trial in found),
        given=sum(trial.outcome is not None and trial.outcome.result is not None for trial in found),
        right=len(right),
        right_verdicts=sum(trial.is_right_verdict for trial in right),
        all_verdicts=sum(trial.is_right_verdict for trial in found),
    )
