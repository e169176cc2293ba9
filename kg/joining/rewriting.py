"""The triples of a report with the ids that joining gave, and the triples that say what was joined and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.graph import Literal, Term, Triple
from kg.graph.terms import chinese, string
from kg.joining.outcome import Joins, Merge
from kg.linking import hash_identity
from kg.vocab import DCTERMS, KG, PROV, RDF, RDFS, SKOS

# What belongs to a node that gave way and not to the thing: its scope, and the standing of an old division.
_OWN = frozenset(
    (
        KG.scopePlace,
        KG.divisionCode,
        KG.divisionLevel,
        KG.parentDivision,
        KG.validFrom,
        KG.validTo,
        DCTERMS.isReplacedBy,
    )
)


def rewrite_triples(triples: Iterable[Triple], joins: Joins, root: str) -> dict[Triple, None]:
    """Return a report's triples about the things that all reports share: their ids, classes and labels.

    A label that is not the thing's stays as another name of it. `root` is what the IRIs of nodes begin with.
    """
    found: dict[Triple, None] = {}
    length = len(root)
    moved = {root + old: root + thing.id for old, thing in joins.things.items() if thing.id != old}
    for subject, predicate, value in triples:
        thing = joins.things.get(subject[length:]) if subject.startswith(root) else None
        place = moved.get(subject, subject)
        if thing is None:
            found[place, predicate, _move(value, moved)] = None
        elif predicate == RDF.type:
            found.update(((place, predicate, KG.term(kind)), None) for kind in thing.kinds)
        elif predicate == RDFS.label:
            found[place, RDFS.label, chinese(thing.name)] = None
            if isinstance(value, Literal) and value.text != thing.name:
                found[place, SKOS.altLabel, value] = None
        elif predicate == SKOS.altLabel:
            if isinstance(value, Literal) and value.text != thing.name:
                found[place, predicate, value] = None
        elif not (place != subject and predicate in _OWN):
            found[place, predicate, _move(value, moved)] = None
    return found


def _move(value: Term, moved: dict[str, str]) -> Term:
    return moved.get(value, value) if isinstance(value, str) else value


def describe_joins(joins: Joins, root: str) -> dict[Triple, None]:
    """Return the triples of what joins the reports: merges with their reasons, editions and phases."""
    return dict.fromkeys(
        (
            *(triple for merge in joins.merges for triple in _describe_merge(merge, root)),
            *((root + edition, KG.editionOf, root + series) for edition, series in joins.editions),
            *((root + phase, KG.phaseOf, root + whole) for phase, whole in joins.phases),
        )
    )


def _describe_merge(merge: Merge, root: str) -> Iterator[Triple]:
    node = root + hash_identity("merge", merge.source, merge.target)
    yield node, RDF.type, KG.Merge
    yield node, RDFS.label, chinese(merge.words)
    yield node, KG.mergedFrom, root + merge.source
    yield node, KG.mergedInto, root + merge.target
    yield node, KG.mergeReason, string(merge.reason)
    for report in merge.reports:
        yield node, PROV.wasDerivedFrom, f"{root}report/{report}"
    if merge.sentence is not None:
        yield node, PROV.wasDerivedFrom, f"{root}sentence/{merge.reports[0]}.{merge.sentence:04d}"
    yield root + merge.source, DCTERMS.isReplacedBy, root + merge.target
