"""Entities and their mentions as triples."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.iris import Iris
from kg.graph.terms import Triple, chinese, confidence, integer, string
from kg.linking import Linked
from kg.vocab import DCTERMS, KG, PROV, RDF, RDFS, SKOS


def describe_entities(linked: Linked, iris: Iris) -> Iterator[Triple]:
    """Yield names, kinds and places of entities, and the sentences that name them."""
    for entity in linked.entities:
        node = iris.entity(entity.id)
        yield node, RDF.type, KG.term(entity.kind)
        yield node, RDFS.label, chinese(entity.name)
        for alias in entity.aliases:
            yield node, SKOS.altLabel, chinese(alias)
        if entity.scope:
            yield node, KG.scopePlace, iris.entity(entity.scope)
        if entity.code:
            yield node, KG.divisionCode, string(entity.code)
        if entity.level:
            yield node, KG.divisionLevel, KG.term(f"{entity.level}Level")
        if entity.parent:
            yield node, KG.parentDivision, iris.entity(entity.parent)
        if entity.successor:
            yield node, DCTERMS.isReplacedBy, iris.entity(entity.successor)
        if entity.valid_from:
            yield node, KG.validFrom, integer(entity.valid_from)
        if entity.valid_to:
            yield node, KG.validTo, integer(entity.valid_to)


def describe_mentions(linked: Linked, iris: Iris) -> Iterator[Triple]:
    """Yield each mention with its exact place, and the short cut from its entity to the sentence."""
    mentions = linked.document.mentions
    nodes = iris.spans("mention", ((m.start, m.end) for m in mentions))
    for node, mention, link in zip(nodes, mentions, linked.mentions, strict=True):
        entity, sentence = iris.entity(link.entity), iris.sentence(mention.sentence)
        yield entity, KG.mentionedIn, sentence
        yield node, RDF.type, KG.Mention
        yield node, KG.refersTo, entity
        if link.reason:
            yield node, KG.linkedBy, string(link.reason)
        yield from describe_finding(
            node, mention.text, mention.start, mention.end, mention.rule, mention.confidence, sentence
        )


def describe_finding(
    node: str, words: str, start: int, end: int, rule: str, sure: float, sentence: str
) -> Iterator[Triple]:
    """Yield what every finding has: its words and their place, the rule, and the sentence that is the evidence."""
    yield node, KG.asWritten, chinese(words)
    yield node, KG.begin, integer(start)
    yield node, KG.end, integer(end)
    yield node, KG.rule, string(rule)
    yield node, KG.confidence, confidence(sure)
    yield node, PROV.wasDerivedFrom, sentence
