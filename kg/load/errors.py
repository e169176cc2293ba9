"""What can go wrong between here and a store on a server."""

from kg.errors import KgError


class LoadError(KgError):
    """A graph that could not be loaded: the message names the server, the graph, the reason, and what to try."""
