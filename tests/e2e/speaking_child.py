"""Says in one language what a user reads of the layers below the window, and what of it is kept or sent.

python -m tests.e2e.speaking_child LANGUAGE FOLDER
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from desktop_search import resources
from desktop_search.core import language


def main(name: str, folder: Path) -> None:
    assert language.use(resources.path("locale"), [name]) == name
    from tests.e2e.speaking_layers import kept, shown, told_by_the_engine  # tables of texts are made at import

    said: dict[str, Any] = {"shown": shown(), "kept": kept(folder), "engine": told_by_the_engine(folder)}
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
