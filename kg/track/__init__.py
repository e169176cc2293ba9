"""Promise and result: what the next report says of the targets of a year's report."""

from __future__ import annotations

from kg.track.follow import follow_graphs, follow_reports
from kg.track.outcome import VERDICTS, Outcome, Verdict
from kg.track.targets import track_targets

__all__ = ["VERDICTS", "Outcome", "Verdict", "follow_graphs", "follow_reports", "track_targets"]
