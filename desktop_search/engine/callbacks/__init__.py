"""Telling an address that a video is searchable, or failed (contract §14 A)."""
