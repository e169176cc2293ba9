"""What leaves the program as files: rows, RDF, tables, each written whole or not at all."""
