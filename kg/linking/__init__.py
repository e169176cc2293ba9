"""Mentions, claim ends and measured bodies to entities: one node for one thing, and things of one name kept apart.

Within a kind a name is compared by what `LinkingRules.fold_name` leaves of it. A Chinese division is its GB/T 2260
code. A name that many places use for a thing of their own (经开区, 市委, 体育中心) belongs to a place: the one that
the name opens with, or else the report's. Every other name means the same thing in every report. Ids are made from
kind, place and name alone, so they are equal across runs and reports.
"""

from __future__ import annotations

import dataclasses
from collections import Counter

from kg.lexicon.divisions import Divisions
from kg.lexicon.linking import LinkingRules, plain_key, strip_quotes
from kg.linking.entities import Entity, Link, Linked, hash_identity
from kg.linking.identity import Identity, Names, find_abbreviations, find_definitions
from kg.linking.places import Places, view_places
from kg.model import Document

__all__ = ["Entity", "Link", "Linked", "Names", "Places", "find_definitions", "hash_identity", "link", "view_places"]

# 比亚迪 in a list of projects is a project by its name, but what develops 比亚迪东盟电池 is the company.
_END_KINDS = {"developedBy": "Organization"}


def link(document: Document, divisions: Divisions, rules: LinkingRules) -> Linked:
    """Link everything in a document; nothing is left without an entity but a figure's unknown `of`.

    >>> from kg.lexicon.divisions import load_divisions
    >>> from kg.lexicon.linking import load_linking
    >>> from kg.model import Mention, Report
    >>> from kg.resources import data_folder
    >>> report = Report("450100-2024", "", "青秀区", "x.txt", "", place="南宁市", place_code="450100", year=2024)
    >>> document = Document(report, (), (), (Mention(0, 3, "青秀区", "Place", 0, "lexicon"),), (), ())
    >>> linked = link(document, load_divisions(data_folder()), load_linking(data_folder()))
    >>> linked.mentions, linked.own
    ((Link(entity='place/450103', reason=None),), 'place/450100')
    """
    places = view_places(document.report, divisions, rules)
    linker = _Linker(places, Names(document.report.id, places, rules, find_abbreviations(document)))
    kinds = {plain_key(mention.text): mention.kind for mention in reversed(document.mentions)}
    mentions = [linker.link_name(m.kind, m.text) for m in document.mentions]
    claims = [
        (
            linker.link_name(c.subject.kind, c.subject.text).entity.id,
            None
            if c.object.kind == "Status"
            else linker.link_name(_END_KINDS.get(c.predicate, c.object.kind), c.object.text).entity.id,
        )
        for c in document.claims
    ]
    own = places.own.id if places.own else None
    measured = [
        own if f.of is None else linker.find_measured(f.of, kinds.get(plain_key(f.of))) for f in document.figures
    ]
    entities = linker.close_entities()
    names = {entity.id: entity.name for entity in entities}
    return Linked(
        document=document,
        entities=entities,
        own=own,
        mentions=tuple(
            Link(made.entity.id, None if m.text == names[made.entity.id] else made.reason)
            for m, made in zip(document.mentions, mentions, strict=True)
        ),
        claims=tuple(claims),
        measured=tuple(measured),
    )


class _Linker:
    """The names of one document, each identified once, and the surfaces that each entity was met under."""

    def __init__(self, places: Places, names: Names) -> None:
        self._places, self._names = places, names
        self._known: dict[tuple[str, str], Identity] = {}
        self._entities: dict[str, Entity] = {}
        self._surfaces: dict[str, Counter[str]] = {}
        if places.own:
            self._entities[places.own.id] = places.own

    def link_name(self, kind: str, text: str) -> Identity:
        found = self._known.get((kind, text))
        if found is None:
            found = self._known[kind, text] = self._names.identify(kind, text)
            known = self._entities.setdefault(found.entity.id, found.entity)
            if not known.name:
                self._entities[known.id] = found.entity
            if found.scope:
                self._entities.setdefault(found.scope.id, found.scope)
        # 全市 means the place but is no name of it.
        if not (kind == "Place" and found.reason == "own-place" and text != found.entity.name):
            self._surfaces.setdefault(found.entity.id, Counter())[text] += 1
        return found

    def find_measured(self, text: str, kind: str | None) -> str | None:
        """Return what a figure's `of` means: a thing that the report names, or a division; None for other words."""
        if kind is None and self._places.find_place(text) is None:
            return None
        return self.link_name(kind or "Place", text).entity.id

    def close_entities(self) -> tuple[Entity, ...]:
        """Return the entities by id, named, with the divisions that the named ones lead to."""
        for entity in list(self._entities.values()):
            for other in self._places.add_context(entity):
                self._entities.setdefault(other.id, other)
        return tuple(self._name(entity) for _, entity in sorted(self._entities.items()))

    def _name(self, entity: Entity) -> Entity:
        surfaces = self._surfaces.get(entity.id, Counter())
        # Commonest first, then by length, then by code point: the same label from the same report, always.
        way = 1 if entity.kind in self._names.rules.short_labels else -1
        name = entity.name or strip_quotes(
            min(surfaces, key=lambda surface: (-surfaces[surface], way * len(surface), surface))
        )
        aliases = tuple(sorted({*entity.aliases, *surfaces} - {name}))
        return dataclasses.replace(entity, name=name, aliases=aliases)
