"""`python -m kg.learn`: train the tagger of names, step by step."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

import click

from kg.encoder import load_encoder, make_encoder
from kg.learn.calibrate import GROUPS, Trial, fit_line, try_spans
from kg.learn.export import (
    load_network,
    measure_known,
    pack_encoder,
    save_arrays,
    save_encoder,
    save_fold,
    save_network,
)
from kg.learn.finetune import train
from kg.learn.folds import group_reports, measure
from kg.learn.gold import Example, load_reading, read_gold
from kg.learn.mine import read_leave_out
from kg.learn.network import init_params
from kg.learn.pretrain import pretrain as pretrain_params
from kg.learn.stretches import read_stretches
from kg.learn.vectors import set_vectors
from kg.learn.vocabulary import Known, count_known, encode_texts, read_texts
from kg.lexicon.folds import load_folds
from kg.resources import data_folder

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT_FILE = click.Path(dir_okay=False, path_type=Path)
_OUT_FOLDER = click.Path(file_okay=False, path_type=Path)
_SAID_EVERY = 100
# Labels are new to a network that was only pretrained; one that knows them takes smaller steps.
_RATE_OF_STRETCHES = 4e-3

_leave_out = click.option(
    "--leave-out", type=_FILE, help="places, or places with a year, that are not learnt from (see kg.learn.mine)"
)
_gold = click.option("--gold", type=_FOLDER, help="annotated reports; else data/gold")
_seed = click.option("--seed", default=0, show_default=True)
_skip = click.option("--skip", multiple=True, help="a report not to learn from, as its file is called; repeatable")
_epochs = click.option("--epochs", default=10, show_default=True, help="how often each annotated sentence is seen")


@click.group()
def main() -> None:
    """Train the tagger of names: vocabulary, pretrain, teach, finetune; folds tells how well it does.

    The same files, options and kind of machine give the same model.
    """


@main.command()
@click.argument("reports", type=_FOLDER)
@click.argument("out", type=_OUT_FILE)
@_leave_out
def vocabulary(reports: Path, out: Path, leave_out: Path | None) -> None:
    """Count what is frequent in REPORTS, a folder with INDEX.tsv and raw texts, and write OUT (.npz).

    OUT holds the characters, bigrams, words and tags that the network knows. Takes minutes for thousands of reports.
    """
    known = count_known(read_texts(reports, _read_left_out(leave_out), data_folder()))
    save_arrays(out, known.to_arrays())
    click.echo(f"{measure_known(known)}", err=True)


@main.command()
@click.argument("reports", type=_FOLDER)
@click.argument("vocabulary", type=_FILE)
@click.argument("out", type=_OUT_FILE)
@_leave_out
@_seed
@click.option("--steps", default=5000, show_default=True, help="batches of 8,192 characters")
@click.option("--width", default=64, show_default=True, help="numbers in the state of a character")
def pretrain(
    reports: Path, vocabulary: Path, out: Path, leave_out: Path | None, seed: int, steps: int, width: int
) -> None:
    """Let a network guess masked characters of REPORTS, and write it to OUT (.npz).

    VOCABULARY is what the command of that name wrote. Some 15 minutes on two cores; 1.5 GB of memory.
    """
    _, known = load_network(vocabulary)
    sizes = measure_known(known)
    stream = encode_texts(read_texts(reports, _read_left_out(leave_out), data_folder()), known)
    params = set_vectors(init_params(sizes, width, seed), stream, sizes)
    save_network(out, pretrain_params(params, stream, steps, seed, _say()), known)


@main.command()
@click.argument("pretrained", type=_FILE)
@click.argument("out", type=_OUT_FILE)
@click.option("--stretches", type=_FILE, help="stretches with annotated names; else those of data/gold")
@_seed
@_epochs
def teach(pretrained: Path, out: Path, stretches: Path | None, seed: int, epochs: int) -> None:
    """Teach the network PRETRAINED to label names in stretches of many reports; OUT (.npz) is to be finetuned.

    None of the scored reports is among them, so every fold may go on from OUT. Some 10 minutes on two cores.
    """
    params, known = load_network(pretrained)
    path = stretches or data_folder() / "gold" / "stretches" / "names.jsonl"
    examples = tuple(read_stretches(path, known.number(), load_reading(data_folder())))
    save_network(
        out, train({path.stem: examples}, params, seed=seed, epochs=epochs, rate=_RATE_OF_STRETCHES, say=_say()), known
    )


@main.command()
@click.argument("taught", type=_FILE)
@click.argument("out", type=_OUT_FILE)
@_gold
@_seed
@_epochs
@_skip
def finetune(
    taught: Path,
    out: Path,
    gold: Path | None,
    seed: int,
    epochs: int,
    skip: tuple[str, ...],
) -> None:
    """Train the network TAUGHT on the reports of data/gold, and write the model OUT (data/tagger/encoder.npz).

    A network that was only pretrained learns too, but less well. Some 4 minutes on two cores.
    """
    params, known = load_network(taught)
    documents = _read_documents(gold, known, skip)
    save_encoder(out, train(documents, params, seed=seed, epochs=epochs, say=_say()), known)


@main.command()
@click.argument("taught", type=_FILE)
@click.argument("out", type=_OUT_FOLDER)
@_gold
@_seed
@_epochs
@_skip
@click.option("--only", type=int, multiple=True, help="train only this fold; may be repeated; several can run at once")
def folds(
    taught: Path,
    out: Path,
    gold: Path | None,
    seed: int,
    epochs: int,
    skip: tuple[str, ...],
    only: tuple[int, ...],
) -> None:
    """Train one model for each of six groups of reports, from all the others.

    Writes OUT/fold-0.npz to OUT/fold-5.npz, each with what differs from the model that finetune writes of the same
    TAUGHT, and OUT/folds.tsv, which tells the fold of each report. Prints the exact F1 of names in each report
    under the model that never saw it.
    """
    params, known = load_network(taught)
    documents = _read_documents(gold, known, skip)
    groups = group_reports({name: len(examples) for name, examples in documents.items()})
    scores = {}
    for number, group in enumerate(groups):
        if only and number not in only:
            continue
        trained = train(documents, params, skip=group, seed=seed + number, epochs=epochs, say=_say())
        save_fold(out / f"fold-{number}.npz", trained, known)
        encoder = make_encoder(pack_encoder(trained, known))
        for name in group:
            right, found, wanted = measure(encoder, documents[name])
            scores[name] = 2 * right / max(1, found + wanted)
            click.echo(f"{name}\t{scores[name]:.3f}")
    rows = sorted(f"{name}\t{number}\n" for number, group in enumerate(groups) for name in group)
    (out / "folds.tsv").write_text("report\tfold\n" + "".join(rows), encoding="utf-8")
    click.echo(f"mean\t{sum(scores.values()) / len(scores):.3f}")


@main.command()
@_gold
def calibrate(gold: Path | None) -> None:
    """Print how sure a name is by the tagger's probability: the lines of `kg.names`, over data/tagger's folds.

    Only reports that have a fold count, each under the model that never saw it.
    """
    numbers = load_folds(data_folder())
    trials: list[Trial] = []
    for number in sorted(set(numbers.values())):
        encoder = load_encoder(data_folder(), number)
        documents = read_gold(gold or data_folder() / "gold", encoder.vocabulary, load_reading(data_folder()))
        for name, examples in documents.items():
            if numbers.get(name) == number:
                trials += try_spans(encoder, examples)
    for group in GROUPS:
        own = [trial for trial in trials if trial.group == group]
        slope, shift = fit_line(own)
        click.echo(f"{group}\t{slope:.3f}\t{shift:.3f}\t{len(own)} spans")


def _read_documents(gold: Path | None, known: Known, skip: Collection[str]) -> dict[str, tuple[Example, ...]]:
    documents = read_gold(gold or data_folder() / "gold", known.number(), load_reading(data_folder()))
    if unknown := sorted(set(skip) - documents.keys()):
        raise click.BadParameter(f"there is no report {unknown[0]}", param_hint="--skip")
    return {name: examples for name, examples in documents.items() if name not in skip}


def _read_left_out(path: Path | None) -> frozenset[tuple[str, int | None]]:
    return read_leave_out(path) if path else frozenset()


def _say() -> Callable[[int, float], None]:
    """Return a listener that prints the mean loss every hundred steps."""
    losses: list[float] = []

    def hear(step: int, loss: float) -> None:
        losses.append(loss)
        if (step + 1) % _SAID_EVERY == 0:
            click.echo(f"step {step + 1}: loss {sum(losses) / len(losses):.3f}", err=True)
            losses.clear()

    return hear


if __name__ == "__main__":
    main()
