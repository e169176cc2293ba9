"""What built graphs say, read back by SPARQL into frozen rows, whatever holds the graphs: files or a store."""

from kg.facts.read import TRACKED, list_reports, read_account
from kg.facts.rows import Account, Naming, Quote, Reading, Standing, Told, find_clause

__all__ = [
    "TRACKED",
    "Account",
    "Naming",
    "Quote",
    "Reading",
    "Standing",
    "Told",
    "find_clause",
    "list_reports",
    "read_account",
]
