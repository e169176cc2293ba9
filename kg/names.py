"""Names of a report: the tagger's spans, the likeliest where they overlap, with a confidence that was measured.

The lexicon's hits are evidence that the tagger has read (`kg.encoder`), so it alone decides; where both say the same,
the name is the surer for it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from threadpoolctl import threadpool_limits

from kg.chain import Span, find_spans
from kg.encoder import KINDS, Encoder, emit, encode_text
from kg.lexicon.name_patterns import NameHit
from kg.lexicon.names import NameLexicon
from kg.model import Mention, Report, Sentence

# Spans of less probability are not even held back: they would be noise in `kg coverage`.
_FLOOR = 0.15
# Measured on reports left out of training: of the spans that the tagger gives the probability p, about p to this
# power are right; of those that the lexicon names too, more than half are right from a fifth upward.
_TEMPER = 1.16
_AGREED_FROM, _AGREED = 0.2, 0.55


def find_names(
    report: Report, sentences: Sequence[Sentence], lexicon: NameLexicon, encoder: Encoder
) -> tuple[Mention, ...]:
    """Return the names of a report, sorted and apart from each other, the unsure ones too.

    The confidence is the share of such names that were right on reports left out of training.
    """
    hits = lexicon.find(report.text, near=report.place_code)
    ids = encode_text(encoder.vocabulary, report.text, ((hit.start, hit.end, hit.kind) for hit in hits))
    bounds = [(sentence.start, sentence.end) for sentence in sentences]
    # The matrices are small: a second thread costs six times what it saves, and reports run beside each other anyway.
    with threadpool_limits(1, user_api="blas"):
        spans = choose_spans(find_spans(emit(encoder, ids), encoder.transitions, bounds, _FLOOR))
    starts = [sentence.start for sentence in sentences]
    known = {(hit.start, hit.end, hit.kind): hit for hit in hits}
    return tuple(_make_mention(report, span, starts, known) for span in spans)


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
        # Two digits: the last bits of a sum of products differ between processors.
        confidence=round(_calibrate(min(span.probability, 1.0), hit is not None), 2),
    )


def _calibrate(probability: float, agreed: bool) -> float:
    if agreed and probability >= _AGREED_FROM:
        return max(probability, _AGREED)
    return float(probability**_TEMPER)
