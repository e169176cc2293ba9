"""`kg serve`: SPARQL and pages over HTTP, read-only, that one can leave running."""
