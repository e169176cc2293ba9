"""Names in their sentences to claims."""

from kg.relations.claims import find_claims

__all__ = ["find_claims"]
