"""What became of targets, as the statements that `kg track` writes tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.explorer.data import Outcome
from kg.explorer.said import About, read_first, read_term
from kg.vocab import KG, PROV


def read_outcomes(
    outcomes: Iterable[About], root: str, reports: Mapping[str, int], sentences: Mapping[str, int]
) -> tuple[Outcome, ...]:
    """Return outcomes in the order of their targets; one whose reports the page does not hold is left out.

    `reports` and `sentences` are their numbers on the page by IRI, `root` is what the IRIs of the graph begin with.
    """
    found = (_read_outcome(about, root, reports, sentences) for about in outcomes)
    return tuple(sorted((outcome for outcome in found if outcome), key=lambda o: (o.aimed, o.target, o.report)))


def _read_outcome(about: About, root: str, reports: Mapping[str, int], sentences: Mapping[str, int]) -> Outcome | None:
    follow_up, target = read_first(about, KG.followedUpIn) or "", read_first(about, KG.ofTarget) or ""
    # Sentences are numbered report by report, and a target stands in the report before.
    behind = sorted(sentences[str(iri)] for iri in about.get(PROV.wasDerivedFrom, ()) if str(iri) in sentences)
    if follow_up not in reports or not behind:
        return None
    return Outcome(
        target=target.removeprefix(root),
        result=(read_first(about, KG.hasResult) or "").removeprefix(root),
        aimed=behind[0],
        told=behind[1] if len(behind) > 1 else None,
        report=reports[follow_up],
        verdict=read_term(about, KG.verdict),
        match=read_first(about, KG.matchedBy) or "",
        reached=read_first(about, KG.reached) or "",
        gap=read_first(about, KG.gap) or "",
    )
