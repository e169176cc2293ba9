"""The command `kg`: the only place that knows default paths, prints, and turns errors into exit codes.

Exit codes: 0 good; 1 the graph breaks a shape or a promise of the command; 2 bad input or usage.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from kg.cli.build import build
from kg.cli.check import check
from kg.cli.export import export
from kg.cli.identity import identity
from kg.cli.keep import remove
from kg.cli.load import load
from kg.cli.look import coverage, explain, extract
from kg.cli.measure import score
from kg.cli.page import page
from kg.cli.query import query, validate
from kg.cli.serve import serve
from kg.cli.track import track
from kg.errors import KgError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="govkg", prog_name="kg")
def cli() -> None:
    """Chinese government work reports (政府工作报告) to a knowledge graph with evidence.

    \b
    Start with:   kg build data/reports/nanning-2024.txt
    then ask:     kg query projects-by-status
    and see why:  kg explain 比亚迪、多氟多等一批重大项目投产
    """


for command in (
    build,
    remove,
    extract,
    explain,
    coverage,
    query,
    validate,
    score,
    identity,
    load,
    serve,
    page,
    track,
    check,
    export,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; an error of the input is one line on stderr and exit code 2."""
    try:
        status = cli.main(args=arguments, prog_name="kg", standalone_mode=False)
    except KgError as error:
        click.echo(f"kg: {error}", err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        click.echo("kg: stopped", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader (head, less) has seen enough; nothing more can be said to it.
        sys.stderr.close()
        sys.exit(0)
    sys.exit(status if isinstance(status, int) else 0)
