"""A process that imports from a library that takes every wish, writes it down, and never answers.

Arguments: the catalog file, the file that the library writes to.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.core.imports import ImportKind, ImportWish
from desktop_search.core.token import CancelToken
from desktop_search.transfers.importing import Imports
from tests.fakes.web_library import WebLibrary


class SilentLibrary(WebLibrary):
    """Its answers never come."""

    taken: Path

    def posts(self, urls: Sequence[str], /, *, namespace: str, public: bool, quality: str, token: CancelToken) -> str:
        with self.taken.open("a") as file:
            file.write(f"{' '.join(urls)}\n")
        token.wait(3600)
        raise AssertionError("unreachable")


def main(catalog_file: str, taken: str) -> None:
    library = SilentLibrary()
    library.taken = Path(taken)
    imports = Imports(Catalog(Path(catalog_file)), library.clients)
    if not imports.items():
        imports.add([ImportWish("memories.ai", ImportKind.POSTS, (f"https://youtu.be/{name}",)) for name in "ab"])
    imports.run(CancelToken(), lambda _: None)


if __name__ == "__main__":
    main(*sys.argv[1:])
