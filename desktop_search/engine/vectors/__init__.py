"""Exact search among vectors: a scan of an 8-bit copy, then the best again from the vectors themselves."""
