"""Names of a report: the tagger's spans, decided together with the lexicon, and carried to every place they recur.

The lexicon's hits are evidence that the tagger has read (`kg.encoder`); a hit that it leaves without a name of its own
is kept with the precision measured for such hits. A name found with confidence in one sentence is found in all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from ahocorasick_rs import AhoCorasick, MatchKind
from threadpoolctl import threadpool_limits

from kg.chain import Span, find_spans
from kg.encoder import KINDS, Encoder, emit, encode_text
from kg.lexicon.name_patterns import NameHit
from kg.lexicon.names import NameLexicon
from kg.model import Mention, Report, Sentence

# Spans of less probability are not even held back: they would be noise in `kg coverage`.
_FLOOR = 0.15
# A name of this probability somewhere is looked for everywhere.
_SURE = 0.9
_SHORTEST_REPEATED = 3
_REPEATED = 0.6


def find_names(
    report: Report, sentences: Sequence[Sentence], lexicon: NameLexicon, encoder: Encoder
) -> tuple[Mention, ...]:
    """Return the names of a report, sorted and apart from each other, the unsure ones too.

    The confidence is the tagger's probability of the span, or the measured precision of the rule that added it.
    """
    hits = lexicon.find(report.text, near=report.place_code)
    ids = encode_text(encoder.vocabulary, report.text, ((hit.start, hit.end, hit.kind) for hit in hits))
    bounds = [(sentence.start, sentence.end) for sentence in sentences]
    # The matrices are small: a second thread costs six times what it saves, and reports run beside each other anyway.
    with threadpool_limits(1, user_api="blas"):
        spans = choose_spans(find_spans(emit(encoder, ids), encoder.transitions, bounds, _FLOOR))
    starts = [sentence.start for sentence in sentences]
    known = {(hit.start, hit.end, hit.kind): hit for hit in hits}
    mentions = [_make_mention(report, span, starts, known) for span in spans]
    mentions += _repeat_names(report, mentions, sentences)
    return tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end)))


def choose_spans(spans: Iterable[Span]) -> list[Span]:
    """Keep the likeliest of the spans that overlap, in the order of the text.

    >>> [span.kind for span in choose_spans([Span(0, 4, 1, 0.5), Span(2, 6, 2, 0.4), Span(6, 8, 3, 0.2)])]
    [1, 3]
    """
    kept: list[Span] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda span: (-span.probability, span.start, span.end, span.kind)):
        if taken.isdisjoint(range(span.start, span.end)):
            taken.update(range(span.start, span.end))
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def _make_mention(
    report: Report, span: Span, starts: Sequence[int], known: dict[tuple[int, int, str], NameHit]
) -> Mention:
    kind = KINDS[span.kind]
    hit = known.get((span.start, span.end, kind))
    return Mention(
        start=span.start,
        end=span.end,
        text=report.text[span.start : span.end],
        kind=kind,
        sentence=bisect_right(starts, span.start) - 1,
        rule=f"tagger+lexicon.{hit.source}" if hit else "tagger",
        confidence=round(min(span.probability, 1.0), 3),
    )


def _repeat_names(report: Report, mentions: Sequence[Mention], sentences: Sequence[Sentence]) -> Iterator[Mention]:
    sure: dict[str, Mention] = {}
    for mention in sorted(mentions, key=lambda mention: -mention.confidence):
        if mention.confidence >= _SURE and len(mention.text) >= _SHORTEST_REPEATED:
            sure.setdefault(mention.text, mention)
    if not sure:
        return
    taken = {place for mention in mentions for place in range(mention.start, mention.end)}
    starts = [sentence.start for sentence in sentences]
    matcher = AhoCorasick(list(sure), matchkind=MatchKind.LeftmostLongest)
    for number, start, end in matcher.find_matches_as_indexes(report.text):
        if taken.isdisjoint(range(start, end)):
            text = report.text[start:end]
            sentence = bisect_right(starts, start) - 1
            if sentence >= 0 and end <= sentences[sentence].end:
                yield Mention(start, end, text, list(sure.values())[number].kind, sentence, "repeated", _REPEATED)
