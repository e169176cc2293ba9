"""Names of a report: the tagger's spans, the likeliest where they overlap, with a confidence that was measured.

The lexicon's hits are evidence that the tagger has read (`kg.encoder`), so it alone decides; where both say the same,
the name is the surer for it.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from threadpoolctl import threadpool_limits

from kg.chain import Span, find_spans
from kg.encoder import INNER_KINDS, KINDS, Encoder, Scores, emit, encode_text
from kg.lexicon.name_patterns import NameHit
from kg.lexicon.names import NameLexicon
from kg.model import Mention, Report, Sentence

# Spans of less probability are not even held back: they would be noise in `kg coverage`.
_FLOOR = 0.15
_SUREST = 0.9999
# Slope and shift for spans that the lexicon does not name, for those that it names too, and for names within names, as
# `python -m kg.learn calibrate` measures them on reports left out of training (Platt 1999).
_ALONE, _AGREED, _INNER = (0.781, -0.553), (0.734, -0.035), (0.643, -0.825)
_ORDINAL = re.compile(r"(?:\d+|[一二三四五六七八九十百]+)[届次批轮期]")
# A name that holds another has a word of its own besides.
_SHORTEST_HOLDING, _INNER_FLOOR = 3, 0.3


def find_names(
    report: Report, sentences: Sequence[Sentence], lexicon: NameLexicon, encoder: Encoder
) -> tuple[Mention, ...]:
    """Return the names of a report, sorted, the unsure ones too; what overlaps is a name that holds the other.

    The confidence is the share of such names that were right on reports left out of training.
    """
    hits = lexicon.find(report.text, near=report.place_code)
    ids = encode_text(encoder.vocabulary, report.text, ((hit.start, hit.end, hit.kind) for hit in hits))
    bounds = [(sentence.start, sentence.end) for sentence in sentences]
    # The matrices are small: a second thread costs six times what it saves, and reports run beside each other anyway.
    with threadpool_limits(1, user_api="blas"):
        spans, inner = find_both(encoder, emit(encoder, ids), bounds)
    starts = [sentence.start for sentence in sentences]
    known = {(hit.start, hit.end, hit.kind): hit for hit in hits}
    mentions = [_make_mention(report, span, starts, known) for span in spans]
    mentions += (_make_inner(report, span, starts) for span in inner)
    return tuple(sorted(mentions, key=lambda mention: (mention.start, -mention.end)))


def find_both(encoder: Encoder, scores: Scores, bounds: Sequence[tuple[int, int]]) -> tuple[list[Span], list[Span]]:
    """Return the spans of names within the bounds of sentences, and those of names within these."""
    spans = choose_spans(find_spans(scores.names, encoder.transitions, bounds, _FLOOR))
    holding = [(span.start, span.end) for span in spans if span.end - span.start > _SHORTEST_HOLDING]
    inner = choose_spans(find_spans(scores.inner, encoder.inner_transitions, holding, _INNER_FLOOR))
    whole = set(holding)
    return spans, [span for span in inner if (span.start, span.end) not in whole]


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


def complete_start(text: str, start: int, end: int) -> int:
    """Return where a name begins that lacks the quotation mark or the 第 in front of its first word.

    >>> text = "举办“三月三”暨民歌节、第20届东博会"
    >>> [text[complete_start(text, start, end) : end] for start, end in ((3, 11), (13, 19), (16, 19))]
    ['“三月三”暨民歌节', '第20届东博会', '东博会']
    """
    name, before = text[start:end], text[start - 1 : start]
    cut = before == "“" and "”" in name and "“" not in name.partition("”")[0]
    return start - 1 if cut or (before == "第" and _ORDINAL.match(name)) else start


def _make_mention(
    report: Report, span: Span, starts: Sequence[int], known: dict[tuple[int, int, str], NameHit]
) -> Mention:
    kind = KINDS[span.kind]
    hit = known.get((span.start, span.end, kind))
    start = complete_start(report.text, span.start, span.end)
    return Mention(
        start=start,
        end=span.end,
        text=report.text[start : span.end],
        kind=kind,
        sentence=bisect_right(starts, span.start) - 1,
        rule=f"tagger+lexicon.{hit.source}" if hit else "tagger",
        # Two digits: the last bits of a sum of products differ between processors.
        confidence=round(_calibrate(span.probability, _AGREED if hit else _ALONE), 2),
    )


def _make_inner(report: Report, span: Span, starts: Sequence[int]) -> Mention:
    return Mention(
        start=span.start,
        end=span.end,
        text=report.text[span.start : span.end],
        kind=INNER_KINDS[span.kind],
        sentence=bisect_right(starts, span.start) - 1,
        rule="tagger.inner",
        confidence=round(_calibrate(span.probability, _INNER), 2),
    )


def _calibrate(probability: float, line: tuple[float, float]) -> float:
    """Return the share of spans of this probability that are right.

    >>> round(_calibrate(0.9, _ALONE), 2), round(_calibrate(0.9, _AGREED), 2)
    (0.76, 0.83)
    """
    slope, shift = line
    odds = min(probability, _SUREST) / (1 - min(probability, _SUREST))
    return 1 / (1 + math.exp(-shift - slope * math.log(odds)))
