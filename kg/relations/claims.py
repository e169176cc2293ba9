"""Find the claims of a report: what its sentences say of the names in them, and what the names say themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from functools import cache, partial

from kg.lexicon.divisions import Divisions
from kg.lexicon.relations import FrameworkRule, RelationRules
from kg.model import Claim, Mention, Name, Report, Section, Sentence
from kg.relations.frameworks import find_members
from kg.relations.naming import gather_names, read_name
from kg.relations.place import find_own_place, find_own_words
from kg.relations.sentences import Found, kinds_in, pick_rules, read_sentence
from kg.spans import fold
from kg.vocab import VOCABULARY


def find_claims(
    report: Report,
    sections: Sequence[Section],
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    rules: RelationRules,
    divisions: Divisions | None = None,
) -> tuple[Claim, ...]:
    """Return the claims of a report in the order of its sentences, each stated once a sentence.

    Mentions may overlap: the longest are read in the sentence, those inside a name are read out of it. `divisions`
    are the places that a name is known to hold though no sentence names them.
    """
    own = find_own_place(report, divisions)
    known = gather_names(mentions, report, divisions)
    readings = {
        name: read_name(name, known, own, rules)
        for name in dict.fromkeys(Name(mention.text, mention.kind) for mention in mentions)
    }
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_sentence[mention.sentence].append(mention)
    pick = cache(partial(pick_rules, rules.sentence_rules))
    members = find_members(mentions, sentences, sections, rules.framework)
    claims: list[Claim] = []
    for sentence in sentences:
        here = by_sentence.get(sentence.index)
        if here is None:
            continue
        folded = fold(sentence, [*here, *(find_own_words(sentence, own, rules) if own else ())])
        found = list(read_sentence(folded, pick(kinds_in(folded)), own, rules))
        for mention in here:
            for reading in readings[Name(mention.text, mention.kind)]:
                found.append(replace(reading, start=mention.start, end=mention.end))
        claims += (_make_claim(each, sentence) for each in _choose(found))
        for mention, whole in members.get(sentence.index, ()):
            claims.append(_make_member(mention, whole, sentence, rules.framework))
    return tuple(claims)


def _choose(found: Iterable[Found]) -> list[Found]:
    """Keep one find for each claim: the surest, and of the states of a thing only the furthest.

    A weak rule gives way to any other that speaks of the same thing: for a state and what a name says that is the
    subject, else the object.
    """
    found = list(found)
    settled = {_thing(each) for each in found if not each.rule.weak}
    kept: dict[Hashable, Found] = {}
    for each in found:
        if each.rule.weak and _thing(each) in settled:
            continue
        claim = _thing(each) if each.rule.status else (each.subject, each.rule.predicate, each.object)
        if claim not in kept or _rank(each) > _rank(kept[claim]):
            kept[claim] = each
    return sorted(kept.values(), key=lambda each: each.start)


def _thing(found: Found) -> tuple[str, Name]:
    return found.rule.predicate, found.subject if found.rule.status or (
        found.rule.of and "o" in found.rule.roles
    ) else found.object


def _rank(found: Found) -> tuple[int, float]:
    return VOCABULARY.statuses.index(found.rule.status) if found.rule.status else 0, found.rule.confidence


def _make_claim(found: Found, sentence: Sentence) -> Claim:
    return Claim(
        subject=found.subject,
        predicate=found.rule.predicate,
        object=found.object,
        sentence=sentence.index,
        start=found.start,
        end=found.end,
        modality="target" if found.intended else sentence.modality,
        year=sentence.period,
        rule=found.rule.name,
        confidence=found.rule.confidence,
    )


def _make_member(mention: Mention, whole: Name, sentence: Sentence, rule: FrameworkRule) -> Claim:
    return Claim(
        subject=Name(mention.text, mention.kind),
        predicate="partOf",
        object=whole,
        sentence=sentence.index,
        start=mention.start,
        end=mention.end,
        modality=sentence.modality,
        year=sentence.period,
        rule=rule.name,
        confidence=rule.confidence,
    )
