"""Opens the window and every dialog in another language, and prints what is amiss.

    python -m tests.e2e.translated_child FOLDER LANGUAGE PROFILE [FOOTAGE]

FOLDER holds the translations. In the made-up language that is every text that did not go through them, in others
every text that is cut off.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from desktop_search.core import language

MADE_UP = "qq"


def main(folder: Path, name: str, profile: Path, footage: list[Path]) -> None:
    assert language.use(folder, [name]) == name
    from tests.e2e import translated_walk  # reads the program in, which must know its language by then

    look = translated_walk.left_out if name == MADE_UP else translated_walk.cut
    sys.stdout.write(json.dumps(translated_walk.walk(profile, footage, look)) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), [Path(each) for each in sys.argv[4:]])
