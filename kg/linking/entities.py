"""What linking gives: entities, links of words to them, and the document together with both."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kg.model import Document


@dataclass(frozen=True, slots=True)
class Entity:
    """One node of the graph. `id` is its ASCII path below the base IRI (`place/450100`, `zone/0c1d5e6f7a8b`).

    `scope` is the id of the place that belongs to its identity. `code`, `level`, `parent`, `successor` and the years of
    `valid_from` and `valid_to` are of Chinese divisions alone; `parent` and `successor` are ids.
    """

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    scope: str | None = None
    code: str | None = None
    level: str | None = None
    parent: str | None = None
    successor: str | None = None
    valid_from: int | None = None
    valid_to: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """The entity that words mean, and why, where they differ from its name."""

    entity: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """A document with its entities, sorted by id; `mentions`, `claims` and `measured` run parallel to the document's.

    `own` is the id of the report's place. `claims` pairs the ids of subject and object (None for a status); `measured`
    is the id of the place or body that a figure measures, None where it could not be told.
    """

    document: Document
    entities: tuple[Entity, ...]
    own: str | None
    mentions: tuple[Link, ...]
    claims: tuple[tuple[str, str | None], ...]
    measured: tuple[str | None, ...]


def hash_identity(folder: str, *parts: str) -> str:
    """Return an ASCII id made from content: the folder and twelve hexadecimal digits.

    >>> hash_identity("product", "", "横州茉莉花")
    'product/fcfc8dde2934'
    """
    return f"{folder}/{hashlib.sha256(chr(10).join((folder, *parts)).encode()).hexdigest()[:12]}"
