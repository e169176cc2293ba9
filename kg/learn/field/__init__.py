"""Training of `kg.tagger`: classes of words from raw reports, weights from annotated ones."""
