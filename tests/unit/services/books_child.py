"""A program that lets one row after the other arrive, and says so, until it is killed."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.core.uploads import MediaFacts, MediaKind, UploadItem, UploadState
from desktop_search.services.books import AccountBooks
from desktop_search.services.usage import UsageLedger


def main(catalog_file: Path) -> None:
    catalog = Catalog(catalog_file)
    uploads = UploadsTable(catalog)
    ledger = UsageLedger(catalog, TransferSettings)
    books = AccountBooks(catalog, ledger, TransferSettings, lambda _: True)
    for _ in range(100_000):
        item = UploadItem(
            0, "memories.ai", Path("/a.mp4"), MediaKind.VIDEO, UploadState.SENDING, facts=MediaFacts(duration_ms=60_000)
        )
        (row,) = uploads.add([item])
        with catalog.writing():
            uploads.update(replace(row, state=UploadState.INDEXING))
            books.arrived(row, 1)
        sys.stdout.write("arrived\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
