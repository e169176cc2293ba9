"""`python -m kg.learn.field`: train the tagger of `kg.tagger`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.learn.field.classes import learn_classes, leave_out
from kg.learn.field.samples import Annotated, read_annotated, train_tagger
from kg.learn.gold import load_reading
from kg.learn.mine import read_corpus
from kg.lexicon.folds import load_folds
from kg.resources import data_folder
from kg.tagger import choose_apart
from kg.tagger.classes import load_classes
from kg.tagger.model import write_weights

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_LEAST = 0.4

_gold = click.option("--gold", type=_FOLDER, help="annotated reports; else data/gold")


@click.group()
def main() -> None:
    """Train the tagger of characters' features: classes, then weights; folds tells how well it does.

    The same input gives the same files, byte by byte, on the same kind of machine.
    """


@main.command()
@click.argument("reports", type=_FOLDER)
def classes(reports: Path) -> None:
    """Class the words and phrases of REPORTS, a folder with INDEX.tsv, and write data/tagger/classes.npz.

    Copies of the annotated reports are left out. Some 5 minutes; 3 GB of memory.
    """
    data = data_folder()
    sources = [path.read_text(encoding="utf-8") for path in sorted((data / "gold" / "sources").glob("*.txt"))]
    texts = leave_out((report.text for report in read_corpus(reports, frozenset())), sources)
    learn_classes(data / "tagger" / "classes.npz", texts)


@main.command()
@_gold
def weights(gold: Path | None) -> None:
    """Learn the weights from all annotated reports and write data/tagger/field.npz. Less than a minute."""
    data = data_folder()
    reports = read_annotated(gold or data / "gold", load_reading(data))
    trained = train_tagger(reports, load_classes(data / "tagger" / "classes.npz"))
    write_weights(data / "tagger" / "field.npz", trained.weights)


@main.command()
@_gold
def folds(gold: Path | None) -> None:
    """Learn from all but one group of data/tagger/folds.tsv, for each group, and write field-0.npz and so on.

    Prints the exact F1 of names in each report under the model that never saw it. Some 5 minutes.
    """
    data = data_folder()
    reports = read_annotated(gold or data / "gold", load_reading(data))
    known = load_classes(data / "tagger" / "classes.npz")
    group = load_folds(data)
    scores = []
    for number in sorted(set(group.values())):
        left = [report for report in reports if group.get(report.name) == number]
        trained = train_tagger(reports, known, [report.name for report in left])
        write_weights(data / "tagger" / f"field-{number}.npz", trained.weights)
        for report in left:
            proposals = choose_apart(trained.propose(report.texts, report.hits, _LEAST))
            scores.append(_score(report, {(p.sentence, p.start, p.end, p.kind) for p in proposals}))
            click.echo(f"{report.name}\t{scores[-1]:.3f}")
    click.echo(f"mean\t{sum(scores) / len(scores):.3f}")


def _score(report: Annotated, found: set[tuple[int, int, int, str]]) -> float:
    wanted = {(index, *name) for index, names in enumerate(report.names) for name in names}
    return 2 * len(found & wanted) / max(1, len(found) + len(wanted))


if __name__ == "__main__":
    main()
