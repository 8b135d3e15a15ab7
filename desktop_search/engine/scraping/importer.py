"""Imports at work: one task after the other, in a thread of its own, each address in a process of its own."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import sqlite3
import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop_search.core.errors import AppError, Cancelled, FileProblem
from desktop_search.engine.library.library import Library, clean_name
from desktop_search.engine.scraping import process
from desktop_search.engine.scraping.platforms import YOUTUBE, Platforms
from desktop_search.engine.scraping.worker import FoundPost, Job
from desktop_search.engine.store.rows import FAILED as UNREADABLE
from desktop_search.engine.store.rows import Details, Post
from desktop_search.engine.store.tasks import DONE, FAILED, WAITING, Item, Task

_log = logging.getLogger(__name__)
POST_MAX_BYTES = 1 << 30
WAITING_MAX = 1000
_PAUSE_S = 300.0  # when the record cannot be written
_END_S = 5.0


class TooManyWaiting(Exception):
    """No more imports are taken for now."""


class Importer:
    """Takes imports, and does them in the order they came. What an earlier run did not finish goes on at the start."""

    def __init__(
        self, library: Library, platforms: Platforms, *, inside: bool = False, on_news: Callable[[], None] | None = None
    ) -> None:
        """`inside`: whether addresses inside the network may be reached. `on_news`: a callback may be due."""
        self.platforms = platforms
        self._library, self._tasks = library, library.store.tasks
        self._inside, self._on_news = inside, on_news or (lambda: None)
        self._permille: dict[str, int] = {}
        self._awake, self._closing = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._serve, name="imports", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Stop, also in the middle of fetching; that begins anew at the next start."""
        self._closing.set()
        self._awake.set()
        if self._thread.is_alive():
            self._thread.join(_END_S)

    def add(self, task: Task, addresses: list[str], *, listing: bool) -> None:
        """Take a task. Raises TooManyWaiting."""
        if self._tasks.waiting() >= WAITING_MAX:
            raise TooManyWaiting
        self._library.use_namespace(task.namespace)
        self._tasks.add(task, addresses, listing=listing)
        self._awake.set()

    def permille(self, task_id: str) -> int:
        """How far the post is that is being fetched for the task, 0 to 1000."""
        return self._permille.get(task_id, 0)

    def _serve(self) -> None:
        while not self._closing.is_set():
            self._awake.clear()
            try:
                task = self._tasks.next()
                if task is not None:
                    self._do(task)
            except Cancelled:
                return
            except sqlite3.Error as error:
                if not self._closing.is_set():
                    _log.error("imports wait, for the index could not be used: %s", error)
                    self._awake.wait(_PAUSE_S)
                continue
            if task is None and not self._closing.is_set():
                self._awake.wait()

    def _do(self, task: Task) -> None:
        while True:  # a list adds further items
            waiting = [item for item in self._tasks.items(task.task_id) if item.state == WAITING]
            if not waiting:
                break
            self._take(task, waiting[0])
        posts = [item for item in self._tasks.items(task.task_id) if not item.listing]
        done = [item for item in posts if item.state == DONE]
        causes = [item.cause for item in self._tasks.items(task.task_id) if item.cause]
        if done:
            self._tasks.end(task, DONE, f"Video has been downloaded: {len(done)} of {len(posts)}.")
        else:
            self._tasks.end(task, FAILED, causes[0] if causes else "There was nothing to import.")
        self._permille.pop(task.task_id, None)
        self._on_news()

    def _take(self, task: Task, item: Item) -> None:
        """Do one address; whatever goes wrong is written down as its cause, and the others go on."""
        try:
            if item.listing:
                self._tasks.list_done(task.task_id, item, self._run(self._job(task, item), task))
            else:
                self._tasks.post_done(item, self._video_of(task, item))
                self._on_news()
        except (Cancelled, sqlite3.Error):
            raise
        except AppError as error:
            _log.warning("an import failed: %s", error)
            self._tasks.item_failed(item, str(error))
        except OSError as error:
            self._tasks.item_failed(item, f"The post could not be stored: {error.strerror or error}.")
        except Exception:  # noqa: BLE001 - the task must not wait for ever
            _log.exception("an import failed unexpectedly")
            self._tasks.item_failed(item, "Something went wrong inside the engine while importing this post.")

    def _video_of(self, task: Task, item: Item) -> int:
        """The video of a post: the one that is there already, or a new one, from a copy or from the platform."""
        platform = self.platforms.of(item.address) or ""
        folder = self._library.files.new_incoming("")
        folder.mkdir()
        seen: list[FoundPost] = []
        known: list[int] = []

        def wanted(found: FoundPost) -> bool:
            seen.append(found)
            copies = self._library.store.posts.copies(platform, found.post_id)
            here = next((each for each in copies if each.namespace == task.namespace), None)
            if here is not None:
                name = _name_of(found, platform)
                self._library.store.posts.refresh(here.video_id, name=name, address=found.address)
                known.append(here.video_id)
                return False
            files = (each.file for each in copies if each.file is not None and each.status != UNREADABLE)
            return not any(_copied(file, folder) for file in files)

        try:
            fetched = self._run(self._job(task, item, folder / "post"), task, wanted)
            if known:
                return known[0]
            file = fetched if fetched is not None else next(folder.iterdir())
            return self._add(task, platform, seen[0], file)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _add(self, task: Task, platform: str, found: FoundPost, file: Path) -> int:
        post = Post(platform, found.post_id, found.address)
        details = Details(self._namespace_now(task), post=post)
        name = _name_of(found, platform)
        return self._library.add_received(file, file.name, details, name=name, duration_ms=found.duration_ms).video_id

    def _namespace_now(self, task: Task) -> str:
        """Folders may be renamed and deleted while they wait for their posts."""
        present = self._tasks.get(task.task_id)
        if present is None:
            raise FileProblem("The import was taken back.")
        return present.namespace

    def _job(self, task: Task, item: Item, target: Path | None = None) -> Job:
        platform = self.platforms.of(item.address)
        if platform is None:  # a list may lead anywhere
            raise FileProblem("The address is not one of the platform's.")
        return Job(
            item.listing,
            item.address,
            self.platforms.extractors(item.address),
            target or self._library.files.incoming / "list",
            count=task.posts_max if item.listing else 1,
            height=int(task.quality) if platform == YOUTUBE else None,
            size_max_bytes=POST_MAX_BYTES,
            places=tuple((each.host, each.port) for each in self.platforms.in_house),
            inside=self._inside,
            tool=self._library.files.data_dir / "tools" / "yt-dlp",
        )

    def _run(self, job: Job, task: Task, wanted: Callable[[FoundPost], bool] = lambda _: True) -> Any:  # noqa: ANN401
        def report(permille: int) -> None:
            self._permille[task.task_id] = permille

        return process.run(job, wanted=wanted, report=report, stopped=self._closing.is_set)


def new_task_id() -> str:
    """A UUID, an underscore, 32 hex digits (contract §18.14)."""
    return f"{uuid.uuid4()}_{secrets.token_hex(16)}"


def _name_of(found: FoundPost, platform: str) -> str:
    """YouTube's titles are names; elsewhere the caption is the whole of it."""
    return clean_name(found.title if platform == YOUTUBE else found.caption)


def _copied(file: Path, folder: Path) -> bool:
    """Put the same file there once more, without another copy of its bytes where the disk can do that."""
    target = folder / f"copy{file.suffix.lower()}"
    try:
        try:
            os.link(file, target)
        except OSError:
            shutil.copyfile(file, target)
    except OSError:
        target.unlink(missing_ok=True)
        return False
    return True
