"""`kg load`: graphs into a triple store on a server, or files for the bulk loader of one."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from kg.errors import BadInput
from kg.load import PIECE, LoadError, load_graphs, read_graphs
from kg.load.auth import Login
from kg.load.bulk import BULK_KINDS, write_bulk
from kg.load.client import Client, Patience
from kg.load.targets import KINDS, find_target, refuse_open_secret

_FILE = click.Path(path_type=Path)
_PASSWORD, _TOKEN = "KG_PASSWORD", "KG_TOKEN"
_DEFAULT = "default"


@click.command()
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--to", help="Address of the store, such as http://localhost:7878.")
@click.option("--kind", type=click.Choice(list(KINDS)), default="oxigraph", show_default=True, help="What --to is.")
@click.option("--graph", help="IRI of the graph for triples of no graph, or: default. Else each report's own graph.")
@click.option("--query", "queries", help="Address of the query service, where it is not the usual one.")
@click.option("--user", help=f"Name of the account; the password comes from {_PASSWORD} or a prompt.")
@click.option("--auth", type=click.Choice(["none", "basic", "digest", "bearer"]), help="Else what the kind uses.")
@click.option("--piece", type=click.IntRange(1), default=PIECE, show_default=True, help="Most triples in a request.")
@click.option("--timeout", type=click.FloatRange(1), default=120, show_default=True, help="Seconds for an answer.")
@click.option(
    "--bulk", type=(click.Choice(BULK_KINDS), _FILE), metavar="KIND DIR", help="Write files for a bulk loader."
)
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def load(
    files: tuple[Path, ...],
    to: str | None,
    kind: str,
    graph: str | None,
    queries: str | None,
    user: str | None,
    auth: str | None,
    piece: int,
    timeout: float,
    bulk: tuple[str, Path] | None,
    quiet: bool,
) -> None:
    """Load RDF files into a triple store: each report replaces its own graph, and is counted afterwards.

    A bearer token comes from KG_TOKEN. Nothing secret is taken from the command line, where others can read it.

    \b
    Examples:
      kg load exports/*.ttl --to http://localhost:7878
      kg load exports/*.ttl --to http://localhost:8890 --kind virtuoso --user dba
      kg load exports/*.ttl --bulk virtuoso bulk/
    """
    if (to is None) == (bulk is None):
        raise click.UsageError("give one of --to URL and --bulk KIND DIR")
    graphs = read_graphs(files, None if graph == _DEFAULT else graph, merge=graph == _DEFAULT)
    if not graphs:
        raise BadInput(files[0], "holds no triples")
    if bulk:
        for path in write_bulk(graphs, *bulk):
            click.echo(path)
        click.echo(f"Now run:  sh {bulk[1] / 'load.sh'}", err=True)
        return
    assert to is not None
    target = find_target(to, kind, queries)
    login = _find_login(kind, user, auth)
    refuse_open_secret(target, login)
    client = Client(login, Patience(timeout), lambda words: click.echo(f"kg: {words}", err=True))
    tell = (lambda _: None) if quiet else (lambda words: click.echo(words, err=True))
    done = load_graphs(graphs, target, client, piece, tell)
    every = all(one.counted for one in done)
    counted = "counted there 已核对" if every else "not counted: give --query URL for that 未核对，请给出 --query"
    click.echo(f"{len(done)} graphs 图, {sum(one.triples for one in done)} triples 三元组, {counted}")


def _find_login(kind: str, user: str | None, auth: str | None) -> Login:
    token = os.environ.get(_TOKEN, "").strip()
    if not token.isascii() or not token.isprintable():
        raise LoadError(f"the token in {_TOKEN} has signs that no token has 其中有令牌不会有的字符")
    scheme = auth or (KINDS[kind].scheme if user else "bearer" if token else "none")
    if scheme == "bearer":
        if not token:
            raise LoadError(
                f"bearer authentication takes its token from the environment: set {_TOKEN} 请设环境变量 {_TOKEN}"
            )
        return Login("bearer", secret=token)
    if scheme == "none":
        return Login()
    if not user:
        raise LoadError(f"{scheme} authentication wants a user: give --user NAME 请给出 --user")
    secret = os.environ.get(_PASSWORD)
    if secret is None:
        if not sys.stdin.isatty():
            raise LoadError(
                f"the password of {user} is wanted: set {_PASSWORD}, or run where it can be asked for "
                f"请设环境变量 {_PASSWORD}"
            )
        secret = click.prompt(f"Password of {user} 密码", hide_input=True, err=True)
    return Login("digest" if scheme == "digest" else "basic", user, secret)
