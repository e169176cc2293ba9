"""The graph of the first report, `data/reports/nanning-2024.txt`, as `kg build` makes it."""

from __future__ import annotations

from kg.api import LEAST
from kg.graph import Triple
from kg.pipeline import describe, extract, link_document, load_rules, publish, read_report
from kg.resources import data_folder

SEED = data_folder() / "reports" / "nanning-2024.txt"


def make_seed_triples() -> dict[Triple, None]:
    """Return the triples of the first report."""
    rules = load_rules(data_folder())
    report, _ = read_report(SEED, rules)
    return describe(link_document(publish(extract(report, rules), LEAST), rules), rules)
