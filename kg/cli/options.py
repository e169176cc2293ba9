"""Options and defaults that several commands share."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.api import LEAST
from kg.errors import BadInput
from kg.pipeline import Given

Command = TypeVar("Command", bound=Callable[..., Any])

EXPORTS = Path("exports")


def report_options(command: Command) -> Command:
    """Add the options that override what a report says of itself."""
    for option in (
        click.option("--place", help="The report's place (南宁市), where its text does not tell."),
        click.option("--year", type=click.IntRange(1949, 2100), help="The report's year: the one its plan is for."),
        click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Date of the session, as 2024-02-27."),
        click.option("--speaker", help="Who gave the report."),
        click.option("--title", help="Title of the report."),
    ):
        command = option(command)
    return command


def least_option(command: Command) -> Command:
    """Add `--least`, the confidence below which things are held back."""
    return click.option(
        "--least",
        type=click.FloatRange(0, 1),
        default=LEAST,
        show_default=True,
        help="Publish what has at least this confidence; 0 publishes everything that was found.",
    )(command)


def given_of(
    place: str | None, year: int | None, date: datetime.datetime | None, speaker: str | None, title: str | None
) -> Given:
    """Gather the overriding options."""
    return Given(place, year, date.date() if date else None, speaker, title)


@contextmanager
def snapshot_room(store: Path) -> Iterator[Path]:
    """Give an empty folder beside a store, where a snapshot of it takes links and no copies; it is removed after use.

    Raises `BadInput` where there is no such store, or nothing can be written beside it.
    """
    if not store.is_dir():
        raise BadInput(store, f"holds no store; build one first: kg build REPORT.txt --store {store}")
    beside = store.resolve().parent
    try:
        room = tempfile.TemporaryDirectory(prefix=".kg-", dir=beside)
    except OSError as error:
        raise BadInput(beside, f"a snapshot cannot be put here: {error.strerror}") from error
    with room as name:
        yield Path(name)


def last_build() -> Path:
    """Return the newest Turtle file under `exports/`; `BadInput` where nothing was built yet."""
    files = sorted(EXPORTS.glob("*.ttl"), key=lambda path: (path.stat().st_mtime, path.name))
    if not files:
        raise BadInput(EXPORTS, "holds no .ttl file; build one first: kg build REPORT.txt")
    return files[-1]
