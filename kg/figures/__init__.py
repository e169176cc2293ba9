"""Figures: every quantity of a report with what it measures, its kind, bound, year and modality.

`quantities` and `ranks` find numbers and read the words around them; `indicators` says what they measure, `times` when
and whether as a result or an aim. All rules stand in `data/figures.toml`, `data/cues.tsv` and `data/units.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.figures.indicators import name_indicators
from kg.figures.quantities import find_quantities
from kg.figures.quantity import Quantity
from kg.figures.ranks import find_ranks
from kg.figures.times import moment_at, period_of, read_moments
from kg.lexicon.figure_rules import FigureRules
from kg.model import Figure, Report, Section, Sentence
from kg.numerals import to_plain


def find_figures(
    report: Report, sections: Sequence[Section], sentences: Sequence[Sentence], rules: FigureRules
) -> tuple[Figure, ...]:
    """Return the figures of a report in the order of its text.

    A value said of several things (均增长10%) is one figure for each, all with the same words as evidence. A number of
    which the sentence does not say what it measures is none. Sections are not asked: the sentences know their time.

    >>> from kg.lexicon.figures import load_figures
    >>> from kg.resources import data_folder
    >>> text = "金融机构存款、贷款余额分别增长9.1%和5.8%。"
    >>> sentence = Sentence(0, 0, 0, 0, len(text), text, 2023, "actual")
    >>> report = Report("x", "", text, "x.txt", "", year=2024)
    >>> for figure in find_figures(report, (), (sentence,), load_figures(data_folder())):
    ...     print(figure.indicator, figure.kind, figure.value, figure.unit, figure.period)
    金融机构存款余额 growth 9.1 % 2023
    贷款余额 growth 5.8 % 2023
    """
    plain = to_plain(report.text)
    return tuple(figure for sentence in sentences for figure in _read_sentence(report, plain, sentence, rules))


def _read_sentence(report: Report, plain: str, sentence: Sentence, rules: FigureRules) -> Iterator[Figure]:
    text = plain[sentence.start : sentence.end]
    quantities = find_all_quantities(text, rules)
    if not quantities:
        return
    moments = read_moments(sentence, report.year, rules)
    for named in name_indicators(text, quantities, rules):
        if not named.indicator:
            continue
        quantity = named.quantity
        start, end = sentence.start + quantity.start, sentence.start + quantity.end
        moment = moment_at(moments, quantity.end)
        yield Figure(
            start,
            end,
            report.text[start:end],
            named.indicator,
            quantity.value,
            quantity.unit,
            quantity.kind,
            moment.modality,
            period_of(named, text, moment),
            quantity.bound,
            sentence.index,
            quantity.rule,
            rules.confidence[quantity.way],
            named.owner,
        )


def find_all_quantities(text: str, rules: FigureRules) -> list[Quantity]:
    """Return the quantities of a sentence, ranks among them, in order; a number inside a rank is none of its own."""
    ranks = find_ranks(text, rules)
    numbers = find_quantities(text, rules, [(rank.start, rank.end) for rank in ranks])
    return sorted([*numbers, *ranks], key=lambda quantity: (quantity.start, quantity.end))
