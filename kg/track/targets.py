"""The targets of one report held against the report of the year after it."""

from __future__ import annotations

from kg.facts import Account
from kg.lexicon.tracking import TrackingRules
from kg.track.figures import track_figures
from kg.track.outcome import Outcome
from kg.track.works import track_works


def track_targets(before: Account, after: Account, rules: TrackingRules) -> tuple[Outcome, ...]:
    """Return the outcome of each target of the report `before` by the report `after`, which is the next year's.

    Figures come first, then works and zones, each in the order of the text.
    """
    return (*track_figures(before, after, rules), *track_works(before, after, rules))
