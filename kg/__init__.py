"""Chinese government work reports (政府工作报告) to a knowledge graph with evidence.

The names below are the public face. They are imported when first asked for: a command that only queries a file need
not wait for the readers, nor the readers for the drawing of graphs.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import build_graph, build_network, extract_report
    from kg.errors import BadData, BadInput, BadQuery, KgError
    from kg.model import Claim, Document, Figure, Mention, Report, Section, Sentence
    from kg.pipeline import Given

__all__ = [
    "BadData",
    "BadInput",
    "BadQuery",
    "Claim",
    "Document",
    "Figure",
    "Given",
    "KgError",
    "Mention",
    "Report",
    "Section",
    "Sentence",
    "build_graph",
    "build_network",
    "extract_report",
]

_HOMES = {
    "kg.api": ("build_graph", "build_network", "extract_report"),
    "kg.errors": ("BadData", "BadInput", "BadQuery", "KgError"),
    "kg.model": ("Claim", "Document", "Figure", "Mention", "Report", "Section", "Sentence"),
    "kg.pipeline": ("Given",),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(importlib.import_module(home), name)
    raise AttributeError(f"kg has no {name!r}; it has {', '.join(__all__)}")
