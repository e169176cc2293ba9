"""Which thing a name means: what identifies it, and so the id of its node."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.lexicon.divisions import Divisions
from kg.lexicon.linking import LinkingRules, plain_key, strip_quotes
from kg.linking.entities import Entity, hash_identity
from kg.linking.places import Places, view_places
from kg.model import Document, Mention

_ABBREVIATION = re.compile("[“”]?（(?:以下)?(?:简称|统称)[：:]?[“]?(?P<name>[^“”（）。；\n]{2,12})[”]?）")
# Kinds of which a name in data/names may still be every place's own (高新区, 体育中心).
_LOCAL_KINDS = frozenset({"Zone", "Facility"})


@dataclass(frozen=True, slots=True)
class Identity:
    """The entity that a name means, without a name where its surfaces are to give it; `scope` is its place's node."""

    entity: Entity
    reason: str
    scope: Entity | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What the names of one report mean. `abbreviations` maps (kind, key) of a short name to the full one."""

    report: str
    places: Places
    rules: LinkingRules
    abbreviations: Mapping[tuple[str, str], str]

    def identify(self, kind: str, text: str) -> Identity:
        """Return the entity that `text` names as a thing of `kind`, and the reason for it."""
        full = self.abbreviations.get((kind, plain_key(text)))
        if full is not None and plain_key(full) != plain_key(text):
            known = self._identify_as(kind, full)
            return Identity(known.entity, "abbreviation", known.scope)
        return self._identify_as(kind, text)

    def _identify_as(self, kind: str, text: str) -> Identity:
        return self._identify_place(text) if kind == "Place" else self._identify_thing(kind, text)

    def _identify_place(self, text: str) -> Identity:
        places, own = self.places, self.places.own
        if own and text == own.name:
            return Identity(own, "own-place")
        if found := places.find_place(text):
            return Identity(found, "own-place" if self.rules.own.fullmatch(text) else "division")
        main = self.rules.main_names.get(("Place", plain_key(text)))
        if main is not None and main != text:
            return self._make("Place", None, plain_key(main), "lexicon", main)
        return self._make("Place", own if self.rules.village.fullmatch(text) else None, plain_key(text), "same-name")

    def _identify_thing(self, kind: str, text: str) -> Identity:
        key, folds = self.rules.fold_name(kind, text)
        reasons, name = [f"fold:{fold}" for fold in folds], ""
        main = self.rules.main_names.get((kind, plain_key(text)))
        if main is not None and main != text:
            key, reasons, name = self.rules.fold_name(kind, main)[0], ["lexicon"], strip_quotes(main)
        head = self.rules.head.match(key) if kind in self.rules.head_kinds else None
        if head and (place := self.places.find_rank(head["rank"])):
            name = place.name + text[head.end() :] if text.startswith(head.group()) else ""
            return self._make(kind, place, key[head.end() :], "own-place", name)
        scope, rest, why = self._scope_name(kind, key, main is not None)
        if scope and why == ["report-place"] and kind == "Organization":
            # 人大 alone says nothing to who reads the graph of many places.
            name = scope.name + text
        return self._make(kind, scope, rest, "+".join([*reasons, *why]) or "same-name", name)

    def _scope_name(self, kind: str, key: str, listed: bool) -> tuple[Entity | None, str, list[str]]:
        """Return the place that belongs to the identity of a name, what the name says beside it, and why."""
        rules, own = self.rules, self.places.own
        general = kind in rules.general and rules.general[kind].fullmatch(key) is not None
        if (kind, key) in rules.nationwide or (listed and not general and kind not in _LOCAL_KINDS):
            return None, key, []
        scoped = kind in rules.scoped_kinds
        if (scoped or kind == "Organization") and (opening := self.places.find_opening(key)):
            place, length = opening
            if scoped or place.level == "province" or key.startswith(place.name):
                return place, key[length:], ["named-place"]
        if general or (scoped and not rules.scoped_open.match(key)):
            return own, key, ["report-place"]
        return None, key, []

    def _make(self, kind: str, scope: Entity | None, key: str, reason: str, name: str = "") -> Identity:
        place = scope.id if scope else ""
        if not place and self.places.own is None and kind in self.rules.scoped_kinds:
            # Nobody knows whose 经开区 a report of an unknown place means: it stays this report's own.
            place = self.report
        identity = hash_identity(kind.lower(), place, key)
        return Identity(Entity(identity, kind, name, scope=scope.id if scope else None), reason, scope)


def find_abbreviations(document: Document) -> dict[tuple[str, str], str]:
    """Return the short names that the text itself defines, …（以下简称“…”）: (kind, key) to the full name."""
    found: dict[tuple[str, str], str] = {}
    for mention, short in _find_shortened(document):
        found.setdefault((mention.kind, plain_key(short)), mention.text)
    return found


def find_definitions(
    document: Document, divisions: Divisions, rules: LinkingRules
) -> Iterator[tuple[str, str, str, int]]:
    """Yield what defined abbreviations tell other reports: the id that the short name has where nothing defines it,
    the full name's id, both names as “full（short）”, and the number of the sentence.
    """
    names = Names(document.report.id, view_places(document.report, divisions, rules), rules, {})
    for mention, words in _find_shortened(document):
        short, full = (names.identify(mention.kind, name).entity.id for name in (words, mention.text))
        if short != full:
            yield short, full, f"{mention.text}（{words}）", mention.sentence


def _find_shortened(document: Document) -> Iterator[tuple[Mention, str]]:
    for mention in document.mentions:
        if match := _ABBREVIATION.match(document.report.text, mention.end):
            yield mention, match["name"]
