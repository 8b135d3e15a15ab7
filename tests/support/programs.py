"""Programs for tests: Python code that runs under a name of its own, as a command-line tool does."""

from __future__ import annotations

import sys
from pathlib import Path

# A line of #! cannot name an interpreter whose path has a blank in it. A shell takes the second line for a command,
# Python for a text without use.
_HEAD = """#!/bin/sh
''''exec "{python}" "$0" "$@" # '''
"""


def write_program(path: Path, code: str) -> Path:
    """Make `path` a program that runs `code` with the Python of the tests."""
    path.write_text(_HEAD.format(python=sys.executable) + code)
    path.chmod(0o755)
    return path
