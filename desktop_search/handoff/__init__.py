"""Timelines as the files that editing programs read, and reading those back to prove them. No Qt."""
