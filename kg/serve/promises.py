"""What became of a report's targets, for the explorer: read from the store when somebody looks at the report."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox

from kg.facts import list_reports
from kg.graph.terms import plain_decimal
from kg.lexicon.tracking import TrackingRules
from kg.track import Outcome, follow_reports
from kg.track.triples import VERDICT_TERMS
from kg.vocab import KG


def read_promises(database: Path, base: str, key: str, rules: TrackingRules) -> bytes:
    """Return the outcomes of the targets of the report with this key as JSON; none where no report follows it.

    They name findings and sentences by id; the page that asks has the reports that they stand in.
    """
    store = ox.Store.read_only(str(database))
    reports = list_reports(store)
    told = next((told for told in reports if told.iri == f"{base}id/report/{key}"), None)
    if told is None or told.year is None:
        return b"[]"
    pair = [one for one in reports if one.place == told.place and one.year in (told.year, told.year + 1)]
    found = (_describe(outcome, f"{base}id/") for outcome in follow_reports(store, pair, rules, told.year))
    return json.dumps(list(found), ensure_ascii=False, separators=(",", ":")).encode()


def _describe(outcome: Outcome, root: str) -> dict[str, str]:
    def local(iri: str, kind: str = "") -> str:
        return iri.removeprefix(root).removeprefix(kind)

    result = outcome.result
    return {
        "target": local(outcome.target.iri),
        "result": local(result.iri) if result else "",
        "aimed": local(outcome.target.quote.iri, "sentence/"),
        "told": local(result.quote.iri, "sentence/") if result else "",
        "report": local(outcome.follow_up, "report/"),
        "verdict": VERDICT_TERMS[outcome.verdict].removeprefix(KG.base),
        "match": outcome.match,
        "reached": "" if outcome.reached is None else plain_decimal(outcome.reached).text,
        "gap": "" if outcome.gap is None else plain_decimal(outcome.gap).text,
    }
