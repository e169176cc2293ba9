"""Promise and result: what the next report says of the targets of a year's report."""

from __future__ import annotations

from kg.facts import Account
from kg.lexicon.tracking import TrackingRules
from kg.track.figures import track_figures
from kg.track.outcome import VERDICTS, Outcome, Verdict
from kg.track.works import track_works

__all__ = ["VERDICTS", "Outcome", "Verdict", "track_targets"]


def track_targets(before: Account, after: Account, rules: TrackingRules) -> tuple[Outcome, ...]:
    """Return the outcome of each target of the report `before` by the report `after`, which is the next year's.

    Figures come first, then works and zones, each in the order of the text.
    """
    return (*track_figures(before, after, rules), *track_works(before, after, rules))
