"""The library behind the HTTP contract: files, identifiers, indexing in worker processes, searches."""
