"""What the packages say of the program. The version is that of `desktop_search/__init__.py`, and of nowhere else.

python packaging/making/identity.py VERSION     # or APP_ID, HOME_PAGE, MAINTAINER, SUMMARY: for other scripts
"""

from __future__ import annotations

import ast
import os
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
NAME = "desktop-search"
TITLE = "Desktop Search"
SUMMARY = "Find moments in your footage by what is seen, said, or pictured"
# Whoever publishes the packages says where that is, and who answers for them.
HOME_PAGE = os.environ.get("DESKTOP_SEARCH_HOME_PAGE", "https://desktop-search.example")
MAINTAINER = os.environ.get("DESKTOP_SEARCH_MAINTAINER", "Desktop Search <packages@desktop-search.example>")


def constant(name: str) -> str:
    """A text that `desktop_search/__init__.py` assigns, read without importing it."""
    module = ast.parse((PROJECT / "desktop_search" / "__init__.py").read_text("utf-8"))
    for statement in module.body:
        if isinstance(statement, ast.Assign) and [ast.unparse(target) for target in statement.targets] == [name]:
            return str(ast.literal_eval(statement.value))
    raise LookupError(name)


VERSION = constant("__version__")
APP_ID = constant("APP_ID")


def filled(text: str, **more: str) -> str:
    """`text` with @VERSION@, @APP_ID@, @HOME_PAGE@ and `more` put in."""
    values = {"VERSION": VERSION, "APP_ID": APP_ID, "HOME_PAGE": HOME_PAGE, "TITLE": TITLE, "SUMMARY": SUMMARY} | more
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


if __name__ == "__main__":
    sys.stdout.write(f"{globals()[sys.argv[1]]}\n")
