"""Works and zones of two reports: what state the next report gives a thing whose state was promised."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.facts import Account, Naming, Standing
from kg.lexicon.tracking import TrackingRules
from kg.track.judge import judge_state
from kg.track.names import Spot, find_alike, find_spots, list_names
from kg.track.outcome import Match, Outcome, Verdict
from kg.track.promised import list_targets
from kg.track.similar import weigh_names
from kg.vocab import KG, VOCABULARY

_CLAUSE = re.compile("[^，。；：！？]*")
# Of the words behind a list only those are trusted that say works began or ended.
_REACHED = frozenset({"started", "completed", "operating"})


@dataclass(slots=True)
class _Told:
    """What a report tells of one thing."""

    states: list[Standing] = field(default_factory=list)
    names: list[Naming] = field(default_factory=list)

    def in_review(self, year: int) -> bool:
        return any(s.modality == "actual" and s.year in (year, None) for s in self.states) or any(
            n.quote.modality == "actual" for n in self.names
        )


def track_works(before: Account, after: Account, rules: TrackingRules) -> Iterator[Outcome]:
    """Yield the outcome of each thing that the report `before` aims to bring to a state or to push ahead."""
    year = before.told.year
    if year is None:
        return
    targets = list(list_targets(before, rules))
    told = _gather(after)
    alike = find_alike(dict.fromkeys(target.thing for target in targets), before, after, rules)
    weights = weigh_names(n.words for n in (*before.namings, *after.namings))
    written = list_names(before.namings)
    known = {naming.thing for naming in before.namings}
    own = before.told.name
    text = "".join(quote.text for quote in after.quotes)
    zones = (naming.words for naming in before.namings if naming.kind == "Zone" and naming.words in text)
    places = {own, own[:-1], *zones}
    for target in targets:
        found = told.get(target.thing)
        match: Match = "same" if found else "similar"
        found = found or told.get(alike.get(target.thing, ""), _Told())
        if not found.in_review(year):
            spots = find_spots(written.get(target.thing, (target.name,)), after, places, weights, rules)
            spots = tuple(spot for spot in spots if not _is_of_other(spot, after, known))
            seen = _read_spots(target, spots, after, rules)
            if seen.in_review(year) or not (found.states or found.names):
                whole = any(n.words in written.get(target.thing, ()) for n in seen.names)
                match, found = "same" if whole else "similar", seen
        if not (found.states or found.names):
            yield Outcome(before.told.name, year, after.told.iri, target, None, "not_mentioned", "")
            continue
        result, verdict, note = _choose(target, found, year, rules)
        yield Outcome(before.told.name, year, after.told.iri, target, result, verdict, match, note=note)


def _is_of_other(spot: Spot, after: Account, known: Collection[str]) -> bool:
    """Tell whether words stand inside the name of a thing that the report before knows by itself."""
    _, begin, end = spot
    return any(n.begin <= begin and end <= n.end and n.thing in known for n in after.namings)


def _gather(account: Account) -> Mapping[str, _Told]:
    told: dict[str, _Told] = defaultdict(_Told)
    for state in account.standings:
        told[state.thing].states.append(state)
    for naming in account.namings:
        told[naming.thing].names.append(naming)
    return dict(told)


def _read_spots(target: Standing | Naming, spots: Sequence[Spot], after: Account, rules: TrackingRules) -> _Told:
    """Return what is told where the text writes a name: the state of the list that it stands in, or the words alone."""
    told = _Told()
    for quote, begin, end in spots:
        words = quote.text[begin - quote.begin : end - quote.begin]
        naming = Naming("", target.thing, target.name, target.kind, words, begin, end, quote)
        told.names.append(naming)
        around = [s for s in after.standings if s.quote == quote and s.begin <= begin and end <= s.end][:1]
        told.states += [
            replace(s, iri="", thing=target.thing, name=target.name, kind=target.kind)
            for s in around or _read_list_state(naming, rules)
        ]
    return told


def _read_list_state(naming: Naming, rules: TrackingRules) -> list[Standing]:
    """Return the state that the words behind a name, or behind the list that it opens, say was reached."""
    quote, end = naming.quote, naming.end - naming.quote.begin
    rest = _CLAUSE.match(quote.text, end)
    if quote.modality != "actual" or rest is None:
        return []
    found = []
    for _, status, pattern in rules.steps_of_life:
        stage = VOCABULARY.concepts[KG.term(status)].stage or 0
        if (
            status in _REACHED
            and (match := pattern.search(rest.group()))
            and rules.lead.fullmatch(rest.group()[: match.start()])
        ):
            words = naming.words + rest.group()[: match.end()]
            thing = (naming.thing, naming.name, naming.kind)
            span = (naming.begin, naming.end + match.end())
            found.append(Standing("", *thing, status, stage, "actual", None, words, *span, quote))
    return sorted(found, key=lambda standing: -standing.stage)[:1]


def _choose(
    target: Standing | Naming, told: _Told, year: int, rules: TrackingRules
) -> tuple[Standing | Naming, Verdict, str]:
    """Return the finding that tells most of what became of a target, the verdict, and a note."""
    aim = target.status if isinstance(target, Standing) else ""
    reached = [s for s in told.states if s.modality == "actual" and s.year in (year, None)]
    if reached:
        best = min(reached, key=lambda s: (-s.stage, s.begin))
        verdict = judge_state(aim, best.status, best.words, rules, target.words)
        if verdict == "in_progress" and not aim:
            # To push a thing ahead was promised, and no state: whatever it is at, it was worked on.
            return best, "met", ""
        if verdict == "exceeded" and _is_of_part(best, target, told, rules):
            return best, "met", "结果只涉及其中一部分"
        return best, verdict, ""
    named = [n for n in told.names if n.quote.modality == "actual"]
    if named:
        return named[0], judge_state(aim, "", "", rules), "未写明状态"
    planned = [s for s in told.states if s.modality == "target"]
    if planned:
        last = max(planned, key=lambda s: (aim == s.status, -s.begin))
        if aim == "started" and last.status == "started":
            return last, "missed", "次年计划仍为开工"
        if aim in ("started", "underConstruction") and rules.carried.search(last.words):
            return last, "met", "次年计划为续建，可知已开工"
        if aim == "started" and last.status in ("completed", "operating"):
            return last, "met", "次年计划为建成或运营，可知已开工"
        return last, "in_progress", "仅见于次年计划"
    return told.names[0], "in_progress", "仅见于次年计划"


def _is_of_part(state: Standing, target: Standing | Naming, told: _Told, rules: TrackingRules) -> bool:
    """Tell whether a state is that of a section or phase of the thing: 东西向快速路东段 of 东西向快速路."""
    if rules.read_numbers(state.name) - rules.read_numbers(target.name):
        return True
    whole, found = rules.trim_name(target.name), rules.trim_name(state.name)
    if found.startswith(whole) and rules.branch.search(state.name) and not rules.branch.search(target.name):
        return True
    tails = (n.quote.text[n.end - n.quote.begin :] for n in told.names if n.quote == state.quote)
    return any(rules.part.match(tail) for tail in tails)
