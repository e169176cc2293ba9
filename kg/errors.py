"""Errors that a user can act on: each says what is wrong, where, and what to do.

KgError                the base; the command line prints it as one line and exits with 2
├── BadInput           a report that cannot be read or understood
├── BadData            an entry of data/ or ontology/ that breaks its form
└── BadQuery           a SPARQL query that cannot be parsed or answered
"""


class KgError(Exception):
    """Base of every error that is the input's fault and not the program's."""


class BadInput(KgError):
    """A report that cannot be read: the message names the file and the reason.

    >>> print(BadInput("a.txt", "is empty"))
    a.txt: is empty
    """

    def __init__(self, file: object, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = str(file)
        self.reason = reason


class BadData(KgError):
    """An entry of the rule files that breaks its form: file, entry, reason.

    >>> print(BadData("data/relations.toml", "locatedIn.of", "predicate 'locatedAt' is not in the ontology"))
    data/relations.toml, locatedIn.of: predicate 'locatedAt' is not in the ontology
    """

    def __init__(self, file: object, entry: str, reason: str) -> None:
        super().__init__(f"{file}, {entry}: {reason}")
        self.file = str(file)
        self.entry = entry
        self.reason = reason


class BadQuery(KgError):
    """A query that cannot be parsed or answered."""
