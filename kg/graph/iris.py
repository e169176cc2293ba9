"""The names of nodes: ASCII, opaque, made from content, one folder below the base for each kind of node."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.linking import hash_identity
from kg.model import Report, Sentence

DEFAULT_BASE = "https://w3id.org/govkg/"
_SAFE = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Iris:
    """The IRIs of one report's nodes below `root`; `key` is the report's part in them."""

    root: str
    key: str

    @property
    def report(self) -> str:
        """The report itself."""
        return f"{self.root}report/{self.key}"

    @property
    def graph(self) -> str:
        """The named graph that holds what was read from the report."""
        return f"{self.root}graph/{self.key}"

    @property
    def extraction(self) -> str:
        """The reading of the report."""
        return f"{self.root}extraction/{self.key}"

    def section(self, index: int) -> str:
        """A section, by its number in the report."""
        return f"{self.root}section/{self.key}.{index:03d}"

    def sentence(self, index: int) -> str:
        """A sentence, by its number in the report."""
        return f"{self.root}sentence/{self.key}.{index:04d}"

    def spans(self, folder: str, spans: Iterable[tuple[int, int]]) -> Iterator[str]:
        """Yield one IRI a span, in order; a span that returns is numbered.

        >>> list(Iris("x:", "r").spans("figure", [(3, 5), (3, 5)]))
        ['x:figure/r.000003-000005', 'x:figure/r.000003-000005-2']
        """
        seen: Counter[tuple[int, int]] = Counter()
        for span in spans:
            seen[span] += 1
            again = f"-{seen[span]}" if seen[span] > 1 else ""
            yield f"{self.root}{folder}/{self.key}.{span[0]:06d}-{span[1]:06d}{again}"

    def claim(self, sentence: Sentence, *parts: str) -> str:
        """A claim, by its sentence's place and what it claims."""
        return f"{self.root}claim/{self.key}.{hash_identity('claim', str(sentence.start), *parts)[6:]}"

    def entity(self, identity: str) -> str:
        """An entity, by the id that linking gave it."""
        return self.root + identity

    def made(self, folder: str, words: str) -> str:
        """A unit or indicator that the ontology does not list, by its words."""
        return self.root + hash_identity(folder, words)


def name_nodes(report: Report, base: str = DEFAULT_BASE) -> Iris:
    """Return the IRIs for a report; an id that is not safe in an IRI is hashed.

    >>> name_nodes(Report("450100-2024", "", "", "", "")).report
    'https://w3id.org/govkg/id/report/450100-2024'
    """
    key = report.id if _SAFE.fullmatch(report.id) else hash_identity("report", report.id)[7:]
    return Iris(f"{base}id/", key)
