"""A process that runs the queue against a library kept in a folder, so that it can be killed at any moment.

Arguments: the catalog file, the library's folder, the files to add. `hang` in the folder makes an upload stop, after
the library took the file and before it answers.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.core.footage import FootageDetails, VideoRecord
from desktop_search.core.library import CLOUD_ID
from desktop_search.core.token import CancelToken
from desktop_search.transfers.preparing import Preparer
from desktop_search.transfers.upload_queue import UploadQueue
from tests.fakes.library import FakeLibrary


class FolderLibrary(FakeLibrary):
    """A library whose videos are files of a folder: it outlives the process."""

    folder: Path

    def clients(self, library_id: str, token: CancelToken) -> FolderLibrary:
        for file in sorted(self.folder.glob("VI*")):
            size, name = file.read_text().split(" ", 1)
            self.videos.setdefault(
                file.name, VideoRecord(file.name, name, "UNPARSE", size_bytes=int(size), created_ms=time.time_ns())
            )
        return self

    def _take(self, path: Path, data: bytes, details: FootageDetails) -> str:
        video_no = f"VI{time.time_ns()}"
        (self.folder / f".{video_no}").write_text(f"{len(data)} {path.name}")
        (self.folder / f".{video_no}").rename(self.folder / video_no)
        while (self.folder / "hang").exists():
            CancelToken().wait(60)
        return video_no


def main(catalog_file: str, folder: str, *paths: str) -> None:
    library = FolderLibrary()
    library.folder = Path(folder)
    queue = UploadQueue(
        Catalog(Path(catalog_file)),
        library.clients,
        is_paid=lambda library_id: library_id == CLOUD_ID,
        proxies=Preparer(Path(catalog_file).with_name("proxies")),
        poll_local_s=0.02,
        settled_s=0.0,
    )
    token = CancelToken()
    queue.add([Path(path) for path in paths], "local", FootageDetails(), token, lambda _: None)
    with ThreadPoolExecutor(2) as pool:
        pool.submit(queue.run, token, lambda _: None)
        pool.submit(queue.poll, token, lambda _: None)


if __name__ == "__main__":
    main(*sys.argv[1:])
