"""Mine a corpus of reports for names that recur: the candidates from which an editor makes data/names/.

    python -m kg.learn.mine candidates REPORTS OUT [--leave-out FILE]
    python -m kg.learn.mine count REPORTS data/names/programmes.tsv... [--leave-out FILE]

REPORTS is a folder with INDEX.tsv (columns `file`, `place`, `year`, and others) and the texts it names. `candidates`
writes one table a context of data/mining.toml: name, and in how many reports, places and years it occurs. `count`
writes these numbers into the `source` column of lexicon files. FILE names the places (`place`, or `place<TAB>year`)
whose reports are left out, a named year with its neighbours, because indexes mislabel years: what is measured on a
report must not be learnt from it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click
from ahocorasick_rs import AhoCorasick, MatchKind

from kg.lexicon.name_patterns import load_mining_contexts
from kg.resources import data_folder

# Blanks and Markdown stars stand anywhere in texts taken from web pages.
_NOISE = re.compile(r"[ \t\u3000*]+")
# Two files are copies of one report when they agree here: behind the title lines, before any cut.
_COPY = slice(200, 1200)


@dataclass(frozen=True, slots=True)
class CorpusReport:
    """One text of the corpus, cleaned, with the place and year that the index gives."""

    place: str
    year: int
    text: str


@dataclass(slots=True)
class Tally:
    """In how many reports, places and years a name occurs."""

    reports: int = 0
    places: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)

    def add(self, report: CorpusReport) -> None:
        """Count one report in which the name occurs."""
        self.reports += 1
        self.places.add(report.place)
        self.years.add(report.year)

    def __str__(self) -> str:
        return f"r={self.reports} p={len(self.places)} y={len(self.years)}"


def drop_noise(raw: str) -> str:
    """Drop blanks and stars, so that names are found across them."""
    return _NOISE.sub("", raw)


def read_corpus(
    folder: Path, leave_out: frozenset[tuple[str, int | None]], clean: Callable[[str], str] = drop_noise
) -> Iterator[CorpusReport]:
    """Yield the reports of `folder/INDEX.tsv`, cleaned, without copies and without what `leave_out` names."""
    seen = set()
    with (folder / "INDEX.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        place, year = row["place"], int(row["year"])
        if leave_out & {(place, None), (place, year - 1), (place, year), (place, year + 1)}:
            continue
        text = clean((folder / row["file"]).read_text(encoding="utf-8"))
        if text[_COPY] not in seen:
            seen.add(text[_COPY])
            yield CorpusReport(place, year, text)


def read_leave_out(path: Path) -> frozenset[tuple[str, int | None]]:
    """Read the places, or places with a year, whose reports are not to be learnt from."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]
    return frozenset((row[0], int(row[1]) if len(row) > 1 else None) for row in rows)


def mine_candidates(corpus: Iterable[CorpusReport], folder: Path) -> dict[str, dict[str, Tally]]:
    """Count, for each context of `folder/mining.toml`, the reports in which a candidate stands in it."""
    contexts = load_mining_contexts(folder)
    found: dict[str, dict[str, Tally]] = {context.name: {} for context in contexts}
    for report in corpus:
        for context in contexts:
            tallies = found[context.name]
            for name in dict.fromkeys(hit.name for hit in context.find(report.text)):
                tallies.setdefault(name, Tally()).add(report)
    return found


def count_names(corpus: Iterable[CorpusReport], names: Iterable[str]) -> dict[str, Tally]:
    """Count the reports in which each name occurs and no longer name of `names` holds it."""
    forms = list(dict.fromkeys(names))
    automaton = AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest)
    tallies = {form: Tally() for form in forms}
    for report in corpus:
        for index in dict.fromkeys(match[0] for match in automaton.find_matches_as_indexes(report.text)):
            tallies[forms[index]].add(report)
    return tallies


@click.group()
def main() -> None:
    """Mine a corpus of reports for names."""


@main.command()
@click.argument("reports", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--leave-out", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--least", default=5, show_default=True, help="places in which a candidate must occur")
def candidates(reports: Path, out: Path, leave_out: Path | None, least: int) -> None:
    """Write OUT/CONTEXT.tsv for each context: the candidates that occur in several places, the most frequent first."""
    found = mine_candidates(
        read_corpus(reports, read_leave_out(leave_out) if leave_out else frozenset()), data_folder()
    )
    out.mkdir(parents=True, exist_ok=True)
    for context, tallies in found.items():
        kept = [(name, tally) for name, tally in tallies.items() if len(tally.places) >= least]
        kept.sort(key=lambda pair: (-len(pair[1].places), pair[0]))
        lines = [f"{name}\t{tally.reports}\t{len(tally.places)}\t{len(tally.years)}" for name, tally in kept]
        table = "\n".join(["name\treports\tplaces\tyears", *lines, ""])
        (out / f"{context.replace(' ', '-')}.tsv").write_text(table, encoding="utf-8")
        click.echo(f"{context}: {len(kept)} candidates", err=True)


@main.command()
@click.argument("reports", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("lexicons", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--leave-out", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def count(reports: Path, lexicons: tuple[Path, ...], leave_out: Path | None) -> None:
    """Write into the `source` column of LEXICONS in how many reports, places and years each name occurs."""
    tables = {path: [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()] for path in lexicons}
    corpus = read_corpus(reports, read_leave_out(leave_out) if leave_out else frozenset())
    tallies = count_names(corpus, (row[0] for rows in tables.values() for row in rows[1:]))
    for path, rows in tables.items():
        for row in rows[1:]:
            row[-1] = str(tallies[row[0]]) if tallies[row[0]].reports else "general"
        path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
