"""A linked document to what its page shows: claims of one meaning become one fact, mentions stand with their entity."""

from __future__ import annotations

from collections import defaultdict

from kg.explorer.data import Fact, Node, Occurrence, Page
from kg.graph.findings import direct_predicate
from kg.graph.iris import DEFAULT_BASE, Iris, name_nodes
from kg.linking import Linked
from kg.vocab import KG


def collect_page(linked: Linked, base: str = DEFAULT_BASE) -> Page:
    """Return the page of a linked document.

    An entity that nothing was found about, such as the province that a county leads to, is not shown.
    """
    document = linked.document
    iris = name_nodes(document.report, base)
    occurrences: dict[str, list[Occurrence]] = defaultdict(list)
    for mention, link in zip(document.mentions, linked.mentions, strict=True):
        occurrences[link.entity].append(Occurrence(mention.sentence, mention.start, mention.end))
    facts = _collect_facts(linked, iris)
    ends = {end for fact in facts for end in (fact.subject, fact.object)}
    shown = ends.union(occurrences, filter(None, linked.measured), filter(None, [linked.own]))
    return Page(
        report=document.report,
        sections=document.sections,
        sentences=document.sentences,
        nodes=tuple(
            Node(entity.id, entity.kind, entity.name, entity.aliases, entity.code, tuple(occurrences[entity.id]))
            for entity in linked.entities
            if entity.id in shown
        ),
        facts=facts,
        figures=document.figures,
        owners=linked.measured,
        home=linked.own,
        root=iris.root,
        key=iris.key,
    )


def _collect_facts(linked: Linked, iris: Iris) -> tuple[Fact, ...]:
    """Return the claims as facts; of two rules that read the same out of one sentence, the surer one speaks."""
    document = linked.document
    surest: dict[str, Fact] = {}
    for claim, (subject, thing) in zip(document.claims, linked.claims, strict=True):
        target = iris.entity(thing) if thing else KG.term(claim.object.text)
        sentence = document.sentences[claim.sentence]
        name = iris.claim(sentence, subject, direct_predicate(claim), target, claim.modality).removeprefix(iris.root)
        if name in surest and surest[name].confidence >= claim.confidence:
            continue
        surest[name] = Fact(
            subject=subject,
            predicate=claim.predicate,
            object=thing or claim.object.text,
            sentence=claim.sentence,
            start=claim.start,
            end=claim.end,
            modality=claim.modality,
            year=claim.year,
            rule=claim.rule,
            confidence=claim.confidence,
            claim=name,
        )
    return tuple(sorted(surest.values(), key=lambda fact: (fact.start, fact.end, fact.claim)))
