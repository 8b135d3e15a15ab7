"""Why an engine does not start."""

from __future__ import annotations


class StartProblem(Exception):
    """Said on standard error in one sentence; the process then ends with 2."""
