"""Outcomes as triples: statements that lead to the findings and the sentences that they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.graph import Triple
from kg.graph.terms import chinese, decimal, english, string
from kg.linking import hash_identity
from kg.track.outcome import Outcome, Verdict
from kg.track.show import tell_aim, tell_result, tell_verdict
from kg.vocab import KG, PROV, RDF, RDFS, SKOS, VOCABULARY

VERDICT_TERMS: Mapping[Verdict, str] = {
    "exceeded": KG.exceeded,
    "met": KG.met,
    "missed": KG.missed,
    "in_progress": KG.inProgress,
    "not_mentioned": KG.notMentioned,
}


def describe_outcomes(outcomes: Iterable[Outcome]) -> dict[Triple, None]:
    """Return the triples of outcomes whose target the graph has, with the names of the verdicts that they use.

    IRIs have the base of the reports' own.
    """
    triples = dict.fromkeys(triple for o in outcomes if o.target.iri for triple in _describe(o))
    used = {value for _, predicate, value in triples if predicate == KG.verdict and isinstance(value, str)}
    for iri in sorted(used):
        concept = VOCABULARY.concepts[iri]
        triples.update(dict.fromkeys((iri, RDF.type, kind) for kind in concept.types))
        triples[iri, SKOS.prefLabel, chinese(concept.zh)] = None
        triples[iri, SKOS.prefLabel, english(concept.en)] = None
    return triples


def _describe(outcome: Outcome) -> Iterator[Triple]:
    target, result = outcome.target, outcome.result
    node = outcome.follow_up.rpartition("report/")[0] + hash_identity("outcome", target.iri, outcome.follow_up)
    yield node, RDF.type, KG.Outcome
    yield node, RDFS.label, chinese(f"{tell_aim(outcome)}：{tell_verdict(outcome)}{_short(outcome)}")
    yield node, KG.ofTarget, target.iri
    yield node, KG.followedUpIn, outcome.follow_up
    yield node, KG.verdict, VERDICT_TERMS[outcome.verdict]
    yield node, PROV.wasDerivedFrom, target.quote.iri
    if result is not None:
        yield node, PROV.wasDerivedFrom, result.quote.iri
        if result.iri:
            yield node, KG.hasResult, result.iri
    if outcome.match:
        yield node, KG.matchedBy, string(outcome.match)
    if outcome.reached is not None and outcome.gap is not None:
        yield node, KG.reached, decimal(outcome.reached)
        yield node, KG.gap, decimal(outcome.gap)


def _short(outcome: Outcome) -> str:
    told = tell_result(outcome)
    return f"（{told}）" if told else ""
