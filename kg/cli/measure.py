"""`kg score`."""

import click


@click.command()
def score() -> None:
    """Score."""
